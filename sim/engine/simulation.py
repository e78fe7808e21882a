"""One block of draws from numbers to outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sim.engine.changed_world import carried_on, changed_draws, taught_draws
from sim.engine.finite import require_finite_utility, require_finite_worlds
from sim.engine.negotiation import negotiate
from sim.engine.outcome import Outcome
from sim.engine.play import Waiting, play_from, told
from sim.engine.played_story import Beginning
from sim.engine.seating import seat
from sim.engine.talks_holder import TalksHolder
from sim.foundations import Ints
from sim.foundations.kept_memory import keep_freed_memory
from sim.protocols import TalksState
from sim.scenario import Draws
from sim.table import DealSpace, Worlds, build
from sim.table.events_ahead import SoFar, after

#: Working memory that a block may take, in bytes; draws go through in blocks of this size.
BLOCK_BYTES = 192 * 2**20

#: Arrays of shape (B, A, K) alive at once at the peak, measured.
_ARRAYS = 14


@dataclass(frozen=True)
class Block:
    """A simulated block of draws: the core model, the talks, what came of them."""

    worlds: Worlds
    outcome: Outcome


#: Draws that a block has even where its memory is then more: talks cost a block as much as a draw.
_FEW = 4

#: What such a block may take at most, in bytes.
FEW_BYTES = 1024 * 2**20


def draw_bytes(deals: int, actors: int) -> int:
    """Working memory that each draw of a block takes, in bytes.

    Example:
        >>> draw_bytes(200_000, 4) / 2**20 < 100
        True
    """
    return 8 * _ARRAYS * actors * max(deals, 16)


def block_size(space: DealSpace, actors: int) -> int:
    """How many draws fit into the memory of a block, one at least."""
    each = draw_bytes(len(space), actors)
    return max(1, BLOCK_BYTES // each, min(_FEW, FEW_BYTES // each))


def simulate(space: DealSpace, draws: Draws, *, keep_states: bool = False) -> Block:
    """Build the core model of a block of draws, hold talks in it and tell its story.

    Raises:  InputError if a number leads to payoffs, hazards or values that are not finite
    """
    return told(simulated(space, draws, keep_states=keep_states))


def simulated(space: DealSpace, draws: Draws, *, keep_states: bool = False) -> Waiting[Block]:
    """The same, up to the next talks: whoever goes on with it holds them, see ``sim.engine.talks_together``."""
    keep_freed_memory(2 * BLOCK_BYTES)
    worlds = build(space, draws)
    require_finite_worlds(worlds)
    outcome = yield from _played(worlds, keep_states=keep_states)
    require_finite_utility(outcome.utility, draws)
    return Block(worlds, outcome)


def _played(worlds: Worlds, *, keep_states: bool) -> Waiting[Outcome]:
    """Tell the story of every draw; where the world changes without a deal, go on in it as it is by then."""
    scenario, size = worlds.scenario, len(worlds.draws)
    reopens = not scenario.events and scenario.talks.battles is None
    begins = Beginning.of_all(worlds.delta, len(scenario.events))
    outcome, found, onwards = yield from play_from(worlds, TalksHolder(worlds), begins, keep_states=keep_states)
    so_far, opened = SoFar.nothing(scenario, size), 0
    queue = [(worlds, np.arange(size), so_far, found, onwards)]
    while queue:
        before, rows, so_far, found, onwards = queue.pop(0)
        if not len(found):
            continue
        so_far = so_far.select(found)
        so_far = SoFar(onwards.at, so_far.happened | onwards.news, onwards.waited)
        for where, changed in _changed(before, found, onwards, so_far):
            opened += 1
            require_finite_worlds(changed)
            begins, place = onwards.select(where), rows[found[where]]
            begun = begins if not scenario.events else replace(begins, waited=np.zeros(len(where), np.int64))
            holder = TalksHolder(changed, opened)
            later, again, then = yield from play_from(changed, holder, begun, keep_states=keep_states)
            count, reopened = outcome.changed[place] + 1, outcome.reopened[place] + reopens
            # The last of the stories of a draw counts, so they are put in one after the other.
            outcome = carried_on(outcome, place, later, begins.at, anew=reopens)
            outcome.changed[place], outcome.reopened[place] = count, reopened
            queue.append((changed, place, so_far.select(where), again, then))
    return outcome


def _changed(before: Worlds, rows: Ints, begins: Beginning, so_far: SoFar) -> Iterator[tuple[Ints, Worlds]]:
    """The worlds of some draws as they are when their stories go on, each with (N,) their places among these draws."""
    scenario = before.scenario
    if scenario.talks.battles is not None:  # the talks go on, by what a battle has taught
        yield np.arange(len(rows)), build(before.space, taught_draws(scenario, before.draws, rows, begins.at))
        return
    if not scenario.events:  # talks that failed are held anew
        draws = changed_draws(scenario, before.draws, rows, begins.at * scenario.talks.round_years)
        yield np.arange(len(rows)), build(before.space, draws)
        return
    now = Draws({path: found[rows] for path, found in before.draws.values.items()}, before.draws.dice.select(rows))
    for where, space, draws in after(before.space, now, begins.news):
        yield where, build(space, draws, so_far.select(where))


def talks_of(worlds: Worlds, *, keep_log: bool = True) -> TalksState:
    """Hold the first talks once more, with the offer log kept, for transcripts."""
    dice = worlds.draws.dice.child("talks", 0)
    return negotiate(seat(worlds), worlds.table, dice, keep_log=keep_log)
