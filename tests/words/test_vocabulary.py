"""The words of a case stand in one place and travel with its results."""

from pathlib import Path

import pytest

from sim.foundations import InputError
from sim.scenario import read_case
from sim.scenario.kinds import declared_codes, ending_codes, state_codes
from sim.words import Vocabulary
from tests.shipped import shipped

SCENARIOS = Path(__file__).parents[2] / "scenarios"
CASES = [case.name for case in SCENARIOS.iterdir() if (case / "scenario.toml").exists()]


@pytest.fixture(scope="module", params=CASES)
def scenario(request):
    """Every case that comes along."""
    return read_case(SCENARIOS / request.param).scenario


def test_every_code_has_words(scenario):
    """In the order of the codes."""
    words = Vocabulary.of(scenario)
    assert tuple(words.endings) == ending_codes(scenario)
    assert tuple(words.declared) == declared_codes(scenario)
    assert tuple(words.states) == state_codes(scenario)


def test_words_travel_with_results(scenario):
    """One attribute holds all of them."""
    words = Vocabulary.of(scenario)
    again = Vocabulary.from_attrs(words.to_attrs())
    assert again == words
    assert tuple(again.endings) == tuple(words.endings)


def test_results_of_a_case_without_a_war_have_no_word_of_one():
    """Not even that there is none."""
    words = Vocabulary.of(shipped("purchase"))
    assert not words.war
    assert "war" not in words.to_attrs()["vocabulary"].replace("warranty", "")
    assert Vocabulary.from_attrs(words.to_attrs()) == words


def test_results_without_words_say_so():
    """Nobody guesses what a code means."""
    with pytest.raises(InputError, match="what their endings are called"):
        Vocabulary.from_attrs({})
