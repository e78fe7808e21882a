"""The utilitarian solution: the largest sum of values."""

from __future__ import annotations

from dataclasses import dataclass

from sim.foundations import Bools
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.solution import SOLUTIONS, AbstractSolution
from sim.solutions.ties import highest


@SOLUTIONS.register(
    "utilitarian",
    source="Harsanyi 1955, J Polit Econ 63:309-321; as a bargaining solution: Myerson 1981, Econometrica 49:883-897",
)
@dataclass(frozen=True)
class Utilitarian(AbstractSolution):
    """Chooses the deals with the largest sum of values V over the signers; often more than one.

    Values are added as they stand, so this solution depends on their units. Since W is the same for every
    deal, the sum of gains has the same maximisers.

    Source:  Harsanyi 1955; Myerson 1981. Deviation: restricted to individually rational deals
    Example:
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1, 3, 5, 6, 8], [9, 8, 6, 4.5, 2]], 1.0)
        >>> Utilitarian().selects(table).tolist()
        [[False, True, True, False, False]]
    """

    def ties(self, problem: BargainingProblem) -> Bools:
        """Mark the deals with the largest sum: (B, K)."""
        return highest(problem.gains.sum(axis=1), problem.feasible)
