"""The README does what it says: its snippets run, its numbers are those of the gallery."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


#: What takes long in many worlds and is tested elsewhere.
LEFT_OUT = {
    "check": ["--quick"],
    "run": ["--no-flips"],
    "sweep": ["--no-spread"],
    "bridge": ["--no-spread", "--no-conventions"],
}
#: What has a process of its own, as a reader's has, and draws its figures.
WHOLE = {"sim run scenarios/pie --json"}
#: Overlays of the main case that are kept: those its studies name, and one more. All are read and played by the tests
#: of the cases.
OVERLAYS = {"root-causes-under-fire", "root-causes-under-truce", "strong-guarantees"}


def fences(language):
    """Code fences of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands():
    """Every command of the console fences."""
    return [line[2:] for fence in fences("console") for line in fence.splitlines() if line.startswith("$ ")]


def few_worlds(words, most=8):
    """A command with at most so many worlds; how long the full number takes is told by `sim plan`, not tested here.

    What would flip an answer, where its spread comes from, and whether it holds under other conventions is asked by the
    tests of runs, of sweeps and of bridges; here by the command that says nothing of worlds. Which numbers move nothing
    is asked by the tests of runs and of checks.
    """
    if "--draws" in words or words[1] == "check":
        words = [*words, *LEFT_OUT.get(words[1], ())]
    if "--draws" in words:
        place = words.index("--draws") + 1
        return [*words[:place], str(min(int(words[place]), most)), *words[place + 1 :]]
    return [*words, "--draws", str(most)] if words[1] in {"run", "analyse", "sweep", "bridge"} else words


@pytest.fixture
def workspace(tmp_path):
    """A copy of the scenarios and the evidence, as a user would have them, with three overlays of the main case."""
    for folder in ("scenarios", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for overlay in (tmp_path / "scenarios/ceasefire/overlays").iterdir():
        if overlay.stem not in OVERLAYS:
            overlay.unlink()
    return tmp_path


def test_the_first_two_shell_fences_are_the_two_commands():
    """The README opens with the command that runs the main case and the command that runs the tests."""
    first, second = fences("sh")[:2]
    assert "sim run scenarios/ceasefire" in first
    assert "pytest" in second
    assert all("venv" in fence for fence in (first, second))


def test_it_is_short():
    """At most about two hundred lines."""
    assert len(README.splitlines()) <= 220


@pytest.mark.slow
@pytest.mark.parametrize("command", commands())
def test_every_console_command_works(command, workspace, monkeypatch):
    """Each command of the README ends well and says something, in few worlds, which takes its options as they stand.

    Figures are drawn by one; the others are asked in this process, without.
    """
    words = few_worlds(shlex.split(command, comments=True))
    assert words[0] == "sim"
    answers = {0, 1} if words[1] == "bridge" else {0}  # a bridge that does not hold on fresh draws says no
    if command in WHOLE:
        done = subprocess.run(
            [sys.executable, "-m", "sim", *words[1:]],
            cwd=workspace,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        code, told = done.returncode, done.stdout
    else:
        monkeypatch.chdir(workspace)
        drawn = ["--no-figures"] if words[1] in {"run", "sweep", "bridge"} else []
        found = CliRunner().invoke(main, [*words[1:], *drawn], catch_exceptions=False)
        code, told = found.exit_code, found.stdout
    assert code in answers, told
    assert told.strip()


@pytest.mark.slow
def test_every_python_snippet_runs(workspace):
    """The Python of the README runs as it stands, in few worlds."""
    for whole in fences("python"):
        snippet = re.sub(r"(?<=run\(scenario, )\d+(?=\))|(?<=draws=)\d+", "8", whole)
        assert snippet.count("8") == whole.count("8") + 2
        done = subprocess.run(
            [sys.executable, "-c", snippet],
            cwd=workspace,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_the_answer_shown_is_that_of_the_gallery():
    """The answer in the README is copied from the gallery, which a script makes."""
    shown = fences("text")[0].strip().splitlines()
    made = (ROOT / "results/gallery/answer.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in shown if line.strip() not in {"", "[...]"}]
    missing = [line for line in lines if line not in made]
    assert not missing


def test_pictures_exist():
    """Every picture the README shows is in the repository."""
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)
