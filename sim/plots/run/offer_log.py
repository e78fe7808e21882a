"""What was offered when: every offer of the representative draw, issue by issue."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import actor_titles, enumerated, issue_titles, levels_of, listed, span, time_axis, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import counted
from sim.plots.frame.style import YELLOW, Look

_MOST_LEVELS: Final = 7  # beyond it only some levels are named
_ASIDE: Final = 0.11  # of a step between levels, by which speakers are kept apart


@figure("offer-log", source="negotiation dance: Raiffa 1982, ch. 4")
class OfferLog(Plot):
    """Markers show, issue by issue, which level each speaker offered in which round."""

    def fits(self, results: xr.Dataset) -> bool:
        """Somebody made an offer."""
        return "offer_deal" in results and bool(_spoken(results).any())

    def title(self, results: xr.Dataset) -> str:
        """On which issues the speakers' last offers still differ, or when they signed."""
        spoken = _spoken(results)
        offers = counted(int(spoken.sum()), "offers")
        times, unit = time_axis(results, int(results.attrs["talk_rounds"]))
        if int(results["story_agreed"]) >= 0:
            at = span(float(times[int(results["offer_round"].values[-1])]), unit)
            return f"After {offers} in {at} of talks a deal is signed"
        speakers = list(dict.fromkeys(int(actor) for actor in results["offer_actor"].values[spoken]))
        titles = actor_titles(results)
        if len(speakers) == 1:
            who = titles[speakers[0]] if speakers[0] >= 0 else "The mediator"
            return f"{who} makes {'the only offer' if spoken.sum() == 1 else f'all {offers}'}, and no deal is signed"
        apart = still_apart(results)
        if not apart:
            return f"{offers} and no signature, though the last ones differ on nothing"
        names = list(issue_titles(results).values())
        which = "every issue" if len(apart) == len(names) else enumerated([names[i].lower() for i in apart[:3]])
        more = f" and {len(apart) - 3} more" if 3 < len(apart) < len(names) else ""
        return f"After {offers} the speakers still differ on {which}{more}"

    def caption(self, results: xr.Dataset) -> str:
        """Which draw it is, and what the marks that are there mean."""
        speakers = len(np.unique(results["offer_actor"].values[_spoken(results)]))
        apart = " Speakers are drawn a little apart where they name the same level." if speakers > 1 else ""
        star = " Star: what is signed." if int(results["story_agreed"]) >= 0 else ""
        return (
            f"One draw, number {int(results.attrs['story_draw']):,} of {results.sizes['draw']:,} (the most typical one "
            "with the most frequent ending; it carries no error). Every marker is an offer: the level it names on the "
            f"issue of its panel.{apart} Shaded: the level while there is no deal.{star}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a strip for each issue, as high as it has levels."""
        return 0.9 + sum(_heights(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One strip for each issue, on one scale of time."""
        count = results.sizes["issue"]
        panels = body.subplots(count, 1, sharex=True, squeeze=False, height_ratios=_heights(results))[:, 0]
        handles: dict[str, Artist] = {}
        for issue, axes in enumerate(panels):
            _strip(axes, results, issue, look)
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
                handles.setdefault(label, handle)
        _, unit = time_axis(results, int(results.attrs["talk_rounds"]))
        panels[-1].set_xlabel(f"time since the start of talks ({unit})")
        body.legend(list(handles.values()), list(handles), loc="outside lower center", ncols=min(len(handles), 5))


def still_apart(results: xr.Dataset) -> list[int]:
    """Issues on which the last offers of the speakers name different levels."""
    spoken, actors = _spoken(results), results["offer_actor"].values
    last = [int(results["offer_deal"].values[spoken & (actors == actor)][-1]) for actor in np.unique(actors[spoken])]
    levels = results["deal_level"].values[:, last]
    return [issue for issue in range(len(levels)) if len(set(levels[issue].tolist())) > 1]


def _spoken(results: xr.Dataset) -> Bools:
    """(offers,) which entries of the log are offers, not answers."""
    return np.asarray(results["offer_act"].values.astype(str) != "accept")


def _heights(results: xr.Dataset) -> list[float]:
    """Inches of each issue's strip."""
    return [0.5 + 0.2 * min(len(levels_of(results, i)), _MOST_LEVELS) for i in range(results.sizes["issue"])]


def _rows(results: xr.Dataset, issue: int) -> Floats:
    """(K,) row of the level that each deal has on an issue."""
    levels = levels_of(results, issue)
    return np.array([levels.index(str(level)) for level in results["deal_level"].values[issue]], dtype=float)


def _strip(axes: Axes, results: xr.Dataset, issue: int, look: Look) -> None:
    levels, rows = levels_of(results, issue), _rows(results, issue)
    titles = actor_titles(results)
    times, _ = time_axis(results, int(results.attrs["talk_rounds"]))
    spoken, rounds = _spoken(results), results["offer_round"].values
    speakers = list(dict.fromkeys(int(actor) for actor in results["offer_actor"].values[spoken]))
    quo = listed_quo(results)[issue]
    if quo in levels:
        axes.axhspan(levels.index(quo) - 0.5, levels.index(quo) + 0.5, color=look.grid, alpha=0.55, linewidth=0)
    step = _ASIDE * (len(levels) / _MOST_LEVELS if len(levels) > _MOST_LEVELS else 1.0)
    for place, actor in enumerate(speakers):
        mine = spoken & (results["offer_actor"].values == actor)
        axes.plot(
            times[rounds[mine]],
            rows[results["offer_deal"].values[mine]] + (place - (len(speakers) - 1) / 2) * 2 * step,
            color=look.actor_color(actor) if actor >= 0 else look.muted,
            marker=look.actor_marker(max(actor, 0)),
            markersize=5,
            linewidth=1.1,
            drawstyle="steps-post",
            label=titles[actor] if actor >= 0 else "the mediator",
        )
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        axes.scatter(
            times[rounds[-1]], rows[agreed], marker="*", s=150, color=YELLOW, edgecolor="#000000", linewidth=0.9,
            zorder=9, label="the deal they sign",
        )  # fmt: skip
    shown = np.unique(np.linspace(0, len(levels) - 1, min(len(levels), _MOST_LEVELS)).round().astype(int))
    axes.set_yticks(shown, [wrapped(levels[n], 40).replace("\n", " ")[:44] for n in shown], fontsize=8)
    beyond = 0.5 + len(speakers) * step
    axes.set_ylim(-beyond, len(levels) - 1 + beyond)
    last = times[min(max(int(rounds.max(initial=0)), 1), len(times) - 1)]
    axes.set_xlim(0, last * 1.03)
    units = listed(results, "issue_units") if "issue_units" in results.attrs else []
    unit = f" ({units[issue]})" if issue < len(units) and units[issue] != "-" else ""
    axes.set_title(f"{list(issue_titles(results).values())[issue]}{unit}", fontsize=9, pad=3)
    axes.tick_params(axis="y", length=0)


def listed_quo(results: xr.Dataset) -> list[str]:
    """Each issue's level while there is no deal; empty where it is none of the levels."""
    return [str(level) for level in np.atleast_1d(results["status_quo"].values)]
