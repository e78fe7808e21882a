"""Outcomes as JSON has them: what an outcome of its kind does not have is left out, and read back it is the same."""

import json

import numpy as np
import pytest

from sim.ensemble.condition import Column
from sim.foundations.plain_data import from_plain, plain_data
from sim.report.case_words import ToldCase
from sim.report.outcome_words import change_in_words
from sim.runs.flips import OutcomeMove
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import OutcomeSummary
from tests.shipped import shipped

ALL = np.ones(4, bool)
KINDS = {
    "number": (Column(np.array([1.0, 2.0, 3.0, np.nan])), {"of", "draws", "span", "mean"}),
    "name": (Column(np.array([0.0, 1.0, 1.0, np.nan]), ("a", "b")), {"of", "draws", "shares"}),
    "nothing": (Column(np.full(4, np.nan)), {"of", "draws"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_outcome_has_what_its_kind_has(kind):
    """A number its quantiles and mean, a name its shares, and neither anything that is empty."""
    column, keys = KINDS[kind]
    found = OutcomeSummary.of_column("x", column, ALL)
    data = plain_data(found)
    assert set(data) == keys
    assert "null" not in json.dumps(data)
    assert plain_data(from_plain(OutcomeSummary, data)) == data


@pytest.mark.parametrize("kind", [OutcomeChange, OutcomeMove])
def test_a_change_of_names_has_no_mean(kind):
    """Of names changes of shares are kept, of a number the change of its mean; each is read back as it was."""
    named = OutcomeSummary.of_column("x", KINDS["name"][0], ALL)
    number = OutcomeSummary.of_column("x", KINDS["number"][0], ALL)
    head = ("x", named, named) if kind is OutcomeChange else ("n", "number", "low end", named, named)
    distance = {"moved": 0.1} if kind is OutcomeChange else {"distance": 0.1}
    of_names = plain_data(kind(*head, **distance, shares={"a": 0.1}, errors={"a": 0.01}))
    assert not {"change", "error"} & set(of_names)
    head = (*head[:-2], number, number)
    of_number = plain_data(kind(*head, **distance, change=0.1, error=0.01))
    assert not {"shares", "errors"} & set(of_number)
    for data in (of_names, of_number):
        assert plain_data(from_plain(kind, data)) == data


def test_what_moves_is_told_though_the_most_frequent_stays_so():
    """The level whose share changes most, not the one that is most frequent before and after."""
    sides = [
        OutcomeSummary("terms.relief", 100, shares=shares)
        for shares in (
            {"at once": 0.43, "in steps": 0.38, "none": 0.19},
            {"at once": 0.49, "none": 0.35, "in steps": 0.16},
        )
    ]
    case = ToldCase(shipped("monitored_deal"))
    assert change_in_words(case, OutcomeChange("terms.relief", *sides)) == "Relief: in steps 38 % → 16 %"
