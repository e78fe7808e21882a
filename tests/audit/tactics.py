"""What the talks of a case look like to somebody who reads their transcripts."""

from dataclasses import dataclass

import numpy as np

from sim.engine import simulate, talks_of
from sim.ensemble.played_block import PlayedBlock
from sim.foundations import NO_DEAL
from sim.scenario import change, draw, read_case
from sim.table import DealSpace

#: A step on an issue of less than this is none.
STEP = 1e-9


@dataclass(frozen=True)
class Manners:
    """Of the worlds of a case that fit what was observed.

    worlds:     how many there are
    missed:     share in which the talks end without agreement though all could accept some deal, arms aside
    efficient:  share of what is agreed that no other deal beats for all who sign
    takebacks:  a transcript: an issue that had moved toward what the other side said first moves back
    signed:     share that agree
    """

    worlds: int
    missed: float
    efficient: float
    takebacks: float
    signed: float


def manners(name, draws, changes=None):
    """Play a case, all its talks being offers in turn, and read the transcripts of the worlds that fit."""
    scenario = change(read_case(f"scenarios/{name}").scenario, {"talks.protocol": "alternating-offers"} | (changes or {}))
    space = DealSpace.of(scenario)
    fits = PlayedBlock(simulate(space, draw(scenario, np.arange(draws)))).consistent
    played = PlayedBlock(simulate(space, draw(scenario, np.flatnonzero(fits))))
    talks = talks_of(played.worlds)
    table = played.worlds.table
    deal = talks.deal
    more = table.premium - table.premium[np.arange(len(deal)), :, np.maximum(deal, 0)][:, :, None]
    more = more[:, played.worlds.rule.signers]
    better = (more >= -STEP).all(axis=1) & (more > STEP).any(axis=1) & table.agreed(played.worlds.accepts)
    agreed = deal != NO_DEAL
    return Manners(
        len(deal),
        float((played.classes.any & ~agreed).mean()),
        float((~better.any(axis=1))[agreed].mean()),
        float(takebacks(table, talks.log).mean()),
        float(agreed.mean()),
    )


def takebacks(table, log):
    """(B,) how often an issue that had moved toward what another said first moves back."""
    offers = {actor: np.array([one.deal for one in log if one.actor == actor and one.act == "offer"]) for actor in table.order}
    count = np.zeros(table.draws, int)
    rows, issues = np.arange(table.draws), np.arange(len(table.issues))
    for me, mine in offers.items():
        for other, theirs in offers.items():
            if other == me or not len(theirs) or not len(mine):
                continue
            said = theirs != NO_DEAL
            first = np.where(said.any(axis=0), theirs[said.argmax(axis=0), rows], NO_DEAL)
            here = first != NO_DEAL
            latest, lowest = np.full((table.draws, len(table.issues)), np.nan), np.full((table.draws, len(table.issues)), np.inf)
            for one in mine:
                spoken = here & (one != NO_DEAL)
                like = table.likeness(table.deals[np.maximum(one, 0)], table.deals[np.maximum(first, 0)], issues)
                back = spoken[:, None] & (like < latest - STEP) & (latest > lowest + STEP)
                count += back.sum(axis=1)
                latest = np.where(spoken[:, None], like, latest)
                lowest = np.where(spoken[:, None], np.minimum(lowest, like), lowest)
    return count
