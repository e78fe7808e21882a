"""Talks that may break down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import breakdown, breakdown_curved, rubinstein


def test_published_example():
    """Rates .02 and .08, breakdown at .1 to (.3, .2): limit .6333, .6448 with offers half a year apart."""
    split = breakdown((0.02, 0.08), 0.1, 0.5, after=(0.3, 0.2))
    assert split.first == pytest.approx(0.644770698269479, abs=1e-12)
    assert split.limit == pytest.approx(0.6333333333333333, abs=1e-12)
    assert breakdown((0.05, 0.1), 0.05, 0.5, (0.4, 0.1), (-0.1, -0.2)).first == pytest.approx(0.7341862001748015)


def test_curved_utilities():
    """Powers of the shares: the offers of both sides and the weighted Nash limit."""
    split = breakdown_curved((1.0, 0.5), (1.0, 1.0), 0.1)
    assert (split.first, split.second) == pytest.approx((0.6993903946442727, 0.6328345988890746))
    assert split.limit == pytest.approx(2 / 3)


@given(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0, 1), st.floats(0.1, 3))
def test_curved_utilities_that_are_straight(r1, r2, lam, dt):
    """Exponents of 1 and a breakdown to nothing give the linear model, which is Rubinstein's."""
    import math

    straight = breakdown_curved((1.0, 1.0), (r1 + lam, r2 + lam), dt)
    split = breakdown((r1, r2), lam, dt)
    assert split.first == pytest.approx(straight.first)
    assert split.first == pytest.approx(rubinstein(math.exp(-(r1 + lam) * dt), math.exp(-(r2 + lam) * dt)))


def test_quick_offers():
    """Both proposers' terms tend to the limit."""
    split = breakdown((0.02, 0.08), 0.1, 1e-7, after=(0.3, 0.2))
    assert split.first == pytest.approx(split.limit, abs=1e-6)
    assert split.second == pytest.approx(split.limit, abs=1e-6)


def test_nothing_to_gain():
    """Where disagreement beats every split there are no terms."""
    assert breakdown((0.1, 0.1), 0.0, 1.0, flow=(0.7, 0.7)).first is None
