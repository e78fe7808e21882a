"""Numbers, terms and shares in words."""

import re
from pathlib import Path

import pytest

from sim.table import blocking_names
from sim.words import duration, number_title, percent, points, share_with_half, term_words, value_with_half
from tests.shipped import shipped

PROJECT = Path(__file__).parents[2]
CASES = sorted(folder.parent.name for folder in (PROJECT / "scenarios").glob("*/scenario.toml"))


@pytest.mark.parametrize("case", CASES)
def test_every_number_has_a_title_of_its_own(case):
    """No two numbers of a case are called the same, and no title is a bare path."""
    scenario = shipped(case)
    titles = [number_title(scenario, path) for path in scenario.numbers]
    assert len(set(titles)) == len(titles)
    assert not [title for title in titles if re.fullmatch(r"[\w.]+\.[\w.]+", title)]


@pytest.mark.parametrize("case", CASES)
def test_every_blocking_term_has_words(case):
    """No underscore is read aloud."""
    scenario = shipped(case)
    words = [term_words(scenario, name) for name in blocking_names(scenario)]
    assert not [word for word in words if "_" in word]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.0, "0 %"), (0.004, "<1 %"), (0.006, "1 %"), (0.5, "50 %"), (0.9951, ">99 %"), (1.0, "100 %")],
)
def test_what_happens_is_never_called_nothing(share, words):
    """Rounded, but not to 0 or 100 unless it is."""
    assert percent(share) == words


def test_no_draws_no_share():
    """Not a number is a dash, an interval that is not known is none."""
    nothing = float("nan")
    assert (
        percent(nothing) == share_with_half(nothing, nothing) == points(nothing) == value_with_half(nothing, 1) == "–"
    )
    assert share_with_half(0.5, nothing) == "50 %"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (10, "10 years"),
        (2.5, "2.5 years"),
        (1, "1 year"),
        (1.5, "18 months"),
        (5 / 12, "5 months"),
        (7 / 365.25, "1 week"),
        (1 / 365.25, "1 day"),
        (0, "no time"),
    ],
)
def test_lengths_of_time(years, words):
    """In the unit people would use."""
    assert duration(years) == words


def test_nobody_else_makes_an_interval():
    """The bound of 95 % stands in sim.words only: elsewhere errors become intervals by its functions."""
    files = [
        path for path in (PROJECT / "sim" / "report").rglob("*.py") if re.search(r"\b(1\.96|196)\b", path.read_text())
    ]
    assert not files
