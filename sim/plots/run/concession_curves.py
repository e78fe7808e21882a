"""What offers are worth to each party as the talks of one typical world go on."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.plots.frame.labels import actor_titles, inches, parties, wrapped
from sim.plots.frame.plot import figure
from sim.plots.frame.quantity_ticks import whole_ticks
from sim.plots.frame.style import Look
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
from sim.words import counted, enumerated

_FLAT = 0.05  # value per round that the axis spans at least: a flat line must not look like a steep one


@figure("concession-curves", source="Raiffa 1982; Faratin, Sierra & Jennings 1998, Robot Auton Syst 24:159-182")
class ConcessionCurves(TypicalWorld):
    """Lines show, for each party, what own offers and those of the others are worth, round by round."""

    rank = 61

    def finding(self, results: xr.Dataset) -> str:
        """Whether offers meet, and who makes none."""
        own, titles, agreed = parties(results), actor_titles(results), int(results["story_agreed"])
        speaking = [speaker_title(results, actor) for actor in speakers(results)]
        silent = [titles[i] for i in own if i not in speakers(results)]
        if agreed >= 0:
            deals = results["offer_deal"].values[spoken(results)]
            last = np.flatnonzero(deals == agreed)
            authors = results["offer_actor"].values[spoken(results)]
            offer = f"an offer of {speaker_title(results, int(authors[last[-1]]))}" if len(last) else "a deal"
            given = [f"{titles[i]} by {gave:.2f}" for i in own if (gave := conceded(results, i)) >= 0.005]
            text = f"{offer} is signed after {talks_lasted(results)} of talks"
            return (
                f"{text}; {enumerated(given).replace(' by ', ' has come down by ', 1)}" if 0 < len(given) <= 3 else text
            )
        if silent:
            none = f"{enumerated(silent)} {'makes' if len(silent) == 1 else 'make'} none"
            return f"offers of {enumerated(speaking)} meet no answer: {none}"
        return f"offers of {enumerated(speaking)} never meet before talks end"

    def caption(self, results: xr.Dataset) -> str:
        """Which world it is, and what marks mean."""
        offers = counted(int(spoken(results).sum()), "offers")
        return (
            f"{which_world(results)} {offers}. Worth of each offer to the party named above the panel, as if signed at "
            "once, in value per round (1 is all that is at stake). Dashed: that party's fallback, below which it signs "
            "nothing."
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        return 0.5 + 3.1 * -(-len(parties(results)) // _columns(len(parties(results))))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each party, on one scale of time."""
        own = parties(results)
        columns = _columns(len(own))
        panels = body.subplots(-(-len(own) // columns), columns, squeeze=False).ravel()
        for axes, party in zip(panels, own, strict=False):
            _curves(axes, results, party, look)
            axes.set_xlabel(wrapped(axes.get_xlabel(), int(8 * inches(body) / columns)))
        for axes in panels[len(own) :]:
            axes.set_axis_off()
        longest = max(len(label) for axes in panels for label in axes.get_legend_handles_labels()[1])
        legend_below(body, list(panels), max(2, int(inches(body) / (0.65 + 0.08 * longest))))


def conceded(results: xr.Dataset, party: int) -> float:
    """How much less the signed deal is worth to a party than its own first offer; 0 without either."""
    mine = np.flatnonzero(spoken(results) & (results["offer_actor"].values == party))
    agreed = int(results["story_agreed"])
    if not len(mine) or agreed < 0:
        return 0.0
    payoff = results["cloud_payoff"].values[party]
    return float(payoff[int(results["offer_deal"].values[mine[0]])] - payoff[agreed])


def _columns(panels: int) -> int:
    return 2 if panels in {2, 4} else min(panels, 3)


def _curves(axes: Axes, results: xr.Dataset, party: int, look: Look) -> None:
    times, unit = talk_times(results)
    rounds, deals = results["offer_round"].values, results["offer_deal"].values
    payoff, agreed = results["cloud_payoff"].values[party], int(results["story_agreed"])
    for actor in speakers(results):
        mine = spoken(results) & (results["offer_actor"].values == actor)
        own = actor == party
        axes.plot(
            times[rounds[mine]],
            payoff[deals[mine]],
            linewidth=2.4 if own else 1.2,
            markersize=5 if own else 4,
            label=f"offers of {speaker_title(results, actor)}",
            color=speaker_color(actor, look),
            marker=look.actor_marker(max(actor, 0)),
        )
    axes.axhline(
        results["cloud_war"].values[party], color=look.ink, linewidth=1.2, linestyle="--", label="fallback: no deal"
    )
    if agreed >= 0:
        draw_star(axes, float(times[rounds[-1]]), float(payoff[agreed]))
    axes.set_title(actor_titles(results)[party])
    axes.set_xlabel(f"time since the start of talks ({unit})")
    axes.set_ylabel("worth (value per round)")
    axes.set_xlim(0, times[max(int(rounds.max(initial=0)), 1)] * 1.04)
    whole_ticks(axes.xaxis)
    low, high = axes.get_ylim()
    if high - low < _FLAT:
        axes.set_ylim((low + high - _FLAT) / 2, (low + high + _FLAT) / 2)
    axes.grid(axis="y")
