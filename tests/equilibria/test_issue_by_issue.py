"""Issues settled one after the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import issue_by_issue, issue_by_issue_apart

WORTH = st.floats(0.1, 5)


def test_order_matters_to_the_sides():
    """Each side wants first the issue in which it has the comparative advantage; together they gain nothing."""
    first, second = issue_by_issue((2, 1), (1, 1), 0.999), issue_by_issue((1, 2), (1, 1), 0.999)
    assert first.values == pytest.approx((1.99999999995, 0.7493749374937267))
    assert second.values[0] < first.values[0]
    assert issue_by_issue((3, 1), (1, 3), 0.9).share == 1


@given(WORTH, WORTH, WORTH, WORTH, st.floats(0.1, 0.99))
def test_offers_are_best_replies(a1, a2, b1, b2, delta):
    """B accepts A's share; it would refuse any more, unless A already takes all of the issue."""
    found = issue_by_issue((a1, a2), (b1, b2), delta)
    keeps = delta * found.share - delta * (1 - delta) * a2 / a1
    reply = max(0.0, keeps)
    accepts = b1 * (1 - found.share) + delta * b2 / (1 + delta)
    waits = delta * (b1 * (1 - reply) + delta * b2 * delta / (1 + delta))
    assert 0 <= found.share <= 1
    assert accepts == pytest.approx(waits) if found.share < 1 else accepts >= waits - 1e-9
    assert found.interior == (found.share < 1 and keeps > 0)


@given(WORTH, WORTH, WORTH, WORTH)
def test_the_product_of_separate_talks(a1, a2, b1, b2):
    """In the limit an interior agenda redistributes: its product is that of separate talks."""
    found = issue_by_issue((a1, a2), (b1, b2), 1.0)
    apart = issue_by_issue_apart((a1, a2), (b1, b2))
    if found.interior:
        assert found.values[0] * found.values[1] == pytest.approx(apart[0] * apart[1])
