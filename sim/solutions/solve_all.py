"""Several solutions on the same table at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from sim.foundations import Ints
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.solution import SOLUTIONS
from sim.solutions.ties import first
from sim.table import BargainingTable


class SelectedDeals(NamedTuple):
    """What one solution selects in each draw.

    deal: (B,) the deal, of several the one listed first, NO_DEAL where there is none
    also: (B,) the next of several that the solution cannot tell apart, NO_DEAL where it selects one
    ties: (B,) how many deals it selects: 1 where it decides, 0 where there is nothing to divide
    """

    deal: Ints
    also: Ints
    ties: Ints


def solve_all(table: BargainingTable, names: Iterable[str]) -> dict[str, SelectedDeals]:
    """Return what each of the solutions named selects, ties told as ties, by name.

    Raises:  UnknownNameError for a name that no solution is registered under

    Example:
        >>> table = BargainingTable.of_payoffs([[1, 3, 5, 6, 8], [9, 8, 6, 4.5, 2]], 1.0)
        >>> found = solve_all(table, ["nash", "utilitarian"])
        >>> [(name, one.deal.tolist(), one.also.tolist()) for name, one in found.items()]
        [('nash', [2], [-1]), ('utilitarian', [1], [2])]
    """
    problem = BargainingProblem.of_table(table)
    found = {}
    for name in names:
        selected = SOLUTIONS[name]().ties(problem)
        ties, deal = selected.sum(axis=1), first(selected)
        several = np.flatnonzero(ties > 1)
        also = first(np.zeros_like(selected[:, :0]))
        others = selected[several]
        others[np.arange(len(several)), deal[several]] = False
        also[several] = first(others)
        found[name] = SelectedDeals(deal, also, ties)
    return found
