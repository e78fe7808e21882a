"""Promises made in public."""

import numpy as np
import pytest

from sim.equilibria import audience_cost


def test_the_least_share_rises():
    """A promise of .6 raises the least share from .43 to .4725 where peace weighs .3 and each point costs .1."""
    assert float(audience_cost(0.43, 0.6, 0.1, 0.3)) == pytest.approx(0.4725)
    assert float(audience_cost(0.43, 0.4, 1.0, 0.8)) == 0.43


def test_at_the_least_share_the_side_is_indifferent():
    """What the document is worth above war pays exactly for what falls short; without limit the promise is kept."""
    slope = np.array([0.0, 0.1, 1.0, 1e9])
    share = audience_cost(0.4, 0.7, slope, 0.5)
    assert 0.5 * (share - 0.4) == pytest.approx(slope * (0.7 - share), abs=1e-6)
    assert (np.diff(share) > 0).all()
    assert share[-1] == pytest.approx(0.7)
