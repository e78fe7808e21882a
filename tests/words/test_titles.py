"""Names for people are titles of the scenario and sentences of the evidence, never keys."""

from pathlib import Path

import pytest

from sim.scenario import read_case
from sim.words import claim_title, claim_titles, line_title, number_title, observation_title
from tests.shipped import shipped

SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.fixture(scope="module")
def case():
    """The main case with its evidence."""
    return read_case(SCENARIOS / "ceasefire")


def test_red_lines_are_named_by_the_title_of_their_issue(case):
    """In quotes, as every other number of an issue."""
    title = number_title(case.scenario, "ukraine.red_lines.russian_speakers.begins")
    assert title == 'Ukraine: where its red line on "Status of Russian speakers in Ukraine" begins'
    assert line_title(case.scenario, "ukraine", "line") == 'on "Line that divides control"'


def test_a_line_under_a_name_of_its_own_is_still_on_its_issue():
    """What the file calls "withdrawal" is still on the line."""
    scenario = shipped("ceasefire")
    line = scenario.actors["russia"].red_lines["line"]
    russia = scenario.actors["russia"].model_copy(update={"red_lines": {"withdrawal": line}})
    renamed = scenario.model_copy(update={"actors": {**scenario.actors, "russia": russia}})
    assert line_title(renamed, "russia", "withdrawal") == 'on "Line that divides control"'


def test_a_line_on_the_whole_deal_has_its_label():
    """It is on no issue."""
    scenario = shipped("labour")
    assert number_title(scenario, "union.red_lines.ballot.firmness") == 'Union: how firm its red line "Ballot" is'


def test_claims_say_what_they_say(case):
    """Our own words without the full stop; shortened at a word, and only if long."""
    for name, title in claim_titles(case.scenario, case.article).items():
        says = case.article.claims[name].says
        assert len(title) <= 90
        if title.endswith(" …"):
            assert len(says) > 90
            assert says.startswith(title.removesuffix(" …"))
            assert not says[len(title) - 2].isalnum()
        else:
            assert f"{title}." == says


def test_every_claim_that_a_number_rests_on_has_a_title(case):
    """And none else."""
    used = {name for number in case.scenario.numbers.values() for name in number.quantity.claims}
    assert set(claim_titles(case.scenario, case.article)) == used


def test_without_evidence_keys_become_words():
    """A first capital, no hyphens or underscores."""
    assert claim_title(None, "both-hold-their-ground") == "Both hold their ground"
    assert observation_title("washington_prefers_truce_first") == "Washington prefers truce first"
