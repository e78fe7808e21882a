"""How long deals last: two sorts of them, ages, signing again; against sums, limits and simulation."""

from dataclasses import replace

import numpy as np
import pytest

from sim.table.durability import (
    DurabilityWeights,
    aged_hazard,
    ageing,
    at_odds,
    durability,
    mixed,
    posterior_fragile,
    survival,
)
from sim.table.lifetimes import Lifetimes
from sim.table.reopening import Loads, Premium, loads, reopening_discount, rounds_until_signature, signed_again

DELTA, Q, THETA = 0.95, 0.1, 0.3


def summed(delta, hazards, q, theta):
    """Weights by adding up round after round: flow, war, conversion, loading of the shift."""
    alive, paid, total = 1.0, 1.0, np.zeros(5)
    for age, h in enumerate(hazards, 1):
        moved = 1 - (1 - theta) ** age
        total[0] += (1 - delta) * paid * alive
        paid *= delta
        total += paid * alive * np.array([0, h, (1 - h) * q, h * moved, (1 - h) * q * moved])
        alive *= (1 - h) * (1 - q)
    return total


def test_a_share_of_none_leaves_the_weights_of_a_deal_that_holds():
    """With no fragile deals the mixture is what it was before there was one, to the last bit."""
    holds = durability(DELTA, np.array([0.02, 0.1]), Q, THETA)
    for one, other in zip(mixed(0.0, durability(DELTA, 0.5, Q, THETA), holds), holds, strict=True):
        assert (one == other).all()


@pytest.mark.parametrize("share", [0.2, 0.7, 1.0])
def test_mixed_weights_are_those_of_the_two_lives(share):
    """Mixed weights equal the sum over the lives of both sorts; the odds are those of the mixed numbers."""
    found = mixed(share, durability(DELTA, 0.4, Q, THETA), durability(DELTA, 0.01, Q, THETA))
    expected = share * summed(DELTA, [0.4] * 2000, Q, THETA) + (1 - share) * summed(DELTA, [0.01] * 2000, Q, THETA)
    np.testing.assert_allclose(found[:5], expected, atol=1e-12)
    bare = share * summed(DELTA, [0.4] * 2000, 0, THETA) + (1 - share) * summed(DELTA, [0.01] * 2000, 0, THETA)
    assert float(found.chi) == pytest.approx(bare[1] / (1 - bare[1]), abs=1e-10)
    assert float(found.psi) == pytest.approx(bare[3] / (1 - bare[1]), abs=1e-10)


@pytest.mark.parametrize("shape", [0.4, 1.0, 1.7])
@pytest.mark.parametrize("age", [0, 3])
def test_weights_of_ages_are_sums_over_a_life(shape, age):
    """Weights from some age on equal the sum round by round, with the hazard constant beyond the tail."""
    tail = 40
    hazards = [float(aged_hazard(0.15, shape, min(t, tail + 1))) for t in range(age + 1, 2000)]
    found = ageing(DELTA, 0.15, shape, Q, THETA, age=age, tail=tail)
    np.testing.assert_allclose([float(one) for one in found[:5]], summed(DELTA, hazards, Q, THETA), atol=1e-12)


def test_ages_follow_weibull():
    """What is left after some rounds is the product of the rounds survived."""
    ages = np.arange(1, 30)
    left = np.cumprod(1 - aged_hazard(0.2, 0.6, ages))
    np.testing.assert_allclose(left, survival(0.2, 0.6, ages), atol=1e-12)


def test_a_deal_that_has_lasted_is_hardly_fragile():
    """Bayes' rule: what is left of fragile deals among those that stand; none of it where neither sort can stand."""
    assert float(posterior_fragile(0.5, 0.5**3, 1.0)) == pytest.approx(0.125 / 1.125)
    assert float(posterior_fragile(0.5, 0.0, 0.0)) == 0
    assert float(at_odds(1.0, 0.3)) == 1


def test_reopening_is_the_sum_over_waits():
    """The discount of the next signature adds up over the rounds in which talks may reopen."""
    gamma, r, n = 0.9, 0.3, 4
    direct = sum(r * (1 - r) ** j * gamma ** (j + n) for j in range(2000))
    assert float(reopening_discount(gamma, r, n)) == pytest.approx(direct, abs=1e-12)
    waited = sum((j + n) * r * (1 - r) ** j * gamma ** (j + n) for j in range(2000)) / direct
    assert float(rounds_until_signature(gamma, r, n)) == pytest.approx(waited, abs=1e-12)


def test_signing_again_is_a_fixed_point_with_its_limits():
    """The premium repeats itself; never reopening leaves the bare one, and the same signature next is the same."""
    bare, load, kappa = np.array(0.1), Loads(np.array(0.6), np.array(0.25)), np.array(0.7)
    same = signed_again(bare, load, kappa, shift=0.2, paid=0.01)
    again = signed_again(bare, load, kappa, shift=0.2, paid=0.01, after=same)
    assert float(again.level) == pytest.approx(float(same.level), abs=1e-14)
    assert float(again.slope) == pytest.approx(float(same.slope), abs=1e-14)
    never = signed_again(bare, load, np.array(0.0))
    assert float(never.level) == 0.1
    last = signed_again(bare, load, kappa, after=Premium(np.array(0.0), np.array(0.0)))
    assert float(last.level) == 0.1


def test_a_settlement_that_collapses_loads_the_deal_it_came_of():
    """Omega = .4 + .5 x .6, of which the shift is still to come in (.4 - .3) + .5 (.6 - .2); L without one is .1."""
    deal = DurabilityWeights(*np.array([0.1, 0.4, 0.5, 0.3, 0.0, 0.0, 0.0]))
    settled = DurabilityWeights(*np.array([0.4, 0.6, 0.0, 0.2, 0.0, 0.0, 0.0]))
    assert loads(deal, settled) == (pytest.approx(0.7), pytest.approx(0.3))
    assert loads(deal, None) == (pytest.approx(0.4), pytest.approx(0.1))


@pytest.mark.parametrize(("factor", "minds"), [(1.0, False), (2.0, True)])
def test_pressure_bears_on_deals_only_by_its_factor(factor, minds):
    """A factor of 1 on the odds of being fragile leaves them; without fragile deals there are no odds."""
    one = np.ones((1, 1))
    life = Lifetimes(0.1 * one, None, 0.2 * one, 0.5 * one, factor * one, one, 0)
    assert life.minds_pressure == minds
    assert life.fragile_chance(pressed=True).item() == pytest.approx(1 / 3 if minds else 0.2)  # odds of 1:4, or twice
    assert not replace(life, fragile=None).minds_pressure
