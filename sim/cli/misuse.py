"""What is wrong with a word of the command line, in plain words."""

from __future__ import annotations

import re
from typing import Final

import click

from sim.foundations import nearest

_NUMBERS: Final = re.compile(r"'(?P<word>.*)' is not a valid (?P<kind>integer|float)( range)?\.", re.DOTALL)
_RANGE: Final = re.compile(r"(?P<word>\S+) is not in the range (?P<range>\S+?)\.")
_CHOICE: Final = re.compile(r"'(?P<word>.*)' is not one of (?P<choices>'.*')\.", re.DOTALL)


def plainly(error: click.BadParameter) -> click.BadParameter:
    """Return an error of the parser that is said as people would say it; others as they are."""
    told = plain_words(error.message)
    if told == error.message:
        return error
    return click.BadParameter(told, error.ctx, error.param, error.param_hint)


def plain_words(message: str) -> str:
    """What the parser says, in plain words where there are some for it.

    Example:
        >>> plain_words("'ten' is not a valid integer range.")
        '"ten" is not a whole number.'
        >>> plain_words("0 is not in the range x>=1.")
        '0 is too low: 1 or more is needed.'
        >>> plain_words("'truse' is not one of 'truce', 'partial'.")
        '"truse" is none of: truce, partial. Did you mean truce?'
    """
    if found := _NUMBERS.fullmatch(message):
        return f'"{found["word"]}" is not a {"whole " if found["kind"] == "integer" else ""}number.'
    if found := _RANGE.fullmatch(message):
        if least := re.fullmatch(r"x>(=?)(\S+)", found["range"]):
            needed = f"{least[2]} or more" if least[1] else f"a number above {least[2]}"
            return f"{found['word']} is too low: {needed} is needed."
        return message
    if found := _CHOICE.fullmatch(message):
        choices = re.findall(r"'([^']*)'", found["choices"])
        near = nearest(found["word"], choices)
        hint = f" Did you mean {near}?" if near else ""
        return f'"{found["word"]}" is none of: {", ".join(choices)}.{hint}'
    return message
