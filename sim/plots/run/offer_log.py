"""What was offered when: every offer of one typical world, issue by issue."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.plots.frame.labels import issue_levels, issue_titles, issue_units, status_quo
from sim.plots.frame.plot import figure
from sim.plots.frame.quantity_ticks import whole_ticks
from sim.plots.frame.style import Look
from sim.plots.frame.user_text import one_line
from sim.plots.run.typical_world import (
    TypicalWorld,
    draw_star,
    legend_below,
    speaker_color,
    speaker_title,
    speakers,
    spoken,
    talk_times,
    talks_lasted,
    which_world,
)
from sim.words import capital, counted, enumerated

_MOST_LEVELS: Final = 7  # beyond it only some levels are named
_ASIDE: Final = 0.11  # of a step between levels, by which speakers are kept apart
_LETTERS: Final = 44  # of a level


@figure("offer-log", source="negotiation dance: Raiffa 1982, ch. 4")
class OfferLog(TypicalWorld):
    """Markers show, issue by issue, which level each speaker offered in which round."""

    rank = 62

    def finding(self, results: xr.Dataset) -> str:
        """On which issues the speakers' last offers still differ, or when they signed."""
        offers = counted(int(spoken(results).sum()), "offers")
        if int(results["story_agreed"]) >= 0:
            return f"after {offers} in {talks_lasted(results)} of talks a deal is signed"
        if len(speakers(results)) == 1:
            who = speaker_title(results, speakers(results)[0])
            return f"{who} makes {'the only offer' if offers == '1 offer' else f'all {offers}'}, and no deal is signed"
        apart = still_apart(results)
        if not apart:
            return f"{offers} and no signature, though the last ones differ on nothing"
        names = [f"“{title}”" for title in issue_titles(results).values()]
        which = "every issue" if len(apart) == len(names) else enumerated([names[i] for i in apart[:3]])
        more = f" and {len(apart) - 3} more" if 3 < len(apart) < len(names) else ""
        return f"after {offers} the speakers still differ on {which}{more}"

    def caption(self, results: xr.Dataset) -> str:
        """Which world it is, and what the marks that are there mean."""
        apart = " Speakers are drawn a little apart where they name the same level." * (len(speakers(results)) > 1)
        star = " Star: what is signed." if int(results["story_agreed"]) >= 0 else ""
        return (
            f"{which_world(results)} Every marker is an offer: the level it names on the issue of its panel. A speaker "
            "offers what is worth as much to it as what it asked for before, so it may give way on one issue and take "
            f"back on another.{apart} Shaded: the level while there is no deal.{star}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a strip for each issue, as high as it has levels."""
        return 0.9 + sum(_heights(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One strip for each issue, on one scale of time."""
        count = results.sizes["issue"]
        panels = body.subplots(count, 1, sharex=True, squeeze=False, height_ratios=_heights(results))[:, 0]
        for issue, axes in enumerate(panels):
            _strip(axes, results, issue, look)
        panels[-1].set_xlabel(f"time since the start of talks ({talk_times(results)[1]})")
        legend_below(body, list(panels), 5)


def still_apart(results: xr.Dataset) -> list[int]:
    """Issues on which the last offers of the speakers name different levels."""
    heard, actors = spoken(results), results["offer_actor"].values
    last = [int(results["offer_deal"].values[heard & (actors == actor)][-1]) for actor in speakers(results)]
    issues = range(results.sizes["issue"])
    return [issue for issue in issues if len(set(issue_levels(results, issue).of_deal[last].tolist())) > 1]


def _heights(results: xr.Dataset) -> list[float]:
    """Inches of each issue's strip."""
    counts = [len(issue_levels(results, i).names) for i in range(results.sizes["issue"])]
    return [0.5 + 0.2 * min(count, _MOST_LEVELS) for count in counts]


def _strip(axes: Axes, results: xr.Dataset, issue: int, look: Look) -> None:
    levels, quo = issue_levels(results, issue), status_quo(results, issue)
    times, _ = talk_times(results)
    rounds, count = results["offer_round"].values, len(levels.names)
    scaled = levels.numeric and count > _MOST_LEVELS
    rows = levels.values if scaled else np.arange(float(count))
    unit_step = float(np.ptp(rows)) / max(count - 1, 1)
    step = unit_step * _ASIDE * max(count / _MOST_LEVELS, 1.0)
    if quo >= 0:
        axes.axhspan(rows[quo] - unit_step / 2, rows[quo] + unit_step / 2, color=look.grid, alpha=0.55, linewidth=0)
    speaking = speakers(results)
    for place, actor in enumerate(speaking):
        mine = spoken(results) & (results["offer_actor"].values == actor)
        axes.plot(
            times[rounds[mine]],
            rows[levels.of_deal[results["offer_deal"].values[mine]]] + (place - (len(speaking) - 1) / 2) * 2 * step,
            markersize=5,
            linewidth=1.1,
            drawstyle="steps-post",
            label=capital(speaker_title(results, actor)),
            color=speaker_color(actor, look),
            marker=look.actor_marker(max(actor, 0)),
        )
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        draw_star(axes, float(times[rounds[-1]]), float(rows[levels.of_deal[agreed]]), 150)
    if not scaled:
        shown = np.unique(np.linspace(0, count - 1, min(count, _MOST_LEVELS)).round().astype(int))
        axes.set_yticks(shown, [one_line(levels.names[n], _LETTERS) for n in shown], fontsize=8)
    beyond = 0.5 * unit_step + len(speaking) * step
    axes.set_ylim(float(rows.min()) - beyond, float(rows.max()) + beyond)
    last = times[min(max(int(rounds.max(initial=0)), 1), len(times) - 1)]
    axes.set_xlim(0, last * 1.03)
    whole_ticks(axes.xaxis)
    unit = issue_units(results)[issue]
    title = list(issue_titles(results).values())[issue]
    axes.set_title(f"{title} ({unit})" if unit else title, fontsize=9, pad=3)
    axes.tick_params(axis="y", length=0)
