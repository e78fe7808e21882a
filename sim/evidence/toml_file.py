"""A TOML file as it was read: its text, its content and its hash."""

from __future__ import annotations

import hashlib
import os
import pickle
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sim.foundations import InputError, Problem, brief

#: No scenario needs more tables and lists within each other than this.
_DEEPEST: Final = 50
_TOKEN: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""'
    r"|'''.*?'''"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    rf"|(?P<dotted>(?:[\w-]+[ \t]*\.[ \t]*){{{_DEEPEST},}})"
    r"|[\[\]{}]",
    re.DOTALL,
)
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
            raise InputError(Problem(f"cannot be read: {error.strerror}", file=brief(str(path)))) from None
        except ValueError as error:  # a NUL in the path
            raise InputError(Problem(f"cannot be read: {error}", file=brief(str(path)))) from None
        try:
            text = found.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = found[: error.start].count(b"\n") + 1
            column = error.start - found.rfind(b"\n", 0, error.start)
            problem = Problem("not UTF-8 text", file=str(path), line=line, column=column)
            raise InputError(problem) from None
        if (at := _too_deep(text)) is not None:
            raise InputError(_at(text, at, f"nested too deeply: more than {_DEEPEST} brackets within brackets", path))
        try:
            raw = pickle.loads(_content(text))  # noqa: S301 - pickled below
        except tomllib.TOMLDecodeError as error:
            raise InputError(_syntax_problem(str(error), text, path)) from None
        except ValueError as error:  # a whole number of thousands of digits
            message = f"not TOML: {str(error).partition(';')[0]}"
            raise InputError(_at(text, _longest_digits(text), message, path)) from None
        return cls(path, text, raw, hashlib.sha256(found).hexdigest())


def shown(path: Path) -> Path:
    """Shorten a path to how it is typed from the working folder, when it lies inside it."""
    resolved = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user wrote them
    here = Path.cwd()
    return resolved.relative_to(here) if resolved.is_relative_to(here) else resolved


def is_file(path: Path) -> bool:
    r"""Whether a path leads to a file; one that is too long, or holds a NUL, leads nowhere.

    Example:
        >>> is_file(Path("x" * 10_000)), is_file(Path("x\0y"))
        (False, False)
    """
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; see ``is_file``."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


@lru_cache(maxsize=64)
def _content(text: str) -> bytes:
    """What a text holds, pickled: a base is read again below each of its overlays, and parsed once."""
    return pickle.dumps(tomllib.loads(text))


@lru_cache(maxsize=64)
def _too_deep(text: str) -> int | None:
    """Where brackets, or the keys of one dotted path, first stand deeper in each other than any scenario needs."""
    depth = 0
    for token in _TOKEN.finditer(text):
        first = token[0][0]
        if first in "[{":
            depth += 1
        elif first in "]}":
            depth = max(0, depth - 1)
        if depth > _DEEPEST or token["dotted"]:
            return token.start()
    return None


def _longest_digits(text: str) -> int:
    runs = [(len(run[0]), run.start()) for run in re.finditer(r"\d[\d_]*", text)]
    return max(runs, default=(0, 0))[1]


def _at(text: str, offset: int, message: str, path: Path) -> Problem:
    """A problem at a character of the text."""
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Problem(message, file=str(path), line=line, column=column, source=_quotable(text, line, path))


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
        source=_quotable(text, line, path),
    )


def _quotable(text: str, line: int, path: Path) -> str:
    """A line as it is quoted in a message; of a file that is called something else than TOML nothing is."""
    lines = text.split("\n") if path.suffix == ".toml" else []
    return lines[line - 1] if line <= len(lines) else ""
