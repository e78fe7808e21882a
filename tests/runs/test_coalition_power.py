"""Who can impose, block and turn what is signed, under votes of all sorts."""

import numpy as np
import pytest

from sim.ensemble import Design, play
from sim.runs.coalition_power import coalition_power
from sim.scenario import change
from tests.shipped import shipped


def power(sign=None, draws=20):
    """Power in the budget's case under a signing rule."""
    scenario = shipped("budget")
    if sign is not None:
        scenario = change(scenario, {"talks.sign": sign})
    results = play(Design.of_draws(scenario, draws), columns=("signed_by", "deal"))
    return coalition_power(scenario, results, np.ones(draws, bool))


def test_equals_have_equal_power_and_an_empty_core():
    """Two of three: a third each, nobody alone, and whoever is left out can bid for a partner."""
    found = power()
    assert [one.shapley for one in found.signers] == pytest.approx([1 / 3] * 3)
    assert [one.nucleolus for one in found.signers] == pytest.approx([1 / 3] * 3, abs=1e-4)
    assert not any(one.imposes or one.blocks for one in found.signers)
    assert not found.core
    assert found.excess == pytest.approx(1 / 3, abs=1e-4)
    # every deal is signed by two, and falls without either
    assert sum(one.pivotal for one in found.signers) == 2 * found.signed


def test_votes_are_not_power():
    """Three, two and one votes of four: the first blocks, and has four times the others' power (Lucas 1983)."""
    found = power({"rule": "weighted", "weights": {"north": 3, "east": 2, "south": 1}, "quota": 4})
    assert [one.shapley for one in found.signers] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert [one.banzhaf for one in found.signers] == pytest.approx([0.6, 0.2, 0.2])
    assert [one.blocks for one in found.signers] == [True, False, False]
    assert found.core
    assert found.signers[0].pivotal == found.signed


def test_a_veto_blocks():
    """Two of three with a veto: the one who holds it is needed for everything."""
    found = power({"rule": "k-of-n", "k": 2, "veto": ["south"]})
    assert [one.blocks for one in found.signers] == [False, False, True]
    assert found.signers[2].shapley > found.signers[0].shapley


def test_where_all_must_agree_there_is_nothing_to_tell():
    """Unanimity makes everybody alike."""
    assert power({"rule": "all"}) is None


def test_a_double_majority():
    """Two of three with three of four votes: the first is needed, though he alone has enough votes."""
    found = power({"rule": "double-majority", "k": 2, "weights": {"north": 3, "east": 1, "south": 0.5}, "quota": 3})
    assert [one.shapley for one in found.signers] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    assert [(one.imposes, one.blocks) for one in found.signers] == [(False, True), (False, False), (False, False)]
    assert found.passing == pytest.approx(3 / 8)
    # against one alone the votes count as reached where two are needed to block
    sign = {"rule": "double-majority", "k": 2, "weights": {"north": 3, "east": 1, "south": 0.5}, "quota": 3}
    assert power({**sign, "blocking": 2}).signers[0].shapley == pytest.approx(1 / 3)
