"""Standard output that is closed or full, a folder that is gone, numbers that are none: one sentence, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main

ROOT = Path(__file__).parents[2]


def shell(line, **environment):
    """Run a line of the shell at the root of the repository."""
    return subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m {line}" if line.startswith("sim ") else line],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_standard_output_is_told():
    """On standard error, with an exit code of its own."""
    found = shell("sim schema > /dev/full")
    assert (found.returncode, found.stderr) == (
        2,
        "error: standard output cannot be written: No space left on device\n",
    )


@pytest.mark.slow
def test_a_closed_standard_output_takes_everything():
    """Nobody reads it, and nothing breaks."""
    found = shell("sim schema >&-")
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.slow
def test_a_reader_that_goes_away_ends_it_quietly():
    """As `| head` does."""
    found = shell("sim schema | head -1")
    assert (found.returncode, found.stdout, found.stderr) == (0, "{\n", "")


@pytest.mark.slow
def test_an_encoding_that_lacks_letters_loses_only_these():
    """Names of other alphabets become question marks."""
    found = shell("sim explain russia.patience ; true", PYTHONIOENCODING="ascii")
    assert "Traceback" not in found.stderr


@pytest.mark.slow
def test_a_working_folder_that_is_gone_is_told(tmp_path):
    """By what it is."""
    gone = tmp_path / "gone"
    gone.mkdir()
    begin = f'{sys.executable} -c "from sim.cli.main import main; main()"'
    found = shell(f"cd {gone} && rmdir {gone} && {begin} run {ROOT}/scenarios/pie")
    assert found.returncode == 2
    assert found.stderr.strip() == "error: the working folder is gone: No such file or directory"


@pytest.mark.parametrize("number", ["nan", "inf", "1e999"])
@pytest.mark.parametrize(
    "words",
    [
        ("bridge", "pie", "--at-least"),
        ("analyse", "pie", "--sensitivity", "sobol", "--precision"),
        ("plot", "there", "--width"),
        ("sweep", "pie", "--timeout"),
        ("run", "pie", "--widen"),
        ("run", "pie", "--set", "first.patience={}"),
        ("run", "pie", "--draws", "2", "--set", 'first.patience={{value=0.5, low=0.4, high={}, assumed="x"}}'),
        ("plan", "pie", "--over", "first.patience=0.5,{}"),
        ("plan", "pie", "--over", "first.patience=0.5:{}:3"),
    ],
)
def test_numbers_that_are_none_are_refused(words, number):
    """In every option that takes a number."""
    *first, last = words
    words = [*first, last.format(number)] if "{}" in last else [*words, number]
    found = CliRunner().invoke(main, words)
    assert found.exit_code == 2, found.output
    assert isinstance(found.exception, SystemExit)


@pytest.mark.parametrize("path", ["draws=3,4", "title=a,b", "question=a,b"])
def test_what_changes_no_result_is_no_axis(path):
    """A sweep along it would show nothing."""
    found = CliRunner().invoke(main, ["plan", "pie", "--over", path])
    assert found.exit_code == 2
    assert "nothing to sweep" in found.output
