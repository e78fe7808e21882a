"""Who gains from a pause."""

import numpy as np
import pytest

from sim.equilibria import power_shift


def test_growth_of_two_armies():
    """Six against five, growing by a fifth and by half: power falls from 6/11 to 7.2/14.7."""
    found = power_shift((6, 5), (0.2, 0.5))
    assert (found.before, found.after) == (pytest.approx(6 / 11), pytest.approx(7.2 / 14.7))
    assert found.shift == pytest.approx(7.2 / 14.7 - 6 / 11)


def test_the_contest_function():
    """Odds are skill times stocks to the power of decisiveness; equal growth shifts nothing."""
    found = power_shift((6, 5), (0.2, 0.5), (1.5, 0.8), 2.0)
    assert found.before == pytest.approx(1.5 * 36 / (1.5 * 36 + 0.8 * 25))
    assert power_shift((6, 5), (0.3, 0.3), decisiveness=np.array([0.5, 4.0])).shift == pytest.approx([0, 0])
    assert np.isfinite(power_shift((1e200, 1e-200), (0, 0), decisiveness=5).before)
