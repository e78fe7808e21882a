"""What becomes of a deal in force beside its hazard: spoilers who attack, sides that choose to break it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.equilibria import breach_chances, spoilers
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.table import Worlds


@dataclass
class Goodwill:
    """What those who sign think of each other, and what they are like; arrays (B, A) but for the last two.

    trust:  trust in each who signs, 0..1
    honest: whether each is trustworthy
    breach: (B, 2) chance per round that each of two who sign breaks the deal in force
    of:     (B,) the deal that these chances are of, NO_DEAL for none
    """

    trust: Floats
    honest: Bools
    breach: Floats
    of: Ints

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
        return cls(trust, honest, np.zeros((size, 2)), np.full(size, NO_DEAL))


def ended_after_signature(worlds: Worlds, goodwill: Goodwill, deal: Ints, in_force: Bools, now: int) -> Bools:
    """(B,) deals in force that an attack ends, or one of those who signed, at the end of a round."""
    found = np.zeros(len(in_force), bool)
    asked = worlds.scenario.after_signature
    if asked.spoilers is not None:
        found |= _distrusted(worlds, goodwill, in_force, now)
    if asked.breaking is not None:
        found |= _broken_first(worlds, goodwill, deal, in_force, now)
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


def _broken_first(worlds: Worlds, goodwill: Goodwill, deal: Ints, in_force: Bools, now: int) -> Bools:
    """Let each of two who signed break the deal or keep it; what breaking gains him only he sees."""
    new = np.flatnonzero(in_force & (goodwill.of != deal))
    if len(new):
        goodwill.breach[new], goodwill.of[new] = _chances(worlds, new, deal[new]), deal[new]
    found = np.zeros(len(in_force), bool)
    for place, a in enumerate(np.flatnonzero(worlds.table.rule.signers)):
        luck = worlds.draws.dice.uniform("breaks first", worlds.actors[a], now)
        found |= in_force & (luck < goodwill.breach[:, place])
    return found


def _chances(worlds: Worlds, rows: Ints, deal: Ints) -> Floats:
    """(N, 2) chance per round that each of two breaks these deals, as the other expects."""
    asked, draws = worlds.scenario.after_signature.breaking, worlds.draws
    assert asked is not None
    who = np.flatnonzero(worlds.table.rule.signers)

    def number(key: str) -> Floats:
        return np.asarray(draws.get(f"after_signature.breaking.{key}", 0.0) + np.zeros(len(draws)))[rows, None]

    collapsed = worlds.fallback[rows][:, who] - worlds.damage[rows][:, who]
    flow = worlds.flow[rows[:, None], who, deal[:, None]] - collapsed
    steps = worlds.space.enforcement[deal][:, None]
    penalty = np.broadcast_to(number("penalty") + number("enforced") * steps, flow.shape)
    temptation = np.broadcast_to(number("temptation"), flow.shape)
    patience = worlds.delta[rows][:, who]
    return breach_chances(flow, penalty, temptation, patience, fragile=asked.expected == "fragile")
