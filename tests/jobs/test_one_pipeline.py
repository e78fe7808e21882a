"""The command line and Python write the same folder for the same question, but for time and command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import main
from sim.ensemble.convention_settings import open_conventions
from sim.store.netcdf_file import read_netcdf
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case
from tests.view.playing import observed_case

#: What tells when it was asked, how long it took, in which words, and hashes of files that hold the name of the folder.
PASSING = {"files", "argv", "started", "finished", "seconds", "updated", "rate_per_s", "eta_s"}

#: Commands that play a case as it is asked.
ASKING = ("run", "sweep", "plan", "analyse", "bridge", "update", "score", "theory", "tournament", "view")


def command(*words):
    """Run `sim` and fail with what it said."""
    done = CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code in {0, 1}, done.output


def content(folder: Path):
    """Everything below a folder that does not pass: arrays, tables, answers, figures, inputs."""
    return {
        file.relative_to(folder).as_posix(): read(file, folder) for file in sorted(folder.rglob("*")) if file.is_file()
    }


def read(file: Path, folder: Path):
    """A file, without its times and the name of the folder."""
    if file.suffix == ".nc" and file.parent == folder:
        found = read_netcdf(file)
        return {"arrays": found.to_dict(), "attrs": {name: str(value) for name, value in found.attrs.items()}}
    if file.suffix == ".json":
        found = json.loads(
            file.read_text(encoding="utf-8")
            .replace(folder.as_posix(), "HERE")
            .replace(folder.parent.as_posix(), "BESIDE")
        )
        return {key: value for key, value in found.items() if key not in PASSING}
    return file.read_bytes()


def same(one: Path, two: Path):
    """Compare two folders, naming the files that differ."""
    ours, theirs = content(one), content(two)
    assert ours.keys() == theirs.keys()
    for name in ours:
        assert repr(ours[name]) == repr(theirs[name]), name


RUNS = {
    "plain": ([], {}, None),
    "overlay": (["--overlay", "firm_guarantee", "--set", "talks.rounds=6"], {"changes": {"talks.rounds": 6}}, True),
    "overlays": (
        ["--overlays", "strong-guarantees,optimism", "--widen", "1.2", "--seed", "x"],
        {"overlays": ["strong-guarantees", "optimism"], "widen": 1.2, "seed": "x"},
        None,
    ),
    "central": (["--central", "--protocol", "single-text"], {"central": True, "protocol": "single-text"}, None),
    "conventions": (["--conventions"], {"conventions": True}, None),
}


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind == "plain" else pytest.mark.slow) for kind in RUNS]
)
def test_a_run(kind, tmp_path):
    """`sim run` and `play_case`: overlay, compared overlays, central values, conventions, widened ranges."""
    words, given, over = RUNS[kind]
    case = "scenarios/ceasefire" if kind in {"overlay", "overlays", "central"} else "scenarios/labour"
    overlay = sim.read_case(case).overlays[0] if over else None
    words = [overlay if word == "firm_guarantee" else word for word in words]
    command("run", case, *words, "--draws", 12, "--no-figures", "--no-flips", "--out", tmp_path / "cli" / "run")
    sim.play_case(sim.read_case(case, overlay=overlay), 12, **given, out=tmp_path / "python" / "run")
    same(tmp_path / "cli" / "run", tmp_path / "python" / "run")


@pytest.mark.slow
def test_a_run_with_everything(tmp_path):
    """With what would flip it, where the spread comes from, and what changed since the last run."""
    case = write_case(tmp_path / "small")
    for place in ("cli", "python"):
        sim.play_case(sim.read_case(case), 20, changes={"talks.rounds": 3}, out=tmp_path / place / "before")
    command("run", case, "--draws", 20, "--no-figures", "--out", tmp_path / "cli" / "run")
    sim.play_case(sim.read_case(case), 20, out=tmp_path / "python" / "run", flips=True, spread=True)
    told = json.loads((tmp_path / "python" / "run" / "answer.json").read_text(encoding="utf-8"))
    assert told["since_last_run"] and told["flips"] and told["spread"]  # noqa: PT018 - each is something to compare
    same(tmp_path / "cli" / "run", tmp_path / "python" / "run")


@pytest.mark.slow  # every figure is drawn twice
def test_figures(tmp_path):
    """Both draw the same figures, to the byte."""
    command("run", "scenarios/pie", "--draws", 6, "--no-flips", "--out", tmp_path / "cli" / "run")
    sim.play_case(sim.read_case("scenarios/pie"), 6, out=tmp_path / "python" / "run", figures="news")
    assert list((tmp_path / "cli" / "run" / "figures").iterdir())
    same(tmp_path / "cli" / "run", tmp_path / "python" / "run")


@pytest.mark.slow
def test_a_sweep(tmp_path):
    """`sim sweep` and `sweep_case`: over a number, widened, with single draws kept and where the spread comes from."""
    over = {"first.patience": "0.7:0.9:3"}
    words = ["--over", "first.patience=0.7:0.9:3", "--draws", 6, "--workers", 0, "--widen", 1.2, "--no-figures"]
    command("sweep", "scenarios/pie", *words, "--out", tmp_path / "cli" / "sweep")
    case = sim.read_case("scenarios/pie")
    sim.sweep_case(case, over=over, draws=6, widen=1.2, out=tmp_path / "python" / "sweep", spread=True)
    same(tmp_path / "cli" / "sweep", tmp_path / "python" / "sweep")


@pytest.mark.slow
def test_an_analysis(tmp_path):
    """`sim analyse` and `analyse_case`: a design of its own, and worlds that are looked at."""
    case = observed_case(tmp_path)
    words = ["--posterior", "--leave-one-out", "--draws", 5, "--of", "ending == war"]
    command("analyse", case, *words, "--out", tmp_path / "cli" / "analysis")
    sim.analyse_case(
        sim.read_case(case),
        ["posterior", "leave-one-out"],
        draws=5,
        of=["ending == war"],
        out=tmp_path / "python" / "analysis",
        figures=True,
    )
    same(tmp_path / "cli" / "analysis", tmp_path / "python" / "analysis")


def test_every_command_takes_the_same_asks():
    """Whatever plays a case takes changes, seed, rules and widened ranges; each in the same words."""
    taken = {name: {word for one in main.get_command(None, name).params for word in one.opts} for name in ASKING}
    assert all({"--set", "--seed", "--protocol", "--widen", "--draws"} <= words for words in taken.values()), taken
    assert all("--overlay" in words or name == "update" for name, words in taken.items())


@pytest.mark.slow
def test_asks_of_a_sweep_and_an_analysis_under_an_overlay(tmp_path):
    """Changes, seed and rules too; the worlds that an analysis looks at are those that the run counts."""
    overlay = sim.read_case("scenarios/ceasefire").overlays[0]
    case = sim.read_case("scenarios/ceasefire", overlay=overlay)
    given = {"changes": {"talks.rounds": 5}, "seed": "x", "protocol": "zeuthen"}
    words = ["--overlay", overlay, "--set", "talks.rounds=5", "--seed", "x", "--protocol", "zeuthen"]
    command(
        "analyse", "scenarios/ceasefire", *words, "--posterior", "--draws", 40, "--out", tmp_path / "cli" / "analysis"
    )
    (found,) = sim.analyse_case(
        case, ["posterior"], draws=40, **given, out=tmp_path / "python" / "analysis", figures=True
    )
    same(tmp_path / "cli" / "analysis", tmp_path / "python" / "analysis")
    assert found.attrs["effective"] == int(sim.play_case(case, 40, **given)["consistent"].sum())
    over = ["--over", "russia.patience=0.8,0.9", "--draws", 4, "--workers", 0, "--no-figures", "--no-spread"]
    command("sweep", "scenarios/ceasefire", *words, *over, "--out", tmp_path / "cli" / "sweep")
    sim.sweep_case(case, over={"russia.patience": "0.8,0.9"}, draws=4, **given, out=tmp_path / "python" / "sweep")
    same(tmp_path / "cli" / "sweep", tmp_path / "python" / "sweep")


@pytest.mark.slow
def test_a_bridge(tmp_path):
    """`sim bridge` and `bridge_case`: goal, levers, changes."""
    place = write_case(tmp_path / "tiny", TINY)
    words = ["--want", "any-deal", "--set", "talks.rounds=2", "--draws", 20, "--no-figures", "--no-conventions"]
    command("bridge", place, *words, "--workers", 0, "--out", tmp_path / "cli" / "bridge")
    sim.bridge_case(
        sim.read_case(place),
        sim.Goal("any-deal"),
        changes={"talks.rounds": 2},
        draws=20,
        conventions=False,
        out=tmp_path / "python" / "bridge",
    )
    same(tmp_path / "cli" / "bridge", tmp_path / "python" / "bridge")


@pytest.mark.slow
def test_what_is_replayed_under_an_overlay_counts_the_worlds_of_the_base(tmp_path, monkeypatch):
    """Conventions, other protocols and flips begin from the shares that the answer tells."""
    monkeypatch.setattr("sim.runs.conventions.alternatives", lambda _scenario: ())  # the case as written will do
    monkeypatch.setattr("sim.runs.readings.COMBINATIONS", 1)
    monkeypatch.setattr("sim.runs.readings.open_conventions", lambda scenario: open_conventions(scenario)[:1])
    case = sim.read_case("scenarios/ceasefire", overlay="pressure-on-russia")
    sim.play_case(case, 40, conventions=True, out=tmp_path / "run")
    told = json.loads((tmp_path / "run" / "answer.json").read_text(encoding="utf-8"))
    written = told["conventions"][0]["endings"]
    assert written["share"] == pytest.approx(told["endings_consistent"])
    assert written["draws"] == told["effective_draws"]
    assert told["readings_played"]["written"]["states"]["draws"] == told["effective_draws"]
    assert int(sim.run(case.scenario, 40)["consistent"].sum()) != told["effective_draws"]
