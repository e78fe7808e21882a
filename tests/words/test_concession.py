"""How fast each gives in, and that it is assumed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.scenario import change, read_case
from sim.words.concession import speed_sentence

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PATH = "talks.strategies.russia.settings.speed"


@pytest.fixture(scope="module")
def ceasefire():
    """Both give in by the time that has passed, at drawn and assumed speeds."""
    return read_case(SCENARIOS / "ceasefire").scenario


def test_drawn_and_assumed_is_said(ceasefire):
    """Half is given up after ln 2 / speed years: at 4 a year in 2 months, at 0.5 in 17."""
    told = "Of what is still asked for Russia and Ukraine give up half in 2 months to 1.4 years (drawn, assumed)."
    assert speed_sentence(ceasefire).replace("17 months", "1.4 years") == told


def test_each_is_told_apart_where_they_differ(ceasefire):
    """A fixed speed is told as one, and what it rests on is his own."""
    fixed = change(ceasefire, {PATH: {"value": 0.693147, "claims": ["no-hurry"]}})
    told = speed_sentence(fixed)
    assert "Russia gives up half in 12 months (from claims)" in told.replace("1 year", "12 months")
    assert "Ukraine gives up half in 2 months to" in told


def test_who_knows_a_deadline_has_no_speed():
    """Nothing is said of talks by a curve that ends."""
    assert not speed_sentence(read_case(SCENARIOS / "labour").scenario)


def test_a_check_says_it():
    """In one line of its own, below the numbers."""
    done = CliRunner().invoke(main, ["check", str(SCENARIOS / "ceasefire"), "--quick", "--overlay", "optimism"])
    assert done.exit_code == 0, done.output
    assert "Speeds     Of what is still asked for" in done.output
