"""What people call talks by each protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.words.numbers import capital

#: Protocol -> what it is called after "with"; clauses about conventions call it the same.
_TALKS: Final[Mapping[str, str]] = {
    "alternating-offers": "offers in turn",
    "separate-delegations": "a delegation for each issue",
    "single-text": "a mediator's single text",
    "strategic-agenda": "issues settled one by one",
    "strategic-alternating-offers": "reckoning backwards",
    "strategic-random-proposer": "proposers drawn by lot",
    "strategic-screening": "offers that sound out the other",
    "zeuthen": "Zeuthen's rule",
}


def protocol_words(name: str) -> str:
    """What people call talks by a protocol, after "with".

    Example:
        >>> protocol_words("strategic-alternating-offers"), protocol_words("nash-demand"), protocol_words("seats")
        ('reckoning backwards', 'nash demand', 'Seats')
    """
    if name in _TALKS:
        return _TALKS[name]
    spoken = name.replace("-", " ")
    return spoken if " " in spoken else capital(spoken)  # one word: after somebody
