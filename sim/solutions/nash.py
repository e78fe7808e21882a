"""The (weighted) Nash solution: the largest product of gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Bools, InputError, ShapeError
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.solution import SOLUTIONS, AbstractSolution
from sim.solutions.ties import TIE

#: Gains that are multiplied before a logarithm is taken: few enough for any payoffs, many enough to be quick.
_AT_ONCE: Final = 8


@SOLUTIONS.register(
    "nash",
    source="Nash 1950, Econometrica 18:155-162; weights: Kalai 1977, Int J Game Theory 6:129-133; "
    "finite sets: Mariotti 1998, Soc Choice Welfare 15:413-421",
)
@dataclass(frozen=True)
class Nash(AbstractSolution):
    """Chooses the deals with the largest product of gains, prod (V - W) ** weight.

    weights: one per signer, >= 0, not all zero, in any unit; None for equal weights
    strict:  whether the solution is undefined in a draw where no deal strictly improves everybody who has
             weight. Every product is zero there and the maximum says nothing. With False such draws return
             all deals that tie at zero, which is what some platforms print.

    W, the threat point, is what no deal is worth to each in the case at hand: a reservation, things as they are, a
    war (``no_deal.model``). Others take each actor's own minimum over the deals, a reserved value, or zero, and
    choose other deals for the same payoffs: to compare, give the actors their point as ``reservation``.

    Ties are judged relative to the largest product, so rescaling an actor's payoff changes nothing; products are
    compared by their logarithms, so that neither small payoffs nor many signers make them vanish.

    Raises:  InputError on negative, infinite or all-zero weights; ShapeError if their number differs
             from that of the signers
    Source:  Nash 1950; Kalai 1977 (weights). Deviation: a finite set, no lotteries, hence ties
             (Mariotti 1998)

    Example:
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1, 3, 5, 6, 8], [9, 8, 6, 4.5, 2]], 1.0)
        >>> Nash().choose(table).tolist(), Nash(weights=(0.9, 0.1)).choose(table).tolist()
        ([2], [4])
    """

    weights: tuple[float, ...] | None = None
    strict: bool = True

    def __post_init__(self) -> None:
        if self.weights is None:
            return
        given = np.asarray(self.weights, dtype=float)
        if not np.isfinite(given).all() or (given < 0).any() or not given.any():
            raise InputError(f"Nash weights {self.weights} must be finite, >= 0 and not all zero")

    def ties(self, problem: BargainingProblem) -> Bools:
        """Mark the deals with the largest weighted product of gains: (B, K)."""
        draws, signers, deals = problem.gains.shape
        weights = [1.0] * signers if self.weights is None else [float(one) for one in self.weights]
        if len(weights) != signers:
            raise ShapeError(f"{len(weights)} Nash weights for {signers} signers")
        largest = max(weights)
        counted = [(i, weight / largest) for i, weight in enumerate(weights) if weight]
        score = np.zeros((draws, deals))  # logarithm of the product, which of many gains would overflow or vanish
        for start in range(0, len(counted), _AT_ONCE):
            product = np.ones((draws, deals))
            for i, weight in counted[start : start + _AT_ONCE]:
                gain = problem.gains[:, i]
                product *= gain if weight == 1 else gain**weight
            score += np.log(product, out=np.full_like(product, -np.inf), where=product > 0)
        feasible = problem.feasible & np.isfinite(score) if self.strict else problem.feasible
        best = np.maximum.reduce(np.where(feasible, score, -np.inf), axis=1, initial=-np.inf)
        total = signers if self.weights is None else np.sum([weight / largest for weight in weights])
        return np.asarray(feasible & (score >= (best - TIE * total)[:, None]))
