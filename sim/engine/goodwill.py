"""What becomes of a deal in force beside its hazard: spoilers who attack, sides that choose to break it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.equilibria import spoilers
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.table import Worlds
from sim.table.mutual_fear import breach_chances
from sim.table.open_breaches import breach_terms


@dataclass
class Goodwill:
    """What those who sign think of each other, and what they are like; arrays (B, A) but for the last two.

    trust:  trust in each who signs, 0..1
    honest: whether each is trustworthy
    breach: (B, 2) chance per round that each of two who sign breaks the deal in force
    of:     (B,) the deal that these chances are of, NO_DEAL for none
    gained: (B, A) what breaking the deal has just gained each, less its penalty, in own value for ever
    """

    trust: Floats
    honest: Bools
    breach: Floats
    of: Ints
    gained: Floats

    @classmethod
    def begin(cls, worlds: Worlds) -> Goodwill:
        """Before anything is signed; what each is like is drawn once a draw."""
        size, count = worlds.delta.shape
        trust = np.ones((size, count))
        honest = np.ones((size, count), bool)
        if worlds.scenario.after_signature.spoilers is not None:
            trust[:] = worlds.draws["after_signature.spoilers.trust"][:, None]
            for a, name in enumerate(worlds.actors):
                honest[:, a] = worlds.draws.dice.uniform("trustworthy", name) < trust[:, a]
        return cls(trust, honest, np.zeros((size, 2)), np.full(size, NO_DEAL), np.zeros((size, count)))


def ended_after_signature(
    worlds: Worlds, goodwill: Goodwill, deal: Ints, in_force: Bools, breaks: Bools, now: int
) -> Bools:
    """(B,) deals in force that an attack ends, or one of those who signed, at the end of a round.

    Args:
        breaks: (B,) deals that something else has just ended, so that nobody can break them any more
    """
    found = np.zeros(len(in_force), bool)
    asked = worlds.scenario.after_signature
    if asked.spoilers is not None:
        found |= _distrusted(worlds, goodwill, in_force, now)
    if asked.breaking is not None:
        found |= _broken_first(worlds, goodwill, deal, in_force & ~breaks & ~found, now)
    return found


def _distrusted(worlds: Worlds, goodwill: Goodwill, in_force: Bools, now: int) -> Bools:
    """Let extremists of each who signs attack or not, and the others think about it."""
    draws, years = worlds.draws, worlds.scenario.talks.round_years
    held, let = (draws[f"after_signature.spoilers.{key}"] ** years for key in ("strength", "laxity"))
    needed = draws["after_signature.spoilers.needed"]
    found = np.zeros(len(in_force), bool)
    for a in np.flatnonzero(worlds.table.rule.signers):
        prevented = np.where(goodwill.honest[:, a], held, let)
        attack = draws.dice.uniform("spoilers attack", worlds.actors[a], now) >= prevented
        then = spoilers(goodwill.trust[:, a], held, let, needed)
        after = np.where(attack, then.attacked, then.quiet)
        goodwill.trust[:, a] = np.where(in_force, after, goodwill.trust[:, a])
        found |= in_force & attack & (goodwill.trust[:, a] < needed - TOLERANCE)
    return found


def _broken_first(worlds: Worlds, goodwill: Goodwill, deal: Ints, stands: Bools, now: int) -> Bools:
    """Let each of two who signed break the deal or keep it; what breaking gains him only he sees."""
    new = np.flatnonzero(stands & (goodwill.of != deal))
    if len(new):
        goodwill.breach[new], goodwill.of[new] = _chances(worlds, new, deal[new]), deal[new]
    goodwill.gained[:] = 0.0
    found = np.zeros(len(stands), bool)
    for place, a in enumerate(np.flatnonzero(worlds.table.rule.signers)):
        luck = worlds.draws.dice.uniform("breaks first", worlds.actors[a], now)
        broken = stands & (luck < goodwill.breach[:, place])
        where = np.flatnonzero(broken)
        if len(where):
            penalty, temptation = _terms(worlds, where, deal[where])
            # The gain of which the chance of a larger one is ``luck``: he breaks the deal where it is large enough.
            goodwill.gained[where, a] = -np.log(np.maximum(luck[where], np.finfo(float).tiny)) * temptation - penalty
        found |= broken
    return found


def _terms(worlds: Worlds, rows: Ints, deal: Ints) -> tuple[Floats, Floats]:
    """(N,) what breaking these deals costs, and the mean of what it gains."""
    kinds, place = np.unique(deal, return_inverse=True)
    penalty, temptation = breach_terms(worlds.space, worlds.draws, kinds)
    return penalty[rows, place.ravel()], temptation[rows, place.ravel()]


def _chances(worlds: Worlds, rows: Ints, deal: Ints) -> Floats:
    """(N, 2) chance per round that each of two breaks these deals, as the other expects."""
    asked = worlds.scenario.after_signature.breaking
    assert asked is not None
    if worlds.opened is not None:
        return worlds.opened.chance[rows, :, deal]
    who = np.flatnonzero(worlds.table.rule.signers)
    collapsed = worlds.fallback[rows][:, who] - worlds.damage[rows][:, who]
    flow = worlds.flow[rows[:, None], who, deal[:, None]] - collapsed
    penalty, temptation = (np.broadcast_to(one[:, None], flow.shape) for one in _terms(worlds, rows, deal))
    patience = worlds.delta[rows][:, who]
    return breach_chances(flow, penalty, temptation, patience, fragile=asked.expected == "fragile")
