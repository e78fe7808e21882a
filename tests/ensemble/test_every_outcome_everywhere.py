"""Every outcome that a case is about is taken by every question: one name, one value, wherever it is asked for."""

import numpy as np
import pytest

from sim.bridges import Goal
from sim.ensemble.headline_outcomes import headline_is_known, needs_of, values_of
from sim.ensemble.measures import measures_of
from sim.report.case_words import ToldCase
from sim.report.outcome_words import outcome_title, summary_words
from sim.runs.outcome_changes import outcome_changes
from sim.runs.outcome_summary import OutcomeSummary
from sim.scenario.headline import HeadlineOutcome
from tests.played_cases import played_case

DRAWS = 60
#: Of a case that is settled by majority, and of one that haggles over numbers.
ASKED = {
    "budget": (
        "terms.division", "signed", "signers", "left_out", "round", "time", "payoff.north", "surplus_share.north",
        "efficiency", "state", "ending", 'signers == "north + east" and signed',
    ),
    "buyer_seller": (
        "terms.price", "terms.delivery", "signed", "signers", "round", "time", "payoff.buyer", "surplus_share.buyer",
        "efficiency", "state", "terms.price > 110 and signed",
    ),
}  # fmt: skip
EACH = [pytest.param(case, of, id=f"{case}:{of}") for case in ASKED for of in ASKED[case]]


@pytest.mark.parametrize(("case", "of"), EACH)
def test_runs_comparisons_and_headlines_take_it(case, of):
    """It has a value in every world, a title and a summary in words; beside itself it does not move."""
    scenario, results = played_case(case, DRAWS)
    every, told = np.ones(DRAWS, bool), ToldCase(scenario)
    assert needs_of(of)
    found = OutcomeSummary.of_column(of, values_of(results, of), every)
    assert found.draws == DRAWS
    assert outcome_title(told, of)
    assert summary_words(told, found) not in {"", "–"}
    (same,) = outcome_changes([of], results, results, every, every)
    assert same.moved == 0
    assert not same.seen()
    headline = scenario.headline.model_copy(update={"outcomes": (HeadlineOutcome(of=of),)})
    asked = scenario.model_copy(update={"headline": headline})
    assert list(headline_is_known(asked)) == []


@pytest.mark.slow
@pytest.mark.parametrize(("case", "of"), EACH)
def test_sensitivity_discovery_and_bridges_take_it(case, of):
    """As a condition that some worlds fulfil; what `--of` and `--discover` ask about, `--want` may ask for."""
    scenario, results = played_case(case, DRAWS)
    measures = measures_of(scenario, [of])
    assert measures
    for found in measures:
        holds = values_of(results, found.text).values
        assert set(np.unique(holds)) <= {0.0, 1.0}
        Goal(found.text).require(scenario)
    assert any(values_of(results, found.text).values.any() for found in measures)
