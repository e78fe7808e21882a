"""Versions and commits, with and without git."""

import shutil
import subprocess

import pytest

from sim.store import provenance
from sim.store.provenance import git_state, own_version, package_versions

GIT = shutil.which("git")


def git(folder, *arguments):
    """Run git in a folder with a made-up author."""
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run([GIT, "-C", str(folder), *named, *arguments], check=True, capture_output=True)


def test_versions_are_known():
    """Of Python, of the packages, of this one."""
    assert {"python", "numpy", "xarray"} <= set(package_versions())
    assert own_version()


def test_outside_of_a_work_tree_there_is_no_commit(tmp_path, monkeypatch):
    """A scenario may lie anywhere."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert git_state(tmp_path) is None


def test_without_git_there_is_no_commit(tmp_path, monkeypatch):
    """Git need not be installed."""
    monkeypatch.setattr(provenance.shutil, "which", lambda _name: None)
    assert git_state(tmp_path) is None


@pytest.mark.skipif(GIT is None, reason="needs git")
def test_a_changed_file_is_dirty(tmp_path):
    """Commit and flag, before anything is written."""
    git(tmp_path, "init", "--quiet")
    assert git_state(tmp_path) is None
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", "a")
    git(tmp_path, "commit", "--quiet", "-m", "one")
    clean = git_state(tmp_path)
    assert len(clean["commit"]) == 40
    assert clean["dirty"] is False
    (tmp_path / "a").write_text("2")
    assert git_state(tmp_path)["dirty"] is True
