"""Certificates of signed deals: who gains by a first breach, who can answer, what holds it."""

import numpy as np
import pytest

from sim.runs.theory_beside import theory_beside
from sim.scenario import Scenario, draw
from sim.table import DealSpace, build
from sim.theory import BREACHES, HOLDS, deal_stability
from tests.shipped import shipped

SURE = {"value": 1}


def swap(reservation=0.0, promise=False, mine=0.4):
    """Two give something up for each other: each keeps 0.4 of his own issue's worth, and gains the other's 0.6."""

    def side(own, other):
        return {
            "patience": {"value": 0.9},
            "reservation": {"value": reservation},
            "salience": {own: {"value": mine}, other: {"value": 1 - mine}},
            "values": {own: {"keep": SURE, "give": {"value": 0}}, other: {"keep": {"value": 0}, "give": SURE}},
        }

    issue = {"kind": "categorical", "levels": ["keep", "give"], "status_quo": "keep"}
    return Scenario(
        title="swap",
        default_assumed="a textbook",
        issues={"a": issue | {"promise": promise}, "b": issue},
        actors={"A": side("a", "b"), "B": side("b", "a")},
        talks={"round": "1 year", "rounds": 2, "horizon": 5},
    )


def certified(scenario, levels):
    """Certificate of a deal that both sign."""
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(2)))
    deal = worlds.space.places_of(np.tile(levels, (2, 1)))
    return deal_stability(worlds, deal, np.ones((2, 2), bool))


def test_a_swap_is_a_prisoners_dilemma():
    """Each gains 0.4 by taking back; the other then takes back as well and gains; both are worse off than before."""
    found = certified(swap(), [1, 1])
    assert found.holds.tolist() == [HOLDS.index("structure")] * 2
    assert found.breach.tolist() == [[BREACHES.index("takes back")] * 2] * 2
    assert found.gain == pytest.approx(np.full((2, 2), 0.4))
    assert found.answers[0].tolist() == [[False, True], [True, False]]


def test_a_gift_has_no_answer():
    """Who gave and got nothing takes back at his pleasure; the other has nothing to take, and ending costs him too."""
    found = certified(swap(), [1, 0])
    assert found.breach[0].tolist() == [BREACHES.index("takes back"), 0]
    assert not found.answers.any()


def test_what_is_handed_over_stays():
    """Where the case calls one issue a promise, the other cannot be taken back."""
    found = certified(swap(promise=True), [1, 1])
    assert found.breach[0].tolist() == [BREACHES.index("takes back"), 0]


def test_ending_pays_where_no_deal_is_better():
    """Whoever would be better off without the deal than with his own back ends it, and nothing answers an end."""
    found = certified(swap(reservation=0.7), [1, 0])
    assert set(found.holds.tolist()) == {HOLDS.index("unstable")}
    assert found.breach[0].tolist() == [BREACHES.index("ends"), 0]
    assert found.gain[0].tolist() == pytest.approx([0.7, 0.0])
    assert not found.answers.any()


def test_no_deal_has_no_certificate():
    """Where nothing is signed nothing is certified."""
    worlds = build(DealSpace.of(swap()), draw(swap(), np.arange(2)))
    found = deal_stability(worlds, np.array([-1, 0]), np.zeros((2, 2), bool))
    assert found.holds.tolist() == [HOLDS.index("none")] * 2


@pytest.mark.slow
@pytest.mark.parametrize("case", ["labour", "river_dam", "monitored_deal"])
def test_certificates_of_a_case_fit_together(case):
    """Counts add up, a deal is stable by preference just where nobody gains, and answers need somebody who gains."""
    found = theory_beside(shipped(case), 60).stability
    assert sum(found.held_by.values()) == found.signed
    for deal in found.deals:
        assert sum(deal.held_by.values()) == deal.worlds
        assert (deal.held_by["preference"] == deal.worlds) == (not deal.breakers)
    for one in found.breaches:
        assert 0 <= one.unanswered <= one.gains <= one.signed <= found.signed
