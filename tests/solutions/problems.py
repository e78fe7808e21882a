"""Small bargaining tables with exact (integer) payoffs, so that ties are ties, and ways to change them."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.extra.numpy as hnp
import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from sim.solutions import BargainingProblem
from sim.table import BargainingTable

quick = settings(deadline=None)

TWO_TO_FOUR = st.integers(2, 4)


@st.composite
def tables(draw, actors=TWO_TO_FOUR):
    """Tables with integer payoffs and disagreement values, unanimity, a few red lines."""
    shape = (draw(st.integers(1, 3)), draw(actors), draw(st.integers(1, 9)))
    payoff = draw(hnp.arrays(int, shape, elements=st.integers(-2, 6)))
    fallback = draw(hnp.arrays(int, shape[:2], elements=st.integers(-3, 2)))
    crossed = draw(hnp.arrays(bool, shape, elements=st.sampled_from([False] * 9 + [True])))
    return replace(BargainingTable.of_payoffs(payoff, fallback), permitted=~crossed)


def with_payoff(table, payoff, fallback=None):
    """The table with other payoffs (and disagreement values) for the same deals."""
    fallback = table.disagreement if fallback is None else fallback
    return replace(table, payoff=np.asarray(payoff, float), disagreement=np.asarray(fallback, float))


def permuted(table, *, actors=None, deals=None):
    """The table with actors or deals in another order."""
    order = np.arange(len(table.actors)) if actors is None else actors
    listing = np.arange(len(table.deals)) if deals is None else deals
    return replace(
        table,
        actors=tuple(table.actors[i] for i in order),
        deals=table.deals[listing],
        kind=table.kind[listing],
        payoff=table.payoff[:, order][:, :, listing],
        disagreement=table.disagreement[:, order],
        discount=table.discount[:, order],
        permitted=table.permitted[:, order][:, :, listing],
        consent=table.consent[order][:, listing],
    )


def problem_of(points, disagreement=0.0):
    """The problem of one draw whose deals are the points (K, A)."""
    return BargainingProblem.of_table(BargainingTable.of_payoffs(np.asarray(points, float).T, disagreement))


def chosen(solution, points, disagreement=0.0):
    """Indices of all deals that a solution selects from the points (K, A) of one draw."""
    return np.flatnonzero(solution.ties(problem_of(points, disagreement))[0]).tolist()


def brute_frontier(problem):
    """The Pareto frontier by comparing all pairs."""
    gains = problem.gains.transpose(0, 2, 1)
    other, own = gains[:, None, :], gains[:, :, None]
    better = (other >= own).all(-1) & (other > own).any(-1) & problem.feasible[:, None, :]
    return problem.feasible & ~better.any(axis=2)
