"""Line and column of every key and value of a TOML text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from sim.evidence import Place
from sim.foundations import Problem

_SPACE: Final = re.compile(r"[ \t]*")
_BLANK: Final = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_BARE_KEY: Final = re.compile(r"[^\s.=\[\]{},#\"']+")
_SCALAR: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")
_STRING: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something stands, in characters from the start of the text.

    key:        first character of its key; of the value for elements of arrays
    start, end: the text of its value; equal for tables that have a header and no text of their own
    """

    key: int
    start: int
    end: int


class Locator:
    r"""Finds the place of any key path in a text that the standard library accepts as TOML.

    Example:
        >>> found = Locator('a = 1\n[b]\nc = [10, { d = "x" }]\n')
        >>> found.place(("b", "c", 1, "d")), found.value(("b", "c", 0))
        ((3, 12), '10')
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks: dict[Place, Mark] = {}
        self._at = 0
        self._arrays: dict[Place, int] = {}  # arrays of tables: how many elements so far
        self._scan()

    def place(self, path: Place) -> tuple[int, int]:
        """1-based line and column of the key at ``path``, or of the nearest table above it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.line_column(self.marks[path].key) if path else (1, 1)

    def spot(self, path: Place, *, of_key: bool = False) -> tuple[int, int]:
        r"""1-based line and column of what is wrong at ``path``: its value where that stands there, else its key.

        Of an inline table the key is shown, since the whole of it is meant.

        Example:
            >>> found = Locator('a = "x"\nb = { c = 1 }\n')
            >>> found.spot(("a",)), found.spot(("a",), of_key=True), found.spot(("b",)), found.spot(("b", "d"))
            ((1, 5), (1, 1), (2, 1), (2, 1))
        """
        mark = self.marks.get(path)
        if of_key or mark is None or self.text[mark.start : mark.start + 1] in ("{", "") or mark.start == mark.end:
            return self.place(path)
        return self.line_column(mark.start)

    def value(self, path: Place) -> str:
        """Text of the value at ``path``; empty for tables with a header."""
        mark = self.marks[path]
        return self.text[mark.start : mark.end]

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a character."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def locate(self, problem: Problem, file: str) -> Problem:
        """Add file, line, column and the line itself to a problem that names its keys."""
        part = (*problem.path, problem.message.split(" ", 1)[0])  # "value 1.4 is ..." is about `value` of the table
        path = part if part in self.marks and not problem.of_key else problem.path
        line, column = self.spot(path, of_key=problem.of_key)
        source = self.text.split("\n")[line - 1]
        return replace(problem, file=file, line=line, column=column, source=source)

    def _scan(self) -> None:
        table: Place = ()
        while True:
            self._skip(_BLANK)
            if self._at >= len(self.text):
                return
            if self.text.startswith("[[", self._at):
                table = self._header(2)
            elif self.text[self._at] == "[":
                table = self._header(1)
            else:
                self._pair(table)

    def _header(self, brackets: int) -> Place:
        self._at += brackets
        keys = self._keys()
        self._at += brackets
        path: Place = ()
        for index, (name, offset) in enumerate(keys):
            path = (*path, name)
            last = index == len(keys) - 1
            if last and brackets == 1:
                self.marks[path] = Mark(offset, offset, offset)
            else:
                self.marks.setdefault(path, Mark(offset, offset, offset))
            if last and brackets == 2:
                self._arrays[path] = self._arrays.get(path, 0) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path] - 1)
                self.marks.setdefault(path, Mark(offset, offset, offset))
        return path

    def _keys(self) -> list[tuple[str, int]]:
        """Read a dotted key: names and where each begins."""
        keys = []
        while True:
            self._skip(_SPACE)
            start = self._at
            if self.text[start] in "\"'":
                self._skip(_STRING)
                name = _unquoted(self.text[start : self._at])
            else:
                self._skip(_BARE_KEY)
                name = self.text[start : self._at]
            keys.append((name, start))
            self._skip(_SPACE)
            if self.text[self._at] != ".":
                return keys
            self._at += 1

    def _pair(self, table: Place) -> None:
        keys = self._keys()
        self._at += 1  # the equals sign
        self._skip(_SPACE)
        path = table
        for name, offset in keys[:-1]:
            path = (*path, name)
            self.marks.setdefault(path, Mark(offset, offset, offset))
        name, offset = keys[-1]
        self._value((*path, name), offset)

    def _value(self, path: Place, key: int | None = None) -> None:
        start = self._at
        # the mark is made before those of the parts, so that marks stand in the order of the text
        self.marks[path] = Mark(start, start, start)
        opening = self.text[start]
        if opening in "\"'":
            self._skip(_STRING)
        elif opening in "[{":
            self._at += 1
            self._parts(path, table=opening == "{")
        else:
            self._skip(_SCALAR)
        self.marks[path] = Mark(start if key is None else key, start, self._at)

    def _parts(self, path: Place, *, table: bool) -> None:
        index = 0
        while True:
            self._skip(_BLANK)
            if self.text[self._at] in "]}":
                self._at += 1
                return
            if self.text[self._at] == ",":
                self._at += 1
            elif table:
                self._pair(path)
            else:
                self._value((*path, index))
                index += 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self._at)
        if found is None:
            raise ValueError(f"character {self._at} is not TOML")
        self._at = found.end()


@lru_cache(maxsize=64)
def located(text: str) -> Locator:
    """The places of a text, found once for all that is told of it; nobody may change them."""
    return Locator(text)


def _unquoted(key: str) -> str:
    """The name that a key in quotes means."""
    return str(tomllib.loads(f"x = {key}")["x"]) if "\\" in key else key[1:-1]
