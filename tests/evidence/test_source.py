"""Comparison with the reader's own copy of the article."""

import hashlib

import pytest

from sim.evidence import Article, verify_source
from sim.foundations import InputError

TEXT = b"Headline\n\nFirst words.\n\nLast words.\n"


def article(paragraph=3, text=TEXT):
    """An article with one claim."""
    claim = {"paragraph": paragraph, "speaker": "s", "about": ["x"], "says": "y", "kind": "stated"}
    return Article(title="t", sha256=hashlib.sha256(text).hexdigest(), claims={"c": claim})


def copy(folder, text):
    """The reader's copy."""
    path = folder / "copy.txt"
    path.write_bytes(text)
    return path


def test_the_same_bytes_match(tmp_path):
    """Hash and paragraph numbers fit."""
    found = verify_source(article(), copy(tmp_path, TEXT))
    assert found.matches
    assert found.paragraphs == 3
    assert not found.line_ends or found.found == found.expected


@pytest.mark.parametrize("text", [TEXT.replace(b"\n", b"\r\n"), TEXT.rstrip(b"\n")])
def test_line_ends_do_not_matter(tmp_path, text):
    """The same text saved by another editor matches, and it is said how."""
    found = verify_source(article(), copy(tmp_path, text))
    assert found.matches
    assert found.line_ends
    assert found.found != found.expected


def test_another_text_does_not_match(tmp_path):
    """One changed letter is another text."""
    assert not verify_source(article(), copy(tmp_path, TEXT.replace(b"First", b"Next"))).matches


def test_claims_beyond_the_last_paragraph_are_named(tmp_path):
    """A paragraph number that the text does not have."""
    found = verify_source(article(paragraph=4), copy(tmp_path, TEXT))
    assert found.same_text
    assert not found.matches
    assert found.beyond == ("c",)


def test_nothing_of_the_text_is_kept(tmp_path):
    """The result holds hashes and counts only."""
    assert "words" not in repr(verify_source(article(), copy(tmp_path, TEXT)))


def test_a_missing_copy_is_told(tmp_path):
    """No traceback."""
    with pytest.raises(InputError):
        verify_source(article(), tmp_path / "none.txt")
