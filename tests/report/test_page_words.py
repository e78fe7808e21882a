"""The box of words: each can be looked up, has one place, and is linked where it is first used."""

from sim.report.page.words import linked, words_box
from sim.words.glossary import WORDS, known_words, look_up, slug


def test_words_can_be_looked_up():
    """By their codes too; each has one place, and the box has them all."""
    assert look_up("stalemate") is look_up("no deal")
    assert look_up("Arms") is look_up("decided_by_arms")
    assert look_up("nothing of the kind") is None
    plain = [name.lower() for name in known_words()]
    assert len(plain) == len(set(plain))
    box = words_box()
    assert all(f'id="{slug(word)}"' in box for word in WORDS)
    assert 12 <= len(WORDS) <= 18


def test_a_word_is_linked_once():
    """At its first use, with its meaning in the title; text is escaped."""
    seen: set[str] = set()
    first, second = linked("a < b with patience and patience", seen), linked("more patience", seen)
    assert first.count("<a ") == 1
    assert "a &lt; b" in first
    assert "<a " not in second
