"""Which kinds of deal could be signed in each draw; if none, what kind of stalemate it is and by what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Ints
from sim.table.worlds import Worlds

STALEMATES = ("none", "no joint deal", "distributional", "sequencing")
BLOCKS = ("none", "red lines alone", "numbers alone", "both", "either alone")


@dataclass(frozen=True)
class Classification:
    """What could be signed, before anybody talks.

    exists:     (B, N) whether an acceptable deal of each kind of the case exists
    stalemate:  (B,) index into STALEMATES
    block:      (B,) index into BLOCKS: what stands in the way where nothing is acceptable
    conflict:   (B,) acceptable deals exist that settle no root cause and such that settle all, ranked differently
    deals:      (B,) how many deals are acceptable

    Stalemates: *no joint deal*, no deal on offer has a joint surplus over the signers' alternatives;
    *distributional*, some has, but none at terms that each accepts; *sequencing*, a deal
    that settles no root cause and one that settles all each beat no deal for every signer, but waiting for the one
    stops the other.
    Blocks: *red lines alone* (the numbers would allow a deal, every deal crosses a hard line), *numbers alone*
    (a deal crosses no line, none pays), *both* (only together do they stop every deal), *either alone* (each
    would stop every deal without the other).

    Source: bargaining failure by an empty range or by what is on offer (Fearon 1995, Int Organ 49:379-414), told apart
        from the order of signing; the partition is ours.
    """

    exists: Bools
    stalemate: Ints
    block: Ints
    conflict: Bools
    deals: Ints

    @property
    def any(self) -> Bools:
        """(B,) whether any deal is acceptable."""
        return np.asarray(self.exists.any(axis=1))


def classify(worlds: Worlds) -> Classification:
    """Classify every draw of a block from its deal values alone."""
    table = worlds.table
    accepts = worlds.accepts
    joint = table.agreed(accepts)
    exists = _by_kind(worlds, joint)
    none = ~exists.any(axis=1)
    gain = worlds.payoff - worlds.alternative[:, :, None]
    pays = gain >= -TOLERANCE
    by_numbers = table.agreed(pays).any(axis=1)
    by_lines = table.agreed(worlds.permitted).any(axis=1)
    stops = {
        "none": ~none,
        "red lines alone": by_numbers & ~by_lines,
        "numbers alone": ~by_numbers & by_lines,
        "both": by_numbers & by_lines,
    }
    block = np.select([*stops.values()], [BLOCKS.index(name) for name in stops], BLOCKS.index("either alone"))
    above_war = table.agreed(worlds.permitted & (table.premium >= -TOLERANCE))
    space = worlds.space
    sequencing = above_war[:, space.leaves_all].any(axis=1) & above_war[:, space.settles_all].any(axis=1)
    signers = worlds.rule.signers
    surplus = gain[:, signers].sum(axis=1).max(axis=1) >= -TOLERANCE
    sorts = {"none": ~none, "sequencing": sequencing, "distributional": surplus}
    stalemate = np.select(
        [*sorts.values()], [STALEMATES.index(name) for name in sorts], STALEMATES.index("no joint deal")
    )
    return Classification(exists, stalemate, block, _conflict(worlds, joint), joint.sum(axis=1))


def _by_kind(worlds: Worlds, joint: Bools) -> Bools:
    """(B, N) whether a deal of each kind is among ``joint`` (B, K)."""
    space = worlds.space
    return np.stack([joint[:, space.kind == kind].any(axis=1) for kind in range(len(space.kinds))], axis=1)


def _conflict(worlds: Worlds, joint: Bools) -> Bools:
    """(B,) whether one signer ranks the best deal that settles no root cause first, another one that settles all."""
    signers = worlds.rule.signers
    if not (worlds.space.leaves_all.any() and worlds.space.settles_all.any()):
        return np.zeros(len(joint), bool)
    best = []
    for of_kind in (worlds.space.leaves_all, worlds.space.settles_all):
        worth = np.where(joint[:, None, of_kind], worlds.payoff[:, :, of_kind][:, signers], -np.inf)
        best.append(worth.max(axis=2, initial=-np.inf))
    truce, settlement = best
    both = np.isfinite(truce).all(axis=1) & np.isfinite(settlement).all(axis=1)
    prefers = np.zeros(truce.shape)
    np.subtract(truce, settlement, out=prefers, where=both[:, None])
    return np.asarray(both & (prefers > TOLERANCE).any(axis=1) & (prefers < -TOLERANCE).any(axis=1))
