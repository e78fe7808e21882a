"""What people call the endings: one table for figures, reports and the viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class EndingWords:
    """An ending as people say it; in data, conditions and options it keeps its code.

    noun:    as a thing that there is more or less of
    clause:  in a sentence about the end
    row:     in a table, below "how it stands at the end"
    head:    above a narrow column
    meaning: what counts as it
    """

    noun: str
    clause: str
    row: str
    head: str
    meaning: str


#: Code of ENDINGS -> its words. While "stalemate" lasts a war goes on; in "war" a deal had been signed. Read as
#: everyday words the two codes say the opposite, so no sentence for people uses them.
ENDING_SPOKEN: Final[Mapping[str, EndingWords]] = MappingProxyType(
    {
        "truce": EndingWords(
            "a truce",
            "there is a truce",
            "a truce is in force",
            "truce",
            "a deal is in force that leaves every root cause as it is",
        ),
        "partial": EndingWords(
            "a partial deal",
            "a partial deal is in force",
            "a partial deal is in force",
            "partial",
            "a deal is in force that settles some of the root causes",
        ),
        "settlement": EndingWords(
            "a settlement",
            "the dispute is settled",
            "a settlement is in force",
            "settled",
            "a deal is in force that settles every root cause",
        ),
        "stalemate": EndingWords(
            "no deal",
            "there is no deal",
            "no deal",
            "no deal",
            "none was signed, or the one signed is not yet in force at the end",
        ),
        "war": EndingWords(
            "a broken deal",
            "a deal was signed and broke",
            "a deal was signed and broke",
            "deal broke",
            "a deal was signed, and then broke or was overtaken by arms; none is in force at the end",
        ),
    }
)
