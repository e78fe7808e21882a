"""What a cooperative solution on a finite set of deals is, and where its members are listed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TypeAlias

from sim.foundations import Bools, Ints, Registry
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.ties import first
from sim.table import BargainingTable


class AbstractSolution(ABC):
    """A rule that picks deals from a bargaining problem; settings are frozen fields.

    A member defines ``ties``; it ranks deals by gains in V (pressure included) over the disagreement value
    W, among feasible deals only. Where a rule selects several deals all are told, and ``choose`` takes the
    lowest deal index.
    """

    @abstractmethod
    def ties(self, problem: BargainingProblem) -> Bools:
        """Mark every deal the solution selects: (B, K); none in a draw without a feasible deal."""

    def choose(self, table: BargainingTable) -> Ints:
        """Return the deal selected in each draw: (B,), NO_DEAL where there is none."""
        return first(self.ties(BargainingProblem.of_table(table)))

    def selects(self, table: BargainingTable) -> Bools:
        """Return all deals selected in each draw, ties included: (B, K)."""
        return self.ties(BargainingProblem.of_table(table))


SolutionClass: TypeAlias = type[AbstractSolution]

#: Solutions on finite sets by name; each works without settings.
SOLUTIONS: Registry[SolutionClass] = Registry("solution", home="sim.solutions")
