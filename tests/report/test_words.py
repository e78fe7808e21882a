"""Numbers, terms and shares in words."""

import re
from pathlib import Path

import pytest

from sim.report.words import duration, number_title, percent, points, term_words, with_error
from sim.scenario import read_scenario
from sim.table import blocking_names

PROJECT = Path(__file__).parents[2]
CASES = sorted(folder.parent.name for folder in (PROJECT / "scenarios").glob("*/scenario.toml"))


@pytest.mark.parametrize("case", CASES)
def test_every_number_has_a_title_of_its_own(case):
    """No two numbers of a case are called the same, and no title is a bare path."""
    scenario = read_scenario(PROJECT / "scenarios" / case)
    titles = [number_title(scenario, path) for path in scenario.numbers]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if re.fullmatch(r"[\w.]+\.[\w.]+", title)]


@pytest.mark.parametrize("case", CASES)
def test_every_blocking_term_has_words(case):
    """No underscore is read aloud."""
    scenario = read_scenario(PROJECT / "scenarios" / case)
    words = [term_words(scenario, name) for name in blocking_names(scenario)]
    assert not [word for word in words if "_" in word]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0%"), (0.004, "under 1%"), (0.006, "1%"), (0.5, "50%"), (0.9951, "over 99%"), (1.0, "100%")],
)
def test_what_happens_is_never_called_nothing(share, words):
    """Rounded, but not to 0 or 100 unless it is."""
    assert percent(share) == words


def test_no_draws_no_share():
    """Not a number is a dash."""
    nothing = float("nan")
    assert percent(nothing) == with_error(nothing, nothing) == points(nothing, nothing) == "–"


def test_a_small_error_is_never_shown_as_none():
    """At least one point."""
    assert with_error(0.5, 0.0001) == "50% ± 1"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (10, "10 years"),
        (2.5, "2.5 years"),
        (1, "1 year"),
        (1.5, "18 months"),
        (5 / 12, "5 months"),
        (7 / 365.25, "1 week"),
        (1 / 365.25, "a few days"),
        (0, "no time"),
    ],
)
def test_lengths_of_time(years, words):
    """In the unit people would use."""
    assert duration(years) == words
