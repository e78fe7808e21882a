"""Power that shifts faster than terms can follow."""

import numpy as np
import pytest

from sim.equilibria import shifting_power


def test_two_shifts():
    """From .3 to .7 nothing keeps the peace; from .5 to .6 it depends on who makes the offers."""
    fast, slow = shifting_power(0.3, 0.7, 0.1, 0.1, 0.9), shifting_power(0.5, 0.6, 0.05, 0.1, 0.95)
    assert (bool(fast.no_peace), bool(fast.war)) == (True, True)
    assert (bool(slow.no_peace), bool(slow.war)) == (False, True)
    assert float(fast.locked_in) == pytest.approx(1.14)


def test_what_rules_out_peace_means_war():
    """In 20,000 draws the sufficient condition never holds without the exact one, and the exact one more often."""
    dice = np.random.default_rng(1)
    power, later, cost_a, cost_b, delta = dice.random((5, 20_000)) * np.array([[1, 1, 0.4, 0.4, 1]]).T
    found = shifting_power(power, later, cost_a, cost_b, delta)
    assert not (found.no_peace & ~found.war).any()
    assert found.war.sum() > found.no_peace.sum()
