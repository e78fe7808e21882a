"""The tree of errors that a user of the package may meet.

::

    SimError                 anything this package refuses, with the remedy in its text
      InputError             what the user wrote is wrong: exit code 2, lists every problem at once
      UnknownNameError       a registry has no such member; carries the nearest right name
      ShapeError             arrays that do not fit together
      ResultsError           a results folder that cannot be read or written
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


class SimError(Exception):
    """Base of every error raised on purpose by this package."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input file.

    message: what is wrong, in a sentence
    path:    keys from the top of the file down to the place, e.g. ``("actors", "russia", "patience")``
    allowed: what would have been right, in a phrase; where the message holds it too, it is told once
    nearest: the nearest right name, or ``None``
    file:    the file the problem is in; ``None`` until located
    line, column: 1-based place in that file; 0 until located
    source:  the offending line of text; empty until located
    of_key:  whether the last key itself is wrong rather than what stands there
    """

    message: str
    path: tuple[str | int, ...] = ()
    allowed: str = ""
    nearest: str | None = None
    file: str | None = None
    line: int = 0
    column: int = 0
    source: str = ""
    of_key: bool = False

    @property
    def where(self) -> str:
        """``file:line:column`` as far as known, else the dotted path."""
        dotted = ".".join(str(key) for key in self.path)
        if self.file is None:
            return dotted
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


#: More of what somebody wrote tells nothing more about what is wrong with it.
_BRIEF = 160


def brief(text: str, most: int = _BRIEF) -> str:
    r"""What somebody wrote, on one line and no longer than helps.

    Example:
        >>> brief("a\nb"), brief("x" * 50, 9)
        ('a b', 'xxxx…xxxx')
    """
    flat = "".join(letter if letter.isprintable() else " " for letter in text)
    return flat if len(flat) <= most else f"{flat[: most // 2]}…{flat[-(most // 2) :]}"


class InputError(SimError):
    """The user's input cannot be used; ``problems`` lists everything found, not only the first."""

    def __init__(self, problems: Problem | str | Sequence[Problem]) -> None:
        if isinstance(problems, str):
            problems = [Problem(problems)]
        elif isinstance(problems, Problem):
            problems = [problems]
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(f"{p.where}: {p.message}" if p.where else p.message for p in self.problems))


class UnknownNameError(InputError):
    """A name that nothing is registered under.

    Example:
        >>> str(UnknownNameError("protocol", "alternatin", ["alternating-offers", "single-text"]))
        'no protocol is called "alternatin"; did you mean "alternating-offers"? Known: alternating-offers, single-text'
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = nearest(name, names)
        hint = f'; did you mean "{near}"?' if near else "."
        super().__init__(Problem(f'no {kind} is called "{name}"{hint} Known: {", ".join(names)}', nearest=near))


class ShapeError(SimError):
    """Arrays whose shapes do not fit together."""


class ResultsError(SimError):
    """A results folder that is missing, incomplete or cannot be written."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``name``, or ``None`` when nothing is close.

    Example:
        >>> nearest("patiense", ["patience", "power"])
        'patience'
    """
    names = list(known)
    folded = {candidate.casefold(): candidate for candidate in names}
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    if found:
        return folded[found[0]]
    started = [candidate for key, candidate in folded.items() if key.startswith(name.casefold())]
    return started[0] if len(name) > 2 and started else None
