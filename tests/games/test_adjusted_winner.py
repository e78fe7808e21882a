"""Adjusted Winner."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError, ShapeError
from sim.games import adjusted_winner

US = [22, 22, 15, 14, 11, 6, 4, 2, 2, 2]
PANAMA = [9, 15, 15, 3, 15, 5, 11, 7, 7, 13]


def test_the_panama_canal():
    """Brams and Taylor 1996, with Raiffa's weights: both sides get 66 points, and land and water is split."""
    found = adjusted_winner(US, PANAMA)
    assert found.scores == (66, 66)
    assert found.shares.tolist() == [1, 1, Fraction(2, 15), 1, 0, 1, 0, 0, 0, 0]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=7))
def test_equal_and_efficient(points):
    """Scores are equal by construction of the shares, at most one issue is split, and no division helps both."""
    first, second = zip(*points, strict=True)
    if not sum(first) or not sum(second):
        return
    found = adjusted_winner(first, second)
    assert sum(a * s for a, s in zip(first, found.shares, strict=True)) == found.scores[0]
    assert sum(b * (1 - s) for b, s in zip(second, found.shares, strict=True)) >= found.scores[1]
    assert sum(0 < share < 1 for share in found.shares) <= 1
    assert found.scores[0] == found.scores[1] or found.scores[1] > found.scores[0]
    others = np.random.default_rng(1).random((200, len(points)))
    best = np.minimum(others @ np.array(first), (1 - others) @ np.array(second))
    assert best.max() <= float(min(found.scores)) + 1e-9


def test_refusals():
    """A side without points wants nothing, and both speak of the same issues."""
    with pytest.raises(InputError, match="has some"):
        adjusted_winner([0, 0], [1, 2])
    with pytest.raises(ShapeError, match="2 and on 1"):
        adjusted_winner([1, 2], [1])
