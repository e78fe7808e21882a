"""Words of the command line that cannot be used, told in plain words."""

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.scenario.small_case import SMALL, write_case

LEVER = """
[levers.pay]
title = "Paying"
holder = "south"
assumed = "x"
cost = { value = 0.2, assumed = "x" }
[levers.pay.moves]
"uncle.pressure.south.strength" = { mode = "add", full = { value = 0.2, assumed = "x" } }
"""


def refused(*words):
    """What is said of a command that is refused before anything is read."""
    found = CliRunner().invoke(main, list(words))
    assert found.exit_code == 2
    assert "Traceback" not in found.output
    return found.stderr


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A case of a war, quick to play."""
    return write_case(tmp_path_factory.mktemp("misuse") / "small", SMALL + LEVER)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "pie", "--draws", "ten"), '"ten" is not a whole number.'),
        (("run", "pie", "--draws", "0"), "0 is too low: 1 or more is needed."),
        (("sweep", "pie", "--timeout", "x"), '"x" is not a number.'),
        (("sweep", "pie", "--timeout", "0"), "0.0 is too low: a number above 0 is needed."),
        (("bridge", "small", "--want", "truse"), "any-deal, partial, settlement, truce"),
        (("bridge", "small", "--measure", "ended"), "acceptable."),
    ],
)  # fmt: skip
def test_what_the_parser_refuses_is_said_plainly(words, said, small):
    """No "valid integer range"."""
    assert refused(*(str(small) if word == "small" else word for word in words)).rstrip().endswith(said)


@pytest.mark.parametrize("text", ["0.9:x:3", "0.5:0.9:", "low:0.9", "0.5:0.9:3:1"])
def test_a_broken_range_is_told_as_one(text):
    """With the two forms that would do, rather than as a choice that is no number."""
    said = refused("sweep", "scenarios/pie", "--over", f"first.patience={text}")
    assert f'"{text}" is no range and no list of values' in said
    assert "first.patience=LOW:HIGH:N or a,b,c" in said


@pytest.mark.slow
def test_what_can_be_viewed_is_said():
    """Cases by name, and results."""
    pytest.importorskip("nicegui")
    assert "or the results folder of a run" in refused("view", "nope")
