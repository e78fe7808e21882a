"""Truces that hold because both expect them to hold."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import FloatPair
from sim.table.mutual_fear import TrucePlay, climb

#: Hazards further apart than this are two equilibria.
_APART: Final = 1e-6


@dataclass(frozen=True, slots=True)
class SelfFulfillingTruce:
    """The calmest and the most fragile way in which the same truce can be played.

    calm:    equilibrium with the least hazard
    fragile: equilibrium with the greatest hazard
    """

    calm: TrucePlay
    fragile: TrucePlay

    @property
    def multiple(self) -> bool:
        """Whether expectations decide: the two differ."""
        return self.fragile.hazard - self.calm.hazard > _APART


@EQUILIBRIA.register("endogenous-hazard", source="ours; after Werner & Yuen 2005 on unnatural ceasefires")
def endogenous_hazard(flow: FloatPair, penalty: FloatPair, temptation: FloatPair, delta: float) -> SelfFulfillingTruce:
    """Solve for the chance that a deal is broken when each side may gain by breaking it first.

    Each round each side privately sees an exponential gain from breaking and takes it if it exceeds the
    penalty and what the truce is worth. Fear of the other lowers that worth, so fear feeds on itself.

    Args:
        flow:       flow under the truce less the value of what follows a collapse, (A, B)
        penalty:    enforcement: cost of breaking first, (A, B)
        temptation: mean gain from breaking first, (A, B), above 0
        delta:      discount factor per round, in (0, 1)

    Returns:
        least and greatest Markov-perfect equilibrium
    Raises:  InputError for a number outside of its range
    Source: ours: best replies increase, so monotone iteration finds both extremes (Milgrom & Roberts 1990)

    Example:
        >>> found = endogenous_hazard((0.15, 0.15), (0.004, 0.004), (0.02, 0.02), 0.98)
        >>> round(found.calm.hazard, 4), round(found.fragile.hazard, 3)
        (0.0011, 0.53)
    """
    require_inside("delta", delta)
    require_inside("temptation", temptation, 0.0, math.inf)
    low = climb(0.0, flow, penalty, temptation, delta)
    high = climb(1.0, flow, penalty, temptation, delta)
    return SelfFulfillingTruce(low, high)
