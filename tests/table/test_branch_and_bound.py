"""The best of all deals by branch and bound, against an enumeration of all of them."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.table.branch_and_bound import IssueSums, TiedIssues, best_product, best_sum


def made(seed, *, pairs=0, tied=False):
    """A random case: three or four issues, two or three parties, some pairs and rules between them."""
    dice = np.random.default_rng(seed)
    parties, levels = int(dice.integers(2, 4)), dice.integers(2, 5, int(dice.integers(3, 6)))
    single = [dice.random((parties, size)) / len(levels) for size in levels]
    every = list(itertools.combinations(range(len(levels)), 2))
    chosen = [every[n] for n in dice.permutation(len(every))[:pairs]]
    together = {(i, j): dice.uniform(-0.2, 0.2, (parties, levels[i], levels[j])) for i, j in chosen}
    rules = TiedIssues()
    if tied:
        forbidden = [{0: dice.random(levels[0]) < 0.5, 1: dice.random(levels[1]) < 0.5}]
        amounts = [dice.random(size) for size in levels]
        rules = TiedIssues(forbidden, [(amounts, 0.2 * len(levels), 0.6 * len(levels))])
    return IssueSums(dice.uniform(-0.4, 0.1, parties), single, together), rules, dice.random(parties)


def enumerated(sums, tied):
    """Gains of every deal that keeps the rules, one row each."""
    every = itertools.product(*(range(own.shape[1]) for own in sums.single))
    kept = [deal for deal in every if not tied.broken(dict(enumerate(deal)))]
    return np.array([sums.gains(np.array(deal)) for deal in kept]).reshape(len(kept), len(sums.offset))


@given(st.integers(0, 10_000), st.integers(0, 4), st.booleans())
def test_it_is_the_best_of_the_enumeration(seed, pairs, tied):
    """Separable and pairwise, with rules and without: the sum and the Nash product are the largest there are."""
    sums, rules, weights = made(seed, pairs=pairs, tied=tied)
    gains = enumerated(sums, rules)
    one = best_sum(sums, weights, rules)
    if not len(gains):
        assert one.levels is None
        return
    assert one.proved
    assert one.value == pytest.approx((gains @ weights).max())
    assert sums.gains(one.levels) @ weights == pytest.approx(one.value)
    fine = gains[(gains > 0).all(axis=1)]
    two = best_product(sums, rules)
    if len(fine):
        assert two.proved
        assert two.value == pytest.approx(np.log(fine).sum(axis=1).max())
        assert np.log(sums.gains(two.levels)).sum() == pytest.approx(two.value)
    else:
        assert two.levels is None


@given(st.integers(0, 10_000), st.integers(0, 3), st.booleans(), st.integers(0, 5))
def test_broken_off_it_says_what_none_exceeds(seed, pairs, tied, points):
    """After a few points the bound is still above every deal, and what was found is a deal."""
    sums, rules, weights = made(seed, pairs=pairs, tied=tied)
    gains = enumerated(sums, rules)
    if not len(gains):
        return
    found = best_sum(sums, weights, rules, points=points)
    assert found.bound >= (gains @ weights).max() - 1e-9
    assert found.value <= (gains @ weights).max() + 1e-9
    fine = gains[(gains > 0).all(axis=1)]
    if len(fine):
        assert best_product(sums, rules, points=points).bound >= np.log(fine).sum(axis=1).max() - 1e-9


def test_what_is_known_already_is_proved_the_best():
    """With the value of the best deal in hand the tree shows that there is no better one, and looks for none."""
    sums, rules, _ = made(7)
    best = best_product(sums, rules)
    again = best_product(sums, rules, known=best.value)
    assert again.bound == pytest.approx(best.value)
    assert again.points <= best.points


def test_far_more_deals_than_could_be_counted_out():
    """Thirty issues of five levels, 10 to the 21: the best sum at once, the Nash product within two percent."""
    dice = np.random.default_rng(3)
    sums = IssueSums(np.full(2, -0.2), [dice.random((2, 5)) / 30 for _ in range(30)])
    one = best_sum(sums, np.array([0.5, 0.5]))
    assert one.proved
    assert one.value == pytest.approx(-0.2 + sum((own.sum(axis=0) / 2).max() for own in sums.single))
    two = best_product(sums, points=30)
    assert two.levels is not None
    assert two.gap < 0.02


def test_what_adds_up_to_the_very_end_keeps_the_rules():
    """Amounts may come to the least or the most that is allowed, however they are rounded, and to nothing beyond it."""
    tenths = np.array([0.0, 0.1, 0.2])
    rules = TiedIssues((), [((tenths, tenths), 0.1 + 0.2, 0.3)])
    assert not rules.broken({0: 1, 1: 2})
    assert not rules.broken({0: 1})
    assert rules.broken({0: 2, 1: 2})
    assert rules.broken({0: 1, 1: 1})
    assert rules.broken({0: 0})
