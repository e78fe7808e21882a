"""Recognise theory's one-dimensional case in the arrays of a table, however the scenario is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.table import Worlds

_SAME = 1e-9


@dataclass(frozen=True)
class OneShare:
    """Two signers who divide one stake: A wants the share x up, B wants it down, and nothing else differs.

    side:    indices of A and of B among the actors
    deals:   (X,) deals, in the order of x
    share:   (X,) share of A in each of them, a place on the issue
    slope:   (B, 2) own value per round of the whole stake to each side, positive
    besides: (B, 2) own value per round that each has besides his share: to A at x = 0, to B at x = 1
    """

    side: tuple[int, int]
    deals: Ints
    share: Floats
    slope: Floats
    besides: Floats

    @property
    def ends(self) -> tuple[float, float]:
        """Least and largest share on offer."""
        return float(self.share[0]), float(self.share[-1])


def plain_pair(worlds: Worlds) -> tuple[int, int] | None:
    """The two who must both sign, where nobody presses them, no line binds them and refusal means war."""
    rule = worlds.rule
    signers = np.flatnonzero(rule.signers)
    if len(signers) != 2 or not rule.unanimous:
        return None
    outside = np.ones(len(worlds.actors), bool)
    outside[signers] = False
    if worlds.space.consent[outside].any():
        return None
    pair = int(signers[0]), int(signers[1])
    free = worlds.permitted[:, pair].all() and not worlds.pressure[:, pair].any()
    war = np.allclose(worlds.alternative, worlds.no_deal.value, rtol=0, atol=_SAME)
    return pair if free and war else None


def one_share(worlds: Worlds, pair: tuple[int, int], among: Bools | None = None) -> OneShare | None:
    """Find the one share that the deals differ in; ``None`` where they differ in more, or values are curved.

    Args:
        pair:  the two who must sign
        among: (K,) the deals to look at; all by default
    """
    space = worlds.space
    deals = np.arange(len(space)) if among is None else np.flatnonzero(among)
    differ = np.flatnonzero((space.deals[deals] != space.deals[deals[:1]]).any(axis=0))
    if len(differ) != 1:
        return None
    issue = list(worlds.scenario.issues.values())[differ[0]]
    if issue.kind == "categorical":
        return None
    places = issue.scale[space.deals[deals, differ[0]]]
    order = np.argsort(places, kind="stable")
    deals, places = deals[order], places[order]
    if len(np.unique(space.durability_classes[1][deals])) != 1:
        return None
    flow = worlds.flow[:, pair][:, :, deals]
    slope = (flow[:, :, -1] - flow[:, :, 0]) / (places[-1] - places[0])
    straight = flow[:, :, :1] + slope[:, :, None] * (places - places[0])
    if not np.allclose(flow, straight, rtol=0, atol=_SAME):
        return None
    if (slope[:, 0] > _SAME).all() and (slope[:, 1] < -_SAME).all():
        a, b = 0, 1
    elif (slope[:, 1] > _SAME).all() and (slope[:, 0] < -_SAME).all():
        a, b = 1, 0
    else:
        return None
    to_a = straight[:, a, 0] - slope[:, a] * places[0]  # at x = 0
    to_b = straight[:, b, 0] + slope[:, b] * (1 - places[0])  # at x = 1
    return OneShare(
        (pair[a], pair[b]),
        deals,
        places,
        np.column_stack([slope[:, a], -slope[:, b]]),
        np.column_stack([to_a, to_b]),
    )
