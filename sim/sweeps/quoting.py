"""Lists on one line whose entries may hold the signs that part them, if they stand in quotes."""

from __future__ import annotations

import re
from typing import Final

#: What parts choices, levels of one choice, and the ends of a stretch of levels.
_SIGNS: Final = r"(?:,|\||\.\.)"
#: One entry in quotes, up to the sign that ends it.
_QUOTED: Final = re.compile(rf"""\s*("(?:[^"]|"")*"|'(?:[^']|'')*')\s*(?={_SIGNS}|$)""")
_TOKEN: Final = re.compile(rf"{_SIGNS}|.", re.DOTALL)


def parted(text: str, sign: str) -> list[str]:
    """Part a line at one of the signs ``,``, ``|`` and ``..``, except within entries in quotes; the quotes stay.

    A quote opens only where an entry begins, so that an apostrophe within a word is none.

    Example:
        >>> parted('"a, b"|c, d', ","), parted("don't, won't", ","), parted("a..'b..c'", "..")
        (['"a, b"|c', 'd'], ["don't", "won't"], ['a', "'b..c'"])
    """
    parts, at, begins = [""], 0, True
    while at < len(text):
        quoted = _QUOTED.match(text, at) if begins else None
        found = quoted or _TOKEN.match(text, at)
        assert found is not None
        at, begins = found.end(), quoted is None and re.fullmatch(_SIGNS, found[0]) is not None
        if begins and found[0] == sign:
            parts.append("")
        else:
            parts[-1] += found[0]
    return [part.strip() for part in parts]


def unquoted(entry: str) -> str:
    r"""An entry without the quotes around it; a quote within them is written twice.

    Example:
        >>> unquoted('"say ""yes"" now"'), unquoted("plain"), unquoted("'a|b'")
        ('say "yes" now', 'plain', 'a|b')
    """
    entry = entry.strip()
    if not _QUOTED.fullmatch(entry):
        return entry
    return entry[1:-1].replace(entry[0] * 2, entry[0])
