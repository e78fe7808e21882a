"""Where some deal is acceptable to all who must sign: the signing rule, whatever the talks do."""

from __future__ import annotations

from typing import ClassVar, Final

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats
from sim.sweeps.boundaries.boundary import Boundary, Role, boundary_named
from sim.table import Worlds

#: Margin of a deal that a hard red line bars, and of none: values run from 0 to 1, so nothing is worse.
BARRED: Final = -1.0


def signing_margin(worlds: Worlds) -> Floats:
    """Find by how much each deal clears the signing rule, without holding any talks.

    The margin of a deal is the surplus V + l - O of the last signer whose yes is needed: the least of all
    under unanimity, that of the signer who completes the quota otherwise, never more than that of anybody
    with a veto or whose consent the levels need. It is 0 or more exactly where the table says that the deal
    is acceptable to all who must sign.

    Returns:
        (B, K) margins in value units, at least ``BARRED``
    Source: master inequality, as in ``sim.table.surplus``, for many issues and signers
    """
    gain = worlds.payoff - worlds.alternative[:, :, None]
    gain = np.where(worlds.permitted, gain, BARRED)
    rule = worlds.rule
    needed = worlds.space.consent | rule.veto[:, None]
    margin = np.where(needed, gain, np.inf).min(axis=1)
    if rule.winning is not None:
        together = [gain[:, coalition].min(axis=1) for coalition in rule.winning]
        margin = np.minimum(margin, np.max([np.full(margin.shape, BARRED), *together], axis=0))
    elif not rule.unanimous:
        order = np.argsort(-gain, axis=1, kind="stable")
        votes = np.cumsum(rule.weights[order], axis=1)
        last = rule.enough(votes, (rule.weights[order] > 0).cumsum(axis=1, dtype=np.int64)).argmax(axis=1)[:, None]
        margin = np.minimum(margin, np.take_along_axis(np.take_along_axis(gain, order, 1), last, 1)[:, 0])
    else:
        margin = np.minimum(margin, gain[:, rule.signers].min(axis=1))
    return np.asarray(np.maximum(margin, BARRED))


def best_margin(worlds: Worlds, among: Bools | None = None) -> Floats:
    """(B,) margin of the deal that clears the signing rule best, ``BARRED`` where there is none.

    Args:
        among: (K,) the deals to look at; all by default
    """
    margin = signing_margin(worlds)
    return np.asarray((margin if among is None else margin[:, among]).max(axis=1, initial=BARRED))


class _Signing(Boundary):
    """Some deal of a kind, or of any, is acceptable to all who must sign."""

    role: ClassVar[Role] = "signing"
    kind: ClassVar[str | None] = None

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """Wherever the case has the kind: what exists can be looked up at any point."""
        del varied
        return self.kind is None or self.kind in worlds.space.kinds

    def field(self, worlds: Worlds) -> Floats:
        """Margin of the best deal; indifference is assent."""
        among = None if self.kind is None else worlds.space.kind == worlds.space.kinds.index(self.kind)
        return best_margin(worlds, among) + TOLERANCE


@boundary_named("any-deal", source="signing rule; master inequality of the core model")
class AnyDeal(_Signing):
    """Some deal is acceptable to all who must sign."""

    label = "acceptable deal"


@boundary_named("truce", source="signing rule; master inequality of the core model")
class Truce(_Signing):
    """Some truce is acceptable to all who must sign."""

    kind = "truce"
    label = "acceptable truce"


@boundary_named("partial", source="signing rule; master inequality of the core model")
class Partial(_Signing):
    """Some partial deal is acceptable to all who must sign."""

    kind = "partial"
    label = "acceptable partial deal"


@boundary_named("settlement", source="signing rule; master inequality of the core model")
class Settlement(_Signing):
    """Some settlement is acceptable to all who must sign."""

    kind = "settlement"
    label = "acceptable settlement"
