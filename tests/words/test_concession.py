"""How fast each gives in, and that it is assumed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.scenario import change
from sim.words.concession import speed_sentence
from tests.shipped import shipped

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PATH = "talks.strategies.russia.settings.speed"


@pytest.fixture(scope="module")
def ceasefire():
    """Both give in by the time that has passed, at drawn and assumed speeds."""
    return shipped("ceasefire")


def test_drawn_and_assumed_is_said(ceasefire):
    """Half is given up after ln 2 / speed years: at 4 a year in 2 months, at 0.5 in 17."""
    told = "Russia and Ukraine halve what they still ask for in 2 to 17 months (drawn, assumed)."
    assert speed_sentence(ceasefire) == told


def test_each_is_told_apart_where_they_differ(ceasefire):
    """A fixed speed is told as one, and what it rests on is his own."""
    fixed = change(ceasefire, {PATH: {"value": 0.693147, "claims": ["no-hurry"]}})
    told = speed_sentence(fixed)
    assert "Russia halves what it still asks for in 12 months (from claims)" in told.replace("1 year", "12 months")
    assert "Ukraine halves what it still asks for in 2 to" in told


def test_who_may_never_give_in_is_told_so(ceasefire):
    """At a speed of 0 nothing is given up, ever; where the range reaches down to it, perhaps."""
    never = change(ceasefire, {PATH: {"value": 0, "assumed": "toy"}})
    assert "Russia never gives way (assumed)" in speed_sentence(never)
    perhaps = change(ceasefire, {PATH: {"value": 2, "low": 0, "high": 4, "assumed": "toy"}})
    assert "Russia halves what it still asks for in 2 months or never (drawn, assumed)" in speed_sentence(perhaps)


def test_who_knows_a_deadline_has_no_speed():
    """Nothing is said of talks by a curve that ends."""
    assert not speed_sentence(shipped("labour"))


def test_a_check_says_it():
    """In one line of its own, below the numbers."""
    done = CliRunner().invoke(main, ["check", str(SCENARIOS / "ceasefire"), "--quick", "--overlay", "optimism"])
    assert done.exit_code == 0, done.output
    assert "Speeds     Russia and Ukraine halve what they still ask for" in done.output
