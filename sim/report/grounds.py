"""What numbers, observations and levers rest on: claims in our words, rates, or why they are assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sim.evidence import Article, Claim, Rate
from sim.report.pieces import Span, Words, joined_words
from sim.scenario import Quantity, Scenario
from sim.words import actor_title

_SPEAKERS: Final[Mapping[str, str]] = {"reader": "our reading", "report": "the article", "analysts": "analysts"}


def quantity_grounds(scenario: Scenario, article: Article | None, quantity: Quantity) -> Words:
    """Say what a number rests on."""
    lines = [grounds_words(scenario, article, quantity.claims, "")] if quantity.claims else []
    if quantity.rates:
        lines.append(rates_words(article, quantity))
    if reason := scenario.reason(quantity):
        lines.append((Span("Assumed: ", "warn"), reason))
    return joined_words(lines)


def rates_words(article: Article | None, quantity: Quantity) -> Words:
    """Say what the rates of a number say, each on a line, and what follows from their counts."""
    known = article.rates if article is not None else {}
    lines: list[Words] = [rate_words(known[name]) if name in known else name for name in quantity.rates]
    if quantity.posterior is not None:
        lines.append(Span(f"drawn from {quantity.posterior.words}", "small"))
    return joined_words(lines)


def rate_words(rate: Rate) -> Words:
    """What a reference class says, and where it was counted."""
    return (f"How often: {rate.what}; {rate.words} ", Span(f"({rate.source})", "small"))


def counts_words(total: int, claimed: int, rated: int, assumed: int) -> str:
    """How many numbers rest on what, in a sentence.

    Example:
        >>> counts_words(9, 2, 1, 6), counts_words(9, 2, 0, 7)
        ('6 of 9 numbers are assumed, 2 rest on claims, 1 on rates.', '7 of 9 numbers are assumed, 2 rest on claims.')
    """
    rates = f", {rated} on rates" if rated else ""
    return f"{assumed} of {total} numbers are assumed, {claimed} rest on claims{rates}."


def grounds_words(scenario: Scenario, article: Article | None, claims: Sequence[str], assumed: str) -> Words:
    """Say what something rests on, each claim and the reason for an assumption on a line."""
    lines = [claims_words(scenario, article, claims)] if claims else []
    reason = assumed or ("" if claims else scenario.default_assumed)
    if reason:
        lines.append((Span("Assumed: ", "warn"), reason))
    return joined_words(lines)


def claims_words(scenario: Scenario, article: Article | None, names: Sequence[str]) -> Words:
    """Say what claims say, each on a line; of those that are not in the evidence only the name."""
    known = article.claims if article is not None else {}
    return joined_words([_claim(scenario, known[name]) if name in known else name for name in names])


def _claim(scenario: Scenario, claim: Claim) -> Words:
    place = f"paragraph {claim.paragraph}" + (f" of {claim.article}" if claim.article else "")
    where = f"({speaker(scenario, claim)}, {place}, {claim.kind})"
    return (f"{claim.says} ", Span(where, "small"))


def speaker(scenario: Scenario, claim: Claim) -> str:
    """Who makes a claim."""
    return _SPEAKERS.get(claim.speaker) or actor_title(scenario, claim.speaker)
