"""Bargaining tables of all sorts, the same at every call, on which promises are tried."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.foundations import Dice
from sim.table import BargainingTable


def random_tables(count: int) -> Iterator[BargainingTable]:
    """Yield tables of 1 to 3 draws, 2 to 4 actors and 1 to 12 deals: with ties, red lines and values of no deal.

    Example:
        >>> [table.payoff.shape for table in random_tables(2)]
        [(3, 3, 7), (2, 3, 10)]
    """
    for seed in range(count):
        rng = np.random.default_rng(seed)
        shape = (int(rng.integers(1, 4)), int(rng.integers(2, 5)), int(rng.integers(1, 13)))
        table = BargainingTable.of_payoffs(rng.integers(0, 21, shape) / 20, rng.integers(0, 13, shape[:2]) / 20)
        yield table.replace(permitted=rng.random(shape) < 0.9)


def dice_of(table: BargainingTable) -> Dice:
    """Dice of the table's draws, numbered from 0."""
    return Dice("contract", np.arange(table.draws))
