"""One block of draws from numbers to outcomes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.engine.negotiation import negotiate
from sim.engine.outcome import Outcome
from sim.engine.play import play
from sim.engine.seating import seat
from sim.foundations import Ints
from sim.protocols import Talks
from sim.scenario import Draws
from sim.table import DealSpace, Worlds, build

#: Working memory that a block may take, in bytes; draws go through in blocks of this size.
BLOCK_BYTES = 192 * 2**20

#: Arrays of shape (B, A, K) alive at once at the peak, measured.
_ARRAYS = 14


@dataclass(frozen=True)
class Block:
    """A simulated block of draws: the core model, the talks, what came of them."""

    worlds: Worlds
    outcome: Outcome


def block_size(space: DealSpace, actors: int) -> int:
    """How many draws fit into the memory of a block."""
    return max(1, int(BLOCK_BYTES / (8 * _ARRAYS * actors * max(len(space), 16))))


def simulate(space: DealSpace, draws: Draws, *, keep_states: bool = False) -> Block:
    """Build the core model of a block of draws, hold talks in it and tell its story."""
    worlds = build(space, draws)
    return Block(worlds, play(worlds, _TalksHolder(worlds), keep_states=keep_states))


def talks_of(worlds: Worlds, *, keep_log: bool = True) -> Talks:
    """Hold the first talks once more, with the offer log kept, for transcripts."""
    dice = worlds.draws.dice.child("talks", 0)
    return negotiate(seat(worlds), worlds.table, dice, keep_log=keep_log)


class _TalksHolder:
    """Holds talks in some draws of the block; seats the negotiators once."""

    def __init__(self, worlds: Worlds) -> None:
        self.worlds = worlds
        self.protocol = seat(worlds)

    def __call__(self, where: Ints, meeting: int) -> Talks:
        table, protocol, dice = self.worlds.table, self.protocol, self.worlds.draws.dice
        if len(where) < table.draws or not np.array_equal(where, np.arange(table.draws)):
            table, protocol, dice = table.select(where), protocol.select(where), dice.select(where)
        return negotiate(protocol, table, dice.child("talks", meeting))
