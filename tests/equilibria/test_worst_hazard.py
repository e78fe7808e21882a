"""The hazard at which a shift of power counts most."""

import numpy as np
import pytest

from sim.equilibria import worst_hazard
from sim.table.durability import durability


@pytest.mark.parametrize(("delta", "theta", "h", "phi"), [
    (0.95, 0.1, 0.09447657556376328, 0.2844505578596488),
    (0.9, 0.2, 0.20786985482077447, 0.30333704529042343),
])  # fmt: skip
def test_worst_truce(delta, theta, h, phi):
    """A slow shift does most harm under a truce of middling fragility."""
    assert worst_hazard(delta, theta) == pytest.approx((h, phi))
    others = durability(delta, np.linspace(0, 1, 1001), 0.0, theta).phi
    assert (others <= phi + 1e-12).all()


def test_worst_truce_of_a_sudden_shift():
    """A shift at once does most harm when collapse is certain."""
    assert worst_hazard(0.9, 1.0) == pytest.approx((1.0, 0.9))
