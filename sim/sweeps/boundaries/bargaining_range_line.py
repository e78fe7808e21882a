"""Where the bargaining range is empty: no share of the stake suits both sides."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.equilibria.bargaining_range import least_share
from sim.foundations import TOLERANCE, Floats
from sim.sweeps.boundaries.boundary import Boundary, Role, boundary_named
from sim.sweeps.boundaries.one_share import OneShare, one_share, plain_pair
from sim.table import Worlds
from sim.table.durability import DurabilityWeights


@boundary_named("bargaining-range", source="Fearon 1995, Int. Org. 49; Powell 2006")
class RangeLine(Boundary):
    """Some share of the stake lies between what A needs at least and what B grants at most."""

    role: ClassVar[Role] = "closed form"
    label = "bargaining range"
    rank = 1

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """Two signers, one share that both value in proportion, one document, refusal means war."""
        del varied
        pair = plain_pair(worlds)
        return pair is not None and not worlds.weights.w_conversion.any() and one_share(worlds, pair) is not None

    def field(self, worlds: Worlds) -> Floats:
        """Length of the part of the range that is on offer; negative: how far the two are apart."""
        pair = plain_pair(worlds)
        found = one_share(worlds, pair) if pair is not None else None
        if found is None:
            raise ValueError("these worlds are not one-dimensional")
        low, high = share_range(worlds, found)
        least, most = found.ends
        return np.asarray(np.minimum(high, most) - np.maximum(low, least) + TOLERANCE)


def share_range(worlds: Worlds, found: OneShare) -> tuple[Floats, Floats]:
    """(B,) least share that A signs for and (B,) largest that B signs for, by theory's closed form.

    Values are put into units of the stake to each side; each side has its own hazard and shift in mind. The form is
    that of ``bargaining_range``, for all worlds at once: a map asks for hundreds of thousands.
    """
    group = int(worlds.space.durability_classes[1][found.deals[0]])
    sides = list(found.side)
    war = worlds.no_deal.value[:, sides] / found.slope
    grievance = -found.besides / found.slope
    damage = worlds.damage[:, sides] / found.slope
    shift = worlds.shift[:, sides] / found.slope  # to each side himself
    plain = worlds.documents.weights(worlds.delta, converting=np.zeros(len(worlds.draws)))
    life = DurabilityWeights(*(weight[:, sides, group] for weight in plain))
    needed = least_share(war, grievance, damage, shift, life.chi, life.psi)
    return needed[:, 0], 1 - needed[:, 1]
