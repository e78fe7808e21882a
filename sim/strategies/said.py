"""What everybody has said at the table so far: offers, and where each issue stood in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Ints
from sim.table import BargainingTable

#: Levels of an issue that are told apart in what has been said, at most.
_CELLS: Final = 128


@dataclass(frozen=True)
class Said:
    """The record of one session of talks, for a block of draws; it fills up as offers are made.

    first:     (B, A) first offer of each actor, NO_DEAL before
    wish:      (B, A) first offer that is no public demand, which is posture in part; the demand before there is one
    latest:    (B, A) latest offer, NO_DEAL before
    repeated:  (B, A) how often in a row it has been made
    different: (B, A) number of different deals offered
    stood:     (B, A, I) in how many of these the issue stood where it stands in the wish or in the first offer
    named:     (B, A, I, C) how often the actor has offered the level of the issue; levels share cells where an issue
               has more than there are cells, see ``cells``
    per_cell:  (I,) levels that share a cell

    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]])
        >>> said = Said.begin(table)
        >>> said.note(table, 0, np.array([0]), np.array([2]), np.array([True]))
        >>> said.first.tolist(), said.named[0, 0, 0].tolist()
        ([[2, -1]], [0, 0, 1])
    """

    first: Ints
    wish: Ints
    latest: Ints
    repeated: Ints
    different: Ints
    stood: Ints
    named: Ints
    per_cell: Ints

    @classmethod
    def begin(cls, table: BargainingTable) -> Said:
        """Nobody has said anything."""
        draws, actors, issues = table.draws, len(table.actors), len(table.issues)
        levels = min(max(map(len, table.levels)), _CELLS)
        return cls(
            np.full((draws, actors), NO_DEAL),
            np.full((draws, actors), NO_DEAL),
            np.full((draws, actors), NO_DEAL),
            np.zeros((draws, actors), np.int64),
            np.zeros((draws, actors), np.int64),
            np.zeros((draws, actors, issues), np.int64),
            np.zeros((draws, actors, issues, levels), np.int16),
            np.array([-(-len(names) // _CELLS) for names in table.levels]),
        )

    def select(self, where: Ints) -> Said:
        """The record of some of the draws."""
        return Said(
            self.first[where],
            self.wish[where],
            self.latest[where],
            self.repeated[where],
            self.different[where],
            self.stood[where],
            self.named[where],
            self.per_cell,
        )

    def cells(self, levels: Ints) -> Ints:
        """(..., I) places along the last dimension of ``named`` of the levels (..., I) of some deals."""
        return levels // self.per_cell

    def note(self, table: BargainingTable, actor: int, rows: Ints, deals: Ints, new: Bools) -> None:
        """Write down what an actor offers.

        Args:
            rows:  (n,) draws in which he offers something
            deals: (n,) what
            new:   (n,) whether he had not offered it before
        """
        opening = self.first[rows, actor] == NO_DEAL
        self.first[rows[opening], actor] = deals[opening]
        self.wish[rows[opening], actor] = deals[opening]
        begun = new & (self.different[rows, actor] == 1) & (self.first[rows, actor] == table.demands[rows, actor])
        self.wish[rows[begun], actor] = deals[begun]
        again = self.latest[rows, actor] == deals
        self.repeated[rows, actor] = np.where(again, self.repeated[rows, actor] + 1, 1)
        self.latest[rows, actor] = deals
        levels = table.deals[deals]
        self.different[rows, actor] += new
        same = (levels == table.deals[self.first[rows, actor]]) | (levels == table.deals[self.wish[rows, actor]])
        self.stood[rows, actor] += same & new[:, None]
        self.named[rows[:, None], actor, np.arange(levels.shape[1]), self.cells(levels)] += 1
