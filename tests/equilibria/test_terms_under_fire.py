"""Terms bargained while the war goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, rubinstein, terms_under_fire


def test_worked_example():
    """Equal patience .95 over a range .4 to .7."""
    dispute = Dispute(0.5, (0.1, 0.2), (0.95, 0.95))
    found = terms_under_fire(dispute, Document(0.0), 0.0)
    assert (found.first, found.second) == pytest.approx((0.5538461538461539, 0.5461538461538462))
    assert found.first == found.unlimited
    bound = terms_under_fire(dispute, Document(0.05), 0.02, (0.6, 9.0))
    assert (bound.first, bound.second) == pytest.approx((0.6069, 0.6))


def test_rubinstein():
    """A war that is worth nothing to either leaves Rubinstein's split."""
    found = terms_under_fire(Dispute(0.5, (0.5, 0.5), (0.9, 0.8)), Document(0.0), 0.0)
    assert found.first == pytest.approx(rubinstein(0.9, 0.8))


@given(st.floats(0.1, 0.95), st.floats(0.1, 0.95), st.floats(-0.5, 1.5), st.floats(-0.5, 1.5), st.floats(0, 0.5))
def test_fixed_point_within_limits(delta_a, delta_b, low, high, m):
    """Each offer leaves the other indifferent, as far as the limits allow; or nothing is feasible."""
    dispute = Dispute(0.5, (0.1, 0.2), (delta_a, delta_b))
    found = terms_under_fire(dispute, Document(0.0), m, (low, high))
    if max(low, found.x_min) > min(high, found.x_max) + 1e-9:
        assert found.first is None
        assert found.second is None
        return
    a, b = delta_a * (1 - m), delta_b * (1 - m)
    top = max(low, min(high, found.x_max))

    def clip(x):
        return min(max(x, low, found.x_min), max(top, found.x_min))

    assert found.first == pytest.approx(clip(found.x_max - b * (found.x_max - found.second)), abs=1e-9)
    assert found.second == pytest.approx(clip(found.x_min + a * (found.first - found.x_min)), abs=1e-9)
