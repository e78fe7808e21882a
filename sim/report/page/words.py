"""The box of words used in a report, and the first use of each as a link to it."""

from __future__ import annotations

import re
from typing import Final

from sim.report.page.markup import Markup, element, escaped, joined
from sim.words.glossary import WORDS, Word, slug

TITLE: Final = "Words used here"
#: Words whose first use in the answer is linked: those that a reader meets there in a sense of their own.
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


def words_box() -> Markup:
    """Write the box, closed on a screen; on paper it stands at the end of the page instead."""
    return element("details", element("summary", TITLE), _listed(linked=True), class_="repeated words", id="words")


def words_on_paper() -> Markup:
    """Write the same for paper only, where a closed box could not be opened."""
    return element("div", element("h2", TITLE), _listed(linked=False), class_="on-paper")


def linked(text: str, seen: set[str]) -> Markup:
    """Link the first use of each word to its meaning, which stands in the title as well.

    Args:
        seen: words that were linked before; those linked now are added
    Example:
        >>> seen = set()
        >>> "word-patience" in linked("It takes patience.", seen), linked("Patience <again>.", seen)
        (True, 'Patience &lt;again&gt;.')
    """
    meanings = {word.name: word for word in WORDS}
    found: list[tuple[int, int, Word]] = []
    for pattern, name in _LINKED:
        match = None if name in seen else re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text)
        if match is not None and not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), meanings[name]))
            seen.add(name)
    parts: list[Markup] = []
    at = 0
    for start, end, word in sorted(found, key=lambda item: item[0]):
        parts.append(escaped(text[at:start]))
        parts.append(element("a", text[start:end], href=f"#{slug(word)}", title=word.meaning, class_="word"))
        at = end
    return joined([*parts, escaped(text[at:])])


def _listed(*, linked: bool) -> Markup:
    pairs = [
        element("div", element("dt", word.name, id=slug(word) if linked else None), element("dd", word.meaning))
        for word in WORDS
    ]
    return element("dl", *pairs, class_="facts-list")
