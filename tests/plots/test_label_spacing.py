"""Labels move apart, no farther than they must."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.plots.frame.label_spacing import spaced


def test_labels_with_room_stay_where_they_are():
    """Nothing moves without need."""
    assert spaced([5.0, 1.0, 9.0], 2.0, 0.0, 10.0) == [5.0, 1.0, 9.0]


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8))
def test_gaps_and_order_are_kept_within_the_limits(wanted):
    """Neighbours stand a gap apart, in the order wanted, between the limits."""
    placed = np.array(spaced(wanted, 10.0, 0.0, 100.0))
    order = np.argsort(wanted, kind="stable")
    assert (np.diff(placed[order]) >= 10.0 - 1e-9).all()
    assert placed.min() >= -1e-9
    assert placed.max() <= 100 + 1e-9
