"""Which deals results tell of, where there are so many that a table of all of them would drown them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from sim.ensemble.outcome_column import OutcomeColumn
from sim.foundations import Floats, Ints
from sim.table import DealSpace

#: Up to so many deals results tell of each.
ALL_TOLD: Final = 20_000
#: Of more, so many are told of beside those that something refers to: enough for a cloud.
SAMPLE: Final = 4_000
#: Fractional part of the golden ratio: multiples of it fill a stretch evenly, without the rhythm of a grid.
_GOLDEN: Final = 0.6180339887498949


@dataclass(frozen=True)
class ToldDeals:
    """The deals of a large deal space that results tell of.

    numbers: (K',) their numbers in the whole deal space, rising
    total:   how many deals there are
    spread:  (G, I) how far consent differs between the levels of each issue, over all deals; empty where nobody counted
    """

    numbers: Ints
    total: int
    spread: Floats

    def places(self, deals: np.ndarray) -> np.ndarray:
        """Places of deals (numbers, -1 for none) among those that are told of."""
        found = np.searchsorted(self.numbers, np.maximum(deals, 0)).astype(deals.dtype)
        return np.where(deals < 0, deals, found)

    def part(self, values: np.ndarray) -> np.ndarray:
        """Values of these deals, from an array with all deals on its last axis."""
        return values[..., self.numbers]


def tells_of_all(deals: int) -> bool:
    """Whether results tell of each of so many deals."""
    return deals <= ALL_TOLD


def told_deals(
    space: DealSpace, columns: Iterable[OutcomeColumn], arrays: Mapping[str, np.ndarray], also: Ints | None = None
) -> ToldDeals | None:
    """Choose the deals that results tell of; ``None`` where these are all.

    Told of are deals that any world signs, holds, solves for or comes close to; for every two levels of the two issues
    on which consent depends most the deal that most worlds would sign; one with each level; some spread evenly over
    all; and ``also``.
    """
    size = len(space)
    if tells_of_all(size):
        return None
    named = [arrays[column.name] for column in columns if column.index == "deal_index"]
    found = [np.unique(values) for values in named]
    found.append(np.floor(np.mod(np.arange(SAMPLE) * _GOLDEN, 1.0) * size).astype(np.int64))
    found += [np.unique(space.deals[:, i], return_index=True)[1] for i in range(space.deals.shape[1])]
    if also is not None:
        found.append(np.asarray(also, np.int64))
    spread = np.zeros((0, len(space.scenario.issues)))
    if {"would_sign", "could_be_signed"} <= set(arrays):
        spread, best = _by_levels(space, arrays["would_sign"], arrays["could_be_signed"])
        found.append(best)
    numbers = np.unique(np.concatenate(found).astype(np.int64))
    return ToldDeals(numbers[numbers >= 0], size, spread)


def _by_levels(space: DealSpace, would: np.ndarray, could: np.ndarray) -> tuple[Floats, Ints]:
    """(G, I) how far consent differs between levels, and the deals most agreed to for two levels of two issues."""
    signs = [list(space.scenario.actors).index(name) for name in space.scenario.signers]
    sizes = [int(space.deals[:, i].max()) + 1 for i in range(space.deals.shape[1])]
    spread = np.zeros((len(could), len(sizes)))
    best: list[Ints] = []
    place = np.arange(len(space))
    for g, enough in enumerate(could):
        counts = np.stack([*would[g, signs], enough]).astype(np.int64)
        for i, size in enumerate(sizes):
            levels = space.deals[:, i]
            there = np.bincount(levels, minlength=size)
            means = np.stack([np.bincount(levels, count, size)[there > 0] / there[there > 0] for count in counts])
            spread[g, i] = np.ptp(means, axis=1).sum() if (there > 0).sum() > 1 else -1.0
        for one, two in combinations(sorted(np.argsort(-spread[g], kind="stable")[:2].tolist()), 2):
            cell = space.deals[:, one].astype(np.int64) * sizes[two] + space.deals[:, two]
            for count in counts:
                most = np.full(sizes[one] * sizes[two], -1, np.int64)
                # Of equals the first: the count first, then the place from behind.
                np.maximum.at(most, cell, count * len(space) + (len(space) - 1 - place))
                best.append(len(space) - 1 - most[most >= 0] % len(space))
    return spread, np.concatenate(best)
