"""What numbers, observations and levers rest on: claims in our words, or the reason why they are assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from sim.evidence import Article, Claim
from sim.report.pieces import Span, Words, joined_words
from sim.scenario import Quantity, Scenario
from sim.words import actor_title

_SPEAKERS: Final[Mapping[str, str]] = {"reader": "our reading", "report": "the article", "analysts": "analysts"}


def quantity_grounds(scenario: Scenario, article: Article | None, quantity: Quantity) -> Words:
    """Say what a number rests on."""
    return grounds_words(scenario, article, quantity.claims, quantity.assumed)


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
    where = f"({speaker(scenario, claim)}, paragraph {claim.paragraph}, {claim.kind})"
    return (f"{claim.says} ", Span(where, "small"))


def speaker(scenario: Scenario, claim: Claim) -> str:
    """Who makes a claim."""
    return _SPEAKERS.get(claim.speaker) or actor_title(scenario, claim.speaker)
