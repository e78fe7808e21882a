"""The first round in which some deal could suit everybody is never later than the one in which talks close."""

import numpy as np
import pytest

from sim.protocols.first_chance import _first_chance, _Party, begins_at_first_chance
from sim.strategies import AcNext, NearestToAspiration, Negotiator, OwnCurve, TimeDependent
from sim.table import BargainingTable


def chances(payoff, exponents, rounds):
    """First chance of each draw."""
    table = BargainingTable.of_payoffs(payoff)
    times = tuple(np.linspace(0, 1, rounds).tolist())
    people = [Negotiator(TimeDependent(one), NearestToAspiration(), OwnCurve()) for one in exponents]
    return _first_chance(
        [_Party.of(table, actor, one, times, slice(0, table.draws)) for actor, one in enumerate(people)], rounds
    )


def test_a_half_for_both_suits_both_when_each_asks_for_half():
    """Of eleven rounds of linear concession, 0.5 suits both in the sixth, and no deal but the ends never before it."""
    assert chances([[[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]]], (1.0, 1.0), 11).tolist() == [5]
    assert chances([[[1.0, 0.0], [0.0, 1.0]]], (1.0, 1.0), 11).tolist() == [10]


def test_every_round_is_looked_at_one_by_one():
    """Halving finds what a look at each round finds: the first in which a deal is worth to each what he asks for."""
    rng = np.random.default_rng(3)
    payoff, exponents = rng.random((50, 3, 20)), np.array([0.3, 1.0, 2.0])
    best, worst = payoff.max(axis=2), payoff.min(axis=2)
    asked = 1 - np.linspace(0, 1, 30)[:, None] ** (1 / exponents)
    suits = payoff[None] >= (worst + asked[:, None] * (best - worst))[..., None] - 1e-9
    assert chances(payoff, exponents, 30).tolist() == suits.all(axis=2).any(axis=2).argmax(axis=0).tolist()


@pytest.mark.parametrize(("curve", "takes", "near"), [
    (TimeDependent(0.5), OwnCurve(), True),
    (TimeDependent(0.5, np.array([0.1, 0.2])), OwnCurve(), False),
    (TimeDependent(np.array([0.5, 0.6]), 0.1), AcNext(), True),
    (TimeDependent(0.5), AcNext(1.2), False),
])  # fmt: skip
def test_who_can_be_begun_late(curve, takes, near):
    """Those who take what they ask for, with powers of one number or of many in both ways of holding the talks."""
    assert begins_at_first_chance(Negotiator(curve, NearestToAspiration(), takes)) is near
