"""Files of earlier versions in the present form."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.evidence import TomlFile
from sim.foundations import InputError
from sim.scenario import read_scenario
from sim.scenario.older_forms import renewed

#: As one was written for the first version: levels by six digits, a status quo beside the grid.
OLD = """\
title = "A purchase"  # the first of all
default_assumed = "made up"

[issues.price]
kind = "numeric"
low = 2_900_000
high = 3_700_000
points = 17
status_quo = 3_425_000  # what they pay now
available = ["2.9e+06", "3.05e+06"]
enforcement = { "2.9e+06" = 1.0 }

[actors.buyer]
patience = { value = 0.9 }
reservation = { value = 0.2 }
position.price = { value = 2.9e6 }

[actors.seller]
patience = { value = 0.9 }
reservation = { value = 0.2 }
position.price = { value = 3.7e6 }

[packages.cheap]
levels = { price = "2.9e+06" }  # theirs
"""


def of(text, below=None):
    """A text in the present form."""
    return renewed(TomlFile(Path("old.toml"), text, tomllib.loads(text), ""), below)


def test_an_old_file_is_refused_with_the_command_and_works_once_it_is_written_anew(tmp_path):
    """The status quo beside the grid is an error that names the command; afterwards it is the level that it was."""
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(OLD)
    with pytest.raises(InputError) as error:
        read_scenario(old)
    assert f"`sim check {old} --migrate`" in error.value.problems[0].allowed
    told = CliRunner().invoke(main, ["check", str(old), "--migrate", "--out", str(new)])
    assert told.exit_code == 0, told.output
    price = read_scenario(new).issues["price"]
    assert price.values[price.status_quo_index] == 3_425_000
    assert [price.values[level] for level in price.offered] == [2_900_000, 3_050_000]
    assert price.enforcement_by_level[0] == 1.0
    assert old.read_text() == OLD


def test_comments_and_everything_else_stay():
    """Only the values of what changed are others: the lines, their order and their comments are those of the file."""
    found = of(OLD)
    assert [line.partition("#")[2] for line in found.new.splitlines()] == [
        line.partition("#")[2] for line in OLD.splitlines()
    ]
    changed = [n for n, (a, b) in enumerate(zip(OLD.splitlines(), found.new.splitlines(), strict=True)) if a != b]
    assert [OLD.splitlines()[n].partition(" ")[0] for n in changed] == ["points", "available", "enforcement", "levels"]
    assert "points = 33" in found.new
    assert "levels = { price = 2900000 }  # theirs" in found.new


def test_the_present_form_is_left_as_it_is():
    """Written anew twice it is what it was after the first time."""
    once = of(OLD).new
    assert of(once).renewals == ()
    assert of(once).diff() == ""


def test_six_digits_of_a_number_are_that_number_where_just_one_level_had_them():
    """2.90001e+06 is the level 2,900,010 of a grid of tens; of a grid of ones several were called so, so: in doubt."""
    text = 'issues.p = {{ kind = "numeric", low = 2900000, high = 2900100, points = {}, status_quo = "2.90001e+06" }}\n'
    tens, ones = of(text.format(11)), of(text.format(101))
    assert "status_quo = 2900010" in tens.new
    assert tens.renewals[0].exact
    assert "status_quo = 2900010" in ones.new
    far = of(
        'issues.p = { kind = "numeric", low = 1234560, high = 1234590, points = 11, status_quo = 1234566, '
        'available = ["1.23457e+06"] }\n'
    )
    assert not far.renewals[0].exact
    assert "1234569" in far.new


def test_an_overlay_is_read_with_the_issues_of_its_base():
    """An overlay that names levels of the base's issue has them as numbers too."""
    over = '[observations.bid.deals.levels]\nprice = ["3.05e+06"]  # late\n'
    assert of(over, tomllib.loads(OLD)).new == "[observations.bid.deals.levels]\nprice = [3050000]  # late\n"
    assert of(over).renewals == ()


def test_in_place_the_old_file_stays_beside_the_new_one(tmp_path):
    """Nothing is lost: the file as it was is kept, and a second time it is not written over."""
    case = tmp_path / "old.toml"
    case.write_text(OLD)
    run = CliRunner()
    shown = run.invoke(main, ["check", str(case), "--migrate"])
    assert shown.exit_code == 0
    assert "Nothing was written" in shown.output
    assert case.read_text() == OLD
    assert "-points = 17" in shown.output
    assert "+points = 33" in shown.output
    done = run.invoke(main, ["check", str(case), "--migrate", "--in-place"])
    assert done.exit_code == 0
    assert "It is sound now, and was not before." in done.output
    assert (tmp_path / "old.toml.before").read_text() == OLD
    assert "points = 33" in case.read_text()
    case.write_text(OLD)
    refused = run.invoke(main, ["check", str(case), "--migrate", "--in-place"])
    assert isinstance(refused.exception, SystemExit)
    assert refused.exit_code == 2
    assert case.read_text() == OLD
    assert run.invoke(main, ["check", str(case), "--in-place"]).exit_code == 2
