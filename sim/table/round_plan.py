"""What everybody does in every round, worked out beforehand, as plain arrays."""

from __future__ import annotations

from dataclasses import dataclass

from sim.foundations import Bools, Floats, Ints, ShapeError


@dataclass(frozen=True)
class RoundPlan:
    """One proposal and one reservation value per round, for a block of draws.

    Theory solves for it (backward induction), a protocol plays it; neither knows the other.

    proposal:    (B, T) deal that the proposer of the round puts forward, NO_DEAL if he waits
    proposer:    (T,) index of the actor who speaks in the round
    reservation: (B, A, T) payoff V at or above which an actor says yes in the round
    value:       (B, A) what talks are worth to each actor at the start, in payoff; 0 where not told

    Raises:  ShapeError if the arrays do not fit together
    Source:  ours (data passed between layers)

    Example:
        >>> import numpy as np
        >>> plan = RoundPlan(np.array([[1, 0]]), np.array([0, 1]), np.zeros((1, 2, 2)), np.zeros((1, 2)))
        >>> plan.rounds, plan.select(np.array([True])).proposal.tolist()
        (2, [[1, 0]])
    """

    proposal: Ints
    proposer: Ints
    reservation: Floats
    value: Floats

    def __post_init__(self) -> None:
        draws, rounds = self.proposal.shape
        actors = self.value.shape[1]
        expected = {
            "proposer": (self.proposer.shape, (rounds,)),
            "reservation": (self.reservation.shape, (draws, actors, rounds)),
            "value": (self.value.shape, (draws, actors)),
        }
        for name, (found, wanted) in expected.items():
            if found != wanted:
                raise ShapeError(f"{name} has shape {found}, the proposals ask for {wanted}")

    @property
    def rounds(self) -> int:
        """T, the number of rounds the plan covers."""
        return int(self.proposal.shape[1])

    def select(self, where: Bools | Ints) -> RoundPlan:
        """The plan of some of the draws, by mask or indices."""
        return RoundPlan(self.proposal[where], self.proposer, self.reservation[where], self.value[where])
