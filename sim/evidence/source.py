"""Comparison of an article's claims with the reader's own copy of the text; nothing of the text is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sim.evidence.claims import Article
from sim.foundations import InputError, Problem


@dataclass(frozen=True, slots=True)
class Verification:
    """What the comparison found.

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

    @property
    def same_text(self) -> bool:
        """Whether the copy is the text that the claims were taken from."""
        return self.expected == self.found or self.line_ends

    @property
    def matches(self) -> bool:
        """Whether text and paragraph numbers both fit."""
        return self.same_text and not self.beyond


def verify_source(article: Article, copy: Path) -> Verification:
    """Hash the reader's copy and count its paragraphs.

    Raises:  InputError if the copy cannot be read
    """
    try:
        found = copy.read_bytes()
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", file=str(copy))) from None
    lines = found.replace(b"\r\n", b"\n")
    body = lines.rstrip(b"\n")
    spellings = (
        lines,
        body,
        body + b"\n",
        body.replace(b"\n", b"\r\n"),
        body.replace(b"\n", b"\r\n") + b"\r\n",
    )
    count = paragraphs(found)
    return Verification(
        expected=article.sha256,
        found=hashlib.sha256(found).hexdigest(),
        line_ends=any(hashlib.sha256(text).hexdigest() == article.sha256 for text in spellings),
        paragraphs=count,
        beyond=tuple(name for name, claim in article.claims.items() if claim.paragraph > count),
    )


def paragraphs(text: bytes) -> int:
    r"""Count non-empty lines.

    Example:
        >>> paragraphs(b"one\n\ntwo\n  \nthree")
        3
    """
    return sum(1 for line in text.splitlines() if line.strip())
