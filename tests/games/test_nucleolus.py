"""The nucleolus."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import least_core, nucleolus
from sim.games.coalition import members


@pytest.mark.parametrize(("estate", "division"), [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])])
def test_the_talmud(estate, division):
    """Aumann and Maschler 1985: three divisions of the Talmud are the nucleolus of one game."""
    claims = np.array([100, 200, 300])
    inside = members(3)
    found = nucleolus(np.maximum(0, estate - (~inside) @ claims))
    assert found.allocation == pytest.approx(division)
    assert found.certified


def test_an_apex():
    """A big player and three small ones: he has .4 where the Shapley value gives him half."""
    worth = (members(4) @ np.array([2, 1, 1, 1]) >= 3).astype(float)
    assert nucleolus(worth).allocation == pytest.approx([0.4, 0.2, 0.2, 0.2])


def test_individual_rationality_binds():
    """Worth 10 as a pair and 2 together: the nucleolus is (1, 1, 0), the prenucleolus (3, 3, -4)."""
    worth = [0, 0, 0, 10, 0, 0, 0, 2]
    assert nucleolus(worth).allocation == pytest.approx([1, 1, 0])
    assert nucleolus(worth, individually_rational=False).allocation == pytest.approx([3, 3, -4])
    with pytest.raises(InputError, match="more apart than together"):
        nucleolus([0, 3, 3, 4])


@pytest.mark.slow
@given(st.integers(2, 5), st.integers(0, 10**6), st.booleans(), st.sampled_from([1e-9, 1.0, 1e6]))
def test_it_is_certified_and_lies_in_the_least_core(players, seed, coarse, scale):
    """Kohlberg's test holds, and the largest excess is that of the least core."""
    dice = np.random.default_rng(seed)
    worth = (dice.integers(0, 6, 2**players) if coarse else dice.random(2**players) * 6).astype(float) * scale
    worth[0] = 0
    found = nucleolus(worth, individually_rational=False)
    assert found.certified
    assert found.levels[0] == pytest.approx(least_core(worth).excess, abs=1e-7 * scale)
    excess = (worth - members(players) @ found.allocation)[1:-1]
    assert excess.max() == pytest.approx(found.levels[0], abs=1e-6 * scale)
