"""What `from sim import …` gives is enough for what the command line does."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.foundations import InputError, UnknownNameError

ROOT = Path(__file__).parents[1]


def test_every_public_name_is_there_and_says_what_it_is():
    """It can be imported, is listed, and has a docstring."""
    for name in sim.__all__:
        assert getattr(sim, name).__doc__, name
        assert name in dir(sim), name


def test_other_names_are_refused():
    """A misspelt name is an error, not None."""
    with pytest.raises(AttributeError, match="no attribute 'rum'"):
        _ = sim.rum


def test_importing_sim_imports_nothing_scientific():
    """So that `sim --help` stays quick."""
    code = "import sim, sys; print([name for name in ('numpy', 'xarray', 'matplotlib') if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.slow
def test_questions_of_results():
    """What is asked of results needs nothing played, and comes with the titles that figures write."""
    scenario = sim.read_scenario(ROOT / "scenarios" / "ceasefire")
    results = sim.run(scenario, 120)
    found = sim.analyse("posterior", scenario, results)
    assert sim.figures.prior_posterior(found).get_label() == "prior-posterior"
    assert "Russia: patience" in found["input_title" if "input_title" in found else "path"].values.tolist()
    again = sim.analyse("delta", None, results, of=["ending == stalemate"])
    assert again.attrs["method"] == "delta"
    with pytest.raises(UnknownNameError, match="delta"):
        sim.analyse("delt", scenario, results)
    with pytest.raises(InputError, match="condition"):
        sim.analyse("discover", scenario, results)
    with pytest.raises(InputError, match="scenario"):
        sim.analyse("tornado", None, results)


@pytest.mark.slow
def test_a_case_is_played_and_kept_as_the_command_line_does(tmp_path):
    """The same digest as `sim run`, with the overlay judged in the base; the folder can be read and drawn again."""
    from click.testing import CliRunner

    from sim.cli.main import main

    overlay = sim.read_case(ROOT / "scenarios" / "ceasefire").overlays[0]
    case = sim.read_case(ROOT / "scenarios" / "ceasefire", overlay=overlay)
    results = sim.play_case(case, 60, changes={"talks.rounds": 12}, out=tmp_path / "mine")
    asked = ["run", str(ROOT / "scenarios" / "ceasefire"), "--overlay", overlay, "--draws", "60"]
    asked += ["--set", "talks.rounds=12", "--no-figures", "--no-flips", "--out", str(tmp_path / "theirs")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    kept, theirs = sim.load_results(tmp_path / "mine"), sim.load_results(tmp_path / "theirs")
    for name in ("ending", "consistent", "held"):
        np.testing.assert_array_equal(kept[name].values, theirs[name].values)
        np.testing.assert_array_equal(kept[name].values, results[name].values)
    assert "importance" in results
    found = sim.compare_runs(tmp_path / "mine", tmp_path / "theirs")
    assert found.to_json()
    assert sim.load_analyses(tmp_path / "mine") == []


@pytest.mark.slow
def test_a_case_is_played_under_other_conventions_too(tmp_path):
    """The replays are in what is returned and in what is kept; what is kept only needs a folder."""
    case = sim.read_case(ROOT / "scenarios" / "pie")
    results = sim.play_case(case, 5, conventions=True, flips=True, spread=True, out=tmp_path)
    assert results["replay_kind"].values[0] == "as written"
    assert results.sizes["replay"] > 1
    told = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert len(told["conventions"]) == results.sizes["replay"]
    with pytest.raises(InputError, match="out="):
        sim.play_case(case, 5, flips=True)


@pytest.mark.slow
def test_a_results_folder_is_told_and_played_again(tmp_path):
    """The lines of `sim show`, of runs and of points of sweeps; the bits come out again; other draws are refused."""
    from click.testing import CliRunner

    from sim.cli.main import main

    case = sim.read_case(ROOT / "scenarios" / "pie")
    sim.play_case(case, 6, out=tmp_path / "run")
    sim.sweep_case(case, over={"first.patience": [0.7, 0.9]}, draws=3, out=tmp_path / "sweep")
    for name, point in (("run", None), ("sweep", 1)):
        folder, at = tmp_path / name, [] if point is None else ["--point", str(point)]
        shown = CliRunner().invoke(main, ["show", str(folder), "--draw", "2", *at, "--json"])
        assert json.loads(shown.stdout)["transcript"] == sim.transcript(folder, 2, point)
        assert sim.reproduce(str(folder)).same
    with pytest.raises(InputError, match="no draw 6"):
        sim.transcript(tmp_path / "run", 6)
    with pytest.raises(InputError, match="which point"):
        sim.transcript(tmp_path / "sweep", 0)


def test_a_case_is_checked_as_the_command_line_does(tmp_path):
    """The same findings as `sim check --json`; every mistake at once where it is not sound."""
    from click.testing import CliRunner

    from sim.cli.main import main

    place = ROOT / "scenarios" / "pie"
    told = CliRunner().invoke(main, ["check", str(place), "--json"])
    assert json.loads(told.stdout) == json.loads(json.dumps(sim.check(place).to_json()))
    assert sim.check(place, quick=True).idle is None
    wrong = (place / "scenario.toml").read_text(encoding="utf-8") + "\n[nonsense]\n[more_nonsense]\n"
    (tmp_path / "scenario.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        sim.check(tmp_path)
    assert len(caught.value.problems) == 2


def test_a_change_that_cannot_be_played_is_refused():
    """Before anything is played."""
    case = sim.read_case(ROOT / "scenarios" / "pie")
    with pytest.raises(InputError, match="alternating"):
        sim.play_case(case, 5, changes={"talks.protocol": "alternating-ofers"})


def test_notebooks_show_scenarios_and_results():
    """Both have a rich representation; what a title says does not become markup."""
    scenario = sim.read_scenario(ROOT / "scenarios" / "pie")
    assert "<table" in scenario._repr_html_()
    assert "ending" in sim.run(scenario, 3)._repr_html_()
