"""Several solutions on the same table at once."""

from __future__ import annotations

from collections.abc import Iterable

from sim.foundations import Ints
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.solution import SOLUTIONS
from sim.solutions.ties import first
from sim.table import BargainingTable


def solve_all(table: BargainingTable, names: Iterable[str]) -> dict[str, Ints]:
    """Return the deal (B,) that each of the solutions named chooses, NO_DEAL where there is none, by name.

    Raises:  UnknownNameError for a name that no solution is registered under

    Example:
        >>> table = BargainingTable.of_payoffs([[1, 3, 5, 6, 8], [9, 8, 6, 4.5, 2]], 1.0)
        >>> {name: deal.tolist() for name, deal in solve_all(table, ["nash", "utilitarian"]).items()}
        {'nash': [2], 'utilitarian': [1]}
    """
    problem = BargainingProblem.of_table(table)
    return {name: first(SOLUTIONS[name]().ties(problem)) for name in names}
