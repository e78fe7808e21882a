"""Agreement of coders."""

import numpy as np
import pytest

from sim.evidence import krippendorff_alpha
from sim.foundations import InputError

TEXTBOOK = [
    [None, None, None, None, None, 3, 4, 1, 2, 1, 1, 3, 3, None, 3],
    [1, None, 2, 1, 3, 3, 4, 3, None, None, None, None, None, None, None],
    [None, None, 2, 1, 3, 4, 4, None, 2, 1, 1, 3, 3, None, 4],
]


@pytest.mark.parametrize(
    ("measurement", "alpha"), [("nominal", 0.691), ("ordinal", 0.807), ("interval", 0.811), ("ratio", 0.809)]
)
def test_three_coders(measurement, alpha):
    """Krippendorff's example of three coders and fifteen units, with gaps."""
    assert krippendorff_alpha(TEXTBOOK, measurement) == pytest.approx(alpha, abs=5e-4)


def test_the_ends_of_the_scale():
    """Full agreement is 1; systematic disagreement is below 0; coders at random are near 0."""
    assert krippendorff_alpha([["a", "b", "a"], ["a", "b", "a"]]) == 1
    assert krippendorff_alpha([["a", "a"], ["a", "a"]]) == 1
    assert krippendorff_alpha([["a", "b"], ["b", "a"]]) < 0
    codes = np.random.default_rng(1).integers(0, 3, (3, 4000)).tolist()
    assert krippendorff_alpha(codes) == pytest.approx(0, abs=0.03)


def test_words_have_no_distance():
    """Names can be compared only as same or different, and somebody must have coded twice."""
    with pytest.raises(InputError, match="interval"):
        krippendorff_alpha([["a", "b"], ["a", "c"]], "interval")
    with pytest.raises(InputError, match="no unit"):
        krippendorff_alpha([[1, None], [None, 2]])
