"""A plan for talks that settle one issue after the other, or each issue in a room of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints


@dataclass(frozen=True)
class AgendaPlan:
    """What is proposed on the issue whose turn it is, after everything that has been settled before.

    A state is a prefix: the levels of the issues settled so far. S issues, n_s prefixes of s issues, n_S = K deals.

    offer:    per stage s (B, T, n_s): the prefix of s + 1 issues that is proposed, -1 where the proposer waits
    proposer: (T,) who speaks
    shown:    per stage s (n_{s+1},): a deal that has these levels, for the record; of the last stage the deal itself
    value:    (B, A) what the talks are worth over no deal, seen from the beginning
    """

    offer: tuple[Ints, ...]
    proposer: Ints
    shown: tuple[Ints, ...]
    value: Floats

    @property
    def rounds(self) -> int:
        """T."""
        return len(self.proposer)

    def outcome(self) -> tuple[Ints, Ints]:
        """(B,) the deal that play along the plan ends with, NO_DEAL if none, and (B,) the round of the last issue."""
        draws, stages = len(self.value), len(self.offer)
        stage, prefix = np.zeros(draws, np.int64), np.zeros(draws, np.int64)
        deal, at = np.full(draws, NO_DEAL), np.zeros(draws, np.int64)
        for round_ in range(self.rounds):
            before = stage.copy()
            for number in range(stages):
                rows = np.flatnonzero(before == number)
                offer = self.offer[number][rows, round_, prefix[rows]]
                made, found = rows[offer >= 0], offer[offer >= 0]
                prefix[made], stage[made] = found, number + 1
                if number + 1 == stages:
                    deal[made], at[made] = self.shown[number][found], round_
        return deal, at

    def select(self, where: Bools | Ints) -> AgendaPlan:
        """The plan of some of the draws."""
        return replace(self, offer=tuple(one[where] for one in self.offer), value=self.value[where])
