"""Bargaining in the shadow of power."""

import numpy as np
import pytest

from sim.equilibria import crisis_ultimatum, status_quo_bargaining


def test_a_gap_of_five_points():
    """Power .55 against benefits .5: the offer stays at the status quo and 3 of 28 crises end in war."""
    found = status_quo_bargaining(0.55, 0.5, 0.1, 0.02, 0.3)
    assert (float(found.offer), float(found.war)) == (0.5, pytest.approx(3 / 28))


def test_risk_rises_with_the_gap_and_then_is_flat():
    """No war while benefits match power; far beyond, the risk is that of an ultimatum."""
    power = np.linspace(0.3, 1, 71)
    found = status_quo_bargaining(power, 0.4, 0.1, 0.02, 0.3)
    assert (np.diff(found.war) >= -1e-12).all()
    assert (found.war[power <= 0.42] == 0).all()
    assert found.war[-1] == pytest.approx(float(crisis_ultimatum(0.0, 0.1, 0.02, 0.3).war))
    assert (found.offer >= 0.4 - 1e-12).all()


def test_no_offer_pays_better():
    """Among all offers from the status quo up none is worth more to the satisfied side."""
    offers = np.linspace(0.4, 1, 601)
    for power in (0.41, 0.5, 0.6, 0.9):
        war = np.clip((power - offers - 0.02) / 0.28, 0, 1)
        best = ((1 - war) * (1 - offers) + war * (1 - power - 0.1)).max()
        assert status_quo_bargaining(power, 0.4, 0.1, 0.02, 0.3).value == pytest.approx(best, abs=1e-5)
