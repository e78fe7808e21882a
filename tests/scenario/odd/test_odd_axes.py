"""Axes over levels with odd names, and axes that make no sense."""

import click
import numpy as np
import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.options import FiniteRange
from sim.foundations import InputError
from sim.scenario import Scenario
from sim.sweeps.axis_text import axes_over, parse_axis
from tests.scenario.odd.sale import replaced, sale

ODD = ("2,500", "a|b", "1..3", "don't", 'say "no"', "x=y", "0:1", "plain")


@pytest.fixture
def odd():
    """Two actors over an issue whose levels hold every sign that axes are written with."""
    issue = {"levels": ODD, "status_quo": "plain"}
    wants = [{level: {"value": n / 8} for n, level in enumerate(order)} for order in (ODD, ODD[::-1])]
    actors = {
        name: {"patience": {"value": 0.9}, "salience": {"x": {"value": 1}}, "values": {"x": values}}
        for name, values in zip("pq", wants, strict=True)
    }
    return Scenario.model_validate(
        {"title": "odd", "default_assumed": "test", "issues": {"x": issue}, "actors": actors}
    )


@pytest.mark.parametrize("level", ODD)
def test_every_level_can_be_named_alone(odd, level):
    """In quotes, or without them where nothing else could be meant."""
    quoted = '"' + level.replace('"', '""') + '"'
    for text in (level, quoted):
        axis = parse_axis(f"issues.x.available={text}", odd)
        assert [setting.structure for setting in axis.settings] == [{"issues.x.available": [level]}]
        assert axis.values == [level]


def test_levels_in_quotes_among_others(odd):
    """Choices parted by commas, levels by bars, stretches by dots, each with quotes or without."""
    axis = parse_axis("""issues.x.available="2,500"|plain, 'a|b', "1..3".."x=y",don't | 'say "no"'""", odd)
    assert [setting.structure["issues.x.available"] for setting in axis.settings] == [
        ["2,500", "plain"],
        ["a|b"],
        ["1..3", "don't", 'say "no"', "x=y"],
        ["don't", 'say "no"'],
    ]
    (listed,) = axes_over({"issues.x.available": [["2,500", "a|b"], "1..3", "'a|b'|plain"]}, odd)
    assert [s.structure["issues.x.available"] for s in listed.settings] == [
        ["2,500", "a|b"],
        ["1..3"],
        ["a|b", "plain"],
    ]


def test_ranges_of_levels_are_choices_from_python():
    """A table as in a file, beside lists and single numbers."""
    choices = [{"at_least": 2.75e6}, [2e6, {"between": [2.1e6, 2150000]}], 2500000]
    (axis,) = axes_over({"issues.price.available": choices}, sale())
    assert [setting.structure["issues.price.available"] for setting in axis.settings] == [
        ["2750000", "2800000"],
        ["2000000", "2100000", "2150000"],
        ["2500000"],
    ]
    with pytest.raises(InputError, match="no level in the range"):
        axes_over({"issues.price.available": [{"between": [2710000, 2720000]}]}, sale())


def test_positions_take_names_in_quotes():
    """On an ordered issue, one choice or several."""
    issue = {"levels": ["1,000", "2,000", "a|b"], "status_quo": "1,000"}
    actor = {"patience": {"value": 0.9}, "salience": {"x": {"value": 1}}, "position": {"x": {"value": "1,000"}}}
    raw = {"title": "t", "default_assumed": "t", "issues": {"x": issue}, "actors": {"p": actor, "q": actor}}
    scenario = Scenario.model_validate(raw)
    assert parse_axis('p.position.x="1,000","a|b"', scenario).values == ["1,000", "a|b"]
    assert parse_axis("p.position.x=2,000", scenario).values == ["2,000"]


@pytest.mark.parametrize(
    ("axis", "words"),
    [
        ("draws=10,20", "--draws sets for all points"),
        ("draws=10:20:2", "--draws sets for all points"),
        ("title=a,b", "changes no result"),
        ("question=a,b", "changes no result"),
        ("buyer.patience=nan", "a number"),
        ("buyer.patience=0.5,inf", "a number"),
        ("buyer.patience=0.5:1e999:3", "finite"),
        ("buyer.position.price=nan", "no level"),
        ("issues.price.available=nan", "no level"),
        ("talks.strategies.buyer.settings.exponent=-1:1:3", "must be above 0"),
        ("talks.strategies.buyer.settings.exponent=0.5,-1", "must be above 0"),
    ],
)
def test_axes_that_make_no_sense_are_refused(axis, words):
    """Before anything is played, with the reason."""
    with pytest.raises(InputError, match=words):
        parse_axis(axis, sale())


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused_from_python(value):
    """As a value of an axis."""
    with pytest.raises(InputError, match="finite"):
        axes_over({"buyer.patience": [0.5, value]}, sale())


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--set", "buyer.patience=nan"],
        ["run", "--set", "buyer.patience=inf"],
        ["run", "--set", "issues.price.low=-inf"],
        ["run", "--widen", "nan"],
        ["run", "--widen", "inf"],
        ["sweep", "--over", "buyer.patience=0.5:nan:3"],
        ["sweep", "--over", "buyer.patience=0.5,0.6", "--timeout", "nan"],
    ],
)
def test_no_command_takes_what_is_no_number(tmp_path, words):
    """Exit code 2 and a sentence."""
    path = tmp_path / "sale.toml"
    path.write_text(replaced(), encoding="utf-8")
    done = CliRunner().invoke(main, [words[0], str(path), *words[1:], "--draws", "2", "--out", str(tmp_path / "out")])
    assert done.exit_code == 2, done.output
    assert any(words in done.output for words in ("a number", "no number", "a factor", "no range"))


def test_every_numeric_option_refuses_infinity_and_what_is_no_number():
    """Of all commands: an option of floats is one that asks for finite ones."""
    main.list_commands(click.Context(main))
    commands = [main.get_command(click.Context(main), name) for name in main.list_commands(click.Context(main))]
    floats = [
        (command.name, option)
        for command in commands
        for option in command.params
        if isinstance(option.type, click.types.FloatParamType)
    ]
    assert len(floats) >= 4
    for command, option in floats:
        assert isinstance(option.type, FiniteRange), f"{command} {option.name}"
