"""Rows of changes: states in the words of the case, levels, conditions and numbers in their units."""

import numpy as np
import pytest

from sim.report.case_words import ToldCase
from sim.report.change_rows import ChangesSaid, _moving, _shown, change_results, outcome_rows, state_rows
from sim.runs.difference import Shares, difference
from sim.runs.outcome_changes import OutcomeChange
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary
from sim.words import Vocabulary
from tests.shipped import shipped

EMPTY = NumberSpan(np.nan, np.nan, np.nan)


@pytest.fixture(scope="module")
def purchase():
    """A case with a price, weeks and a warranty."""
    return ToldCase(shipped("buyer_seller"))


def moved(before, after, words, **more):
    """Rows of states of two plays of the same draws."""
    names = ("deal", "no_deal")
    one, two = np.array(before), np.array(after)
    return state_rows(words, Shares.of(one, names), Shares.of(two, names), difference(one, two, names), **more)


def test_states_have_the_words_of_the_case_and_only_those_that_occur(purchase):
    """Shares before and after, the paired change in points, beyond chance or not."""
    rows = moved([0] * 100, [1] * 30 + [0] * 70, Vocabulary.of(purchase.scenario))
    assert {row.name: (row.before, row.after, row.change, row.sure) for row in rows} == {
        "deal": ("100 %", "70 %", pytest.approx(-30), True),
        "no_deal": ("0 %", "30 %", pytest.approx(30), True),
    }
    alone = moved([0] * 100, [0] * 100, Vocabulary.of(purchase.scenario))
    assert [(row.name, row.change, row.sure) for row in alone] == [("deal", 0, False)]


def test_a_change_too_small_to_tell_is_not_marked(purchase):
    """As sentences of the story leave it out."""
    words = Vocabulary.of(purchase.scenario)
    one, two = [0] * 1000, [1] * 8 + [0] * 992
    assert all(row.sure for row in moved(one, two, words))
    assert not any(row.sure for row in moved(one, two, words, least=0.01))


def test_outcomes_have_their_units(purchase):
    """A price in its own, lengths of time in months or weeks, shares in points; what one play lacks has no row."""

    def change(of, before, after, by, error, shares=()):
        spans = [NumberSpan(at, at, at) for at in (before, after)]
        sides = [OutcomeSummary(of, 100, span, span.median, {}) for span in spans]
        if shares:
            sides = [OutcomeSummary(of, 100, EMPTY, np.nan, named) for named in shares]
        moves = {name: shares[1][name] - shares[0][name] for name in shares[0]} if shares else {}
        return OutcomeChange(of, *sides, by, error, 0.1, moves, dict.fromkeys(moves, 0.01))

    levels = [{"none": 0.2, "one year": 0.8}, {"none": 0.5, "one year": 0.5}]
    lacking = change("time", 1.0, 1.5, 0.5, 0.1)
    rows = outcome_rows(
        purchase,
        [
            change("terms.price", 118.0, 116.0, -2.0, 0.5),
            change("surplus_share.buyer", 0.5, 0.6, 0.1, 0.01),
            change("terms.warranty", 0, 0, np.nan, np.nan, levels),
            OutcomeChange("round", OutcomeSummary("round", 0, EMPTY, np.nan, {}), lacking.after, 1.0, 0.1, 1.0),
            lacking,
        ],
    )
    by = {(row.of, row.name): row for row in rows}
    assert ("round", "") not in by
    price = by["terms.price", ""]
    assert (price.unit, price.change, price.error, price.sure) == ("thousand", -2.0, 0.5, True)
    part = by["surplus_share.buyer", ""]
    assert (part.unit, part.change, part.told) == ("points", pytest.approx(10), "on average +10.0 ± 2.0 points")
    assert by["terms.warranty", "none"].change == pytest.approx(30)
    assert by["terms.warranty", "none"].title == "Warranty: none"
    assert by["time", ""].unit in {"weeks", "months"}
    assert by["time", ""].change > 5
    found = change_results(_shown(rows), ChangesSaid("a", "b", "c", "d"))
    assert found.sizes["row"] == len(_moving(rows)) == len(rows)
