"""Names of numbers, terms, endings and deals as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.scenario import Scenario, widening_words
from sim.words import ENDING_SPOKEN, TERM_SPOKEN
from sim.words import actor_title as actor_title
from sim.words import issue_title as issue_title
from sim.words import line_title as line_title
from sim.words import number_title as number_title


class _Spoken(dict[str, str]):
    """Words by code; kinds of deal that a case names itself are called by their names."""

    def __missing__(self, code: str) -> str:
        return code.replace("_", " ")


#: Endings in a table.
ENDING_WORDS: Final[Mapping[str, str]] = _Spoken({name: words.row for name, words in ENDING_SPOKEN.items()})
#: Endings as things that there are more or fewer of.
ENDING_NOUNS: Final[Mapping[str, str]] = _Spoken({name: words.noun for name, words in ENDING_SPOKEN.items()})
#: Endings in a sentence.
ENDING_CLAUSES: Final[Mapping[str, str]] = _Spoken({name: words.clause for name, words in ENDING_SPOKEN.items()})
#: Endings above narrow columns.
ENDING_HEADS: Final[Mapping[str, str]] = _Spoken({name: words.head for name, words in ENDING_SPOKEN.items()})
KIND_WORDS: Final[Mapping[str, str]] = _Spoken(
    {
        "truce": "a truce",
        "partial": "a partial deal",
        "settlement": "a settlement",
        "deal": "a deal",
        "none": "nothing",
    }
)


def term_words(scenario: Scenario, term: str) -> str:
    """Say by which term of the inequality somebody refuses.

    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a", "title": "The border"}
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> term_words(toy, "x"), term_words(toy, "p.red_lines.x")
        ('too little on "The border"', 'hard red line on x')
    """
    if ".red_lines." in term:
        actor, _, label = term.partition(".red_lines.")
        return f"hard red line {line_title(scenario, actor, label)}"
    if term in scenario.issues:
        return f'too little on "{issue_title(scenario, term)}"'
    return TERM_SPOKEN[term].reason if term in TERM_SPOKEN else term


def widened_words(factor: float) -> str:
    """Say that ranges are wider than stated; empty where they are not.

    Example:
        >>> widened_words(1.29)
        'Stated ranges are widened: half-widths × 1.29 (people state ranges too narrow).'
    """
    if factor == 1:
        return ""
    return f"Stated ranges are widened: half-widths {widening_words(factor)} (people state ranges too narrow)."


def percent(share: float) -> str:
    """A share in words; what happens is never called 0 %, what fails somewhere never 100 %.

    Example:
        >>> percent(0.523), percent(0.001), percent(0.9999), percent(float("nan"))
        ('52%', 'under 1%', 'over 99%', '–')
    """
    if share != share:  # noqa: PLR0124 - not a number
        return "–"
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1:
        return "over 99%"
    return f"{100 * share:.0f}%"


def with_error(share: float, error: float) -> str:
    """A share with the 95 % half-width of what chance in the draws may have done to it.

    Args:
        error: Monte Carlo standard error
    Example:
        >>> with_error(0.52, 0.011), with_error(0.0, 0.0)
        ('52% ± 2', '0%')
    """
    half = 1.96 * error
    if share != share or half != half or half == 0:  # noqa: PLR0124 - not a number
        return percent(share)
    return f"{percent(share)} ± {max(1, round(100 * half))}"


def points(change: float, error: float, digits: int = 1) -> str:
    """A change of a share in percentage points, with its 95 % half-width.

    Example:
        >>> points(0.031, 0.004), points(-0.2, 0.0), points(0.0, 0.0), points(0.031, 0.004, 0)
        ('+3.1 ± 0.8', '-20.0', '0.0', '+3 ± 1')
    """
    if change != change:  # noqa: PLR0124 - not a number
        return "–"
    text = f"{0:.{digits}f}" if round(100 * abs(change), digits) == 0 else f"{100 * change:+.{digits}f}"
    return f"{text} ± {196 * error:.{digits}f}" if error > 0 else text


def duration(years: float) -> str:
    """A length of time as people say it.

    Example:
        >>> duration(10.0), duration(0.5), duration(1 / 12), duration(0.02), duration(0.0)
        ('10 years', '6 months', '1 month', '1 week', 'no time')
    """
    for size, word in ((1.0, "year"), (1 / 12, "month"), (7 / 365.25, "week")):
        count = years / size
        if count >= 0.95 and (size < 1 or count >= 1.95 or abs(count - 1) < 0.05):
            shown = f"{count:.1f}".removesuffix(".0") if count < 10 and size == 1 else f"{count:.0f}"
            return f"{shown} {word}{'' if shown == '1' else 's'}"
    return "a few days" if years > 0 else "no time"
