"""Texts whose letters no font here has, told in one warning however many figures show them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

#: Stands for a letter that no font has.
MISSING: Final = "\ufffd"
_NAMED: Final = 3  # texts that the warning repeats
_QUOTED: Final = 60  # letters of a text that it repeats

_gathered: ContextVar[dict[str, None] | None] = ContextVar("gathered texts", default=None)


@contextmanager
def missing_letters_told_once() -> Iterator[dict[str, None]]:
    """Draw several figures: texts that lose letters are told at the end, once for all of them.

    Yields the texts gathered so far, as keys in their order; within another one, that one tells.

    Example:
        >>> with warnings.catch_warnings(record=True) as caught, missing_letters_told_once():
        ...     warnings.simplefilter("always")
        ...     tell_missing_letters(["𒀀"])
        ...     tell_missing_letters(["𒀀", "𒀂"])
        >>> [str(warning.message).split(";")[0] for warning in caught]
        ['no font here has all letters of "𒀀", "𒀂"']
    """
    outer = _gathered.get()
    if outer is not None:
        yield outer
        return
    lost: dict[str, None] = {}
    token = _gathered.set(lost)
    try:
        yield lost
    finally:
        _gathered.reset(token)
        tell_missing_letters(lost)


def tell_missing_letters(words: Iterable[str]) -> None:
    """Warn of texts that lose letters, or leave it to whoever gathers them."""
    lost = dict.fromkeys(words)
    gathered = _gathered.get()
    if gathered is not None:
        gathered.update(lost)
    elif lost:
        quoted = ", ".join(f'"{_short(one)}"' for one in list(lost)[:_NAMED])
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        warnings.warn(
            f"no font here has all letters of {quoted}{more}; the figure shows {MISSING} instead. A font such as "
            '"Noto Sans CJK SC" would help',
            stacklevel=3,
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"
