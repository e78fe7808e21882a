"""Short rounds."""

import math

import pytest

from sim.equilibria import continuous_durability, worst_hazard
from sim.table.durability import durability


def test_limit_of_short_rounds():
    """Discrete weights with rates times a short round tend to the continuous ones."""
    r, lam, nu, dt = 0.05, 0.1, 0.3, 1e-5
    weights = durability(math.exp(-r * dt), 1 - math.exp(-lam * dt), 0.0, 1 - math.exp(-nu * dt))
    found = continuous_durability(r, lam, nu)
    assert (found.omega, found.chi, found.phi, found.psi) == pytest.approx((2 / 3, 2.0, 4 / 9, 4 / 3))
    assert (weights.omega, weights.chi) == pytest.approx((found.omega, found.chi), abs=1e-4)
    assert (weights.phi, weights.psi) == pytest.approx((found.phi, found.psi), abs=1e-4)
    worst = worst_hazard(math.exp(-r * dt), 1 - math.exp(-nu * dt)).hazard
    assert worst / dt == pytest.approx(found.worst_rate, rel=1e-3)


def test_no_shift():
    """Power that never shifts carries no loading."""
    assert continuous_durability(0.05, 0.1, 0.0).phi == 0
