"""Deals sorted by own payoff and searched in all draws at once."""

import hypothesis.strategies as st
import numpy as np
from hypothesis import given

from sim.foundations import NO_DEAL
from sim.strategies import Ranking
from tests.strategies.hearings import tables


@given(tables())
def test_search_counts_like_a_scan(table):
    """The binary search finds as many deals as counting them one by one."""
    payoff, allowed = table.payoff[:, 0], table.acceptable[:, 0]
    ranking = Ranking.of(payoff, allowed)
    for target in np.linspace(-0.1, 1.1, 25):
        wanted = np.full(table.draws, target)
        assert (ranking.at_least(wanted) == (allowed & (payoff >= target)).sum(axis=1)).all()
        assert (ranking.above(wanted) == (allowed & (payoff > target)).sum(axis=1)).all()


def test_outside_the_list_there_is_nothing():
    """Places before the first and after the last allowed deal hold no deal."""
    ranking = Ranking.of(np.array([[0.3, 0.1]]), np.array([[True, False]]))
    assert [ranking.deal(np.array([place]))[0] for place in (-1, 0, 1, 2)] == [NO_DEAL, 0, NO_DEAL, NO_DEAL]
    assert ranking.value(np.array([1]))[0] == -np.inf


@given(tables(), st.integers(1, 4))
def test_sorting_the_best_alone_changes_nothing(table, head):
    """Counts, places and the nearest deal are those of a ranking that is sorted in full."""
    payoff, allowed = table.payoff[:, 0], table.acceptable[:, 0]
    whole = Ranking.of(payoff, allowed)
    size = payoff.shape[1]
    for target in np.linspace(-0.1, 1.1, 13):
        part, wanted = Ranking.of(payoff, allowed, head=head), np.full(table.draws, target)
        assert (part.at_least(wanted) == whole.at_least(wanted)).all()
        assert (part.above(wanted) == whole.above(wanted)).all()
        assert (part.nearest(wanted) == whole.nearest(wanted)).all()
        last = np.maximum(whole.at_least(wanted) - 1, 0)
        assert (whole.nearest(wanted) == whole.deal(whole.above(whole.value(last)))).all()
    part = Ranking.of(payoff, allowed, head=head)
    for place in [*range(-1, size + 1)] * 3:  # often enough that sorting all pays in the end
        at = np.full(table.draws, place)
        assert (part.deal(at) == whole.deal(at)).all()
        assert (part.value(at) == whole.value(at)).all()
    assert (part.deals[:, :size] == whole.deals).all()
