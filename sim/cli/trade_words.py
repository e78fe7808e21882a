"""Words that negotiators use for what scenario files call otherwise, and the keys that hold it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sim.scenario.schema_keys import SchemaKey, schema_keys

#: A word of the trade -> the keys that hold what it means.
TRADE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "batna": ("actors.ACTOR.reservation", "no_deal.model"),
    "budget": ("sums", "sums.SUM.at_most"),
    "coalition": ("talks.sign.apart", "talks.sign.rule", "talks.sign.groups"),
    "consensus": ("talks.sign.rule", "talks.sign.objecting_costs"),
    "contingency": ("contingencies", "issues.ISSUE.given"),
    "deadline": ("talks.rounds", "talks.deadlines"),
    "election": ("events", "events.EVENT.chance"),
    "inspection": ("issues.ISSUE.enforcement", "cheating"),
    "majority": ("talks.sign.rule", "talks.sign.k", "talks.sign.quota"),
    "mediator": ("actors.ACTOR.role", "talks.protocol", "talks.settings"),
    "member": ("talks.sign.groups",),
    "monitoring": ("issues.ISSUE.enforcement", "cheating"),
    "no objection": ("talks.sign.rule", "talks.sign.objections"),
    "outside option": ("actors.ACTOR.reservation", "no_deal.model"),
    "portfolio": ("issues.ISSUE.kind",),
    "probability": ("NUMBER.value", "events.EVENT.chance"),
    "proposer": ("talks.order", "talks.protocol"),
    "random proposer": ("talks.protocol", "talks.settings"),
    "sanction": ("actors.ACTOR.pressure", "cheating"),
    "signing": ("talks.sign",),
    "snapback": ("cheating", "true_hazard"),
    "strike": ("no_deal.title", "events"),
    "third party": ("actors.ACTOR.role", "events"),
    "unanimity": ("talks.sign.rule",),
    "unilateral move": ("events.EVENT.by", "events.EVENT.status_quo"),
}
#: So many keys whose descriptions have a word are told.
_MOST: Final = 4


def keys_about(topic: str) -> tuple[SchemaKey, ...]:
    """The keys that hold what a word means that is no key: by our list, else by what the keys say of themselves.

    Example:
        >>> [key.dotted for key in keys_about("Deadlines")]
        ['talks.rounds', 'talks.deadlines']
    """
    word = " ".join(topic.lower().replace("-", " ").replace("_", " ").split())
    for form in (word, word.removesuffix("s"), word.removesuffix("ies") + "y"):
        if form in TRADE_WORDS:
            return tuple(key for path in TRADE_WORDS[form] for key in schema_keys() if key.dotted == path)
    if len(word) < 4 or "." in word:
        return ()
    whole = re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
    found = [key for key in schema_keys() if whole.search(key.description)]
    return tuple(sorted(found, key=lambda key: len(key.path))[:_MOST])
