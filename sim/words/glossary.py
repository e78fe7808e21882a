"""Words that reports and figures use in a sense of their own, each in a sentence; one table for page and terminal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sim.words.numbers import capital
from sim.words.vocabulary import BROKEN_BY_ARMS, NEVER_IN_FORCE, PARTIAL, Vocabulary


@dataclass(frozen=True)
class Word:
    """A word and what it means here.

    name:    as it is looked up
    meaning: a sentence or two
    aliases: other words for it, codes of data among them
    """

    name: str
    meaning: str
    aliases: tuple[str, ...] = ()


#: All words, as they stand in the report of a case with a war: the answer first, then what makes it, then its error.
WORDS: Final[tuple[Word, ...]] = (
    Word(
        "world",
        "One way things could be: every uncertain number is drawn once from its range, then the talks are played. "
        "Figures and data call it a draw. A share of worlds is not a forecast.",
        ("worlds", "draw", "draws"),
    ),
    Word(
        "fits what was observed",
        "Said of a world in which the parties would do what the article reports them doing, or in which that was a "
        "bluff. Figures call these draws consistent; headlines speak of them.",
        ("consistent", "observation", "observations", "observed", "acceptance", "kept"),
    ),
    Word("horizon", "The end of the story, at which endings are read; the headline names it.", ("end",)),
    Word(
        "no deal",
        f"{capital(NEVER_IN_FORCE.meaning)}: a war goes on, or "
        "arms have decided it. In data and options: stalemate.",
        ("stalemate", "none"),
    ),
    Word(
        "broken deal",
        f"{capital(BROKEN_BY_ARMS.meaning)}. In data and options: war.",
        ("war", "deal broke", "collapse"),
    ),
    Word(
        "fragile",
        "Said of a deal that soon breaks. Where deals are of two sorts, some are fragile and the others hold, which "
        "nobody knows when they are signed; what was agreed and who was pressed make a fragile one more or less "
        "likely. One that has lasted a while is hardly fragile.",
        ("holds", "sort of deal", "durability"),
    ),
    Word(
        "talks reopen",
        "After a deal broke the same deal may be signed again; everybody reckons with it from the beginning. Talks "
        "that failed open again too, and agree only if something has changed meanwhile.",
        ("reopening", "signed again", "meanwhile"),
    ),
    Word(
        "arms decide",
        "In each round of fighting there is a chance that one side prevails and imposes what it wants; who, is drawn "
        "by strength in war. It is counted beside the endings, for it can follow no deal or a broken one.",
        ("arms", "prevailed", "decided_by_arms", "decisive chance"),
    ),
    Word(
        "partial deal",
        f"{capital(PARTIAL.meaning)}; a truce settles none "
        "of them, a settlement all.",
        ("partial", "truce", "settlement", "root cause", "root causes"),
    ),
    Word(
        "status quo",
        "How an issue stands while there is no deal; an issue left there is not settled.",
        ("level", "levels", "issue"),
    ),
    Word(
        "red line",
        "What an actor refuses. Hard: it signs nothing beyond it. Soft: it can be crossed, at a cost.",
        ("red lines", "hard", "soft", "firmness"),
    ),
    Word(
        "fallback",
        "What a refusal comes to. W is the worth of fighting on to the end, arms deciding included; O is what the "
        "refusal is compared with: W, or more talks, by convention.",
        ("w", "o", "alternative", "war payoff", "worth of no deal", "reservation"),
    ),
    Word(
        "surplus",
        "What a deal is worth to an actor above its fallback; it signs where this is 0 or more and no hard red line "
        "is crossed.",
        ("slack", "term", "terms", "gain"),
    ),
    Word(
        "frontier",
        "The deals of which none is better for one party without being worse for another.",
        ("pareto", "pareto frontier"),
    ),
    Word(
        "patience",
        "How much of a gain's worth is left if it comes a year later: 0.9 is nine tenths, and waiting costs little; "
        "the discount factor.",
        ("discount", "discount factor", "delta"),
    ),
    Word(
        "posture",
        "The part of a stated demand that is show, which its speaker would give up; a statement of it can be a bluff.",
        ("bluff",),
    ),
    Word(
        "convention",
        "A choice that the literature leaves open, such as the length of a round or who speaks first. Answers that "
        "turn with it should be doubted.",
        ("conventions", "protocol"),
    ),
    Word(
        "luck",
        "What chance does in a world whose numbers are known: the course of talks, arms, and when deals break.",
        ("chance", "spread"),
    ),
    Word(
        "seed",
        "The text from which all random numbers come; the same seed gives the same worlds. The digest is a "
        "fingerprint of results: the same digest, the same bits.",
        ("digest", "random"),
    ),
    Word(
        "±, interval",
        "How far chance in drawing worlds may be off, in 95 of 100 cases: Wilson's interval for shares, "
        "Kaplan–Meier's estimate for how long deals hold. Wrong ranges or rules are not in it. A first-order share is "
        "how much of the ending one number explains alone.",
        ("±", "error", "wilson", "kaplan-meier", "kaplan–meier", "first-order", "first-order share", "importance",
         "interval"),
    ),
)  # fmt: skip


#: Words that only a war has.
_OF_WAR: Final = ("arms decide", "partial deal")


def words_of(vocabulary: Vocabulary) -> tuple[Word, ...]:
    """The words that the report of a case explains; those of a war only where one is modelled.

    Example:
        >>> words_of(Vocabulary(True, (), "", "", {}, {}, {})) is WORDS
        True
    """
    if vocabulary.war:
        return WORDS
    own = {
        "no deal": (f"{capital(NEVER_IN_FORCE.meaning)}.", ("none",)),
        "fallback": (
            "What a refusal comes to. W is the worth of never having a deal; O is what it is compared with.",
            ("w", "o", "alternative", "worth of no deal", "reservation"),
        ),
        "luck": (
            "What chance does in a world whose numbers are known: the course of talks, and when deals break.",
            ("chance", "spread"),
        ),
    }
    if vocabulary.broken:
        own["broken deal"] = (f"{capital(vocabulary.endings[vocabulary.broken].meaning)}.", ("deal broke", "collapse"))
    gone = _OF_WAR if vocabulary.broken else (*_OF_WAR, "broken deal")
    kept = (word for word in WORDS if word.name not in gone)
    return tuple(Word(word.name, *own[word.name]) if word.name in own else word for word in kept)


def look_up(text: str) -> Word | None:
    """Find a word by its name or another word for it; ``None`` if it is not there.

    Example:
        >>> look_up("Stalemate").name, look_up("arms-decide").name, look_up("xyz")
        ('no deal', 'arms decide', None)
    """
    asked = _plain(text)
    return next((word for word in WORDS if asked in {_plain(word.name), *map(_plain, word.aliases)}), None)


def known_words() -> list[str]:
    """Everything that can be looked up."""
    return [name for word in WORDS for name in (word.name, *word.aliases)]


def slug(word: Word) -> str:
    """A word as part of an address.

    Example:
        >>> slug(WORDS[0])
        'word-world'
    """
    return "word-" + (re.sub(r"[^a-z]+", "-", word.name.lower()).strip("-") or "other")


def _plain(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", text.strip().lower())
