"""The margin has the sign of what the table calls acceptable, in every world and for every rule of signing."""

from dataclasses import replace

import numpy as np
import pytest

from sim.scenario import draw
from sim.sweeps.boundaries import BOUNDARIES, best_margin, signing_margin
from sim.table import DealSpace, build, classify
from tests.shipped import shipped
from tests.war_codes import KINDS


@pytest.mark.parametrize(("case", "size"), [("ceasefire", 60), ("budget", 60), ("labour", 60), ("pie", 3)])
def test_the_margin_says_what_the_table_says(case, size):
    """Unanimity with consent and red lines, two of three, hard lines drawn or not: equal to the classification."""
    scenario = shipped(case)
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(size)))
    found = classify(worlds)
    np.testing.assert_array_equal(best_margin(worlds) >= -1e-9, found.any)
    for kind in KINDS:
        line = BOUNDARIES[kind]
        assert line.fits(worlds, frozenset()) == (kind in worlds.space.kinds)
        if line.fits(worlds, frozenset()):
            np.testing.assert_array_equal(line.field(worlds) >= 0, found.exists[:, KINDS.index(kind)])
    np.testing.assert_array_equal(signing_margin(worlds) >= -1e-9, worlds.table.agreed(worlds.accepts))


def test_whoever_must_consent_counts_like_a_signer():
    """Where the levels of every deal need everybody's consent, the least surplus of all four decides."""
    scenario = shipped("ceasefire")
    space = DealSpace.of(scenario)
    space = replace(space, consent=np.ones_like(space.consent))
    worlds = build(space, draw(scenario, np.arange(40)))
    found = worlds.table.agreed(worlds.accepts)
    np.testing.assert_array_equal(signing_margin(worlds) >= -1e-9, found)
    without = worlds.accepts[:, worlds.rule.signers].all(axis=1)
    assert (without & ~found).any()


def test_under_a_quota_the_margin_is_that_of_the_last_vote_needed():
    """Two of three: the second best surplus of the three decides, whoever has it."""
    scenario = shipped("budget")
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(1)))
    gain = (worlds.payoff - worlds.alternative[:, :, None])[0]
    np.testing.assert_allclose(signing_margin(worlds)[0], np.sort(gain, axis=0)[1])


def test_every_boundary_says_what_it_is():
    """Each has a label, a source, a known role; closed forms have a rank of their own."""
    entries = list(BOUNDARIES)
    assert {entry.member.role for entry in entries} == {"signing", "closed form", "terms"}
    for entry in entries:
        assert entry.source
        assert entry.summary.endswith(".")
        assert 0 < len(entry.member.label) < 40
