"""JSON and YAML as trees whose every node knows its line and column; nothing in them is executed or resolved."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Final

from sim.formats.source_text import DEEPEST, SourceText
from sim.foundations import InputError, brief, nearest

_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


@dataclass(frozen=True, eq=False)
class LocatedNode:
    """A table, a list or a word of a file, and where it stands.

    content: key -> node, a list of nodes, or the text as it is written
    quoted:  whether a word stands in quotes, so that it is text whatever it looks like

    Example:
        >>> from pathlib import Path
        >>> file = SourceText(Path("a.json"), '{"a": [1, "x"]}', "")
        >>> found = located_json(file).member("a").rows()
        >>> found[0].number(), found[1].column, found[1].number(), file.problems[0].message
        (1.0, 11, 0.0, '"x" is no number')
    """

    source: SourceText
    line: int
    column: int
    content: dict[str, LocatedNode] | list[LocatedNode] | str
    quoted: bool = False

    def wrong(self, message: str, allowed: str = "") -> None:
        """Note that something is wrong here."""
        self.source.wrong(message, self.line, self.column, allowed)

    def table(self) -> dict[str, LocatedNode]:
        """The members; none, and a problem, where no table stands."""
        if isinstance(self.content, dict):
            return self.content
        self.wrong(f"{self._told()} stands where a table of names and values is needed")
        return {}

    def rows(self) -> list[LocatedNode]:
        """The elements; none, and a problem, where no list stands."""
        if isinstance(self.content, list):
            return self.content
        self.wrong(f"{self._told()} stands where a list is needed")
        return []

    def words(self) -> str:
        """The text; empty, with a problem, where no single word stands."""
        if isinstance(self.content, str):
            return self.content
        self.wrong(f"{self._told()} stands where a name is needed")
        return ""

    def number(self) -> float:
        """The finite number; 0, and a problem, where none stands."""
        found = self.as_number()
        if found is None or not math.isfinite(found):
            self.wrong(f"{self._told()} is no number")
            return 0.0
        return found

    def as_number(self) -> float | None:
        """The number that is written here, infinity included, or ``None``."""
        text = self.content.strip().lower() if isinstance(self.content, str) else ""
        text = text.replace(".inf", "inf").replace(".nan", "nan")
        try:
            return float(text.replace("_", "x"))
        except ValueError:
            return None

    @property
    def empty(self) -> bool:
        """Whether nothing is said here."""
        return isinstance(self.content, str) and not self.quoted and self.content.lower() in {"", "null", "~"}

    def has(self, key: str) -> bool:
        """Whether this is a table with something under the key."""
        return isinstance(self.content, dict) and key in self.content and not self.content[key].empty

    def member(self, key: str) -> LocatedNode:
        """The member of a table; an empty word, and a problem, where there is none."""
        known = self.table()
        if key in known:
            return known[key]
        if isinstance(self.content, dict):
            self.source.wrong(f'"{key}" is missing', self.line, self.column, near=nearest(key, known))
        return LocatedNode(SourceText(self.source.path, "", ""), self.line, self.column, "")  # said once is enough

    def _told(self) -> str:
        if isinstance(self.content, dict):
            return "a table"
        return "a list" if isinstance(self.content, list) else f'"{brief(self.content, 60)}"'


def located_json(file: SourceText) -> LocatedNode:
    """Read JSON.

    Raises:  InputError where it is none, with line and column
    """
    try:
        json.loads(file.text)
    except json.JSONDecodeError as error:
        file.wrong(f"not JSON: {error.msg}", error.lineno, error.colno)
        file.checked()
    except RecursionError:
        raise InputError(_too_deep(file)) from None
    except ValueError as error:  # a whole number of thousands of digits
        raise InputError(f"{file.path}: not JSON: {str(error).partition(';')[0]}") from None
    tokens = list(_TOKEN.finditer(file.text))
    starts = [0, *(found.end() for found in re.finditer("\n", file.text))]
    return _JsonTree(file, tokens, starts).node(0)


def _too_deep(file: SourceText) -> str:
    return f"{file.path}: nested too deeply: more than {DEEPEST} tables or lists within each other"


class _JsonTree:
    """Builds nodes from the tokens of a text that is known to be JSON."""

    def __init__(self, file: SourceText, tokens: list[re.Match[str]], starts: list[int]) -> None:
        self.file, self.tokens, self.starts = file, tokens, starts
        self.at = self.row = 0

    def node(self, depth: int) -> LocatedNode:
        """The value that begins at the next token."""
        if depth > DEEPEST:
            raise InputError(_too_deep(self.file))
        token = self._next()
        line, column = self._place(token)
        if token[0] == "{":
            members: dict[str, LocatedNode] = {}
            while self._peek() != "}":
                key = self._next()
                name = str(json.loads(key[0]))
                if name in members:
                    self.file.wrong(f'"{brief(name)}" stands here twice', *self._place(key))
                self._next()  # the colon
                members[name] = self.node(depth + 1)
                self._comma()
            self._next()
            return LocatedNode(self.file, line, column, members)
        if token[0] == "[":
            elements: list[LocatedNode] = []
            while self._peek() != "]":
                elements.append(self.node(depth + 1))
                self._comma()
            self._next()
            return LocatedNode(self.file, line, column, elements)
        quoted = token[0].startswith('"')
        return LocatedNode(self.file, line, column, str(json.loads(token[0])) if quoted else token[0], quoted)

    def _next(self) -> re.Match[str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def _peek(self) -> str:
        return self.tokens[self.at][0]

    def _comma(self) -> None:
        if self._peek() == ",":
            self.at += 1

    def _place(self, token: re.Match[str]) -> tuple[int, int]:
        while self.row + 1 < len(self.starts) and self.starts[self.row + 1] <= token.start():
            self.row += 1
        return self.row + 1, token.start() - self.starts[self.row] + 1
