"""A disk that is full, or takes only so much: one sentence, nothing half written, what is there stays."""

import gc
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import xarray as xr
from click.testing import CliRunner

from sim.cli.main import main
from sim.foundations import ResultsError
from sim.store.arrays_file import read_arrays, write_arrays
from tests.cli.test_bridge import TINY
from tests.scenario.small_case import write_case

ROOT = Path(__file__).parents[2]
#: Runs `sim` with files that may not grow beyond so many bytes, which is how a full disk looks to a program.
LIMITED = """
import resource, sys
if __name__ == "__main__":
    most = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    from sim.cli.main import main
    main()
"""


def limited(folder, most, *words):
    """What `sim` does where no file may be longer than so many bytes."""
    script = folder / "limited.py"
    script.write_text(LIMITED, encoding="utf-8")
    # a byte code that is cut off would stay behind
    command = [sys.executable, str(script), str(most), *map(str, words)]
    return subprocess.run(
        command,
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def files_no_longer_than(most, patch):
    """No file that this process, or one that it starts, writes meanwhile grows beyond so many bytes."""
    import resource  # not everywhere

    patch.setattr("sys.dont_write_bytecode", True)  # a byte code that is cut off would stay behind
    patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


COMMANDS = {
    "run": ("run", "small", "--draws", "20", "--no-flips", "--out", "out"),
    "sweep": ("sweep", "small", "--over", "talks.rounds=2,3", "--draws", "4", "--workers", "0", "--out", "out"),
    "analyse": ("analyse", "small", "--sensitivity", "tornado", "--draws", "4", "--out", "out"),
    "bridge": ("bridge", "tiny", "--want", "any-deal", "--draws", "10", "--out", "out"),
}


@pytest.mark.slow
@pytest.mark.parametrize("most", [10, 30_000])
@pytest.mark.parametrize("command", COMMANDS)
def test_files_that_cannot_grow(tmp_path, monkeypatch, command, most):
    """Exit code 2 and one sentence, or everything is written; no file is left half written."""
    write_case(tmp_path / "small")
    write_case(tmp_path / "tiny", TINY)
    monkeypatch.chdir(tmp_path)
    with files_no_longer_than(most, monkeypatch):
        found = CliRunner().invoke(main, COMMANDS[command])
    assert found.exception is None or isinstance(found.exception, SystemExit), repr(found.exception)
    assert found.exit_code in {0, 1, 2}, found.stderr  # 1: no bridge was found
    assert found.exit_code == 2 or most > 10
    if found.exit_code == 2:
        assert "cannot be written" in found.stderr
    for file in tmp_path.rglob("*"):
        assert not file.name.endswith(".partial")
        assert file.name != ".probe"
        if file.suffix == ".nc":
            read_arrays(file)


@pytest.mark.slow
def test_a_run_that_cannot_be_kept_is_told(tmp_path):
    """What was played is not lost on whoever waited for it."""
    write_case(tmp_path / "small")
    found = limited(tmp_path, 30_000, *COMMANDS["run"])
    assert found.returncode == 2
    assert "20 worlds" in found.stdout
    assert "error: out/results.nc cannot be written: File too large" in found.stderr


def test_arrays_are_as_they_were_or_whole(tmp_path, monkeypatch):
    """HDF5 never sees the disk; where that is full, the earlier file stays."""
    file = tmp_path / "results.nc"
    before = xr.Dataset({"x": ("draw", [1, 2])})
    write_arrays(file, before)

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(ResultsError, match="No space left on device"):
        write_arrays(file, xr.Dataset({"x": ("draw", [3])}))
    assert read_arrays(file).equals(before)
    assert [path.name for path in tmp_path.iterdir()] == ["results.nc"]


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"x" * 100, b"\x89HDF\r\n\x1a\n" + b"0" * 200])
def test_files_that_hold_no_arrays_are_told(tmp_path, content):
    """In one sentence, and nothing is left behind that complains later on."""
    file = tmp_path / "results.nc"
    file.write_bytes(content)
    with pytest.raises(ResultsError, match="cannot be read"):
        read_arrays(file)
    gc.collect()  # complaints of half-made objects are errors in tests
