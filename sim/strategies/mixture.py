"""Several aspirations at once, each with its weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.foundations import Floats, InputError
from sim.strategies.hard_liner import HardLiner
from sim.strategies.negotiator import ASPIRATIONS, AbstractAspiration, Hearing
from sim.strategies.ranges import Setting, require
from sim.strategies.time_dependent import TimeDependent


@ASPIRATIONS.register("mixture", source="Faratin, Sierra & Jennings 1998")
@dataclass(frozen=True)
class Mixture(AbstractAspiration):
    """Asks for the weighted mean of what several tactics ask for.

    aspirations: the tactics, at least one
    weights:     one for each, 0 or more, a number or (B,); they need not sum to 1

    Raises:  InputError if there is no tactic, or not one weight of 0 or more for each
    Source:  Faratin, Sierra & Jennings 1998, section 4.2 (weighted counter-offers), on the own payoff
    Example:
        >>> Mixture((TimeDependent(), HardLiner()), (1.0, 3.0)).weights
        (1.0, 3.0)
    """

    filled: ClassVar[tuple[str, ...]] = ("aspirations", "weights")

    aspirations: tuple[AbstractAspiration, ...] = (TimeDependent(), HardLiner())
    weights: tuple[Setting, ...] = (0.5, 0.5)

    def __post_init__(self) -> None:
        if not self.aspirations or len(self.aspirations) != len(self.weights):
            raise InputError(
                f"a mixture needs one weight for each tactic: {len(self.weights)} for {len(self.aspirations)}"
            )
        for weight in self.weights:
            require("weight", weight, 0)

    def demand(self, hearing: Hearing) -> Floats:
        """Weighted mean of the demands; where all weights are 0, the plain mean."""
        demands = np.stack([part.demand(hearing) for part in self.aspirations])
        weights = np.stack([np.broadcast_to(weight, hearing.best.shape) for weight in self.weights])
        total = weights.sum(axis=0)
        shares = np.where(total > 0, weights, 1.0) / np.where(total > 0, total, float(len(weights)))
        return np.asarray((shares * demands).sum(axis=0))
