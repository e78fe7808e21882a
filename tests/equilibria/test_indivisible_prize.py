"""A prize that cannot be divided."""

import numpy as np

from sim.equilibria import indivisible_prize


def test_lotteries_and_awards():
    """At even odds only a lottery will do; a weak side lets the other have it."""
    even, weak = indivisible_prize(0.5, 0.1, 0.2), indivisible_prize(0.1, 0.15, 0.1)
    assert (float(even.low), float(even.high), bool(even.to_a), bool(even.to_b)) == (0.4, 0.7, False, False)
    assert (float(weak.low), float(weak.high), bool(weak.to_a), bool(weak.to_b)) == (0.0, 0.2, False, True)


def test_a_lottery_always_exists():
    """War that costs anything can be replaced, and by war's own odds."""
    power = np.linspace(0, 1, 11)
    found = indivisible_prize(power, 0.01, 0.0)
    assert ((found.low <= power) & (power <= found.high)).all()
