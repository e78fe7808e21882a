"""The core and how far it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import least_core
from sim.games.coalition import members


def test_majorities_and_estates():
    """A majority of three falls short by a third; an estate of 200 on claims of 100, 200, 300 has 50 to spare."""
    majority, estate = least_core([0, 0, 0, 1, 0, 1, 1, 1]), least_core([0, 0, 0, 0, 0, 0, 100, 200])
    assert (majority.excess, majority.core) == (pytest.approx(1 / 3), False)
    assert (estate.excess, estate.core) == (pytest.approx(-50), True)


@given(st.integers(2, 6), st.integers(0, 10**6), st.sampled_from([1e-9, 1.0, 1e6]))
def test_the_proof_is_one(players, seed, scale):
    """The division does with the excess, and a balanced collection of coalitions shows that none does with less."""
    worth = np.random.default_rng(seed).random(2**players) * scale
    worth[0] = 0
    found = least_core(worth)
    inside = members(players)
    assert found.allocation.sum() == pytest.approx(worth[-1])
    assert (worth - inside @ found.allocation)[1:-1].max() == pytest.approx(found.excess, abs=1e-7 * scale)
    assert found.balanced @ inside == pytest.approx(np.ones(players))
    short = found.balanced @ worth - worth[-1]
    assert short == pytest.approx(found.excess * found.balanced.sum(), abs=1e-7 * scale)
    assert (found.balanced >= -1e-12).all()


def test_numbers_of_players():
    """One player has nobody to leave with, and thirty have too many coalitions."""
    with pytest.raises(InputError, match="2 to 14"):
        least_core([0, 1])
