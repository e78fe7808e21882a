"""Conditions are told in the words of the case, not as they were typed."""

from functools import cache

import pytest

from sim.report.case_words import ToldCase
from sim.report.condition_words import clause_words
from sim.report.outcome_values import as_fine, quantity_title, value_words
from sim.report.outcome_words import outcome_title
from tests.shipped import shipped


@cache
def told(case):
    """A case to be told of."""
    return ToldCase(shipped(case))


SAID = {
    ("purchase", "terms.price > 3.3e6 and signed"): "“Price of a turbine” is above 3.3 M USD and a deal is signed",
    ("purchase", "terms.price == 3.515e6"): "“Price of a turbine” is 3.515 M USD",
    ("purchase", "round < 5"): "a deal is signed before round 6",
    ("purchase", "time > 0.1"): "it takes more than 5 weeks until a deal is signed",
    ("purchase", "not signed"): "nothing is signed",
    ("purchase", 'signers == "seller + buyer"'): "Buyer and Seller sign",
    ("purchase", "not (signed or round < 4)"): "it is not so that a deal is signed or a deal is signed before round 5",
    ("purchase", "payoff.buyer > 0.3"): "“What comes of it for Buyer” is above 0.3",
    ("purchase", "efficiency >= 0.9"): "“How much of the possible gain is found” is at least 90 %",
    ("budget", "left_out == south"): "South is left out",
    ("budget", "left_out not in [south, east]"): "it is not so that South is left out or East is left out",
    ("ceasefire", "state@18m == truce"): "after 18 months there is a truce",
    ("ceasefire", "ending != stalemate"): "it is not so that there is no deal",
    ("ceasefire", "declared == none"): "nothing is signed",
    ("ceasefire", "held@30d"): "the first deal is in force for 30 days",
    ("ceasefire", "not in_force_by@6m"): "no deal is in force within 6 months",
    ("ceasefire", 'terms.line == "line of contact"'): "“Line that divides control” is “line of contact”",
    ("ceasefire", "russia.patience > 0.9"): "“Russia: patience” is above 0.9",
    ("ceasefire", "decided_by_arms"): "arms decide",
    ("pie", "signed and (round < 2 or time < 1)"): (
        "a deal is signed and (a deal is signed before round 3 or a deal is signed in less than 1 year)"
    ),
}


@pytest.mark.parametrize(("case", "text"), SAID, ids=[" ".join(key) for key in SAID])
def test_a_condition_is_a_clause_in_the_words_of_the_case(case, text):
    """Issues, levels, actors, states and lengths of time by their titles, numbers with their units."""
    assert clause_words(told(case), text) == SAID[case, text]


def test_a_condition_that_makes_no_sense_stays_as_it_was_typed():
    """Whoever reads it knows it by what he wrote."""
    assert clause_words(told("pie"), "signed and") == "signed and"


def test_an_outcome_that_is_a_condition_is_titled_by_its_clause():
    """Unless the headline of the case calls it otherwise."""
    assert outcome_title(told("labour"), "signed") == "Whether a deal is signed"
    assert outcome_title(told("labour"), "terms.wage > 3") == "“Pay rise” is above 3 per cent"
    named = "Worlds in which the trade is found"
    assert outcome_title(told("buyer_seller"), "efficiency > 0.999") == named
    assert quantity_title(told("labour"), "state@4w") == "How things stand after 4 weeks"


def test_a_median_between_levels_has_as_many_digits_as_they_have():
    """3.515 M beside 3.52 M looks like more knowledge; what somebody typed is never rounded."""
    purchase = told("purchase")
    assert value_words(purchase, "terms.price", 3_515_000) == "3.52 M USD"
    assert value_words(purchase, "terms.price", 3_515_000, typed=True) == "3.515 M USD"
    assert as_fine(7.95, [7.0, 7.1, 7.2]) == pytest.approx(8.0, abs=0.051)
    assert value_words(told("emission_standards"), "forecast.challenge-model.delay", 9.987) == "9.99 years"
