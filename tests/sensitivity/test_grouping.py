"""Numbers grouped by what they rest on: claims, rates, or neither."""

import pytest

from sim.foundations import UnknownNameError
from sim.sensitivity.grouping import ASSUMED, CLAIMED, RATED, free_numbers, groups
from tests.shipped import shipped


def test_by_evidence_there_are_three_kinds():
    """Each ranged number of the ceasefire case is in just one of them."""
    scenario = shipped("ceasefire")
    found = groups(scenario, "evidence")
    assert set(found) == {CLAIMED, RATED, ASSUMED}
    assert sorted(path for paths in found.values() for path in paths) == sorted(free_numbers(scenario))
    assert "talks.decisive_chance" in found[RATED]


def test_by_claim_a_rate_is_a_group_of_its_own():
    """It stands in brackets, as all that is no claim; a number left to its rates is in no group of a claim."""
    found = groups(shipped("ceasefire"), "claim")
    assert found["(rate arms-decide-long-wars)"] == ("talks.decisive_chance",)
    assert "issues.talks.follow_on.broader talks follow" in found["(rate wars-end-otherwise)"]
    assert not any("truce-would-open-talks" in name for name in found)


def test_other_words_are_refused():
    """With the groupings that there are."""
    with pytest.raises(UnknownNameError, match="evidence"):
        groups(shipped("pie"), "evidenc")
