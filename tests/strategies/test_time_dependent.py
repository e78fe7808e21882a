"""Polynomial concession by the clock."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.strategies import TimeDependent, issue_offer, polynomial
from tests.strategies.hearings import hearing_of, pie

SHARE = st.floats(0, 1)
EXPONENT = st.floats(0.05, 20)


def test_worked_example():
    """A Boulware with first concession 0.1 and beta 0.2 has conceded 0.128125 at half time."""
    alpha = polynomial(np.array([0, 0.25, 0.5, 0.75, 1]), 0.2, 0.1)
    assert alpha == pytest.approx([0.1, 0.10087890625, 0.128125, 0.31357421875, 1.0])
    assert issue_offer(alpha, 10, 20, increasing=False)[2] == pytest.approx(11.28125)
    assert issue_offer(alpha, 10, 20, increasing=True)[2] == pytest.approx(18.71875)


def test_clock_beyond_the_end_counts_as_the_end():
    """After the last moment everything is conceded."""
    assert polynomial(1.7, 0.3, 0.2) == 1.0


@given(SHARE, SHARE, EXPONENT, SHARE)
def test_concession_is_monotone(one, other, exponent, kappa):
    """Later never asks for more, and the share conceded stays between kappa and 1."""
    early, late = polynomial(min(one, other), exponent, kappa), polynomial(max(one, other), exponent, kappa)
    assert kappa - 1e-12 <= early <= late + 1e-12 <= 1 + 2e-12


@given(SHARE, EXPONENT, EXPONENT, SHARE)
def test_boulware_asks_for_more_than_conceder(time, one, other, kappa):
    """At any moment the smaller exponent has conceded no more than the larger."""
    tough, soft = polynomial(time, min(one, other), kappa), polynomial(time, max(one, other), kappa)
    assert tough <= soft + 1e-12


def test_settings_may_differ_between_draws():
    """An exponent for each draw gives each draw its own curve, and select keeps them apart."""
    hearing = hearing_of(pie(draws=2), time=0.5)
    strategy = TimeDependent(exponent=np.array([0.5, 1.0]))
    assert strategy.demand(hearing) == pytest.approx([0.75, 0.5])
    assert strategy.select(np.array([False, True])).exponent.tolist() == [1.0]
