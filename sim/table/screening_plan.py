"""A plan for offers to somebody who may be of several types: what is offered after what has been seen."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sim.foundations import Bools, Floats, Ints


@dataclass(frozen=True)
class ScreeningPlan:
    """What one side offers another, of whom it knows only what he may be like; N offers, G types, B draws.

    A state is how many of the types, softest first, have accepted by now, and how many battles of those fought the
    other side has won.

    proposer, answering: who offers, and who is sounded out
    order:  (B, G) the types, softest first
    offer:  (B, N, N, G + 1) deal of the n-th offer after so many battles won and with so many types gone, NO_DEAL: none
    cutoff: (B, N, N, G + 1) types gone once it has been answered
    wins:   (G,) chance that a type wins a battle, in the order of toughness
    tough:  (B,) place of the other side as it really is among the types, 0 softest .. 1 toughest
    pause:  rounds of fighting between offers, 1 or more
    chance: (B,) chance of a deal, over all types
    value:  (B, A) expected gain over no deal of the two sides, seen from the beginning; nan for others
    belief: (B, G) what the proposer thinks of the types before his first offer, softest first
    """

    proposer: int
    answering: int
    order: Ints
    offer: Ints
    cutoff: Ints
    wins: Floats
    tough: Floats
    pause: int
    chance: Floats
    value: Floats
    belief: Floats

    @property
    def offers(self) -> int:
        """N."""
        return int(self.offer.shape[1])

    def select(self, where: Bools | Ints) -> ScreeningPlan:
        """The plan of some of the draws."""
        whole = {"proposer", "answering", "wins", "pause"}
        return ScreeningPlan(
            **{
                item.name: getattr(self, item.name) if item.name in whole else getattr(self, item.name)[where]
                for item in fields(self)
            }
        )
