"""The Kalai-Smorodinsky solution: everybody the same part of the most he could gain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Bools
from sim.solutions.bargaining_problem import BargainingProblem
from sim.solutions.leximin import leximin
from sim.solutions.solution import SOLUTIONS, AbstractSolution
from sim.solutions.ties import highest


@SOLUTIONS.register(
    "kalai-smorodinsky",
    source="Kalai & Smorodinsky 1975, Econometrica 43:513-518; leximin: Imai 1983, Econometrica 51:389-401; "
    "finite sets: Nagahisa & Tanaka 2002, Soc Choice Welfare 19:751-761",
)
@dataclass(frozen=True)
class KalaiSmorodinsky(AbstractSolution):
    """Chooses the deals with the leximin-largest gains as parts of the ideal gains, (V - W) / (b - W).

    leximin: whether ties in the smallest part are broken by the next one; False keeps them all

    The ideal value b is the best over the individually rational deals only. A signer who cannot gain in any
    of them has no ideal gain to take a part of and drops out. The smallest part is made large; a
    small spread between the parts is another criterion and picks other deals.

    Source:  Kalai & Smorodinsky 1975; more than two signers or a finite set: leximin (Imai 1983)

    Example:
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.0, 0.4, 0.9], [0.0, 1.0, 0.42, 0.41]])
        >>> KalaiSmorodinsky().choose(table).tolist()
        [3]
    """

    leximin: bool = True

    def ties(self, problem: BargainingProblem) -> Bools:
        """Mark the deals with the leximin-largest parts of the ideal gains: (B, K)."""
        ideal = problem.ideal
        can_gain = ideal > 0
        parts = problem.gains / np.where(can_gain, ideal, 1.0)[:, :, None]
        if not can_gain.all():
            parts[~can_gain] = 1.0  # the same everywhere, so it decides nothing
        if self.leximin:
            return leximin(parts, problem.feasible)
        return highest(parts.min(axis=1), problem.feasible)
