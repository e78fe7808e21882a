"""Headline and packages in the file: what is misspelt is told with the nearest right name."""

import pytest

from sim.ensemble.headline_outcomes import headline_is_known
from sim.foundations import InputError
from sim.scenario import read_case
from sim.scenario.headline import Headline

BASE = """
title = "A toy"
default_assumed = "toy"
[issues.price]
kind = "numeric"
low = 0
high = 1
points = 3
status_quo = 0
[actors.a]
patience = { value = 0.9 }
reservation = { value = 0 }
position = { price = { value = 1 } }
salience = { price = { value = 1 } }
[actors.b]
patience = { value = 0.9 }
reservation = { value = 0 }
position = { price = { value = 0 } }
salience = { price = { value = 1 } }
"""


def wrong(tmp_path, text):
    """Problems with a scenario that says so besides."""
    file = tmp_path / "scenario.toml"
    file.write_text(BASE + text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case(file, extra_rules=(headline_is_known,))
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "message", "nearest"),
    [
        ('[headline]\noutcomes = [{ of = "terms.prize" }]', 'no outcome "terms.prize"', "terms.price"),
        ('[headline]\noutcomes = [{ of = "terms.price", say = "{medain}" }]', 'did you mean "{median}"', None),
        ('[headline]\noutcomes = [{ of = "signers", say = "{median}" }]', "is a name, of which {median}", None),
        ('[headline]\noutcomes = [{ of = "signed and", say = "{share}" }]', "condition", None),
        ('[headline]\noutcomes = [{ of = "signed", say = "{share}", by = "protocol" }]', "no effect", None),
        ('[headline]\noutcomes = [{ of = "time", say = "{by}" }]', "none is named", None),
        ('[headline]\ntimes = ["a while"]', "is no duration", None),
        ("[packages.all.levels]\nprize = 1", 'no issue "prize"', "price"),
        ("[packages.all.levels]\nprice = 0.3", "no level 0.3", None),
    ],
)
def test_what_is_wrong_is_told_at_its_place(tmp_path, text, message, nearest):
    """With file and line, and the nearest right name where there is one."""
    problems = wrong(tmp_path, text)
    found = next(problem for problem in problems if message in problem.message)
    assert found.line > 0
    assert found.nearest == nearest


def test_no_more_than_three_outcomes():
    """A headline is short."""
    with pytest.raises(ValueError, match="at most 3"):
        Headline(outcomes=[{"of": "signed"}] * 4)
