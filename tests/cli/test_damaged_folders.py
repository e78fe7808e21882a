"""Every command that takes a results folder, on every kind of folder, sound or damaged: an answer or one message."""

import json
import shutil
import sys
from functools import cache

import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import main
from sim.plots import fitting
from sim.report.page.pictures import pictures
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """A folder of each kind, as small as can be; each is made when it is first asked for."""
    top = tmp_path_factory.mktemp("kinds")
    make = {
        "run": lambda case, out: sim.play_case(case, 6, out=out),
        "sweep": lambda case, out: sim.sweep_case(case, over={"talks.rounds": [2, 3]}, draws=4, out=out),
        "bridge": lambda case, out: sim.bridge_case(
            case, sim.Goal("any-deal"), draws=10, conventions=False, spread=False, out=out
        ),
        "analysis": lambda case, out: sim.analyse_case(case, ["null-coding"], draws=4, of=["ending == war"], out=out),
    }

    @cache
    def made(kind):
        scenario = write_case(top / f"case-{kind}", *([TINY] if kind == "bridge" else []))
        make[kind](sim.read_case(scenario), top / kind)
        return top / kind

    return made


def truncate(folder):
    """Half of every file of arrays is gone."""
    for file in folder.glob("*.nc"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def alter(folder):
    """A byte of every file of arrays is another one."""
    for file in folder.glob("*.nc"):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 4
        file.write_bytes(bytes(content))


def strip(folder):
    """The manifest is cut."""
    file = folder / "manifest.json"
    file.write_text(file.read_text(encoding="utf-8")[:300], encoding="utf-8")


def renew(folder):
    """A later version wrote it."""
    file = folder / "manifest.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**found, "format": 99}), encoding="utf-8")


def swap(folder):
    """Arrays and manifest are those of something else."""
    for file in folder.glob("*.nc"):
        file.write_bytes(b"\x89HDF\r\n\x1a\n" + b"0" * 200)
    file = folder / "manifest.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**found, "files": {}, "sweep": {"axes": 3, "overlays": 5}}), encoding="utf-8")


def lose(folder):
    """The copies of its inputs are gone."""
    shutil.rmtree(folder / "inputs")


def empty(folder):
    """Nothing is left."""
    shutil.rmtree(folder)
    folder.mkdir()


def foreign(folder):
    """Something else is there."""
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "letter.txt").write_text("dear", encoding="utf-8")


DAMAGES = {one.__name__: one for one in (truncate, alter, strip, renew, swap, lose, empty, foreign)}
#: Damages that the default suite tries; the slow one tries all.
SAMPLE = {"alter", "strip"}
COMMANDS = {
    "plot": ("plot", "{}", "--list"),
    "show": ("show", "{}", "--draw", "1", "--point", "0"),
    "show-run": ("show", "{}", "--draw", "1"),
    "reproduce": ("reproduce", "{}"),
    "compare": ("compare", "{}", "{}"),
    "analyse": ("analyse", "{}", "--posterior"),
    "analyse-out": ("analyse", "{}", "--sensitivity", "delta", "--out", "{}-analysed"),
    "resume": ("sweep", "--resume", "{}", "--no-figures", "--workers", "0"),
    "json": ("plot", "{}", "--list", "--json"),
}


def call(folder, words):
    """Run `sim`; any exception but one that ends the program is a failure of the test."""
    done = CliRunner().invoke(main, [word.format(folder) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert done.exit_code in {0, 1, 2, 3}, done.output
    return done


#: Runs are tried by default, the rest among the slow tests.
KINDS = [
    pytest.param(kind, marks=() if kind == "run" else pytest.mark.slow)
    for kind in ("run", "sweep", "bridge", "analysis")
]


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kind", KINDS)
def test_sound_folders(kinds, tmp_path, kind, command):
    """An answer, or one message that says what the folder is."""
    shutil.copytree(kinds(kind), tmp_path / kind)
    done = call(tmp_path / kind, COMMANDS[command])
    assert done.exit_code in {0, 2}
    if done.exit_code == 2:
        assert kind in done.output or "no observations" in done.output or "play more" in done.output


@pytest.mark.parametrize(
    "damage", [name if name in SAMPLE else pytest.param(name, marks=pytest.mark.slow) for name in DAMAGES]
)
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_folders(kinds, tmp_path, kind, damage):
    """Exit code 2 and a message; where what is damaged is not needed, an answer."""
    for command, words in COMMANDS.items():
        folder = tmp_path / command / kind
        shutil.copytree(kinds(kind), folder)
        DAMAGES[damage](folder)
        done = call(folder, words)
        if damage in {"strip", "renew", "empty", "foreign"} and "analyse" not in command:
            assert done.exit_code == 2, (command, done.output)
        if done.exit_code == 2:
            assert done.output.strip()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["run", "sweep", "bridge", "analysis"])
def test_reports_of_damaged_folders(kinds, tmp_path, kind, monkeypatch):
    """A page is written of sound folders only; figures are not drawn from what is damaged.

    All figures see the same arrays, so two are enough.
    """
    monkeypatch.setattr(sys.modules["sim.plots.plot_all"], "fitting", lambda results: fitting(results)[:2])
    monkeypatch.setattr("sim.report.page.write.pictures", lambda results, **_: pictures(results, fitting(results)[:2]))
    for damage, damaged in {"none": lambda _folder: None, **DAMAGES}.items():
        for command in ("report", "plot"):
            folder = tmp_path / damage / command / kind
            shutil.copytree(kinds(kind), folder)
            damaged(folder)
            done = call(folder, (command, "{}"))
            assert done.exit_code in ({0} if damage == "none" else {0, 2} if damage == "lose" else {2}), done.output
