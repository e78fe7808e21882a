"""Groups of worlds that figures show apart, and how many worlds a figure rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats
from sim.words import Proportion, counted, half_percent, half_width, wilson


@dataclass(frozen=True)
class WorldGroup:
    """Some of the worlds.

    index: place along the ``group`` dimension of stored counts
    label: what a legend calls them
    noun:  what a sentence calls them
    where: (B,) which worlds
    """

    index: int
    label: str
    noun: str
    where: Bools

    @property
    def count(self) -> int:
        """How many worlds there are."""
        return int(self.where.sum())

    @property
    def counted(self) -> str:
        """How many worlds of which group, as the object of a sentence."""
        return f"{counted(self.count, 'worlds')}{self.noun.removeprefix('worlds')}"

    @property
    def every_world(self) -> str:
        """All worlds of the group, as the object of a sentence."""
        if self.count > 1:
            return f"all {self.counted}"
        return f"the only world{self.noun.removeprefix('worlds').replace('that fit', 'that fits')}"

    def proportion(self, of: Bools | int) -> Proportion:
        """How many worlds of the group are marked, or a number of them, out of how many."""
        return Proportion(of if isinstance(of, int) else int((of & self.where).sum()), self.count)


def world_groups(results: xr.Dataset) -> list[WorldGroup]:
    """All worlds and, where the observations leave some and strike some, those that fit the observations."""
    fit = results["consistent"].values.astype(bool)
    everything = WorldGroup(0, f"all worlds ({len(fit):,})", "worlds", np.ones(len(fit), bool))
    if fit.all() or not fit.any():
        return [everything]
    label = f"worlds that fit the observations ({int(fit.sum()):,})"
    return [everything, WorldGroup(1, label, "worlds that fit the observations", fit)]


def focus(results: xr.Dataset) -> WorldGroup:
    """The worlds that headlines speak of: those that fit the observations if there are any, else all."""
    return world_groups(results)[-1]


def worlds_note(results: xr.Dataset) -> str:
    """How many worlds a figure rests on, in a sentence."""
    size = results.sizes["draw"]
    fit = int(results["consistent"].values.sum())
    drawn = f"{size:,} worlds" if size > 1 else "One world only, so no error can be given"
    if fit == size:
        return f"{drawn}; all fit the observations." if results.sizes.get("observation", 0) else f"{drawn}."
    if fit == 0:
        return f"{drawn}; {'it does not fit' if size == 1 else 'none fits'} the observations" + (
            "." if size == 1 else ", so all are shown."
        )
    return f"{drawn}, {fit:,} of them fit the observations."


def error_note(size: float) -> str:
    """The most that chance may have moved any share of so many worlds, in a sentence; empty for a single one.

    Example:
        >>> error_note(1000), error_note(1)
        ('95 %: a share is within ± 3 % at most.', '')
    """
    return error_words(0.5 / np.sqrt(size)) if size > 1 else ""


def error_words(error: float) -> str:
    """The most that chance may have moved any share, from the largest standard error, in a sentence.

    Example:
        >>> error_words(0.05)
        '95 %: a share is within ± 10 % at most.'
    """
    return f"95 %: a share is within {half_percent(half_width(error))} at most."


def bar_lengths(count: Floats, size: float) -> tuple[Floats, Floats]:
    """Shares in percent (N,) and the lengths (2, N) of their error bars below and above, 0 for a single world."""
    low, high = wilson(count, size)
    share = np.asarray(count, dtype=float) / max(size, 1)
    return 100 * share, 100 * np.stack([share - low, high - share]) * (size > 1)
