"""Offers between rounds of fighting: those for whom war is cheap fight longer and show it by fighting."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import Floats, InputError


class ScreeningOffers(NamedTuple):
    """A sequence of offers to a side whose cost of war is uniform from 0 to ``highest``.

    offers:   (N,) what A asks beyond its power: the t-th share offered is power + offers[t]
    cutoffs:  (N,) cost of war above which the t-th offer is accepted
    fighting: (N,) chance that B still fights after the t-th offer, 0..1; the last is a fight to the finish
    premium:  what A expects above war
    """

    offers: Floats
    cutoffs: Floats
    fighting: Floats
    premium: float


@EQUILIBRIA.register(
    "screening-while-fighting", source="ours, after Powell 2004, Am J Polit Sci 48:231-241; Fudenberg & Tirole 1983"
)
def screening_while_fighting(highest: float, cost: float, gamma: float, offers: int) -> ScreeningOffers:
    """Make a given number of offers with a round of fighting between them, and fight to the finish after the last.

    A cannot bind itself to later offers; B waits for a better one only as long as its cost of war allows. Offers fall
    and costs separate downward, and frequent offers eat up what A gains from asking (Coase).

    Args:
        highest: greatest cost of war B may have, above 0
        cost:    A's cost of war, 0 or more; 0 for more than two offers
        gamma:   what a round of fighting leaves of later gains, 0..1: patience times the chance of no decision
        offers:  N, 1 or more
    Returns:
        the offers and who accepts when
    Raises:  InputError for a costly war and more than two offers, which has no single formula
    Source:  ours: perfect Bayesian equilibrium by backward induction; one offer is Fearon 1995. With costs the second
             of two offers may be so mild that all accept; both plans are compared, since each can be a local best
    Example:
        >>> screening_while_fighting(1.0, 0.0, 0.5, 3).offers.round(5).tolist()
        [0.42908, 0.26633, 0.17755]
    """
    require_inside("highest", highest, 0.0, math.inf)
    if cost > 0 and offers > 2:
        raise InputError("with a cost of war for A there is a formula for one or two offers only; take cost = 0")
    if cost > 0 and offers == 2:
        plans = [_harsh(highest, cost, gamma), _mild(highest, cost, gamma)]
        return max((plan for plan in plans if plan is not None), key=lambda plan: plan.premium)
    if cost > 0:
        asked = max(0.0, (highest - cost) / 2)
        return _plan(highest, cost, gamma, [asked], [asked])
    asking, cutting, worth = 0.5, 0.5, 0.25  # per unit of the highest cost left, with one offer to go
    rules = [(asking, cutting)]
    for _ in range(offers - 1):
        kept = 1 - gamma + gamma * asking
        cutting = kept / (2 * (kept - gamma * worth))
        worth = kept * cutting / 2
        asking = kept * cutting
        rules.append((asking, cutting))
    left, asked_for, cutoffs = highest, [], []
    for ask, cut in reversed(rules):
        asked_for.append(ask * left)
        left *= cut
        cutoffs.append(left)
    return _plan(highest, 0.0, gamma, asked_for, cutoffs)


def _harsh(highest: float, cost: float, gamma: float) -> ScreeningOffers | None:
    """Two offers of which the second is still refused by some; None where no such plan exists."""
    cutoff = ((2 - gamma) * (highest - cost) + gamma * cost) / (4 - 3 * gamma)
    if cutoff < cost:
        return None
    last = (cutoff - cost) / 2
    return _plan(highest, cost, gamma, [cutoff * (1 - gamma) + gamma * last, last], [cutoff, last])


def _mild(highest: float, cost: float, gamma: float) -> ScreeningOffers:
    """Two offers of which everybody accepts the second: A asks for no more than its power then."""
    cutoff = min(max(0.0, (highest - cost) / 2), cost)
    return _plan(highest, cost, gamma, [cutoff * (1 - gamma), 0.0], [cutoff, 0.0])


def _plan(highest: float, cost: float, gamma: float, offers: list[float], cutoffs: list[float]) -> ScreeningOffers:
    """Add up a plan: who is left after each offer, and what A gains above war from those who accept."""
    asked, cut = np.array(offers), np.array(cutoffs)
    accepted = -np.diff(cut, prepend=highest) / highest
    premium = float((gamma ** np.arange(len(asked)) * accepted * (asked + cost)).sum())
    return ScreeningOffers(asked, cut, cut / highest, premium)
