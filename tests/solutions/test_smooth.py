"""Closed forms on smooth sets."""

import numpy as np
import pytest
from scipy.optimize import minimize

from sim.foundations import InputError
from sim.solutions import Ellipsoid, Simplex


def test_worked_examples():
    """Ellipsoid with a = (1, 4) and a simplex with d = (.1, .2, .3), by hand."""
    ellipsoid = Ellipsoid(np.array([1.0, 4.0]))
    assert np.allclose(ellipsoid.nash(), [0.5**0.5, 0.5**0.5 / 2])
    assert np.allclose(ellipsoid.kalai_smorodinsky(), [0.5**0.5, 0.5**0.5 / 2])
    assert np.allclose(ellipsoid.egalitarian(), 0.2**0.5)
    assert np.allclose(ellipsoid.utilitarian(), [0.8**0.5, 0.05**0.5])
    simplex = Simplex(np.array([0.1, 0.2, 0.3]))
    assert np.allclose(simplex.nash([0.5, 0.25, 0.25]), [0.3, 0.3, 0.4])
    assert np.allclose(simplex.kalai_smorodinsky(), [0.7 / 3, 1 / 3, 1.3 / 3])
    assert np.allclose(simplex.egalitarian(), simplex.d + 0.4 / 3)


def test_ellipsoid_nash_maximises_the_product():
    """A numerical optimiser finds the same point."""
    a, weights = np.array([1.0, 2.0, 5.0]), np.array([0.5, 0.2, 0.3])
    found = minimize(
        lambda u: -weights @ np.log(u),
        np.full(3, 0.2),
        bounds=[(1e-6, 1)] * 3,
        constraints={"type": "ineq", "fun": lambda u: 1 - a @ u**2},
    )
    assert np.allclose(found.x, Ellipsoid(a).nash(weights), atol=1e-4)


def test_weights_need_not_be_normalised():
    """Weights count relative to each other."""
    simplex = Simplex(np.zeros(2))
    assert np.allclose(simplex.nash([3, 1]), simplex.nash([0.75, 0.25]))


def test_no_surplus_is_disagreement_and_less_is_refused():
    """A pie eaten up by disagreement values leaves them; claims above it are an error."""
    assert np.allclose(Simplex(np.array([0.6, 0.4])).nash(), [0.6, 0.4])
    with pytest.raises(InputError, match="no deal"):
        Simplex(np.array([0.7, 0.4]))


@pytest.mark.parametrize("a", [[1.0, 0.0], [1.0, -1.0], [np.nan, 1.0]])
def test_bad_ellipsoid_is_refused(a):
    """Every a must be positive and finite."""
    with pytest.raises(InputError, match="positive"):
        Ellipsoid(np.array(a))


@pytest.mark.parametrize("weights", [[1], [-1, 2], [0, 0], [np.nan, 1]])
def test_bad_weights_are_refused(weights):
    """One weight per player, none negative, not all zero."""
    with pytest.raises(InputError, match="weights"):
        Simplex(np.zeros(2)).nash(weights)
    with pytest.raises(InputError, match="finite"):
        Simplex(np.array([np.inf, 0.0]))
