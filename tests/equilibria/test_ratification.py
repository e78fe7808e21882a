"""Deals that must pass at home."""

import numpy as np
import pytest

from sim.equilibria import ratification, ratification_floors


def test_an_unknown_ratifier():
    """Between .2 and .6, and .3 without a deal: .45 is offered and 3 of 8 deals fail at home."""
    found = ratification(0.3, 0.2, 0.6)
    assert (found.offer, found.fails, found.gain) == (
        pytest.approx(0.45),
        pytest.approx(0.375),
        pytest.approx(0.15625),
    )


def test_no_offer_pays_better():
    """Among all offers none gains more, also where only the least or the greatest demand matters."""
    offers = np.linspace(0, 1, 2001)
    for disagreement, low, high in [(0.3, 0.2, 0.6), (0.0, 0.1, 0.3), (0.9, 0.2, 0.6), (0.2, 0.3, 0.3)]:
        width = high - low
        passes = np.clip((offers - low) / width, 0, 1) if width else (offers >= low) * 1.0
        best = max(0.0, (passes * (1 - offers - disagreement)).max())
        found = ratification(disagreement, low, high)
        assert max(0.0, float(found.gain)) == pytest.approx(best, abs=1e-3)


def test_floors_help_until_nothing_passes():
    """A floor that binds helps its owner; floors that add up to more than the pie leave nothing."""
    assert float(ratification_floors((0.2, 0.3), (0.0, 0.0))) == pytest.approx(0.45)
    shares = ratification_floors((0.2, 0.3), (np.array([0.4, 0.5, 0.7, 0.8]), 0.0))
    assert shares[:3] == pytest.approx([0.45, 0.5, 0.7])
    assert np.isnan(shares[3])  # B would have less than without a deal
    assert float(ratification_floors((0.0, 0.0), (0.5, 0.5))) == 0.5
