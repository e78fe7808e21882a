"""Pareto frontiers on the payoff plane: of the deals that can be signed, and of all that no red line bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes

from sim.foundations import Bools, Floats, Ints
from sim.plots.frame.labels import parties
from sim.plots.frame.style import Look
from sim.solutions import BargainingProblem, pareto_frontier

_SIGNABLE: Final = "deals they can sign"


@dataclass(frozen=True)
class Frontier:
    """Deals of a set that no deal of the set dominates; equal deals are all kept.

    deals: their places along deal_index
    among: the set in words
    """

    deals: Ints
    among: str

    @property
    def strong(self) -> bool:
        """Whether it is that of the deals that they can sign, which is drawn thick."""
        return self.among == _SIGNABLE


def permitted(results: xr.Dataset) -> Bools:
    """(K,) whether no hard red line of a party bars a deal."""
    return np.asarray(results["cloud_permitted"].values.astype(bool)[parties(results)].all(axis=0))


def signable_frontier(results: xr.Dataset) -> Frontier:
    """The frontier of the deals that beat all fallbacks and that nobody may stop; empty where there are none."""
    return Frontier(np.flatnonzero(results["cloud_frontier"].values), _SIGNABLE)


def open_frontier(results: xr.Dataset) -> Frontier:
    """The frontier of the deals that no red line of a party bars, fallbacks and others' consent aside.

    Where red lines bar every deal, that of all deals.

    Source: Pareto efficiency in the strong sense, as in ``sim.solutions.pareto_frontier``
    """
    free = permitted(results)
    among = "deals no red line bars" if free.any() else "all deals"
    free = free if free.any() else np.ones_like(free)
    payoff = results["cloud_payoff"].values[parties(results)]
    gains = payoff - payoff.min(axis=1, keepdims=True)
    return Frontier(np.flatnonzero(pareto_frontier(BargainingProblem(gains[None], free[None]))[0]), among)


def frontiers(results: xr.Dataset) -> list[Frontier]:
    """What is drawn, the widest set first: one frontier if both are the same deals."""
    wide, narrow = open_frontier(results), signable_frontier(results)
    if not len(narrow.deals):
        return [wide]
    return [narrow] if np.array_equal(wide.deals, narrow.deals) else [wide, narrow]


def stairs(payoff: Floats, found: Frontier) -> Floats:
    """(2, N) corners of the stairs through a frontier of two parties, from the left to the right.

    Each step first goes up or down, then across: between two deals lies none.
    """
    x, y = payoff[:, found.deals]
    return np.asarray(payoff[:, found.deals[np.lexsort((-y, x))]])


def draw_frontiers(axes: Axes, results: xr.Dataset, payoff: Floats, look: Look) -> None:
    """Draw stairs between two parties, rings on the deals where more than two bargain.

    Stairs, since between two deals lies none: a deal below them is dominated.

    Args:
        payoff: (2, K) of the two parties of the plane
    """
    for found in frontiers(results):
        strong = found.strong
        label = f"Pareto frontier of\n{found.among}"
        width = 1.6 if strong else 0.8
        color = look.ink if strong else look.muted
        if len(parties(results)) == 2:
            x, y = stairs(payoff, found)
            axes.plot(
                x, y, drawstyle="steps-pre", color=color, linewidth=width, zorder=4, label=label
            )  # fmt: skip
        else:
            x, y = payoff[:, found.deals]
            axes.scatter(
                x, y, s=42 if strong else 60, facecolor="none", edgecolor=color, linewidth=width * 0.6, zorder=4,
                label=label,
            )  # fmt: skip
