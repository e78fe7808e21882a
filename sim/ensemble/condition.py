"""Conditions on outcomes as people write them: `ending == stalemate`, `held < 12 and declared in [truce, partial]`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.ensemble.timed_names import is_timed, not_kept
from sim.foundations import Bools, InputError, Problem, nearest

_OPERATORS: Final[Mapping[str, Callable[[np.ndarray, float], np.ndarray]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<op>==|!=|<=|>=|<|>|=)|(?P<mark>[()\[\],])"""
    r"""|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.]))|(?P<word>[^\W\d][\w.\-@]*))"""
)
#: Code of what does not occur.
_NEVER: Final = -2.0
#: What an outcome is called that names actors, where it names none.
_NOBODY: Final = "none"
_EXAMPLES: Final = "such as `signed`, `held < 12`, `terms.ISSUE == LEVEL`, `signers in [a, b]`, joined by and, or, not"


@dataclass(frozen=True)
class Column:
    """What a condition may ask about: one value for each point, and names where the values are codes.

    values: (N,) numbers or codes; nan where the point failed
    names:  name of each code, in the order of the codes; empty for plain numbers
    parts:  names that the names are joined of by " + ", where not every combination has a code
    absent: names that the case has and none of the points can, as what an overlay takes off the table
    """

    values: np.ndarray
    names: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


Columns = Mapping[str, Column]


@dataclass(frozen=True)
class Clause:
    """A part of a condition, so that it can be judged and be said.

    sign:   what is said: a comparison, ``in``, ``not in``, ``holds``; or ``and``, ``or``, ``not`` of the parts
    name:   of the outcome; empty where something is said of parts
    values: what it is compared with
    parts:  of a joined one, two or more; of ``not`` one
    """

    sign: str
    name: str = ""
    values: tuple[str | float, ...] = ()
    parts: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Condition:
    """A parsed condition; called with columns it says where it holds.

    text:   as it was written
    clause: what it says
    names:  of the outcomes that it asks about
    alone:  the outcome, where nothing is said about it; empty else
    """

    text: str
    clause: Clause
    names: tuple[str, ...] = ()
    alone: str = ""

    def __call__(self, columns: Columns) -> Bools:
        """(N,) where the condition holds.

        Raises:  InputError for a column or code that does not exist, with the nearest right name
        """
        return _holds(self.clause, columns)


def parse(text: str) -> Condition:
    """Read a condition; nothing in it is ever executed.

    Raises:  InputError saying where it stops making sense
    Example:
        >>> ending = Column(np.array([0, 1, 1]), ("truce", "stalemate"))
        >>> parse("ending == stalemate")({"ending": ending}).tolist()
        [False, True, True]
    """
    reader = _Reader(text)
    found = _either(reader)
    if reader.kind:
        raise reader.error(f'"{reader.word}" was not expected here')
    names = tuple(dict.fromkeys(reader.names))
    alone = names[0] if text.strip().strip("\"'") == names[0] else ""
    return Condition(text.strip(), found, names, alone)


class _Reader:
    """Tokens of a condition, one at a time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []
        self._tokens = self._split(text)
        self.kind, self.word, self.at = "", "", 0
        self.next()

    def next(self) -> str:
        """Move on; returns the word that was read."""
        word = self.word
        self.kind, self.word, self.at = next(self._tokens, ("", "", len(self.text)))
        return word

    def take(self, word: str) -> bool:
        """Move on if the next word is this one."""
        if self.kind != "text" and self.word == word:
            self.next()
            return True
        return False

    def error(self, message: str) -> InputError:
        return InputError(
            Problem(
                f'{message} (letter {self.at + 1} of the condition "{self.text}")', allowed=f"a condition {_EXAMPLES}"
            )
        )

    def _split(self, text: str) -> Iterator[tuple[str, str, int]]:
        at = 0
        while text[at:].strip():
            found = _TOKEN.match(text, at)
            if found is None:
                self.at = at
                raise self.error(f'"{text[at:].strip()[0]}" is nothing that a condition is made of')
            kind = str(found.lastgroup)
            word = found.group(kind)
            yield kind, word[1:-1] if kind == "text" else word, found.start(kind)
            at = found.end()


def _either(reader: _Reader) -> Clause:
    parts = [_both(reader)]
    while reader.take("or"):
        parts.append(_both(reader))
    return parts[0] if len(parts) == 1 else Clause("or", parts=tuple(parts))


def _both(reader: _Reader) -> Clause:
    parts = [_single(reader)]
    while reader.take("and"):
        parts.append(_single(reader))
    return parts[0] if len(parts) == 1 else Clause("and", parts=tuple(parts))


def _single(reader: _Reader) -> Clause:
    if reader.take("not"):
        return Clause("not", parts=(_single(reader),))
    if reader.take("("):
        inner = _either(reader)
        if not reader.take(")"):
            raise reader.error('a closing ")" is missing')
        return inner
    if reader.kind not in {"word", "text"}:
        raise reader.error("the name of an outcome is missing")
    name = reader.next()
    reader.names.append(name)
    turned = reader.take("not")
    if reader.take("in"):
        return Clause("not in" if turned else "in", name, _members(reader))
    if turned:
        raise reader.error('"not" needs "in" after it')
    if reader.kind != "op":
        return Clause("holds", name)
    sign = reader.next()
    if sign == "=":
        raise reader.error('a single "=" compares nothing; write "=="')
    return Clause(sign, name, (_value(reader),))


def _members(reader: _Reader) -> tuple[str | float, ...]:
    if not reader.take("["):
        raise reader.error('"in" needs a list such as [truce, partial]')
    values = [_value(reader)]
    while reader.take(","):
        values.append(_value(reader))
    if not reader.take("]"):
        raise reader.error('a closing "]" is missing')
    return tuple(values)


def _holds(clause: Clause, columns: Columns) -> Bools:
    """(N,) where it holds."""
    if clause.parts:
        parts = [_holds(part, columns) for part in clause.parts]
        if clause.sign == "not":
            return np.asarray(~parts[0])
        return np.asarray(np.logical_or.reduce(parts) if clause.sign == "or" else np.logical_and.reduce(parts))
    name, sign = clause.name, clause.sign
    if sign == "holds":
        return np.asarray(np.nan_to_num(_column(columns, name).values) != 0)
    if sign in _OPERATORS:
        return _compared(columns, name, sign, _OPERATORS[sign], clause.values[0])
    column = _column(columns, name)
    found = np.isin(column.values, [_code(column, name, value) for value in clause.values])
    return np.asarray(found if sign == "in" else ~found)


def _value(reader: _Reader) -> str | float:
    if reader.kind not in {"word", "text", "number"}:
        raise reader.error("a value is missing")
    kind = reader.kind
    word = reader.next()
    return float(word) if kind == "number" else word


def _compared(
    columns: Columns, name: str, sign: str, compare: Callable[[np.ndarray, float], np.ndarray], value: str | float
) -> Bools:
    column = _column(columns, name)
    if column.names and sign not in {"==", "!="}:
        raise InputError(
            Problem(f'"{name}" has no order, so "{sign}" means nothing', allowed=f"{name} == {column.names[0]}")
        )
    return np.asarray(compare(column.values, _code(column, name, value)), bool)


def _column(columns: Columns, name: str) -> Column:
    if name in columns:
        return columns[name]
    if is_timed(name):
        raise InputError(not_kept(name))
    raise InputError(
        Problem(f'there is no outcome "{name}"', allowed=", ".join(_short(columns)), nearest=nearest(name, columns))
    )


def _short(columns: Columns) -> list[str]:
    """Names of the outcomes; numbers of the scenario, which are many, are left out."""
    return [name for name in columns if "." not in name]


def _code(column: Column, name: str, value: str | float) -> float:
    if isinstance(value, float):
        if column.names:
            raise InputError(Problem(f'"{name}" is one of {", ".join(column.names)}, not {value:g}'))
        return value
    if not column.names and value in {"true", "false", "yes", "no"}:
        return float(value in {"true", "yes"})
    if value in column.names:
        return float(column.names.index(value))
    asked = value.split(" + ")
    if value in column.absent or (column.parts and value == _NOBODY):  # as some world may have it, but none of these
        return _NEVER
    if column.parts and set(asked) <= set(column.parts):  # together, in whatever order they are named
        whole = " + ".join(part for part in column.parts if part in asked)
        return float(column.names.index(whole)) if whole in column.names else _NEVER
    if not column.names and _is_number(value):
        return float(value)
    allowed = ", ".join(column.names) or "a number"
    near = nearest(value, (*column.names, *column.absent))
    raise InputError(Problem(f'"{name}" is never "{value}"', allowed=allowed, nearest=near))


def _is_number(text: str) -> bool:
    """Whether a text in quotes is a number written out."""
    try:
        float(text)
    except ValueError:
        return False
    return True
