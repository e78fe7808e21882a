"""Every theory evaluated on a block of worlds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.foundations import NO_DEAL, Floats, Ints
from sim.table import Worlds
from sim.theory.all_readings import NEEDS, READABLE, find_reading
from sim.theory.case_facts import CaseFacts


class TheoryBlock(NamedTuple):
    """What T readable theories say of B worlds.

    fails:  (B, T) index into ``NEEDS`` of the first need that is not met, -1 where the theory applies
    chance: (B, T) chance of a deal, nan where it does not apply or says nothing
    gains:  (B, T, A) expected gain over no deal, nan likewise
    deal:   (B, T) the deal nearest to these gains, -1 for none, or where a theory points at no single deal
    marked: (B, T) whether the mechanism of the theory is at work, 0 also where it does not apply
    """

    fails: Ints
    chance: Floats
    gains: Floats
    deal: Ints
    marked: Ints


def read_theories(worlds: Worlds) -> TheoryBlock:
    """Ask of every theory whether it applies in each world, and what it predicts there."""
    facts = CaseFacts(worlds)
    size, count, actors = facts.draws, len(READABLE), len(worlds.actors)
    names = [need.name for need in NEEDS]
    fails = np.full((size, count), -1)
    chance = np.full((size, count), np.nan)
    gains = np.full((size, count, actors), np.nan)
    deal = np.full((size, count), NO_DEAL)
    marked = np.zeros((size, count), np.int64)
    for t, name in enumerate(READABLE):
        reading = find_reading(name)
        for need, failing in zip(reading.needs, reading.failing(facts), strict=True):
            fails[failing, t] = names.index(need.name)
        there = fails[:, t] < 0
        if not there.any() or reading.predict is None:
            continue
        found = reading.predict(facts)
        chance[there, t] = found.chance[there]
        gains[there, t] = found.gains[there]
        if found.settles:
            nearest = facts.nearest(found.gains)
            deal[there, t] = np.where(found.chance > 0, nearest, NO_DEAL)[there]
        if found.marked is not None:
            marked[there, t] = found.marked[there]
    return TheoryBlock(fails, chance, gains, deal, marked)
