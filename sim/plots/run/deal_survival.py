"""How long deals hold: the share of first deals still in force as time goes on."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure

from sim.plots.frame.label_spacing import LEADER, spaced
from sim.plots.frame.labels import wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.quantity_ticks import whole_ticks
from sim.plots.frame.style import Look
from sim.plots.frame.world_groups import focus, worlds_note
from sim.runs import survival
from sim.runs.survival import Survival, first_deals
from sim.words import capital, counted, duration, percent, without_article
from sim.words.outcome_colors import outcome_colors

_FEW = 30  # deals below which a band would cover the whole figure and say nothing
_GAP = 11.0  # percent of the axis between two labels at the ends of curves
_LETTERS = 22  # of a kind of deal, beside its curve


@figure("deal-survival", source="Kaplan & Meier 1958, J Am Stat Assoc 53:457-481")
class DealSurvival(Plot):
    """Steps show the share of first deals of each kind that still hold, with 95 % bands."""

    of_draws = True
    by_default = False
    rank = 20

    def fits(self, results: xr.Dataset) -> bool:
        """Some first deal was in force, and some deal broke: else there is nothing but a flat line."""
        found = survivals_by_kind(results) if {"held", "collapses", "declared", "consistent"} <= set(results) else {}
        return any(curve.broken for curve in found.values())

    def title(self, results: xr.Dataset) -> str:
        """How many of the most frequent kind are left."""
        found, years = survivals_by_kind(results), float(results.attrs["round_years"])
        kind = max(found, key=lambda name: found[name].count)
        curve = found[kind]
        where = f"Where {vocabulary(results).endings[kind].noun} comes into force ({counted(curve.count, 'worlds')})"
        if curve.half > 0:
            return f"{where}, it has broken in half of them after {duration(curve.half * years, years)}"
        seen = _observed(results, kind)
        return f"{where}, it still holds after {duration(seen * years, years)} in {percent(curve.at(seen))} of them"

    def caption(self, results: xr.Dataset) -> str:
        """What counts as broken, and what the band is."""
        words = vocabulary(results)
        arms = ", or a decision by arms," if words.war else ""
        counts = "; ".join(
            f"{without_article(words.endings[kind].noun)}: {curve.count:,}, {curve.broken:,} of them broken"
            for kind, curve in survivals_by_kind(results).items()
        )
        return (
            f"Share of first deals still in force by their age (Kaplan–Meier). A deal that the horizon{arms} finds "
            "unbroken counts as far as it was seen (ticks); one that follow-on talks convert goes on as "
            "what it becomes. Each line ends where no deal was seen any longer. Bands: 95 %, chance in drawing worlds "
            f"alone (none below {_FEW} deals; such lines are thin). {capital(counts)}; of {focus(results).counted}. "
            f"{worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 3.6

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One step function for each kind of first deal."""
        axes = body.subplots()
        words, years = vocabulary(results), float(results.attrs["round_years"])
        colors, found = outcome_colors(words), survivals_by_kind(results)
        lasted, broke, kinds = first_deals(results, focus(results).where)
        ends: dict[str, tuple[float, float]] = {}
        for kind, curve in found.items():
            last = _observed(results, kind)
            within = curve.times <= last
            times = np.append(curve.times[within], last) * years
            share, low, high = (
                100 * np.append(side[within], side[within][-1]) for side in (curve.share, curve.low, curve.high)
            )
            few = curve.count < _FEW
            axes.step(times, share, where="post", color=colors[kind], linewidth=1.0 if few else 1.8,
                      label=words.endings[kind].noun)  # fmt: skip
            if not few:
                axes.fill_between(times, low, high, step="post", color=colors[kind], alpha=0.16, linewidth=0)
            seen = np.unique(lasted[~broke & (kinds == kind)])
            axes.plot(seen * years, [100 * curve.at(time) for time in seen], "|", color=colors[kind], markersize=7)
            ends[kind] = (float(times[-1]), float(share[-1]))
        axes.axhline(50, color=look.muted, linewidth=0.8, linestyle=":")
        horizon = int(results.attrs["horizon_rounds"]) * years
        axes.set_xlim(0, horizon)
        whole_ticks(axes.xaxis)
        axes.set_ylim(0, 100)
        axes.set_xlabel("age of the deal (years)")
        axes.set_ylabel("still in force (%)")
        axes.grid(axis="y")
        places = spaced([share for _, share in ends.values()], _GAP, 2, 100)
        for (kind, end), place in zip(ends.items(), places, strict=True):
            noun = wrapped(without_article(words.endings[kind].noun), _LETTERS, 2)
            axes.annotate(
                f"{noun}\n({found[kind].count:,})", end, (1.02 * horizon, place), va="center", fontsize=8.5,
                color=look.ink, annotation_clip=False,
                arrowprops={**LEADER, "color": colors[kind], "linewidth": 0.8, "linestyle": ":"},
            )  # fmt: skip


def survivals_by_kind(results: xr.Dataset) -> dict[str, Survival]:
    """Kind of first deal -> how long deals of that kind last, among the worlds that headlines speak of."""
    return survival.survivals(results, focus(results).where)


def _observed(results: xr.Dataset, kind: str) -> int:
    """The greatest age, in rounds, at which a first deal of that kind was seen."""
    lasted, _, kinds = first_deals(results, focus(results).where)
    return int(lasted[kinds == kind].max())
