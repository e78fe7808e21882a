"""Beliefs about the others, updated by Bayes on what they offer and refuse, and the deal that suits those best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Floats, Ints
from sim.strategies.guided_offering import AbstractGuided
from sim.strategies.negotiator import OFFERINGS, Hearing
from sim.strategies.ranges import Setting, require

#: Chance of an offer that a type would not sign himself, beside one that it would: posture happens.
_POSTURE: Final = 1e-3
#: Turns of a round that are told apart.
_TURNS: Final = 1000


def offer_likelihood(share: Floats, demand: Floats | float, spread: Floats | float) -> Floats:
    """How likely a type makes an offer that is worth a share of what he could gain, up to a factor: a bell.

    Args:
        share:  what the offer leaves the type of all that it could gain, below 0 where it would not sign; any shape
        demand: what types are thought to ask for at that time, 0..1
        spread: standard deviation around it, above 0
    Source:  Hindriks & Tykhonov 2008, AAMAS, 331-338, eq. 9. Ours: the floor for posture
    Example:
        >>> offer_likelihood(np.array([1.0, 0.75, -0.1]), 1.0, 0.25).round(3).tolist()
        [1.0, 0.607, 0.001]
    """
    bell = np.exp(-((share - demand) ** 2) / (2 * np.asarray(spread) ** 2))
    return np.where(share < -TOLERANCE, _POSTURE, np.maximum(bell, _POSTURE))


def refusal_likelihood(share: Floats, demand: Floats | float, spread: Floats | float) -> Floats:
    """How likely a type refuses what leaves it a share of what it could gain; one half where that is its demand.

    Source:  ours, a logistic choice between the offer and what is still asked for
    Example:
        >>> refusal_likelihood(np.array([0.5, 1.0, -0.1]), 0.5, 0.25).round(3).tolist()
        [0.5, 0.119, 1.0]
    """
    taken = 1 / (1 + np.exp(-np.clip((share - demand) / np.asarray(spread), -50, 50)))
    return np.where(share < -TOLERANCE, 1.0, 1 - taken)


@OFFERINGS.register("bayesian-guided", source="Hindriks & Tykhonov 2008, AAMAS, 331-338")
@dataclass(frozen=True)
class BayesianGuided(AbstractGuided):
    """Proposes, of the deals worth what he asks for or a little more, the one that he thinks suits the others best.

    What an actor may be like are the types of his private numbers, or of all his own numbers with a range where none is
    named private, all equally likely at first. Every offer of his and every refusal of mine shifts belief to the types
    that would have made it. Any way of asking for less can be guided so.

    band:       how much more than his target a deal may be worth, share of the way from floor to best, 0..1
    window:     deals that he looks at, at most, 1 or more
    spread:     how far offers scatter around what a type asks for, share of what it could gain, above 0
    concession: how far everybody is thought to come down by the end of the talks, 0..1, in a straight line

    Of equal deals the one that is worth more to himself. Where talks belong to no case, the others are known to him.

    Raises:  InputError if a setting is out of its range
    Source:  Hindriks & Tykhonov 2008. Ours: types drawn from the ranges of the case instead of shapes of utility, and
             refusals
    Example:
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.7, 0.7, 0.0], [0.0, 0.2, 0.8, 1.0]])
        >>> BayesianGuided().offer(Hearing.begin(table, 0, Dice("doc", np.arange(1))), np.array([0.7])).tolist()
        [2]
    """

    band: Setting = 0.05
    window: Setting = 64.0
    spread: Setting = 0.25
    concession: Setting = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        require("spread", self.spread, 0, above=True)
        require("concession", self.concession, 0, 1)

    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """Learn from what has been said since his last turn, then compare the deals within the band."""
        self._learn(hearing)
        return super().offer(hearing, target)

    def worth(self, hearing: Hearing, rows: Ints, deals: Ints) -> Floats:
        """Expected share of what the others can gain, as he sees them; nothing from types that would not sign."""
        found = np.zeros(deals.shape)
        for other in _others(hearing):
            share = type_shares(hearing, other, rows[:, None], deals)  # (R, W, G)
            found += (beliefs(hearing, other)[rows][:, None, :] * np.maximum(share, 0.0)).sum(axis=2)
        return found

    def _learn(self, hearing: Hearing) -> None:
        """Bayes' rule for each of the others, once a turn."""
        draws = len(hearing.floor)
        now = hearing.round * _TURNS + hearing.turn + 1
        seen = hearing.memory.setdefault("learnt until", np.zeros(draws, np.int64))
        rows = np.flatnonzero(hearing.open & (seen < now))
        seen[rows] = now
        if not len(rows):
            return
        spread = np.broadcast_to(self.spread, (draws,))[rows][:, None]
        demand = 1 - np.broadcast_to(self.concession, (draws,))[rows][:, None] * hearing.time
        mine = hearing.said.latest[rows, hearing.actor]
        for other in _others(hearing):
            theirs = hearing.said.latest[rows, other]
            heard = (theirs != NO_DEAL)[:, None]
            asked = type_shares(hearing, other, rows, np.maximum(theirs, 0))
            refused = type_shares(hearing, other, rows, np.maximum(mine, 0))
            likelihood = np.where(heard, offer_likelihood(asked, demand, spread), 1.0)
            silent = ~heard | (mine == NO_DEAL)[:, None]
            likelihood = likelihood * np.where(silent, 1.0, refusal_likelihood(refused, demand, spread))
            belief = beliefs(hearing, other)
            updated = belief[rows] * likelihood
            total = updated.sum(axis=1, keepdims=True)
            belief[rows] = np.where(total > 0, updated / np.where(total > 0, total, 1.0), belief[rows])


def beliefs(hearing: Hearing, other: int) -> Floats:
    """(B, G) what one actor thinks of the types of another by now; even at first. The array is his memory itself."""
    count = 1 if hearing.types is None else hearing.types.grid.count
    return hearing.memory.setdefault(f"belief about {other}", np.full((len(hearing.floor), count), 1.0 / count))


def type_shares(hearing: Hearing, other: int, rows: Ints, deals: Ints) -> Floats:
    """(..., G) what deals (...) of draws (...) leave each type of another, as a share of the most that it can gain.

    Below 0 where the type would not sign.
    """
    table = hearing.table
    key = f"most of {other}"
    if hearing.types is None:
        gain = table.premium[rows, other, deals][..., None]
        permitted = table.permitted[rows, other, deals][..., None]
        if key not in hearing.memory:
            best = np.where(table.permitted[:, other] & table.offerable, table.premium[:, other], 0.0)
            hearing.memory[key] = best.max(axis=1, initial=0.0)[:, None]
    else:
        grid = hearing.types.grid
        place = int(np.searchsorted(grid.actors, other))
        gain = grid.payoff[rows, place, :, deals] - grid.disagreement[rows, place]
        permitted = grid.permitted[rows, place, :, deals]
        if key not in hearing.memory:
            best = np.where(table.offerable[:, None], grid.gain(other), 0.0)
            hearing.memory[key] = best.max(axis=2, initial=0.0)
    most = hearing.memory[key][rows]
    share = gain / np.where(most > 0, most, 1.0)
    return np.where(permitted & (gain >= -TOLERANCE), np.clip(share, 0.0, 1.0), -1.0)


def _others(hearing: Hearing) -> Ints:
    others = hearing.table.rule.signers.copy()
    others[hearing.actor] = False
    return np.flatnonzero(others)
