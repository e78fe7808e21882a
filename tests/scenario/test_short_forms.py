"""Short forms and defaults say exactly what the long form says."""

import tomllib

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sim.cli.main import main
from sim.foundations import InputError
from sim.jobs.check_case import check
from sim.scenario import Quantity, read_case, read_scenario
from sim.scenario.headline import Headline, HeadlineOutcome
from sim.scenario.limits import LimitedSum
from sim.scenario.short_form import long_form
from tests.scenario.small_case import write_case

LONG = """
title = "t"
default_assumed = "made up"
[issues.x]
levels = ["a", "b", "c"]
status_quo = "a"
[actors.p]
patience = { value = 0.8, low = 0.7, high = 0.9 }
reservation = { value = 0.1 }
salience.x = { value = 1 }
position.x = { value = "a" }
[actors.q]
patience = { value = 0.8, low = 0.7, high = 0.9 }
reservation = { value = 0.15, low = 0.1, high = 0.2 }
salience.x = { value = 1 }
position.x = { value = "c", low = "b", high = "c" }
"""
SHORT = """
title = "t"
default_assumed = "made up"
[issues.x]
levels = ["a", "b", "c"]
status_quo = "a"
[defaults.actor]
patience = "0.8 ± 0.1"
reservation = "0.1"
salience.x = "1"
[actors.p]
position.x = "a"
[actors.q]
reservation = "0.1..0.2"
position.x = { value = "c", low = "b", high = "c" }
"""


def test_the_short_file_is_the_long_one(tmp_path):
    """Every number, and everything else."""
    long, short = (read_case(write_case(tmp_path / name, text)) for name, text in (("l", LONG), ("s", SHORT)))
    assert short.scenario.model_dump() == long.scenario.model_dump()


@given(st.decimals(-1000, 1000, places=3), st.decimals(0, 1000, places=3))
def test_a_number_with_its_half_width_is_a_range(value, half):
    """In decimals, as people would work it out."""
    assert Quantity.model_validate(f"{value} ± {half}") == Quantity(
        value=float(value), low=float(value - half), high=float(value + half)
    )
    assert long_form(f"{value - half}..{value + half}") == {
        "value": float(value),
        "low": float(value - half),
        "high": float(value + half),
    }


def test_a_short_form_may_stand_where_the_value_does():
    """With claims, units and a shape beside it; a value beside a range stays what it is."""
    found = Quantity.model_validate({"value": "0.8 ± 0.1", "claims": ["c"], "distribution": "triangular"})
    assert (found.low, found.high, found.claims) == (0.7, 0.9, ("c",))
    assert Quantity.model_validate("0.8 (0.6..0.95)").low == 0.6
    assert Quantity.model_validate("front line").value == "front line"


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('patience = "0.8 ± 0.1"', 'patience = "0.8 ± 0.4"', 8, "high 1.2 is not allowed here"),
        ('patience = "0.8 ± 0.1"', "patiense = 1", 8, 'unknown key "patiense"'),
        ('reservation = "0.1..0.2"', 'reservation = "0.3..0.2"', 14, "low 0.3 is above high 0.2"),
        ('position.x = "a"', 'position.x = "d"', 12, 'issue "x" has no level "d"'),
        ('default_assumed = "made up"', "", 8, "q.patience rests on nothing"),
    ],
)
def test_mistakes_are_told_where_they_stand(tmp_path, old, new, line, message):
    """Those of a default in the defaults, once."""
    with pytest.raises(InputError) as raised:
        read_case(write_case(tmp_path, SHORT.replace(old, new)))
    found = [(problem.line, problem.message) for problem in raised.value.problems if message in problem.message]
    assert [at for at, _ in found] == [line], raised.value


def test_an_overlay_changes_the_defaults(tmp_path):
    """Of whoever does not say otherwise; and what a default gives can be located."""
    more = 'extends = "../scenario.toml"\n[defaults.actor]\nreservation = "0.05"\n'
    folder = write_case(tmp_path, SHORT, low=more)
    actors = read_case(folder, overlay="low").scenario.actors
    assert (actors["p"].reservation.value, actors["q"].reservation.value) == (0.05, pytest.approx(0.15))


def test_check_expand_writes_the_long_form(tmp_path):
    """Of the short file and of the long one the same lines, which are TOML and say the same numbers."""
    told = []
    for name, text in (("l", LONG), ("s", SHORT)):
        folder = write_case(tmp_path / name, text)
        told.append(CliRunner().invoke(main, ["check", str(folder), "--expand"]).stdout)
    assert told[0] == told[1]
    assert "actors.p.patience = { value = 0.8, low = 0.7, high = 0.9 }" in told[0].splitlines()
    actors = tomllib.loads(told[0])["actors"]
    scenario = read_case(tmp_path / "s").scenario
    assert Quantity.model_validate(actors["q"]["position"]["x"]) == scenario.actors["q"].position["x"]


def test_a_strategy_for_everybody(tmp_path):
    """That of the defaults stands under each actor's own, as if it had been written in the talks."""
    folder = tmp_path / "scenarios" / "x"
    folder.mkdir(parents=True)
    file = folder / "scenario.toml"
    file.write_text(
        'title = "t"\ndefault_assumed = "toy"\n'
        "[issues.pay]\nkind = 'numeric'\nlow = 0\nhigh = 10\nstep = 2.5\nstatus_quo = 0\n"
        "[defaults.actor]\nstrategy = { offering = 'best-for-others', settings.exponent = '0.5' }\n"
        "[actors.a]\nposition.pay = '10'\nreservation = '0.1'\n[actors.b]\nposition.pay = '0'\nreservation = '0.1'\n"
        "[talks.strategies.b]\nsettings.exponent = '2'\n",
        encoding="utf-8",
    )
    found = read_scenario(file).talks.strategies
    assert {name: one.offering for name, one in found.items()} == dict.fromkeys("ab", "best-for-others")
    assert [float(found[name].settings["exponent"].value) for name in "ab"] == [0.5, 2.0]
    file.write_text(file.read_text(encoding="utf-8").replace("best-for-others", "bets-for-others"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check(file, quick=True)
    assert caught.value.problems[0].line == 10


def test_names_alone_stand_for_outcomes_and_for_what_is_added_up():
    """A headline of names, and a sum over a list of issues, are the tables that they stand for."""
    told = Headline.model_validate({"outcomes": ["terms.price", {"of": "time", "say": "After {median}."}]})
    assert [found.of for found in told.outcomes] == ["terms.price", "time"]
    assert told.outcomes[0] == HeadlineOutcome(of="terms.price")
    listed = LimitedSum.model_validate({"of": ["cod", "haddock"], "at_most": 120})
    assert listed == LimitedSum(of={"cod": 1.0, "haddock": 1.0}, at_most=120)


def test_the_long_form_of_a_deal_is_toml(tmp_path):
    """A reservation that is worth a deal is written out as one table, which says the same when it is read again."""
    text = LONG.replace(
        "reservation = { value = 0.1 }", 'reservation = { like = { x = "b" }, assumed = "an offer" }', 1
    )
    told = CliRunner().invoke(main, ["check", str(write_case(tmp_path, text)), "--expand"]).stdout
    found = read_case(tmp_path).scenario.actors["p"].reservation
    assert Quantity.model_validate(tomllib.loads(told)["actors"]["p"]["reservation"]) == found
