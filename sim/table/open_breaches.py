"""Breaking a deal as a choice that everybody foresees: who would break which deal how often, and what that is worth.

Each of two who signed may break the deal in force at the end of a round (``sim.scenario.after_signature``), once it
has lived through whatever else may end it, which it does with chance 1 - h. What that gains him is drawn anew each
time, xi from an exponential law with mean s, and costs a penalty E. With b his flow above what a collapse returns him
to, and a, a' the chances that he and the other break it,

    y = ((1 - delta) b + d a s) / (1 - d + d a')     d = delta (1 - h)
    a = exp(-(E + (1 - a') y) / s)

is what the deal is worth to him above its collapse, and how often he breaks it: whenever xi - E is more than what he
would keep, (1 - a') y. Where that is less than nothing without any gain, he breaks it at once, and y = (1 - delta) b
+ d (s - E). Nothing changes with time, so neither does the hazard, 1 - (1 - h) (1 - a) (1 - a'), and in the value
of a document (``sim.table.durability``) the gains of breaking are

    d a (E[xi - E | he breaks it]) / (1 - d (1 - a) (1 - a')).

Source: ours, after Werner & Yuen 2005, Int Organ 59:261-292; least and greatest equilibrium by monotone best replies:
    Milgrom & Roberts 1990, Econometrica 58:1255-1277
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.foundations import Floats, Ints
from sim.scenario import Draws
from sim.table.deal_space import DealSpace
from sim.table.documents import Documents
from sim.table.mutual_fear import breach_chances
from sim.table.signing_rule import SigningRule

#: Patience beyond which a round counts for nothing any more.
_PATIENT: Final = 1 - 1e-9


@dataclass(frozen=True)
class OpenBreaches:
    """Who breaks which deal in force how often, as everybody foresees it.

    who:    (2,) places of those who sign
    chance: (B, 2, K) chance per round that each breaks the deal
    gained: (B, A, K) what breaking adds to the value in force; 0 for those who do not sign
    """

    who: Ints
    chance: Floats
    gained: Floats

    @classmethod
    def foreseen(
        cls, space: DealSpace, draws: Draws, rule: SigningRule, flow: Floats, documents: Documents, delta: Floats,
        back: Floats,
    ) -> tuple[OpenBreaches, Documents]:  # fmt: skip
        """Work out what all deals come to, and how long they last in everybody's eyes then.

        Args:
            flow:      (B, A, K) own value per round while each deal stands
            documents: how long deals last if nobody breaks them
            delta:     (B, A) discount factor per round
            back:      (B, A) what a collapse returns everybody to, its damage taken off
        """
        asked = space.scenario.after_signature.breaking
        assert asked is not None
        who = np.flatnonzero(rule.signers)
        held = documents.believed.holds
        patience = np.minimum(delta, _PATIENT)[:, who, None]
        lives = np.minimum(patience * (1 - held[:, who]), _PATIENT)  # d, (B, 2, K)
        above = flow[:, who] - back[:, who, None]
        penalty, temptation = breach_terms(space, draws, np.arange(len(space)))
        size, _, deals = above.shape

        def listed(values: Floats) -> Floats:
            return np.moveaxis(np.broadcast_to(values, above.shape), 1, 2).reshape(-1, 2)

        scaled = above * (1 - patience) / (1 - lives)
        numbers = (listed(one) for one in (scaled, penalty[:, None], temptation[:, None], lives))
        found = _alike([one.reshape(size, deals, 2) for one in numbers], fragile=asked.expected == "fragile")
        chance = np.moveaxis(found, 2, 1)
        kept = 1 - chance[:, ::-1]
        worth = ((1 - patience) * above + lives * chance * temptation[:, None]) / (1 - lives * kept)
        rash = (1 - patience) * above + lives * (temptation - penalty)[:, None]
        margin = penalty[:, None] + kept * np.where(penalty[:, None] + kept * rash < 0, rash, worth)
        each = np.maximum(margin, 0.0) + temptation[:, None] - penalty[:, None]
        both = (1 - chance).prod(axis=1, keepdims=True)
        gained = np.zeros_like(flow)
        gained[:, who] = lives * chance * each / (1 - lives * both)
        believed = replace(documents.believed, holds=1 - (1 - held) * both)
        return cls(who, chance, gained), replace(documents, believed=believed)


def _alike(numbers: list[Floats], *, fragile: bool) -> Floats:
    """(B, K, 2) chances; worked out once where all draws are alike."""
    size = len(numbers[0])
    if all(not np.ptp(one, axis=0).any() for one in numbers):
        numbers = [one[:1] for one in numbers]
    found = breach_chances(*(one.reshape(-1, 2) for one in numbers), fragile=fragile)
    return np.broadcast_to(found.reshape(numbers[0].shape), (size, *numbers[0].shape[1:]))


def breach_terms(space: DealSpace, draws: Draws, deals: Ints) -> tuple[Floats, Floats]:
    """(B, N) what breaking some deals (N,) first costs, and the mean of what it gains, in own value for ever."""

    def number(key: str) -> Floats:
        return np.asarray(draws.get(f"after_signature.breaking.{key}", 0.0) + np.zeros(len(draws)))[:, None]

    penalty = number("penalty") + number("enforced") * space.enforcement[deals]
    return penalty, number("temptation") + np.zeros_like(penalty)
