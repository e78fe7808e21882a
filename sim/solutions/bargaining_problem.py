"""The bargaining problem (S, d) that every solution on a finite set answers, for a block of draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints, ShapeError
from sim.table import BargainingTable


@dataclass(frozen=True)
class BargainingProblem:
    """Gains over disagreement of those who sign, and the deals a solution may choose from.

    gains:    (B, N, K) V - W of the N signers in the order of the actors, >= 0 wherever feasible
    feasible: (B, K) deals that are individually rational and permitted for every signer, and that
              nobody outside the circle of signers stops

    Under unanimity ``feasible`` is the table's ``signable``. Under any other signing rule (k of n, weighted
    votes, veto) it still asks for individual rationality of *every* signer: solutions are recommendations to
    all of them, and a coalition's deal that leaves a signer below his disagreement value is none.
    Actors who do not sign count only through the consent they may withhold.

    Raises:  ShapeError if the arrays do not fit together or nobody signs
    Source:  Nash 1950, Econometrica 18:155-162; finite sets without lotteries: Mariotti 1998, Soc Choice
             Welfare 15:413-421
    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]], [0.0, 0.5])
        >>> BargainingProblem.of_table(table).feasible.tolist()
        [[False, True, True]]
    """

    gains: Floats
    feasible: Bools

    def __post_init__(self) -> None:
        draws, signers, deals = self.gains.shape
        if self.feasible.shape != (draws, deals):
            raise ShapeError(f"feasible {self.feasible.shape} does not fit gains {self.gains.shape}")
        if signers == 0:
            raise ShapeError("a bargaining problem needs at least one signer; give somebody a vote or a veto")

    @classmethod
    def of_table(cls, table: BargainingTable) -> BargainingProblem:
        """Read the problem off a table; gains within the tolerance of zero are zero.

        The tolerance shrinks with payoffs that stay far below 1, so that their unit does not matter.
        """
        signers = table.rule.signers
        everybody = bool(signers.all())
        premium = table.premium if everybody else table.premium[:, signers]
        acceptable = table.acceptable if everybody else table.acceptable[:, signers]
        tolerance = TOLERANCE * _size(table)[:, signers, None]
        feasible = (acceptable & (premium >= -tolerance)).all(axis=1) & table.offerable
        return cls(np.where(premium > tolerance, premium, 0.0), np.asarray(feasible))

    def within(self, deals: Bools) -> BargainingProblem:
        """The problem with its choice narrowed to the deals (B, K) given."""
        return BargainingProblem(self.gains, self.feasible & deals)

    def only(self, deals: Bools) -> tuple[BargainingProblem, Ints]:
        """The problem with nothing but the deals (B, K) given, as the frontier's, and their places (B, M).

        M is the most that a draw has; one that has fewer is filled up with deals that are not feasible.

        Example:
            >>> problem = BargainingProblem(np.array([[[1.0, 4.0, 2.0]]]), np.ones((1, 3), bool))
            >>> few, place = problem.only(np.array([[False, True, True]]))
            >>> few.gains.tolist(), place.tolist()
            ([[[4.0, 2.0]]], [[1, 2]])
        """
        if len(deals) == 1:
            place = np.flatnonzero(deals)[None]
            return BargainingProblem(self.gains[:, :, place[0]], self.feasible[:, place[0]]), place
        most = int(np.count_nonzero(deals, axis=1).max(initial=0))
        place = np.argsort(~deals, axis=1, kind="stable")[:, :most]
        gains = np.take_along_axis(self.gains, place[:, None], axis=2)
        return BargainingProblem(gains, np.take_along_axis(self.feasible & deals, place, axis=1)), place

    @cached_property
    def ideal(self) -> Floats:
        """(B, N) the most each signer can gain in a feasible deal, 0 where there is none.

        The best over the individually rational part only: the best over all deals is another point.
        """
        gains = self.gains if self.feasible.all() else np.where(self.feasible[:, None, :], self.gains, 0.0)
        return np.asarray(np.maximum.reduce(gains, axis=2, initial=0.0))


def _size(table: BargainingTable) -> Floats:
    """(B, A) the largest payoff or disagreement value of each actor, 1 at most."""
    if not len(table.deals):
        return np.ones(table.disagreement.shape)
    largest = np.maximum(table.payoff.max(axis=2), -table.payoff.min(axis=2))
    return np.asarray(np.minimum(np.maximum(largest, np.abs(table.disagreement)), 1.0))
