"""A theory read on a case: what it assumes, what it asks of the case, and what it predicts there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.foundations import Bools, Floats
from sim.theory.assumption import Assumption
from sim.theory.case_facts import CaseFacts

#: What is read: a strategic equilibrium, a cooperative solution, or a formula that the core model is made of.
ReadingKind = Literal["equilibrium", "solution", "ingredient"]


@dataclass(frozen=True)
class Prediction:
    """What a theory says of a block of draws.

    chance: (B,) chance of a deal, 0..1
    gains:  (B, A) expected gain over no deal, seen from the beginning; nan for those of whom it says nothing
    settles: whether it points at a deal, the one nearest to these gains, rather than at a mean over several
    marked: (B,) draws in which its mechanism is at work, of theories that name one
    """

    chance: Floats
    gains: Floats
    settles: bool = True
    marked: Bools | None = None

    @classmethod
    def of(cls, facts: CaseFacts, gains: Floats, *, settles: bool = True) -> Prediction:
        """A deal at once wherever one is feasible, with these gains."""
        found = np.where(facts.any_deal[:, None] | np.isnan(gains), gains, 0.0)
        return cls(facts.any_deal.astype(float), found, settles)

    @classmethod
    def mark(cls, facts: CaseFacts, marked: Bools, chance: Floats | None = None) -> Prediction:
        """Where a mechanism is at work, of a theory that says nothing of terms, and perhaps nothing of chances."""
        silent = np.full(facts.table.disagreement.shape, np.nan)
        return cls(np.full(facts.draws, np.nan) if chance is None else chance, silent, settles=False, marked=marked)


@dataclass(frozen=True)
class TheoryReading:
    """How a theory is read on a case.

    name:    of the equilibrium or solution that is evaluated
    kind:    what it is
    assumes: what the theory takes for granted about play, which is not asked of the case
    needs:   what must be so in the case
    predict: evaluates it; called only where some draw meets every need
    marks:   what is so in the draws that it marks, as a clause
    """

    name: str
    kind: ReadingKind
    assumes: tuple[str, ...]
    needs: tuple[Assumption, ...]
    predict: Callable[[CaseFacts], Prediction] | None = None
    marks: str = ""

    def applies(self, facts: CaseFacts) -> Bools:
        """(B,) draws that meet every need."""
        found = np.ones(facts.draws, bool)
        for need in self.needs:
            if not found.any():
                break
            found &= need.check(facts)
        return found

    def failing(self, facts: CaseFacts) -> tuple[Bools, ...]:
        """For each need the draws (B,) in which it is the first that is not met."""
        left, found = np.ones(facts.draws, bool), []
        for need in self.needs:
            holds = need.check(facts) if left.any() else np.ones(facts.draws, bool)
            found.append(left & ~holds)
            left = left & holds
        return tuple(found)
