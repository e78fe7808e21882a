"""A TOML file as it was read: its text, its content and its hash."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.foundations import InputError, Problem

_AT: Final = re.compile(r"\s*\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """One TOML file.

    path:   where it stands, as people would type it from the working folder
    text:   its text, lines ending in one newline character
    raw:    its content
    sha256: hash of its bytes
    """

    path: Path
    text: str
    raw: dict[str, Any]
    sha256: str

    @classmethod
    def read(cls, path: Path) -> TomlFile:
        """Read a TOML file.

        Raises:  InputError if the file is missing, is not UTF-8 or is not TOML; with line and column
        """
        path = shown(path)
        try:
            found = path.read_bytes()
        except OSError as error:
            raise InputError(Problem(f"cannot be read: {error.strerror}", file=str(path))) from None
        try:
            text = found.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = found[: error.start].count(b"\n") + 1
            column = error.start - found.rfind(b"\n", 0, error.start)
            problem = Problem("not UTF-8 text", file=str(path), line=line, column=column)
            raise InputError(problem) from None
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(_syntax_problem(str(error), text, path)) from None
        return cls(path, text, raw, hashlib.sha256(found).hexdigest())


def shown(path: Path) -> Path:
    """Shorten a path to how it is typed from the working folder, when it lies inside it."""
    resolved = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user wrote them
    here = Path.cwd()
    return resolved.relative_to(here) if resolved.is_relative_to(here) else resolved


def _syntax_problem(message: str, text: str, path: Path) -> Problem:
    lines = text.split("\n")
    at = _AT.search(message)
    line, column = len(lines), len(lines[-1]) + 1
    if at is not None and at["line"]:
        line, column = int(at["line"]), int(at["column"])
    return Problem(
        f"not TOML: {_AT.sub('', message)}",
        file=str(path),
        line=line,
        column=column,
        source=lines[line - 1] if line <= len(lines) else "",
    )
