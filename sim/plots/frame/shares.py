"""Groups of draws, shares among them, and how far chance may have moved these."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats
from sim.words.intervals import Z as Z
from sim.words.intervals import wilson as wilson


@dataclass(frozen=True)
class Group:
    """Some of the draws.

    index: place along the ``group`` dimension of stored counts
    label: what a legend calls them
    noun:  what a sentence calls them
    where: (B,) which draws
    """

    index: int
    label: str
    noun: str
    where: Bools

    @property
    def count(self) -> int:
        """How many draws there are."""
        return int(self.where.sum())

    @property
    def of_draws(self) -> str:
        """How many draws of which group, as the object of a sentence."""
        return counted(self.count, self.noun)

    @property
    def every_draw(self) -> str:
        """All draws of the group, as the object of a sentence."""
        return f"all {self.of_draws}" if self.count > 1 else f"the only {self.noun.removesuffix('s')}"


def groups(results: xr.Dataset) -> list[Group]:
    """All draws and, where the observations leave some and strike some, those consistent with them."""
    consistent = results["consistent"].values.astype(bool)
    size = len(consistent)
    everything = Group(0, f"all draws ({size:,})", "draws", np.ones(size, bool))
    if consistent.all() or not consistent.any():
        return [everything]
    kept = int(consistent.sum())
    label = f"draws consistent with the observations ({kept:,})"
    return [everything, Group(1, label, "consistent draws", consistent)]


def focus(results: xr.Dataset) -> Group:
    """The draws that headlines speak of: the consistent ones if there are any, else all."""
    return groups(results)[-1]


def draws_note(results: xr.Dataset) -> str:
    """How many draws a figure rests on, in a sentence."""
    size = results.sizes["draw"]
    kept = int(results["consistent"].values.sum())
    drawn = f"{size:,} draws" if size > 1 else "One draw only, so no error can be given"
    if kept == size:
        return f"{drawn}." if not results.sizes.get("observation", 0) else f"{drawn}; consistent with the observations."
    if kept == 0 and size == 1:
        return f"{drawn}; it is not consistent with the observations."
    if kept == 0:
        return f"{drawn}; none is consistent with the observations, so all are shown."
    return f"{drawn}, {kept:,} of them consistent with the observations."


def error_note(size: float) -> str:
    """The most that chance may have moved any share of so many draws, in a sentence; empty for a single draw.

    Example:
        >>> error_note(1000), error_note(1)
        ('95 %: a share is within ± 3 % at most.', '')
    """
    return f"95 %: a share is within ± {50 * Z / np.sqrt(size):.0f} % at most." if size > 1 else ""


def bars(count: Floats, size: float) -> tuple[Floats, Floats]:
    """Shares in percent (N,) and the lengths (2, N) of their error bars below and above, 0 for a single draw."""
    low, high = wilson(count, size)
    share = np.asarray(count, dtype=float) / max(size, 1)
    return 100 * share, 100 * np.stack([share - low, high - share]) * (size > 1)


def percent(share: float) -> str:
    """A share in words; what happens is never called 0 %, what fails somewhere never 100 %.

    Example:
        >>> percent(0.523), percent(0.001), percent(0.9999)
        ('52 %', '<1 %', '>99 %')
    """
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{100 * share:.0f} %"


def with_error(count: float, size: float) -> str:
    """A share with half the width of its interval; what happens always or never stands without.

    Example:
        >>> with_error(52, 100), with_error(100, 100)
        ('52 ± 10 %', '100 %')
    """
    low, high = wilson(count, size)
    half = 50 * float(high - low)
    if half < 0.5 or count in {0, size}:
        return percent(count / max(size, 1))
    return f"{100 * count / size:.0f} ± {half:.0f} %"


def counted(count: int, noun: str) -> str:
    """A number of things in words.

    Example:
        >>> counted(1, "consistent draws"), counted(2000, "draws")
        ('1 consistent draw', '2,000 draws')
    """
    return f"{count:,} {noun.removesuffix('s') if count == 1 else noun}"
