"""Offers to somebody whose resolve is secret, over a list of deals: the soft take the first, the tough wait."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.table import BargainingTable, ScreeningPlan, TypeGrid


class _Ahead(NamedTuple):
    """What follows in each state (B, G + 1): types gone; after the last offer all is 0.

    own:     what the proposer expects
    theirs:  what the other expects, over the types that are left
    chance:  of a deal
    waiting: what the toughest type that has gone would have got by waiting
    """

    own: Floats
    theirs: Floats
    chance: Floats
    waiting: Floats

    @classmethod
    def nothing(cls, draws: int, types: int) -> _Ahead:
        return cls(*(np.zeros((draws, types + 1)) for _ in range(4)))


@EQUILIBRIA.register(
    "screening-by-type",
    source="Fudenberg & Tirole 1983, Rev Econ Stud 50:221-247; Powell 2004, Am J Polit Sci 48:231-241; ours for lists",
)
def screening_by_type(
    table: BargainingTable,
    types: TypeGrid,
    proposer: int,
    answering: int,
    offers: int,
    *,
    pause: int = 1,
    leak: float = 0.0,
    prior: Floats | None = None,
) -> ScreeningPlan:
    """Make a given number of offers to a side that may be of several types, with costly rounds between them.

    Solved backwards over how many types, softest first, have accepted by now. A type takes an offer if the next would
    not be worth more to it after the wait; the proposer weighs what he gets now from the types that accept against
    what he expects of the rest. After the last refusal there is no deal. The tougher a type, the likelier it wins a
    battle, so that battles tell of it too.

    Args:
        table:     deals and payoffs of a block of draws, of which the proposer knows his own and all others' but one
        types:     what the one may be like
        proposer, answering: the two
        offers:    number of offers, 1 or more
        pause:     rounds of fighting between offers, 1 or more
        leak:      how much battles tell, 0..1: the toughest type wins with chance 1/2 + leak/2, the softest with
            1/2 - leak/2; 0: battles tell nothing
        prior:     (G,) weight of each type before the first offer, softest first; all the same if left out
    Returns:
        what to offer in every state, and what to expect
    Raises:  ValueError for no offer, or a leak out of range
    Source:  perfect Bayesian equilibrium with cutoffs: Fudenberg & Tirole 1983; Powell 2004 for war and battles. Ours:
             any list of deals; types as a grid, which ``screening_while_fighting`` is the limit of
    Example:
        >>> pie = np.linspace(0, 1, 201)
        >>> table = BargainingTable.of_payoffs(np.stack([pie, 1 - pie]), [0.4, 0.3])
        >>> costs = (np.arange(100) + 0.5) / 100 * 0.4
        >>> types = TypeGrid.of_values(np.stack([pie, 1 - pie]), np.stack([np.full(100, 0.4), 0.5 - costs]))
        >>> plan = screening_by_type(table, types, 0, 1, 1)
        >>> float(table.payoff[0, 0, plan.offer[0, 0, 0, 0]]), round(float(plan.chance[0]), 3)
        (0.65, 0.63)
    """
    if offers < 1 or pause < 1:
        raise ValueError(f"at least one offer and one round between offers are needed, not {offers} and {pause}")
    if not 0 <= leak <= 1:
        raise ValueError(f"what battles tell lies between 0 and 1, not at {leak}")
    gain, order, tough = _by_toughness(table, types, answering)
    draws, count = order.shape
    wins = 0.5 + leak * ((np.arange(count) + 0.5) / count - 0.5)
    thought = np.full(count, 1.0 / count) if prior is None else np.asarray(prior) / np.sum(prior)
    own = np.where(_possible(table, proposer, answering), table.premium[:, proposer], -np.inf)
    patience = table.discount[:, [proposer, answering]] ** pause
    shape = (draws, offers, offers, count + 1)
    offer, cutoff = np.full(shape, NO_DEAL), np.broadcast_to(np.arange(count + 1), shape).copy()
    ahead = [_Ahead.nothing(draws, count)] * (offers + 1)
    for n in range(offers - 1, -1, -1):
        found = []
        for won in range(n + 1 if leak else 1):
            weight = thought * wins**won * (1 - wins) ** (n - won)
            known = (ahead[won], ahead[won + 1 if leak else won])
            now, deal, gone = _solved(gain, own, weight / weight.sum(), wins, patience, known)
            offer[:, n, won], cutoff[:, n, won] = deal, gone
            found.append(now)
        ahead = [*found, found[-1]] if leak else [found[0], found[0]]
        if not leak:
            offer[:, n, 1:], cutoff[:, n, 1:] = offer[:, n, :1], cutoff[:, n, :1]
    value = np.full((draws, len(table.actors)), np.nan)
    value[:, proposer], value[:, answering] = ahead[0].own[:, 0], ahead[0].theirs[:, 0]
    belief = np.broadcast_to(thought, (draws, count)).copy()
    chance = ahead[0].chance[:, 0]
    return ScreeningPlan(proposer, answering, order, offer, cutoff, wins, tough, pause, chance, value, belief)


def _by_toughness(table: BargainingTable, types: TypeGrid, answering: int) -> tuple[Floats, Ints, Floats]:
    """(B, G, K) gains of the types, softest first, (B, G) which type each is, and (B,) the place of the real one."""
    place = int(np.searchsorted(types.actors, answering))
    softness = types.payoff[:, place].mean(axis=2) - types.disagreement[:, place]
    real = table.payoff[:, answering].mean(axis=1) - table.disagreement[:, answering]
    order = np.argsort(-softness, axis=1, kind="stable")
    tough = (softness > real[:, None] + TOLERANCE).mean(axis=1)
    return np.take_along_axis(types.gain(answering), order[:, :, None], axis=1), order, np.asarray(tough)


def _possible(table: BargainingTable, proposer: int, answering: int) -> Bools:
    """(B, K) deals that would be signed if the side of which little is known says yes."""
    accept = table.acceptable.copy()
    accept[:, answering] = True
    return np.asarray(table.agreed(accept) & accept[:, proposer] & table.offerable)


def _solved(
    gain: Floats, own: Floats, weight: Floats, wins: Floats, patience: Floats, ahead: tuple[_Ahead, _Ahead]
) -> tuple[_Ahead, Ints, Ints]:
    """One offer: what follows in each state, the deal offered there, and the types gone after the answer."""
    draws, count, _ = gain.shape
    rows, places = np.arange(draws), np.arange(count + 1)
    lost, won = ahead
    # What the toughest type that should accept, if h types do, would get by refusing instead.
    chance = np.concatenate([[0.0], wins])
    refusing = patience[:, 1, None] * ((1 - chance) * lost.waiting + chance * won.waiting)
    deal, price = _cheapest(gain, own, refusing)
    worth = gain[rows[:, None, None], places[:-1], np.maximum(deal, 0)[:, :, None]]  # (B, offer for h, type)
    takes = (worth >= refusing[:, None, 1:] - TOLERANCE) | (places[:-1] < places[:, None])
    gone = np.where(deal == NO_DEAL, places, np.logical_and.accumulate(takes, axis=2).sum(axis=2))
    left = np.concatenate([np.cumsum(weight[::-1])[::-1], [0.0]])  # weight of the types from h on
    some = np.where(left > 0, left, 1.0)
    upward = np.concatenate([np.cumsum((weight * wins)[::-1])[::-1], [0.0]]) / some

    def after(one: Floats, other: Floats) -> Floats:
        """(B, G + 1) expected over the next battle, by the types that are left."""
        return (1 - upward) * one + upward * other

    passing = patience[:, 0, None] * after(lost.own, won.own)
    theirs = patience[:, 1, None] * after(lost.theirs, won.theirs)
    later = after(lost.chance, won.chance)
    # (B, l, h): of those that are left when l are gone, who takes the offer for h, and what it brings the proposer
    share = np.maximum(left[:, None] - left[gone[:, None, :]], 0.0)
    paid = np.where(np.isfinite(price), price, 0.0)
    total = (share * paid[:, None, :] + (left[gone] * np.take_along_axis(passing, gone, axis=1))[:, None, :]) / some[
        :, None
    ]
    offered = (deal != NO_DEAL)[:, None, :] & (places > places[:, None])
    total = np.where(offered, total, -np.inf)
    choice = count - np.round(total, 12)[:, :, ::-1].argmax(axis=2)  # of equals the offer that more accept
    best = np.take_along_axis(total, choice[:, :, None], axis=2)[:, :, 0]
    serious = best >= passing - TOLERANCE
    aim = np.where(serious, choice, places)
    chosen = np.where(serious, np.take_along_axis(deal, aim, axis=1), NO_DEAL)
    reached = np.where(serious, np.take_along_axis(gone, aim, axis=1), places)
    stays = left[reached] / some
    sums = np.zeros((draws, count + 1, count + 1))
    sums[:, :, 1:] = np.cumsum(np.where(np.isfinite(worth), worth, 0.0) * weight, axis=2)
    got = sums[rows[:, None], aim, reached] - sums[rows[:, None], aim, places]
    toughest = gain[rows[:, None], np.maximum(places - 1, 0), np.maximum(chosen, 0)]
    found = _Ahead(
        own=np.where(serious, best, passing),
        theirs=np.where(serious, got / some, 0.0) + stays * np.take_along_axis(theirs, reached, axis=1),
        chance=1 - stays + stays * np.take_along_axis(later, reached, axis=1),
        waiting=np.maximum(np.where(serious, toughest, refusing), 0.0),
    )
    return found, chosen, reached


def _cheapest(gain: Floats, own: Floats, refusing: Floats) -> tuple[Ints, Floats]:
    """(B, G + 1) the proposer's best deal among those that h types would take, and what it gains him."""
    draws, count, deals = gain.shape
    rows = np.arange(draws)
    deal, price = np.full((draws, count + 1), NO_DEAL), np.full((draws, count + 1), -np.inf)
    for h in range(1, count + 1 if deals else 1):
        content = np.where(gain[:, h - 1] >= refusing[:, h, None] - TOLERANCE, own, -np.inf)
        best = np.round(content, 12).argmax(axis=1)
        price[:, h] = content[rows, best]
        deal[:, h] = np.where(np.isfinite(price[:, h]), best, NO_DEAL)
    return deal, price
