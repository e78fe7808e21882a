"""Attacks that make moderates doubt each other."""

import numpy as np
import pytest

from sim.equilibria import spoilers


def test_trust_after_an_attack():
    """Bayes' rule for a partner trusted at .7 who stops half of the attacks, an untrustworthy one a fifth."""
    found = spoilers(0.7, 0.5, 0.2, 0.5)
    assert (found.attacked, found.quiet) == (pytest.approx(0.35 / 0.59), pytest.approx(0.35 / 0.41))


def test_strong_moderates_are_undone():
    """Peace survives an attack exactly up to the critical strength of the partner."""
    strength = np.linspace(0.2, 1, 81)
    found = spoilers(0.7, strength, 0.2, 0.5)
    assert (found.survives == (strength <= found.critical + 1e-9)).all()
    assert found.survives[0]
    assert not found.survives[-1]


def test_what_is_expected_of_trust_is_trust():
    """Weighted by their chances, trust after an attack and after none is the trust before."""
    trust = np.linspace(0.05, 0.95, 19)
    found = spoilers(trust, 0.6, 0.3, 0.5)
    attack = trust * 0.4 + (1 - trust) * 0.7
    assert attack * found.attacked + (1 - attack) * found.quiet == pytest.approx(trust)
    assert float(spoilers(0.5, 1.0, 1.0, 0.5).quiet) == 0.5
