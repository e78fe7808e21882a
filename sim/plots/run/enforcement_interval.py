"""Who would accept the nearest truce, by its chance of collapse."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.frame.label_spacing import LEADER, spaced
from sim.plots.frame.labels import actor_titles, parties, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import WorldGroup, focus, world_groups, worlds_note
from sim.words import Vocabulary, percent, wilson


@figure(
    "enforcement-interval", source="Fearon 1995, Int Organ 49:379-414; interval: sim.equilibria.enforcement_interval"
)
class EnforcementInterval(Plot):
    """Lines show the share of worlds in which each actor takes the nearest truce, by its chance of collapse."""

    of_draws = True
    by_default = False
    rank = 21

    def fits(self, results: xr.Dataset) -> bool:
        """Deals can break, and somebody would take one at some hazard."""
        if "truce_accepted" not in results or not Vocabulary.from_attrs(results.attrs).broken:
            return False
        return bool((results["truce_accepted"].values > 0).any())

    def title(self, results: xr.Dataset) -> str:
        """What durable truces would change."""
        group = focus(results)
        signed = results["truce_signed"].values[group.index]
        hazards = results["yearly_hazard"].values
        half = int(np.abs(hazards - 0.5).argmin())
        return (
            f"All signers take the nearest {_deal(results)} in {group.proportion(int(signed[0]))} of {group.noun} if "
            "it never collapses, "
            f"and in {percent(signed[half] / max(group.count, 1))} if that is as likely as not within a year"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What is varied."""
        thin = (
            " Thin lines without a band: actors who do not sign."
            if len(parties(results)) < results.sizes["actor"]
            else ""
        )
        dashed = " Dashed: all worlds." if len(world_groups(results)) > 1 else ""
        return (
            f"In each world the {_deal(results)} that comes closest to being signed, everything but its chance of "
            "collapse left as drawn; the same chance is believed by all and no later deal follows. A hard red line "
            f"bars it at any chance.{thin} Bands: 95 % intervals (Wilson).{dashed} {worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 4.0

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A line for each actor and one for all signers together."""
        axes = body.subplots()
        hazards = 100 * results["yearly_hazard"].values
        own, titles = parties(results), actor_titles(results)
        main, others = focus(results), world_groups(results)[:-1]
        lines: list[tuple[int | None, str, str]] = [
            (actor, wrapped(title, 26), look.actor_color(actor)) for actor, title in enumerate(titles)
        ]
        lines.append((None, "All signers", look.ink))
        curves = [curve(results, main, actor) for actor, *_ in lines]
        gap = 5.5 * max(1 + label.count("\n") for _, label, _ in lines)
        ends = spaced([float(share[-1]) for share in curves], gap, 0.0, 100.0)
        for (actor, label, color), share, end in zip(lines, curves, ends, strict=True):
            strong = actor is None or actor in own
            low, high = wilson(share / 100 * main.count, main.count)
            axes.plot(
                hazards, share, color=color, linewidth=3.0 if actor is None else 2.0 if strong else 1.2, label=label
            )
            if strong and main.count > 1:
                axes.fill_between(hazards, 100 * low, 100 * high, color=color, alpha=0.15, linewidth=0)
            for group in others:
                axes.plot(hazards, curve(results, group, actor), color=color, linewidth=0.9, linestyle=(0, (4, 2)))
            axes.annotate(
                label,
                (hazards[-1], share[-1]),
                (hazards[-1] + 4, end),
                va="center",
                color=look.ink,
                fontsize=9,
                weight="bold" if actor is None else "normal",
                annotation_clip=False,
                arrowprops={**LEADER, "color": color, "linewidth": 1.2},
            )
        axes.set_xlim(0, hazards[-1])
        axes.set_ylim(0, 100)
        axes.set_xticks([*range(0, 100, 20), round(float(hazards[-1]))])
        axes.set_xlabel(f"chance that the {_deal(results)} collapses within a year (%)")
        axes.set_ylabel("share of worlds in which it is accepted (%)")
        axes.grid()


def _deal(results: xr.Dataset) -> str:
    """What the deal looked at is called: a truce where there is a war."""
    return "truce" if Vocabulary.from_attrs(results.attrs).war else "deal"


def curve(results: xr.Dataset, group: WorldGroup, actor: int | None) -> Floats:
    """(hazards,) percent of the worlds of a group in which the actor, or all signers, take the truce."""
    name = "truce_signed" if actor is None else "truce_accepted"
    counts = results[name].values[group.index]
    counts = counts if actor is None else counts[actor]
    return np.asarray(100 * counts / max(group.count, 1), dtype=float)
