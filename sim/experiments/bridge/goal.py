"""What is wanted, by which column, and how likely it shall be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.engine import Block
from sim.foundations import Bools, Ints, UnknownNameError
from sim.table import KINDS, classify

#: What can be wanted: a kind of deal, or any of them.
WANTS: Final = (*KINDS, "any-deal")
#: By which column: in force at the horizon, signed first, or acceptable to all who must agree before anybody talks.
MEASURES: Final = ("ending", "declared", "acceptable")


@dataclass(frozen=True, slots=True)
class Goal:
    """A kind of deal that shall be as likely as asked.

    want:     one of WANTS
    measure:  one of MEASURES
    at_least: the chance asked for, 0..1

    Raises:  UnknownNameError for another want or measure
    Example:
        >>> Goal("any-deal", "declared").kinds.tolist()
        [0, 1, 2]
    """

    want: str = "settlement"
    measure: str = "ending"
    at_least: float = 0.5

    def __post_init__(self) -> None:
        if self.want not in WANTS:
            raise UnknownNameError("ending", self.want, WANTS)
        if self.measure not in MEASURES:
            raise UnknownNameError("measure", self.measure, MEASURES)

    @property
    def kinds(self) -> Ints:
        """Indices into KINDS that are wanted."""
        return np.arange(len(KINDS)) if self.want == "any-deal" else np.array([KINDS.index(self.want)])

    def reached(self, block: Block) -> Bools:
        """(B,) whether a draw brings what is wanted."""
        if self.measure == "acceptable":
            return np.asarray(classify(block.worlds).exists[:, self.kinds].any(axis=1))
        return np.isin(getattr(block.outcome, self.measure), self.kinds)
