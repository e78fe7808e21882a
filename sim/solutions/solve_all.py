"""Every solution on the same table at once."""

from __future__ import annotations

from sim.foundations import Ints
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.solution import SOLUTIONS
from sim.solutions.ties import first
from sim.table import BargainingTable


def solve_all(table: BargainingTable) -> dict[str, Ints]:
    """Return the deal (B,) that each registered solution chooses, NO_DEAL where there is none, by name.

    Example:
        >>> table = BargainingTable.of_payoffs([[1, 3, 5, 6, 8], [9, 8, 6, 4.5, 2]], 1.0)
        >>> {name: deal.tolist() for name, deal in solve_all(table).items()}["nash"]
        [2]
    """
    problem = BargainingProblem.of_table(table)
    return {entry.name: first(entry.member().ties(problem)) for entry in SOLUTIONS}
