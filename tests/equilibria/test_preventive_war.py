"""War before power shifts."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.equilibria import preventive_war


def test_worked_example():
    """Power .3 now and .6 later at a lump cost of 1: the decliner fights."""
    found = preventive_war(0.9, 0.3, 0.6, 1.0)
    assert (found.psi, found.x_max, found.gain, found.price) == pytest.approx((9.0, -2.3, 0.24, 0.01))
    assert found.war
    assert not preventive_war(0.9, 0.5, 0.5, 1.0).war


@given(st.floats(0.05, 0.99), st.floats(0, 1), st.floats(0, 1), st.floats(0, 10))
def test_published_condition(delta, now, later, cost):
    """The range is empty exactly when Fearon's condition delta p2 - p1 > c (1 - delta)^2 holds."""
    found = preventive_war(delta, now, later, cost)
    assume(abs(found.gain - found.price) > 1e-8)
    assert found.war == (found.gain > found.price)
