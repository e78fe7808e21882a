"""The first use of each word of the glossary in some sentences, as a link to what it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sim.report.pieces import Span, Words
from sim.words.glossary import WORDS, Word, slug

#: Words whose first use in an answer is linked: those that a reader meets there in a sense of their own.
_LINKED: Final = (
    (r"drawn worlds?", "world"),
    (r"fit what was observed", "fits what was observed"),
    (r"there is no deal", "no deal"),
    (r"a deal was signed and broke", "broken deal"),
    (r"arms had decided|[Aa]rms decide|arms could never decide", "arms decide"),
    (r"red lines?", "red line"),
    (r"conventions?", "convention"),
    (r"patience", "patience"),
    (r"±", "±, interval"),
)


def linked(text: str, seen: set[str], words: Sequence[Word] = WORDS) -> Words:
    """Link the first use of each word to its meaning, which stands in the hint as well.

    Args:
        seen:  words that were linked before; those linked now are added
        words: those of the case; no others are linked
    Example:
        >>> seen = set()
        >>> [getattr(part, "target", part) for part in linked("It takes patience.", seen)], linked("Patience.", seen)
        (['It takes ', 'word-patience', '.'], ('Patience.',))
    """
    known = {word.name: word for word in words}
    found: list[tuple[int, int, Word]] = []
    for pattern, name in _LINKED:
        match = None if name in seen or name not in known else re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text)
        if match is not None and not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), known[name]))
            seen.add(name)
    parts: list[str | Span] = []
    at = 0
    for start, end, word in sorted(found, key=lambda item: item[0]):
        parts += [text[at:start], Span(text[start:end], "word", slug(word), word.meaning)]
        at = end
    return (*parts, text[at:])
