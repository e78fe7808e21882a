"""Lines of ordinary bargaining, where nothing breaks down: the zone of agreement, and who gets more."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.equilibria import stahl
from sim.foundations import TOLERANCE, Floats
from sim.sweeps.boundaries.boundary import Boundary, Role, boundary_named
from sim.sweeps.boundaries.once_each import once_each
from sim.sweeps.boundaries.one_share import OneShare, one_share, plain_pair
from sim.sweeps.boundaries.rule_margin import BARRED
from sim.table import Worlds


@boundary_named("zone-of-agreement", source="Raiffa 1982, ch. 4; Pareto frontier of the deals")
class ZoneOfAgreement(Boundary):
    """The most that one side can have, while the other has what refusal is worth to him, suffices."""

    role: ClassVar[Role] = "closed form"
    label = "zone of agreement"
    rank = 2

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """Two signers, documents that last, no pressure; something is varied that refusal is worth."""
        rule = worlds.rule
        return (
            any(path.endswith(".reservation") for path in varied)
            and int(rule.signers.sum()) == 2
            and rule.unanimous
            and not worlds.space.consent[~rule.signers].any()
            and not worlds.pressure[:, rule.signers].any()
            and not worlds.documents.believed.breaks_ever
            and not worlds.weights.w_conversion.any()
            and bool(np.allclose(worlds.alternative, worlds.no_deal.value, rtol=0, atol=1e-12))
        )

    def field(self, worlds: Worlds) -> Floats:
        """What one signer can have beyond his reservation while the other keeps his; of the two, the nearer to 0.

        Both have the same sign; far from it one of them jumps from deal to deal where the other does not.
        """
        one, two = (int(a) for a in np.flatnonzero(worlds.rule.signers))
        found = _beyond(worlds, one, two), _beyond(worlds, two, one)
        return np.asarray(np.where(np.abs(found[0]) < np.abs(found[1]), *found) + TOLERANCE)


def _beyond(worlds: Worlds, keeps: int, gains: int) -> Floats:
    """(B,) best flow on the frontier for one signer, the other having his reservation, less his own."""
    war = worlds.no_deal.value
    free = worlds.permitted[:, keeps] & worlds.permitted[:, gains]
    enough = free & (worlds.flow[:, keeps] >= war[:, keeps, None] - TOLERANCE)
    best = np.where(enough, worlds.flow[:, gains], -np.inf).max(axis=1)
    return np.asarray(np.maximum(best - war[:, gains], BARRED))


@boundary_named("equal-shares", source="Ståhl 1972; Rubinstein 1982")
class EqualShares(Boundary):
    """Whoever speaks first gets half of the pie or more."""

    role: ClassVar[Role] = "terms"
    label = "first to speak gets half or more"

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """Two who divide one whole pie by turns and think ahead, and have nothing without a deal."""
        talks = worlds.scenario.talks
        return (
            talks.protocol == "strategic-alternating-offers"
            and any(path.endswith(".patience") for path in varied)
            and _pie(worlds) is not None
        )

    def field(self, worlds: Worlds) -> Floats:
        """Share of the first to speak in the equilibrium of so many rounds, less a half."""
        pie = _pie(worlds)
        if pie is None:
            raise ValueError("these worlds are no pie")
        names = list(worlds.actors)
        first, second = (names.index(name) for name in worlds.scenario.order)
        rounds = worlds.scenario.talks.talk_rounds
        return once_each(lambda one, two: stahl(one, two, rounds) - 0.5, worlds.gamma[:, [first, second]])


def _pie(worlds: Worlds) -> OneShare | None:
    pair = plain_pair(worlds)
    if pair is None or worlds.documents.believed.breaks_ever or worlds.no_deal.value[:, pair].any():
        return None
    found = one_share(worlds, pair)
    names = [worlds.actors[a] for a in pair]
    if found is None or found.ends != (0.0, 1.0) or sorted(worlds.scenario.order) != sorted(names):
        return None
    whole = np.allclose(found.slope, 1, rtol=0, atol=1e-9) and np.allclose(found.besides, 0, rtol=0, atol=1e-9)
    return found if whole else None
