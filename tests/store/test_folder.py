"""Where runs go, and what is refused before anything is played."""

import shutil
from typing import NamedTuple

import pytest

from sim.foundations import ResultsError
from sim.store import folder as folders
from sim.store.folder import clear_told, handed_over, prepare_folder, write_atomically


class Usage(NamedTuple):
    """A disk with a thousand bytes free."""

    total: int = 1000
    used: int = 0
    free: int = 1000


def test_a_new_folder_is_made_and_left_empty(tmp_path):
    """The probe is gone."""
    prepare_folder(tmp_path / "a" / "b", "case", draws=10, numbers=10)
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_file_in_the_way_is_named(tmp_path):
    """Before the run, not after it."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ResultsError, match="is a file"):
        prepare_folder(tmp_path / "out", "case", draws=10, numbers=10)
    with pytest.raises(ResultsError, match="cannot be written"):
        prepare_folder(tmp_path / "out" / "below", "case", draws=10, numbers=10)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    """Nobody's holiday pictures are overwritten."""
    (tmp_path / "picture").write_text("x")
    with pytest.raises(ResultsError, match="something else"):
        prepare_folder(tmp_path, "case", draws=10, numbers=10)


def test_a_full_disk_is_told_before_the_run(tmp_path, monkeypatch):
    """With what it takes."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage())
    with pytest.raises(ResultsError, match="MB free"):
        prepare_folder(tmp_path, "case", draws=10, numbers=10)


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    """Whole or as it was."""
    write_atomically(tmp_path / "x", b"old")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "fsync", full)
    with pytest.raises(ResultsError, match="No space left"):
        write_atomically(tmp_path / "x", b"new")
    assert (tmp_path / "x").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_only_what_tells_of_earlier_results_is_cleared(tmp_path):
    """And pages, briefs and tables of earlier results; notes that somebody put there stay."""
    (tmp_path / "figures").mkdir()
    for name in ("brief.html", "brief.docx", "tables.xlsx", "report.html", "notes.docx"):
        (tmp_path / name).write_text("x")
    assert len(handed_over(tmp_path)) == 4
    for name in ("a.png", "a.svg", "notes.txt"):
        (tmp_path / "figures" / name).write_text("x")
    clear_told(tmp_path)
    assert handed_over(tmp_path) == ()
    assert (tmp_path / "notes.docx").is_file()
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["notes.txt"]
