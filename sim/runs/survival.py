"""How long first deals hold, where the end of the story is not the end of the deal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats, Ints
from sim.store import meanings
from sim.words import Z


@dataclass(frozen=True)
class Survival:
    """Kaplan-Meier estimate of how long something lasts.

    times:  (E+1,) rounds at which something broke, 0 first
    share:  (E+1,) share that is left just after each
    low:    (E+1,) lower end of its 95 % interval
    high:   (E+1,) upper end
    count:  how many there were at the beginning
    broken: how many broke before they were lost to sight
    """

    times: Floats
    share: Floats
    low: Floats
    high: Floats
    count: int
    broken: int

    def at(self, time: float) -> float:
        """Share that is left at a time."""
        return float(self.share[np.searchsorted(self.times, time, side="right") - 1])

    def within(self, time: float) -> tuple[float, float, float]:
        """Share left at a time that may lie inside a round, and its 95 % interval.

        The play ends deals at the end of a round, while what breaks in a month may break on any day of it: inside a
        round the hazard is the same all along.

        Source:  piecewise exponential estimator (Kitchin, Langberg & Proschan 1983, Statistics & Decisions 1:241-255)

        Example:
            >>> found = kaplan_meier(np.array([1, 1, 2, 3]), np.array([True, False, False, False]))
            >>> [round(found.within(time)[0], 4) for time in (0, 0.5, 1, 2.5)]
            [1.0, 0.866, 0.75, 0.75]
        """
        whole = math.floor(time)
        part = time - whole
        here, there = (int(np.searchsorted(self.times, at, side="right")) - 1 for at in (whole, whole + 1))
        curves = (self.share, self.low, self.high)
        share, low, high = (
            float(one[here]) if not part else float(one[here]) ** (1 - part) * float(one[there]) ** part
            for one in curves
        )
        return share, low, high

    @property
    def half(self) -> float:
        """Rounds after which half are left or fewer; nan where more are left as far as can be seen."""
        below = np.flatnonzero(self.share <= 0.5)
        return float(self.times[below[0]]) if len(below) else float("nan")


def kaplan_meier(lasted: Ints, broke: Bools) -> Survival:
    """Estimate the share that lasts longer than each time, where some are only known to have lasted so far.

    Args:
        lasted: (N,) rounds until it broke, or until it was last seen
        broke:  (N,) whether it broke then
    Source:  Kaplan & Meier 1958, J Am Stat Assoc 53:457-481; intervals on the log-log scale with Greenwood's
             variance (Kalbfleisch & Prentice 2002, section 1.4)

    Example:
        >>> found = kaplan_meier(np.array([1, 2, 2, 3]), np.array([True, False, True, False]))
        >>> [float(value) for value in found.share], found.half
        ([1.0, 0.75, 0.5], 2.0)
    """
    times, deaths = np.unique(lasted[broke], return_counts=True)
    at_risk = (lasted[None, :] >= times[:, None]).sum(axis=1)
    share = np.cumprod(1 - deaths / np.maximum(at_risk, 1))
    left = at_risk - deaths
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(np.where(left > 0, deaths / (at_risk * left), 0.0))
        half = Z * np.sqrt(greenwood) / np.abs(np.log(share))
        inside = (share > 0) & (share < 1)
        low = np.where(inside, share ** np.exp(half), share)
        high = np.where(inside, share ** np.exp(-half), share)
    one = np.ones(1)
    return Survival(
        np.concatenate([[0.0], times]), np.concatenate([one, share]), np.concatenate([one, low]),
        np.concatenate([one, high]), len(lasted), int(broke.sum()),
    )  # fmt: skip


def survivals(results: xr.Dataset, where: Bools) -> dict[str, Survival]:
    """Kind of first deal -> how long deals of that kind hold, among the draws ``where`` (B,)."""
    lasted, broke, kinds = first_deals(results, where)
    names = [name for name in meanings(results, "declared") if name != "none"]
    return {kind: kaplan_meier(lasted[kinds == kind], broke[kinds == kind]) for kind in names if (kinds == kind).any()}


def first_deals(results: xr.Dataset, where: Bools) -> tuple[Ints, Bools, np.ndarray]:
    """Rounds in force, whether broken then, and kind, of first deals that came into force in the draws ``where``.

    A deal that the end of the story, or a decision by arms, finds unbroken is not broken; one that follow-on talks
    convert goes on as what it becomes.
    """
    chosen = where & (results["held"].values > 0)
    names = np.array(meanings(results, "declared"))
    return (
        results["held"].values[chosen].astype(np.int64),
        results["collapses"].values[chosen] > 0,
        names[results["declared"].values[chosen]],
    )
