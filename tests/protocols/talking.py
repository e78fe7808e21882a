"""Protocols ready to be played on any table, for the tests of all of them."""

import numpy as np

from sim.foundations import NO_DEAL, Dice
from sim.protocols import PROTOCOLS
from sim.strategies import assemble
from sim.table import RoundPlan


def dice(table, seed="talks"):
    """Dice for draws numbered from 0."""
    return Dice(seed, np.arange(table.draws))


def simple_plan(table, rounds):
    """In each round the one whose turn it is proposes his best signable deal; all take what beats no deal."""
    proposer = table.order[np.arange(rounds) % len(table.order)]
    good = table.signable & table.offerable
    proposal = np.full((table.draws, rounds), NO_DEAL)
    for t, actor in enumerate(proposer):
        mine = good & table.acceptable[:, actor]
        best = np.where(mine, table.payoff[:, actor], -np.inf).argmax(axis=1)
        proposal[:, t] = np.where(mine.any(axis=1), best, NO_DEAL)
    reservation = np.repeat(table.disagreement[:, :, None], rounds, axis=2)
    return RoundPlan(proposal, proposer, reservation, table.disagreement.copy())


def protocol_for(name, table, rounds=8):
    """The registered protocol with settings that every table can be played with."""
    made = PROTOCOLS[name]
    if name == "strategic-alternating-offers":
        return made(simple_plan(table, rounds))
    if name == "alternating-offers":
        exponents = [np.linspace(0.3, 3.0, table.draws) for _ in table.actors]
        return made(rounds, tuple(assemble(settings={"exponent": one}) for one in exponents))
    return made(rounds)
