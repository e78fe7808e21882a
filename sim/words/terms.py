"""What people call the terms of a surplus: one table for figures, sentences and numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

#: The number and the term are the same thing, so they have the same name.
DAMAGE: Final = "damage from a broken deal"


@dataclass(frozen=True)
class TermWords:
    """A term of the surplus as people say it.

    noun:   what it is, as figures name it
    reason: as the reason of a refusal
    """

    noun: str
    reason: str


#: Name of the term (see sim.table.surplus) -> its words; issues and red lines are called by their titles.
TERM_SPOKEN: Final[Mapping[str, TermWords]] = MappingProxyType(
    {
        "interaction of issues": TermWords("two issues together", "too little worth in two issues together"),
        "soft red lines": TermWords("cost of crossing soft red lines", "the cost of crossing its soft red lines"),
        "cost of war saved": TermWords("cost of war saved", "too little cost of war saved"),
        "arms promise: root causes": TermWords(
            "hope of winning root causes by arms", "hope of winning root causes by arms"
        ),
        "arms promise: other issues": TermWords(
            "hope of winning other issues by arms", "hope of winning other issues by arms"
        ),
        "worth of no deal": TermWords("worth of no deal", "the worth of no deal to it"),
        "follow-on talks": TermWords("follow-on talks", "fear of where follow-on talks would lead"),
        "waiting for a settlement": TermWords("waiting for a settlement", "hope of a settlement later"),
        "collapse damage": TermWords(DAMAGE, f"fear of the {DAMAGE}"),
        "power shift": TermWords("power shift in a pause", "fear that a pause shifts power against it"),
        "signing again": TermWords("signing again after a collapse", "too little hope to sign again"),
        "pressure": TermWords("pressure", "too little pressure"),
    }
)
