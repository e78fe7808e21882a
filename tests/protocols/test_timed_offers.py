"""Talks that are worked out at once go as those that are held turn by turn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import negotiate
from sim.foundations import Dice
from sim.protocols import AlternatingOffers
from sim.protocols.timed_offers import goes_by_the_clock
from sim.strategies import (
    AcNext,
    NearestToAspiration,
    Negotiator,
    OwnCurve,
    TimeDependent,
    TimeDependentExponential,
    assemble,
)
from sim.table import BargainingTable, SigningRule


class Listened(AlternatingOffers):
    """The same rules, held turn by turn."""

    def foreseen(self, table):
        """Nothing is known beforehand."""


def both_ways(table, negotiators, rounds, **more):
    """Talks worked out at once, and held turn by turn."""
    dice = Dice("test", np.arange(table.draws))
    assert AlternatingOffers(rounds, negotiators, **more).foreseen(table) is not None
    return [negotiate(kind(rounds, negotiators, **more), table, dice) for kind in (AlternatingOffers, Listened)]


def assert_same(one, other):
    """All of the outcome is equal."""
    for name in ("open", "deal", "round", "by", "accepted"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@st.composite
def somebody(draw, size):
    """A negotiator who goes by the clock, his settings one number or one for each draw."""

    def number(low, high):
        one = st.floats(low, high)
        many = st.lists(one, min_size=size, max_size=size).map(np.array)
        return draw(st.one_of(one, many))

    curve = TimeDependent(number(0.05, 8), number(0, 0.5))
    if draw(st.booleans()):
        curve = TimeDependentExponential(number(0.05, 8), number(0.01, 0.5))
    takes = draw(st.sampled_from([OwnCurve(), AcNext(), None]))
    takes = AcNext(number(0.5, 1.5), number(-0.2, 0.2)) if takes is None else takes
    return Negotiator(curve, NearestToAspiration(number(0, 0.05)), takes, number(0, 0.1))


@st.composite
def tables(draw):
    """A table with ties, red lines, outsiders and needed consents."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    draws, actors, deals = draw(st.integers(1, 40)), draw(st.integers(2, 4)), draw(st.integers(1, 40))
    payoff = rng.random((draws, actors, deals))
    if draw(st.booleans()):
        payoff = np.round(payoff * draw(st.integers(1, 9))) / 9
    outsider = draw(st.booleans()) and actors > 2
    signers = np.arange(actors) < actors - outsider
    order = rng.permutation(np.flatnonzero(signers))
    table = BargainingTable.of_payoffs(
        payoff, disagreement=rng.random(actors) * draw(st.sampled_from([0, 0.3, 0.9])), order=order,
        rule=SigningRule.unanimity(actors, signers),
    )  # fmt: skip
    permitted = rng.random(payoff.shape) < draw(st.sampled_from([0.0, 0.6, 1.0]))
    consent = rng.random((actors, deals)) < draw(st.sampled_from([0.0, 0.3]))
    return table.replace(permitted=permitted, consent=consent)


@pytest.mark.slow
@given(st.data())
def test_worked_out_at_once_or_held_turn_by_turn(data):
    """On random tables, and whatever the curves and the rules of answering, both ways end alike to the bit."""
    table = data.draw(tables())
    people = tuple(data.draw(somebody(table.draws)) for _ in table.actors)
    scale = data.draw(st.sampled_from(["rounds", "negmas"]))
    assert_same(*both_ways(table, people, data.draw(st.integers(1, 40)), time_scale=scale))


@pytest.mark.parametrize("acceptance", [OwnCurve(), AcNext(1.1, 0.02)])
@pytest.mark.parametrize("actors", [2, 3])
def test_few_draws(actors, acceptance):
    """Payoffs with ties, one curve for each draw: both ways end alike."""
    rng = np.random.default_rng(2)
    table = BargainingTable.of_payoffs(rng.integers(0, 8, (20, actors, 30)) / 7, disagreement=0.2)
    curve = TimeDependent(rng.uniform(0.2, 4, 20))
    people = tuple(Negotiator(curve, NearestToAspiration(), acceptance) for _ in range(actors))
    assert_same(*both_ways(table, people, 20))


@pytest.mark.slow
@pytest.mark.parametrize("actors", [2, 3])
def test_many_draws_in_several_blocks(actors):
    """More draws than are worked on at once: none is lost, and each ends as when it is held alone."""
    table = BargainingTable.of_payoffs(np.random.default_rng(1).random((1500, actors, 250)))
    people = tuple(Negotiator(TimeDependent(0.3), NearestToAspiration(), OwnCurve()) for _ in range(actors))
    whole, held = both_ways(table, people, 30)
    assert_same(whole, held)
    alone = negotiate(AlternatingOffers(30, people), table.select(np.array([1234])), Dice("test", np.array([1234])))
    assert (alone.deal[0], alone.round[0]) == (whole.deal[1234], whole.round[1234])


def test_talks_of_listeners_are_held():
    """Where one listens, everybody votes, turns are counted or only one speaks, nothing is known beforehand."""
    table = BargainingTable.of_payoffs(np.eye(3)[None])
    clock = Negotiator(TimeDependent(), NearestToAspiration(), OwnCurve())
    listener = assemble("relative-tit-for-tat")
    assert goes_by_the_clock(clock)
    assert not goes_by_the_clock(listener)
    assert AlternatingOffers(9, (clock, clock, listener)).foreseen(table) is None
    assert AlternatingOffers(9, (clock,) * 3, responses="vote").foreseen(table) is None
    assert AlternatingOffers(9, (clock,) * 3, time_scale="turns").foreseen(table) is None
    assert AlternatingOffers(9, (clock,) * 3).foreseen(table.replace(order=np.array([1]))) is None
    assert AlternatingOffers(9, (clock,) * 3).foreseen(table) is not None


@pytest.mark.parametrize("acceptance", [OwnCurve(), AcNext(2.0)])
def test_blocks_of_draws_are_worked_out_one_after_the_other(acceptance, monkeypatch):
    """Two draws at a time: none is lost, and each ends as where it is held turn by turn."""
    table = BargainingTable.of_payoffs(np.random.default_rng(5).random((7, 2, 30)))
    monkeypatch.setattr("sim.protocols.timed_offers._AT_ONCE", 60)
    people = tuple(Negotiator(TimeDependent(one), NearestToAspiration(), acceptance) for one in (0.5, 1.5))
    assert_same(*both_ways(table, people, 20))
