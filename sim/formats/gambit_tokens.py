"""Words of the files that Gambit writes, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NoReturn, TypeVar

from sim.foundations import InputError, Problem, brief

_TOKEN: Final = re.compile(
    r'\s+|(?P<text>"(?:[^"\\]|\\.)*")|(?P<mark>[{},])|(?P<word>[^\s{},"]+)|(?P<bad>.)', re.DOTALL
)
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class GambitToken:
    """A word of a file.

    kind:   text in quotes, a mark (brace or comma), a word (number or letter), or the end of the file
    text:   what it says, quotes taken off
    line, column: where it begins, from 1
    """

    kind: Literal["text", "mark", "word", "end"]
    text: str
    line: int
    column: int


class GambitTokens:
    """The words of a file one after another; what is not as it should be is told with its place.

    Source:  file formats of Gambit (McKelvey, McLennan & Turocy), described in its documentation
    Example:
        >>> tokens = GambitTokens('NFG 1 R "a game" { 1/2 }', "a.nfg")
        >>> [tokens.word("NFG"), tokens.word("a version"), tokens.word("R"), tokens.string("a title")]
        ['NFG', '1', 'R', 'a game']
        >>> tokens.braced("payoffs", lambda: tokens.number("a payoff"))
        [0.5]
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.tokens: list[GambitToken] = []
        line, start = 1, 0
        for match in _TOKEN.finditer(text):
            kind, found, column = match.lastgroup, match.group(), match.start() - start + 1
            if kind == "bad":
                self._refuse("a quotation mark is never closed", GambitToken("word", found, line, column))
            if kind is not None:
                shown = re.sub(r"\\(.)", r"\1", found[1:-1]) if kind == "text" else found
                name: Literal["text", "mark", "word"] = (
                    "text" if kind == "text" else "mark" if kind == "mark" else "word"
                )
                self.tokens.append(GambitToken(name, shown, line, column))
            if "\n" in found:
                line += found.count("\n")
                start = match.start() + found.rindex("\n") + 1
        self.tokens.append(GambitToken("end", "", line, max(1, len(text) - start + 1)))
        self.place = 0

    @property
    def next(self) -> GambitToken:
        """The word that comes next."""
        return self.tokens[self.place]

    def wrong(self, wanted: str) -> NoReturn:
        """Refuse the next word, as something else is due.

        Raises:  InputError with its place
        """
        token = self.next
        found = "the file ends" if token.kind == "end" else f'there is "{brief(token.text, 40)}"'
        self._refuse(f"{wanted} is due here, and {found}", token)

    def _refuse(self, message: str, token: GambitToken) -> NoReturn:
        source = self.lines[token.line - 1] if token.line <= len(self.lines) else ""
        raise InputError(Problem(message, file=self.file, line=token.line, column=token.column, source=brief(source)))

    def refuse(self, message: str, token: GambitToken) -> NoReturn:
        """Refuse a word that was read.

        Raises:  InputError with its place
        """
        self._refuse(message, token)

    def take(self) -> GambitToken:
        """The next word, whatever it is."""
        token = self.next
        self.place += token.kind != "end"
        return token

    def at(self, *marks: str) -> bool:
        """Whether the next word is one of these marks."""
        return self.next.kind == "mark" and self.next.text in marks

    def mark(self, mark: str) -> None:
        """Take a brace or a comma."""
        if not self.at(mark):
            self.wrong(f'"{mark}"')
        self.take()

    def word(self, wanted: str) -> str:
        """Take a word that is not in quotes."""
        if self.next.kind != "word":
            self.wrong(wanted)
        return self.take().text

    def string(self, wanted: str) -> str:
        """Take a text in quotes."""
        if self.next.kind != "text":
            self.wrong(f"{wanted} in quotes")
        return self.take().text

    def strings(self, wanted: str) -> list[str]:
        """Take texts in quotes between braces."""
        return self.braced(wanted, lambda: self.string(wanted))

    def whole(self, wanted: str) -> int:
        """Take a whole number that is not negative."""
        token = self.next
        if token.kind != "word" or not token.text.isdecimal():
            self.wrong(wanted)
        return int(self.take().text)

    def number(self, wanted: str) -> float:
        """Take a number: 2, -0.5, 1e-3 or 1/3."""
        token = self.next
        try:
            found = float(Fraction(token.text)) if token.kind == "word" else None
        except (ValueError, ZeroDivisionError, OverflowError):
            found = None
        if found is None:
            self.wrong(wanted)
        self.take()
        return found

    def braced(self, wanted: str, one: Callable[[], _Item]) -> list[_Item]:
        """Take items between braces, with or without commas."""
        if not self.at("{"):
            self.wrong(f'"{{" before {wanted}')
        opened = self.take()
        found: list[_Item] = []
        while not self.at("}"):
            if self.next.kind == "end":
                self.refuse(f'"{{" before {wanted} is never closed', opened)
            if self.at(","):
                self.take()
                continue
            found.append(one())
        self.take()
        return found
