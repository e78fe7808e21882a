"""Comparison of an article's claims with the reader's own copy of the text; nothing of the text is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.evidence.claims import Article
from sim.foundations import InputError, Problem, nearest


@dataclass(frozen=True, slots=True)
class Verification:
    """What the comparison found.

    text:       which of the articles it is compared with; empty for that of [article]
    expected:   SHA-256 in the evidence file
    found:      SHA-256 of the copy
    line_ends:  the copy matches once its line ends, or the newline at its end, are disregarded
    paragraphs: number of non-empty lines of the copy
    beyond:     names of claims whose paragraph the copy does not have
    """

    expected: str
    found: str
    line_ends: bool
    paragraphs: int
    beyond: tuple[str, ...]
    text: str = ""

    @property
    def same_text(self) -> bool:
        """Whether the copy is the text that the claims were taken from."""
        return self.expected == self.found or self.line_ends

    @property
    def matches(self) -> bool:
        """Whether text and paragraph numbers both fit."""
        return self.same_text and not self.beyond


def verify_source(article: Article, copy: Path, text: str = "") -> Verification:
    """Hash the reader's copy of one of the articles and count its paragraphs.

    Raises:  InputError if the copy cannot be read
    """
    found = _bytes(copy)
    sha256 = article.texts[text].sha256
    count = paragraphs(found)
    own = {name: claim for name, claim in article.claims.items() if claim.article == text}
    return Verification(
        expected=sha256,
        found=hashlib.sha256(found).hexdigest(),
        line_ends=sha256 in _spellings(found),
        paragraphs=count,
        beyond=tuple(name for name, claim in own.items() if claim.paragraph > count),
        text=text,
    )


def verify_sources(article: Article, copies: Sequence[tuple[str | None, Path]]) -> tuple[Verification, ...]:
    """Compare copies of several articles, each with its own.

    Args:
        copies: files, each with the name of its article; without one, the article is that of the same hash, else the
                first that no other copy is of
    Raises:  InputError for a name that no article has, or a copy too many
    """
    left = dict(article.texts)
    of: dict[int, str] = {}
    for at, (name, _) in enumerate(copies):
        if name is not None:
            if name not in left:
                known = ", ".join(filter(None, article.texts)) or "FILE alone: there is one article"
                message = f'the evidence has no article "{name}", or it has been named twice'
                raise InputError(Problem(message, allowed=known, nearest=nearest(name, list(left))))
            of[at] = name
            del left[name]
    unnamed = [at for at in range(len(copies)) if at not in of]
    for at in unnamed:
        hashes = _spellings(_bytes(copies[at][1]))
        same = [text for text, one in left.items() if one.sha256 in hashes]
        if same:
            of[at] = same[0]
            del left[same[0]]
    for at in unnamed:
        if at not in of:
            if not left:
                message = f"{copies[at][1]} is a copy too many: the evidence is of {len(article.texts)}"
                raise InputError(Problem(message, allowed="one copy for each article"))
            of[at] = next(iter(left))
            del left[of[at]]
    return tuple(verify_source(article, copy, of[at]) for at, (_, copy) in enumerate(copies))


def _bytes(copy: Path) -> bytes:
    try:
        return copy.read_bytes()
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", file=str(copy))) from None


def _spellings(found: bytes) -> set[str]:
    """Hashes of a text under every spelling of its line ends, with and without one at its end."""
    lines = found.replace(b"\r\n", b"\n")
    body = lines.rstrip(b"\n")
    spelt = (
        found,
        lines,
        body,
        body + b"\n",
        body.replace(b"\n", b"\r\n"),
        body.replace(b"\n", b"\r\n") + b"\r\n",
    )
    return {hashlib.sha256(text).hexdigest() for text in spelt}


def paragraphs(text: bytes) -> int:
    r"""Count non-empty lines.

    Example:
        >>> paragraphs(b"one\n\ntwo\n  \nthree")
        3
    """
    return sum(1 for line in text.splitlines() if line.strip())
