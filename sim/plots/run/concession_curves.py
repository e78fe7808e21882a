"""What offers are worth to each party as the talks of the representative draw go on."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Bools
from sim.plots.frame.labels import actor_titles, enumerated, inches, parties, span, time_axis, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import counted
from sim.plots.frame.style import YELLOW, Look


@figure("concession-curves", source="Raiffa 1982; Faratin, Sierra & Jennings 1998, Robot Auton Syst 24:159-182")
class ConcessionCurves(Plot):
    """Lines show, for each party, what own offers and those of the others are worth, round by round."""

    def fits(self, results: xr.Dataset) -> bool:
        """Somebody made an offer."""
        return "offer_deal" in results and bool(_spoken(results).any())

    def title(self, results: xr.Dataset) -> str:
        """Whether offers meet, and who makes none."""
        own, titles = parties(results), actor_titles(results)
        speakers = results["offer_actor"].values[_spoken(results)]
        silent = [titles[i] for i in own if i not in speakers]
        if int(results["story_agreed"]) >= 0:
            times, unit = time_axis(results, int(results.attrs["talk_rounds"]))
            at = int(results["offer_round"].values[-1])
            deals = results["offer_deal"].values[_spoken(results)]
            last = np.flatnonzero(deals == int(results["story_agreed"]))
            author = int(speakers[last[-1]]) if len(last) else -1
            offer = f"An offer of {titles[author]}" if author >= 0 else "A deal"
            given = [f"{titles[i]} by {gave:.2f}" for i in own if (gave := conceded(results, i)) >= 0.005]
            text = f"{offer} is signed after {span(float(times[at]), unit)} of talks"
            return (
                f"{text}; {enumerated(given).replace(' by ', ' has come down by ', 1)}" if 0 < len(given) <= 3 else text
            )
        if silent:
            none = f"{enumerated(silent)} {'makes' if len(silent) == 1 else 'make'} none"
            return f"Offers of {enumerated([titles[i] for i in own if i in speakers])} meet no answer: {none}"
        return f"Offers of {enumerated([titles[i] for i in own])} never meet before talks end"

    def caption(self, results: xr.Dataset) -> str:
        """Which draw it is, and what marks mean."""
        offers = counted(int(_spoken(results).sum()), "offers")
        return (
            f"One draw, number {int(results.attrs['story_draw']):,} of {results.sizes['draw']:,} (the most typical one "
            f"with the most frequent ending; it carries no error). {offers}. Payoff V of each offer to the party named "
            "above the panel, as if signed at once; W is that party's fallback, below which it signs nothing."
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        return 0.5 + 3.1 * -(-len(parties(results)) // _columns(len(parties(results))))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A panel for each party, on one scale of time."""
        own = parties(results)
        columns = _columns(len(own))
        panels = body.subplots(-(-len(own) // columns), columns, squeeze=False).ravel()
        handles: dict[str, Artist] = {}
        for axes, party in zip(panels, own, strict=False):
            _curves(axes, results, party, look)
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
                handles.setdefault(label, handle)
            axes.set_xlabel(wrapped(axes.get_xlabel(), int(8 * inches(body) / columns)))
        for axes in panels[len(own) :]:
            axes.set_axis_off()
        fit = max(2, int(inches(body) / (0.65 + 0.08 * max(map(len, handles)))))
        body.legend(list(handles.values()), list(handles), loc="outside lower center", ncols=min(len(handles), fit))


def conceded(results: xr.Dataset, party: int) -> float:
    """How much less the signed deal is worth to a party than its own first offer; 0 without either."""
    mine = np.flatnonzero(_spoken(results) & (results["offer_actor"].values == party))
    agreed = int(results["story_agreed"])
    if not len(mine) or agreed < 0:
        return 0.0
    payoff = results["cloud_payoff"].values[party]
    return float(payoff[int(results["offer_deal"].values[mine[0]])] - payoff[agreed])


def _columns(panels: int) -> int:
    return 2 if panels in {2, 4} else min(panels, 3)


def _spoken(results: xr.Dataset) -> Bools:
    """(offers,) which entries of the log are offers, not answers."""
    return np.asarray(results["offer_act"].values.astype(str) != "accept")


def _curves(axes: Axes, results: xr.Dataset, party: int, look: Look) -> None:
    titles = actor_titles(results)
    times, unit = time_axis(results, int(results.attrs["talk_rounds"]))
    spoken, rounds = _spoken(results), results["offer_round"].values
    speakers, deals = results["offer_actor"].values, results["offer_deal"].values
    payoff = results["cloud_payoff"].values[party]
    for actor in dict.fromkeys(int(speaker) for speaker in speakers[spoken]):
        mine = spoken & (speakers == actor)
        color = look.actor_color(actor) if actor >= 0 else look.muted
        axes.plot(
            times[rounds[mine]],
            payoff[deals[mine]],
            color=color,
            linewidth=2.4 if actor == party else 1.2,
            marker=look.actor_marker(max(actor, 0)),
            markersize=5 if actor == party else 4,
            label=f"offers of {titles[actor] if actor >= 0 else 'the mediator'}",
        )
    axes.axhline(results["cloud_war"].values[party], color=look.ink, linewidth=1.2, linestyle="--", label="W, fallback")
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        axes.scatter(
            times[rounds[-1]],
            payoff[agreed],
            marker="*",
            s=240,
            color=YELLOW,
            edgecolor="#000000",
            linewidth=1.0,
            zorder=9,
            label="the deal they sign",
        )
    axes.set_title(titles[party])
    axes.set_xlabel(f"time since the start of talks ({unit})")
    axes.set_ylabel("payoff V (value per round)")
    axes.set_xlim(0, times[max(int(rounds.max(initial=0)), 1)] * 1.04)
    low, high = axes.get_ylim()
    if high - low < 0.05:  # a flat line must not look like a steep one
        axes.set_ylim((low + high) / 2 - 0.025, (low + high) / 2 + 0.025)
    axes.grid(axis="y")
