"""The glossary explains what a report says, and no more: a case without a war explains none."""

import pytest

from sim.words import WORDS, Vocabulary, words_of
from tests.shipped import shipped


@pytest.mark.parametrize("case", ["pie", "budget", "buyer_seller", "labour"])
def test_no_word_of_war_without_a_war(case):
    """Neither as a word, nor in what it means, nor as another word for it."""
    told = words_of(Vocabulary.of(shipped(case)))
    text = " ".join(f"{word.name} {word.meaning} {' '.join(word.aliases)}" for word in told).lower()
    for word in ("war", "truce", "arms", "fight", "stalemate", "settlement"):
        assert f" {word}" not in text
    assert {"world", "no deal", "fallback"} <= {word.name for word in told}


def test_a_war_explains_everything():
    """All there is."""
    assert words_of(Vocabulary.of(shipped("ceasefire"))) == WORDS
