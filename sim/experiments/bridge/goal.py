"""What is wanted, by which column, and how likely it shall be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine import Block
from sim.foundations import Bools, Ints, UnknownNameError
from sim.table import classify

#: What can be wanted instead of a kind of deal.
ANY_DEAL: Final = "any-deal"
#: By which column: in force at the horizon, signed first, or acceptable to all who must agree before anybody talks.
MEASURES: Final = ("ending", "declared", "acceptable")


@dataclass(frozen=True, slots=True)
class Goal:
    """A kind of deal that shall be as likely as asked.

    want:     a kind of deal of the case, or ``any-deal``
    measure:  one of MEASURES
    at_least: the chance asked for, 0..1

    Raises:  UnknownNameError for another measure
    Example:
        >>> Goal("any-deal", "declared").wanted(("truce", "settlement")).tolist()
        [0, 1]
    """

    want: str = "settlement"
    measure: str = "ending"
    at_least: float = 0.5

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise UnknownNameError("measure", self.measure, MEASURES)

    def wanted(self, kinds: Sequence[str]) -> Ints:
        """Codes of the kinds of deal that are wanted.

        Raises:  UnknownNameError for a want that is none of the kinds of the case
        """
        if self.want not in (*kinds, ANY_DEAL):
            raise UnknownNameError("ending", self.want, (*kinds, ANY_DEAL))
        return np.arange(len(kinds)) if self.want == ANY_DEAL else np.array([kinds.index(self.want)])

    def reached(self, block: Block) -> Bools:
        """(B,) whether a draw brings what is wanted."""
        wanted = self.wanted(block.worlds.space.kinds)
        if self.measure == "acceptable":
            return np.asarray(classify(block.worlds).exists[:, wanted].any(axis=1))
        return np.isin(getattr(block.outcome, self.measure), wanted)
