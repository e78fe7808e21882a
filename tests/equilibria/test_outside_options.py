"""Options outside the talks."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.equilibria import deal_me_out, outside_options, rubinstein


@pytest.mark.parametrize(
    ("numbers", "share"),
    [
        ((0.9, 0.9, 0.0, 0.6), 0.4),
        ((0.9, 0.9, 0.0, 0.3), 0.5263157894736842),
        ((0.9, 0.8, 0.7, 0.1), 0.76),
        ((0.8, 0.8, 0.46, 0.46), 0.54),
    ],
)
def test_published_shares(numbers, share):
    """Binmore, Shaked & Sutton: an option that does not bind changes nothing."""
    assert outside_options(*numbers).first == pytest.approx(share, abs=1e-12)


@given(st.floats(0, 0.97), st.floats(0, 0.97), st.floats(-0.5, 1), st.floats(-0.5, 1))
def test_fixed_point(d1, d2, o1, o2):
    """Each proposer leaves the other the better of his option and his own next turn."""
    assume(o1 + o2 <= 1)
    v1, v2 = outside_options(d1, d2, o1, o2)
    assert v1 == pytest.approx(1 - max(d2 * v2, o2), abs=1e-9)
    assert v2 == pytest.approx(1 - max(d1 * v1, o1), abs=1e-9)


def test_poor_options_are_ignored():
    """Without worthwhile options the split is Rubinstein's."""
    assert outside_options(0.9, 0.8, 0.1, 0.1).first == pytest.approx(rubinstein(0.9, 0.8))


def test_deal_me_out_is_the_limit():
    """Short rounds lead to deal-me-out."""
    dt = 1e-5
    shares = outside_options(1 - 0.1 * dt, 1 - 0.1 * dt, 0.0, 0.6)
    assert shares.first == pytest.approx(deal_me_out(0.1, 0.1, 0.0, 0.6), abs=1e-4)


def test_options_beyond_the_pie():
    """Options worth more than the pie are refused."""
    with pytest.raises(ValueError, match="more than the pie"):
        outside_options(0.9, 0.9, 0.6, 0.6)


def test_patience_without_limit():
    """With factors of 1 an option matters only where it beats half of the pie."""
    assert outside_options(1, 1, 0.3, 0.2) == (0.5, 0.5)
    assert outside_options(1, 1, 0.3, 0.6).first == pytest.approx(0.4)
