"""Conventions as people say them: what would be otherwise, with the code in brackets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.scenario import Scenario
from sim.words import actor_title, protocol_words

#: (name, setting) as sim.runs.conventions calls them -> what would be otherwise, after "if".
_CLAUSES: Final[Mapping[tuple[str, str], str]] = {
    ("length of a round", "half as long"): "rounds were half as long",
    ("length of a round", "twice as long"): "rounds were twice as long",
    ("length of the talks", "half as long"): "talks might last half as long",
    ("length of the talks", "twice as long"): "talks might last twice as long",
    ("time scale of concession", "negmas"): "nobody had conceded all he can by the last round",
    ("time scale of concession", "rounds"): "everybody had conceded all he can by the last round",
    ("clock of concession", "deadline"): "everybody conceded in equal steps until a deadline, in two years at most",
    ("acceptance rule", "own-curve"): "everybody took whatever is worth what he asks for now",
    ("acceptance rule", "ac-combi"): "everybody took, late in the talks, the best he may still hope for",
    ("protocol", "alternating-offers"): "the parties made offers in turn by rules of thumb",
    ("protocol", "single-text"): "a mediator wrote a single text",
    ("protocol", "strategic-alternating-offers"): "the parties reckoned backwards from the last round",
    ("protocol", "zeuthen"): "talks followed Zeuthen's rule, by which who risks more by standing firm concedes",
    ("arms may decide", "never"): "arms could never decide the war",
    ("fallback of a refusal", "talks"): "whoever refuses could count on more talks",
    ("fallback of a refusal", "war"): "whoever refuses could count on war only",
    ("fallback of a refusal", "no deal"): "whoever refuses could count on nothing but no deal",
    ("after a collapse", "terminal"): "nobody talked again after a deal breaks",
    ("after a collapse", "nobody talks again"): "talks never opened again",
    ("after a collapse", "recursive"): "talks began again after a deal breaks",
    ("where red lines begin", "any step"): "red lines began at any step towards a claim",
    ("where red lines begin", "whole claim"): "red lines began only at the whole claim",
}
#: Name -> the same, where the setting is a name of its own.
_NAMED: Final[Mapping[str, str]] = {
    "who opens": "{0} opened the talks",
    "acceptance rule": "everybody accepted by the rule {0}",
    "protocol": "talks were held with {0}",
}


def convention_clause(scenario: Scenario, name: str, setting: str) -> str:
    """What another convention would mean, after "if".

    Example:
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}, "title": "Alice"}
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"alice": actor, "bob": actor})
        >>> convention_clause(toy, "arms may decide", "never"), convention_clause(toy, "who opens", "alice")
        ('arms could never decide the war', 'Alice opened the talks')
        >>> convention_clause(toy, "protocol", "separate-delegations")
        'talks were held with a delegation for each issue'
    """
    if (name, setting) in _CLAUSES:
        return _CLAUSES[name, setting]
    if name == "protocol":
        return _NAMED[name].format(protocol_words(setting))
    if name in _NAMED:
        return _NAMED[name].format(actor_title(scenario, setting))
    return f"“{name}” were “{setting}”"


def convention_code(name: str, setting: str) -> str:
    """The convention as data calls it."""
    return f"{name} = {setting}"
