"""Monotonic concession by the risk of breakdown."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import negotiate
from sim.foundations import NO_DEAL, InputError
from sim.protocols import Zeuthen
from sim.solutions import BargainingProblem, pareto_frontier
from sim.table import BargainingTable
from tests.known_answers.dynamics import zeuthen
from tests.protocols.talking import dice

DEALS = [[10, 1], [8, 5], [6, 7], [3, 8], [1, 10]]


def test_worked_example():
    """Five efficient deals: both ways of conceding meet at the largest Nash product, 42."""
    found = zeuthen({"deals": DEALS, "d": [0, 0]})
    assert found["agreement"] == [6.0, 7.0]
    assert found["path_one_step"] == [[0, 4], [1, 4], [1, 3], [1, 2], [2, 2]]
    assert found["path_min_sufficient"] == [[0, 4], [1, 4], [1, 2], [2, 2]]


def test_disagreement_moves_the_deal():
    """With no deal worth (2, 0.5) one deal falls away and the first party gets more."""
    found = zeuthen({"deals": DEALS, "d": [2, 0.5]})
    assert found["agreement"] == [8.0, 5.0]
    assert found["path_one_step"] == [[0, 3], [1, 3], [1, 2], [1, 1]]
    assert found["path_min_sufficient"] == [[0, 3], [1, 3], [1, 1]]


def test_tie_is_resolved_by_the_first():
    """With equal risks at the opening the first party concedes."""
    found = zeuthen({"deals": [[3, 1], [2, 2.25], [1, 3]], "d": [0, 0]})
    assert found["agreement"] == [2.0, 2.25]
    assert found["path"] == [[0, 2], [1, 2], [1, 1]]


def ends_at_largest_product(table, **how):
    """Play and compare the product of gains with the largest there is."""
    talks = negotiate(Zeuthen(200, **how), table, dice(table))
    product = table.premium.prod(axis=1)
    common = table.acceptable.all(axis=1)
    for b in range(table.draws):
        if not common[b].any():
            assert talks.deal[b] == NO_DEAL
            continue
        assert product[b, talks.deal[b]] == pytest.approx(product[b][common[b]].max())


@pytest.mark.parametrize("concession", ["one-step", "minimal-sufficient"])
@given(seed=st.integers(0, 2**32 - 1), actors=st.integers(2, 4), deals=st.integers(1, 30))
def test_ends_at_the_nash_product_maximiser(concession, seed, actors, deals):
    """On random payoffs talks end at the largest Nash product, for two parties and for more."""
    rng = np.random.default_rng(seed)
    table = BargainingTable.of_payoffs(rng.random((3, actors, deals)), rng.random((3, actors)) * 0.4)
    ends_at_largest_product(table, concession=concession)
    ends_at_largest_product(table, concession=concession, per_round=1)


@given(seed=st.integers(0, 2**32 - 1), actors=st.integers(2, 4))
def test_concessions_are_monotone_and_efficient(seed, actors):
    """Nobody ever proposes more for himself again, and every proposal is on the frontier."""
    rng = np.random.default_rng(seed)
    table = BargainingTable.of_payoffs(rng.integers(0, 12, (2, actors, 20)) / 10)
    frontier = pareto_frontier(BargainingProblem.of_table(table))
    talks = negotiate(Zeuthen(60), table, dice(table), keep_log=True)
    last = np.full((2, actors), np.inf)
    for entry in talks.log:
        for b in np.flatnonzero(entry.deal != NO_DEAL):
            deal = entry.deal[b]
            assert frontier[b, deal]
            assert table.payoff[b, entry.actor, deal] <= last[b, entry.actor]
            last[b, entry.actor] = table.payoff[b, entry.actor, deal]


def test_too_few_rounds_lapse():
    """One concession a round for two rounds is not enough for the example; spread out it is."""
    table = BargainingTable.of_payoffs(np.array(DEALS, float).T)
    assert negotiate(Zeuthen(2, per_round=1), table, dice(table)).deal.tolist() == [NO_DEAL]
    assert negotiate(Zeuthen(2), table, dice(table)).deal.tolist() == [2]


def test_bad_settings_are_refused():
    """No rounds make no talks, and nobody takes a concession back."""
    with pytest.raises(InputError, match="at least one round, got 0"):
        Zeuthen(0)
    with pytest.raises(InputError, match="per_round"):
        Zeuthen(3, per_round=-1)


def test_the_whole_walk_fits_into_the_rounds():
    """Four concessions until the two meet are made within three rounds, two in a round where one would be too few."""
    table = BargainingTable.of_payoffs([[5.0, 4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0, 5.0]])
    assert negotiate(Zeuthen(3, per_round=1), table, dice(table)).deal.tolist() == [NO_DEAL]
    assert negotiate(Zeuthen(3), table, dice(table)).deal.tolist() == [2]


def test_a_round_of_one_world_takes_no_concession_more_for_another():
    """Two concessions in two rounds are one a round, also beside a world in which there are four to make."""
    longer, shorter = np.array(DEALS, float).T, np.array([[3, 1], [2, 2.25], [1, 3], [0, 0], [0, 0]]).T
    both, alone = (BargainingTable.of_payoffs(np.stack(one)) for one in ((longer, shorter), (shorter,)))
    together, single = (negotiate(Zeuthen(2), table, dice(table)) for table in (both, alone))
    assert (single.deal[0], single.round[0]) == (1, 1)
    assert (together.deal.tolist(), together.round.tolist()) == ([2, 1], [1, 1])


def test_of_several_proposals_that_satisfy_everybody_the_first_ones_is_signed():
    """Both propose the middle deal in the end; a world with nothing to agree on stays open."""
    barren = np.array([[1.0, 0, 0, 0, 0], [0, 0, 0, 0, 1.0]])
    table = BargainingTable.of_payoffs(np.stack([np.array(DEALS, float).T, barren]), np.full((2, 2), 0.5))
    talks = negotiate(Zeuthen(5), table, dice(table))
    assert talks.deal.tolist() == [2, NO_DEAL]
    assert talks.by[0] == 0
    assert talks.open.tolist() == [False, True]
