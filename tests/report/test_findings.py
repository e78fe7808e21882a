"""Single facts, recounted by hand on results written by hand."""

import numpy as np
import pytest
import xarray as xr

from sim.report import findings

ALL = np.ones(4, bool)


@pytest.fixture
def results():
    """Four draws: two truces of 1 and 24 rounds, a settlement that never came into force, nothing."""
    coded = {"declared": "truce|partial|settlement|none", "deal_kind": "truce|partial|settlement"}
    found = xr.Dataset(
        {
            "declared": ("draw", [0, 0, 2, 3]),
            "held": ("draw", [1, 24, 0, 0]),
            "deal": ("draw", [1, 1, 2, -1]),
            "deal_kind": ("deal_index", [0, 0, 2]),
            "deal_level": (("issue", "deal_index"), [["a", "b", "b"], ["x", "x", "y"]]),
            "utility": (("draw", "actor"), [[0.5, 0.4], [0.5, 0.1], [0.2, 0.3], [0.0, 0.0]]),
            "war": (("draw", "actor"), [[0.3, 0.3], [0.3, 0.0], [0.1, 0.0], [0.0, 0.0]]),
            "blocker": ("draw", [-1, -1, -1, 1]),
            "blocking_term": ("draw", [-1, -1, -1, 2]),
            "blocks_alone": ("draw", [0, 0, 0, 0]),
            "blocking_then": ("draw", [-1, -1, -1, 0]),
            "solution_deal": (("draw", "solution"), [[1], [1], [2], [-1]]),
            "solution_also": (("draw", "solution"), [[2], [-1], [-1], [-1]]),
        },
        coords={
            "actor": ["p", "q"],
            "issue": ["i", "j"],
            "blocking_name": ["i", "power shift", "q.red_lines.j"],
            "solution": ["nash"],
        },
        attrs={"round_years": 1 / 12, "parties": ["p", "q"]},
    )
    for name, words in coded.items():
        found[name].attrs["flag_meanings"] = words
    return found


def test_how_long_deals_held(results):
    """Among the three signed ones: 1, 24 and 0 months."""
    held = findings.held(results, ALL)
    assert held.signed == 0.75
    assert (held.mean_rounds, held.median_rounds) == (25 / 3, 1)
    assert held.median_years == pytest.approx(1 / 12)
    assert held.at_least_30_days == pytest.approx(2 / 3)
    assert held.at_least_1_year == pytest.approx(1 / 3)


def test_nothing_signed_has_no_length(results):
    """Not a number, not zero."""
    held = findings.held(results, np.array([False, False, False, True]))
    assert held.signed == 0
    assert np.isnan(held.median_years)


def test_the_likely_deal(results):
    """Deal 1, twice of three; its level of issue i is in all three."""
    deal = findings.likely_deal(results, ALL)
    assert (deal.kind, dict(deal.levels)) == ("truce", {"i": "b", "j": "x"})
    assert deal.share == pytest.approx(2 / 3)
    assert deal.among_signed == {"i": 1.0, "j": pytest.approx(2 / 3)}
    assert findings.likely_deal(results, np.array([False, False, False, True])) is None


def test_who_blocks(results):
    """The second actor by the red line, and next by the first issue."""
    (found,) = findings.blockers(results, ALL)
    assert (found.actor, found.term, found.share, found.alone, found.then) == ("q", "q.red_lines.j", 1, 0, "i")


def test_who_gains_least(results):
    """Gains over W in signed draws: p 0.2, 0.2, 0.1; q 0.1, 0.1, 0.3."""
    found = findings.least_satisfied(results, ALL)
    assert (found.actor, found.signed) == ("q", True)
    assert found.share == pytest.approx(2 / 3)
    assert found.mean_gain == pytest.approx(0.5 / 3)


def test_what_solutions_select(results):
    """Deal 1 in half of all draws, nothing in a quarter."""
    found = findings.solutions(results, ALL)["nash"]
    assert (dict(found.levels), found.share, found.none) == ({"i": "b", "j": "x"}, 0.5, 0.25)
    assert (dict(found.also), found.tied) == ({"i": "b", "j": "y"}, 0.25)  # in one draw of four another deal ties
