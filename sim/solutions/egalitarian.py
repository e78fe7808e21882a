"""The egalitarian (Kalai) solution: the smallest gain as large as possible."""

from __future__ import annotations

from dataclasses import dataclass

from sim.foundations import Bools
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.leximin import leximin
from sim.solutions.solution import SOLUTIONS, AbstractSolution
from sim.solutions.ties import highest


@SOLUTIONS.register(
    "egalitarian",
    source="Kalai 1977, Econometrica 45:1623-1630; lexicographic: Chun & Peters 1988, Cahiers du CERO 30",
)
@dataclass(frozen=True)
class Egalitarian(AbstractSolution):
    """Chooses the deals whose smallest gain V - W is largest, then the second smallest, and so on.

    leximin: whether ties in the smallest gain are broken by the next one; False keeps them all, so that
             deals which one side could improve for nothing may be among them

    Gains are compared between signers as they stand, so this solution depends on their units.

    Source:  Kalai 1977; on a finite set equal gains need not exist, so their leximin is taken
             (Chun & Peters 1988)

    Example:
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[2, 2, 7], [2, 5, 1]])
        >>> Egalitarian().selects(table).tolist(), Egalitarian(leximin=False).selects(table).tolist()
        ([[False, True, False]], [[True, True, False]])
    """

    leximin: bool = True

    def ties(self, problem: BargainingProblem) -> Bools:
        """Mark the deals with the leximin-largest gains: (B, K)."""
        if self.leximin:
            return leximin(problem.gains, problem.feasible)
        return highest(problem.gains.min(axis=1), problem.feasible)
