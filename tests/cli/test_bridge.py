"""`sim bridge`: words, JSON, folder and exit codes on a tiny case."""

import json

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from tests.scenario.small_case import write_case

TINY = """
title = "tiny"
default_assumed = "test"
draws = 40

[issues.share]
levels = ["none", "half", "all"]
status_quo = "none"
available = ["half"]

[actors.one]
patience = { value = 0.9 }
reservation = { value = 0.6, low = 0.4, high = 0.8 }
salience.share = { value = 1 }
position.share = { value = "all" }

[actors.two]
title = "The second"
patience = { value = 0.9 }
reservation = { value = 0.1 }
salience.share = { value = 1 }
position.share = { value = "none" }
[actors.two.pressure.one]
strength = { value = 0 }

[talks]
rounds = 3
horizon = 6

[levers.pay]
title = "Paying the first"
holder = "two"
veto = ["one"]
cost = { value = 0.2 }
[levers.pay.moves]
"two.pressure.one.strength" = { mode = "add", full = { value = 0.25 } }
"""


@pytest.fixture
def case(tmp_path):
    """A folder with the tiny case."""
    return write_case(tmp_path / "tiny", TINY)


def call(*words):
    """Run the command."""
    return CliRunner().invoke(main, ["bridge", *map(str, words)], catch_exceptions=False)


@pytest.mark.slow
def test_found(case, tmp_path):
    """Exit 0; the answer in words; the folder holds answer, arrays, figure and a finished manifest."""
    out = tmp_path / "out"
    result = call(case, "--at-least", "0.5", "--no-conventions", "--out", out)
    assert result.exit_code == 0
    assert "It takes Paying the first" in result.output
    assert "The second would have to move" in " ".join(result.output.split())
    answer = json.loads((out / "bridge.json").read_text())
    assert 0 < answer["found"]["use"]["pay"] < 1
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["status"] == "bridge finished"
    assert manifest["argv"][:2] == ["sim", "bridge"]
    assert (out / "results.nc").is_file()
    assert (out / "figures" / "bridge-frontier.png").is_file()
    spread = json.loads((out / "spread.json").read_text())
    assert (spread["of"], spread["at"], spread["use"]) == ("bridge", "found", answer["found"]["use"])
    assert sum(spread["point"]["part"].values()) == pytest.approx(1)
    assert " ".join(spread["sentence"].split()[:8]) in " ".join(result.output.split())


@pytest.mark.slow
def test_the_spread_is_that_of_the_levers_in_use(tmp_path):
    """The only range is that of what the lever pays: worlds differ with it in use, and where it is not they do not."""
    sure = TINY.replace("value = 0.6, low = 0.4, high = 0.8", "value = 0.6")
    sure = sure.replace("full = { value = 0.25 }", "full = { value = 0.25, low = 0.0, high = 0.4 }")
    words = (
        write_case(tmp_path / "sure", sure),
        "--no-conventions",
        "--no-figures",
        "--json",
        "--out",
        tmp_path / "out",
    )
    told = json.loads(call(*words).output)
    assert (told["spread"]["at"], told["spread"]["use"]) == ("found", told["found"]["use"])
    assert told["spread"]["point"]["part"]["evidence"] == pytest.approx(1)
    told = json.loads(call(*words, "--at-least", "1", "--widen", "1.1").output)
    assert (told["found"], told["spread"], told["widened"]) == (None, None, 1.1)


@pytest.mark.slow
def test_the_spread_can_be_left_out(case, tmp_path):
    """With it goes what an earlier answer in the same folder said."""
    words = (case, "--no-conventions", "--no-figures", "--json", "--out", tmp_path / "out")
    assert json.loads(call(*words).output)["spread"] is not None
    assert json.loads(call(*words, "--no-spread").output)["spread"] is None
    assert not (tmp_path / "out" / "spread.json").exists()


@pytest.mark.slow
def test_none_does(case, tmp_path):
    """Exit 1, honest words, and JSON with the best and the binding reason."""
    words = (case, "--set", "two.reservation=0.6", "--no-conventions", "--no-figures", "--out", tmp_path / "out")
    result = call(*words)
    assert result.exit_code == 1
    assert "No combination of the levers does" in result.output
    result = call(*words, "--json")
    told = json.loads(result.output)
    assert told["found"] is None
    assert told["best"]["chance"] == 0
    assert told["binding_reason"].startswith("acceptable to nobody")


def test_bad_input(case):
    """Exit 2 for levers that do not exist, with the nearest name; nothing is written."""
    result = call(case, "--levers", "pai")
    assert result.exit_code == 2
    assert "did you mean pay" in result.output
    assert call(case, "--want", "peace").exit_code == 2
