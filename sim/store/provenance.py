"""What the numbers were made with: versions, commit, command line; without naming anybody's folders."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

#: Packages whose version can change a number or a figure.
PACKAGES: Final = ("numpy", "scipy", "xarray", "h5netcdf", "matplotlib", "pydantic")
DISTRIBUTION: Final = "negotiation-sim"


def package_versions() -> dict[str, str]:
    """Versions of Python and of the packages that results depend on."""
    return dict(_installed())


@cache
def _installed() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def own_version() -> str:
    """Version of this package; ``unknown`` when it runs without being installed."""
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def own_commit() -> str | None:
    """Commit of the clone that this program runs from, with "+" where something differs; ``None`` if it is no clone."""
    folder, git = Path(__file__).parents[1], shutil.which("git")
    if git is None or _git(git, folder, "ls-files", "--error-unmatch", "__init__.py") is None:
        return None
    state = git_state(folder)
    return None if state is None else f"{str(state['commit'])[:10]}{'+' if state['dirty'] else ''}"


def git_state(folder: Path) -> dict[str, str | bool] | None:
    """Commit and whether anything differs from it, of the work tree a folder lies in.

    Returns:
        ``{"commit": ..., "dirty": ...}``; ``None`` without git, outside of a work tree, or without a commit
    """
    git = shutil.which("git")
    if git is None:
        return None
    commit = _git(git, folder, "rev-parse", "HEAD")
    changes = _git(git, folder, "status", "--porcelain")
    if commit is None or changes is None:
        return None
    return {"commit": commit.strip(), "dirty": bool(changes.strip())}


def _git(git: str, folder: Path, *arguments: str) -> str | None:
    # No optional locks: looking at the state must not write to the repository.
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0"}
    try:
        found = subprocess.run(  # noqa: S603 - our own fixed arguments
            [git, "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=20,
            env=environment,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return found.stdout if found.returncode == 0 else None


def without_folders(arguments: Sequence[str]) -> list[str]:
    """A command line in which absolute paths are shortened, so that no home directory is told.

    Example:
        >>> without_folders(["run", "scenarios/pie", "--out=/home/me/there", "--draws", "5"])
        ['run', 'scenarios/pie', '--out=there', '--draws', '5']
    """
    return [_shortened(word) for word in arguments]


def _shortened(word: str) -> str:
    option, equals, value = word.partition("=") if word.startswith("--") else ("", "", word)
    path = Path(value)
    if path.is_absolute():
        here = Path.cwd()
        value = path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
    return f"{option}{equals}{value}"
