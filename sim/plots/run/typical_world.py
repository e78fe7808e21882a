"""Figures of one typical world: what it is, in words, and the offers that were made in it."""

from __future__ import annotations

from abc import abstractmethod

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.ensemble.representative import story_rounds
from sim.foundations import Bools
from sim.plots.frame.labels import actor_titles, time_axis
from sim.plots.frame.plot import Plot
from sim.plots.frame.style import YELLOW, Look
from sim.words import duration

#: What a legend calls the star.
SIGNED = "the deal they sign"


class TypicalWorld(Plot):
    """A figure of one world, which is not the answer: its title says so, and a run does not draw it unasked."""

    by_default = False

    def fits(self, results: xr.Dataset) -> bool:
        """Somebody made an offer."""
        return "offer_deal" in results and bool(spoken(results).any())

    def title(self, results: xr.Dataset) -> str:
        """What is seen in the one world."""
        which = "One typical world" if results.sizes["draw"] > 1 else "The one world played"
        return f"{which}: {self.finding(results)}"

    @abstractmethod
    def finding(self, results: xr.Dataset) -> str:
        """Say what is seen, as the end of a sentence."""


def which_world(results: xr.Dataset) -> str:
    """Say which world is shown and why, in a sentence."""
    number, size = int(results.attrs["story_draw"]), results.sizes["draw"]
    if size == 1:
        return "The only world that was played."
    return (
        f"World {number:,} of {size:,}: the most typical of those with the most frequent ending. It shows how the "
        "model reasons; other worlds go otherwise."
    )


def spoken(results: xr.Dataset) -> Bools:
    """(offers,) which entries of the log are offers, not answers."""
    return np.asarray(results["offer_act"].values.astype(str) != "accept")


def speakers(results: xr.Dataset) -> list[int]:
    """Places of those who made an offer, in the order of their first; -1 is the mediator."""
    return list(dict.fromkeys(int(actor) for actor in results["offer_actor"].values[spoken(results)]))


def speaker_title(results: xr.Dataset, actor: int) -> str:
    """What people call a speaker."""
    return actor_titles(results)[actor] if actor >= 0 else "the mediator"


def talks_lasted(results: xr.Dataset) -> str:
    """How long talks went on until the last entry of the log."""
    each = float(results.attrs["round_years"])
    return duration(each * (int(results["offer_round"].values[-1]) + 1), each)


def draw_star(axes: Axes, x: float, y: float, size: float = 200) -> None:
    """Mark what is signed."""
    axes.scatter(x, y, marker="*", s=size, color=YELLOW, edgecolor="#000000", linewidth=1.0, zorder=9, label=SIGNED)


def speaker_color(actor: int, look: Look) -> str:
    """Colour of a speaker."""
    return look.actor_color(actor) if actor >= 0 else look.muted


def talk_times(results: xr.Dataset) -> tuple[np.ndarray, str]:
    """Ends of the rounds of talks in that world, and their unit."""
    return time_axis(results, story_rounds(results))


def legend_below(body: SubFigure, panels: list[Axes], columns: int) -> None:
    """One legend for all panels, below them; what has the same name in several stands there once."""
    found: dict[str, Artist] = {}
    for axes in panels:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            found.setdefault(label, handle)
    body.legend(list(found.values()), list(found), loc="outside lower center", ncols=min(len(found), columns))
