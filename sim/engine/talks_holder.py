"""Holds the talks of a block: who sits there, with which dice, and what is known of the first time they met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.engine.negotiation import negotiate
from sim.engine.seating import seat
from sim.foundations import Bools, Dice, Floats, Ints
from sim.protocols import AbstractProtocol, TalksState
from sim.table import BargainingTable, Worlds


@dataclass(frozen=True, slots=True)
class WatchedDice(Dice):
    """Dice that remember whether anybody has thrown them.

    watched: the dice themselves, whatever their kind: their streams may be counted by luck, or remembered
    """

    watched: Dice
    thrown: list[bool]

    @classmethod
    def of(cls, watched: Dice, thrown: list[bool]) -> WatchedDice:
        """Watch some dice."""
        return cls(watched.seed, watched.draws, watched, thrown)

    def uniform(self, *words: object) -> Floats:
        """One throw for each draw, which is remembered."""
        self.thrown[0] = True
        return self.watched.uniform(*words)

    def several(self, purposes: Sequence[tuple[object, ...]]) -> Floats:
        """Many throws, which are remembered."""
        self.thrown[0] = True
        return self.watched.several(purposes)

    def select(self, where: Bools | Ints) -> WatchedDice:
        """Dice of some draws, watched as well."""
        return WatchedDice.of(self.watched.select(where), self.thrown)

    def child(self, *words: object) -> WatchedDice:
        """Dice with their own streams, watched as well."""
        return WatchedDice.of(self.watched.child(*words), self.thrown)


@dataclass(frozen=True)
class SeatedTalks:
    """Talks that are still to be held.

    protocol: rules, with the negotiators in them
    table:    what they see
    dice:     random streams of these talks
    begin:    the round with which they begin
    """

    protocol: AbstractProtocol
    table: BargainingTable
    dice: WatchedDice
    begin: int

    def select(self, where: Ints) -> SeatedTalks:
        """The talks in some of the draws."""
        return SeatedTalks(self.protocol.select(where), self.table.select(where), self.dice.select(where), self.begin)

    def held(self) -> TalksState:
        """Hold them by themselves."""
        return negotiate(self.protocol, self.table, self.dice, begin=self.begin)


class TalksHolder:
    """Holds talks in some draws of the block; seats the negotiators once.

    Talks about the same table by the same people that left nothing to luck would go the same way every time
    they meet, so they are held once; where dice were thrown, each time has its own streams.
    """

    def __init__(self, worlds: Worlds, before: int = 0) -> None:
        self.worlds = worlds
        self.before = before  # talks held in other worlds before
        self.protocol = seat(worlds)
        self.first: TalksState | None = None
        self.thrown = [False]

    def __call__(self, where: Ints, meeting: int, begin: int = 0) -> TalksState:
        """Hold talks in the draws ``where`` (R,), for the given time these meet, from a round on."""
        found = self.known(where, begin)
        return self.kept(where, meeting, begin, self.seated(where, meeting, begin).held()) if found is None else found

    def known(self, where: Ints, begin: int) -> TalksState | None:
        """What comes of the talks where they would go as they went the first time; ``None`` where that is not so."""
        first = self.first
        if first is None or self.thrown[0] or begin:
            return None
        return TalksState(
            first.open[where], first.deal[where], first.round[where], first.by[where], first.accepted[where]
        )

    def seated(self, where: Ints, meeting: int, begin: int) -> SeatedTalks:
        """The talks, before they are held."""
        table, protocol = self.worlds.table, self.protocol
        dice = WatchedDice.of(self.worlds.draws.dice, self.thrown)
        if not self._everybody(where):
            table, protocol, dice = table.select(where), protocol.select(where), dice.select(where)
        return SeatedTalks(protocol, table, dice.child("talks", meeting + self.before), begin)

    def kept(self, where: Ints, meeting: int, begin: int, talks: TalksState) -> TalksState:
        """Remember what came of them, where it may be known by it what comes of later ones."""
        if self._everybody(where) and meeting == 0 and not begin:
            self.first = talks
        return talks

    def _everybody(self, where: Ints) -> bool:
        return np.array_equal(where, np.arange(self.worlds.table.draws))
