"""Everything against everything in pairs, won by chance: how likely each alternative is to come out on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Bools, Dice, Floats, InputError

#: How chances of pairs become chances of alternatives.
ElectionRule: TypeAlias = Literal["conditional", "markov-uniform", "markov-incentive"]
#: How the strength of a vote grows with what is at stake for the voter.
VotingRule: TypeAlias = Literal["proportional", "binary", "cubic", "proportional-binary", "proportional-cubic"]

#: Strength that every side has, so that a pair about which nobody cares is even.
_FLOOR: Final = 1e-8
_STEPS: Final = 10_000
_TOLERANCE: Final = {"markov-uniform": 1e-6, "markov-incentive": 1e-8}
_BINARY: Final = 1e-8


def response(rule: VotingRule, stake: Floats) -> Floats:
    """Strength of a vote for each unit of weight, by what is at stake: the same sign, the same shape.

    Source:  Wise, Lester & Efird 2015, KAPSARC Toolkit for Behavioral Analysis, voting rules
    Example:
        >>> response("proportional", np.array([0.5, -0.1])).tolist(), response("binary", np.array([0.5, -0.1])).tolist()
        ([0.5, -0.1], [1.0, -1.0])
    """
    if rule == "proportional":
        return stake
    if rule == "cubic":
        return np.asarray(stake**3)
    if rule == "proportional-cubic":
        return np.asarray(0.5 * stake + 0.5 * stake**3)
    sign = np.clip(stake / _BINARY, -1.0, 1.0)
    return np.asarray(sign if rule == "binary" else 0.8 * stake + 0.2 * sign)


def coalitions(weight: Floats, utility: Floats, rule: VotingRule = "proportional") -> Floats:
    """Strength of those who prefer a to b, for every pair.

    Args:
        weight:  (N, A), 0 or more
        utility: (N, A, K) of each alternative to each actor
    Returns:
        (N, K, K) strength for the first index against the second, above 0
    """
    stake = response(rule, utility[:, :, :, None] - utility[:, :, None, :])
    return np.asarray(_FLOOR + np.maximum(weight[:, :, None, None] * stake, 0.0).sum(axis=1))


def pairwise(strength: Floats, exponent: float = 1.0) -> Floats:
    """(N, K, K) chance that a beats b; one half against itself.

    Args:
        strength: (N, K, K) as ``coalitions`` gives it
        exponent: 1 for chances in proportion to strength, more for a stronger side that wins more surely
    """
    powered = strength**exponent
    return np.asarray(powered / (powered + np.swapaxes(powered, 1, 2)))


def election(
    beats: Floats, strength: Floats, rule: ElectionRule = "conditional", standing: Bools | None = None
) -> Floats:
    """Chance of each alternative to be the one that is chosen.

    Args:
        beats:    (N, K, K) chance that the first beats the second, one half on the diagonal
        strength: (N, K, K), used by ``markov-incentive`` only
        rule:     ``conditional``: in proportion to the chance to beat all others; ``markov-uniform``: challenged by
                  one drawn at random, for ever; ``markov-incentive``: challenged the more, the stronger the challenge
        standing: (N, K) alternatives that stand for election; all if left out
    Returns:
        (N, K) chances that add up to 1, 0 for what does not stand
    Source:  Wise, Lester & Efird 2015, KAPSARC Toolkit for Behavioral Analysis, probabilistic Condorcet election
    Example:
        >>> beats = np.array([[[0.5, 0.8], [0.2, 0.5]]])
        >>> election(beats, beats).round(3).tolist(), election(beats, beats, "markov-uniform").round(3).tolist()
        ([[0.8, 0.2]], [[0.8, 0.2]])
    """
    stands = np.ones(beats.shape[:2], bool) if standing is None else standing
    pairs = stands[:, :, None] & stands[:, None, :]
    if rule == "conditional":
        logs = np.where(pairs, np.log(np.maximum(beats, 1e-300)), 0.0).sum(axis=2)
        logs = np.where(stands, logs, -np.inf)
        logs -= logs.max(axis=1, keepdims=True)
        won = np.exp(logs)
        return np.asarray(won / won.sum(axis=1, keepdims=True))
    beaten = np.where(pairs, beats, 0.0)
    if rule == "markov-uniform":
        challenge = np.where(pairs, 1.0, 0.0)
    else:
        challenge = np.where(pairs, strength * beats, 0.0)
        own = np.arange(beats.shape[1])
        challenge[:, own, own] = np.where(stands, 1e-10, 0.0)
    # share of the challenges to each alternative (second index) that come from the first
    challenge = challenge / np.maximum(challenge.sum(axis=1, keepdims=True), 1e-300)
    chance = stands / stands.sum(axis=1, keepdims=True)
    for _ in range(_STEPS):
        if rule == "markov-uniform":
            size = stands.sum(axis=1)[:, None]
            gained = (beaten * (chance[:, :, None] + chance[:, None, :])).sum(axis=2) / size
        else:
            flows = chance[:, :, None] * np.swapaxes(challenge, 1, 2) + chance[:, None, :] * challenge
            gained = (beaten * flows).sum(axis=2)
        following = (chance + gained) / 2
        following = following / following.sum(axis=1, keepdims=True)
        settled = np.abs(following - chance).max() < _TOLERANCE[rule]
        chance = following
        if settled:
            break
    return np.asarray(chance)


@FORECASTS.register(
    "condorcet-election",
    source="Wise, Lester & Efird 2015, KAPSARC Toolkit for Behavioral Analysis (probabilistic Condorcet election)",
)
@dataclass(frozen=True)
class CondorcetElection(AbstractForecast):
    """Decides the mean of the positions by their chances to win a probabilistic Condorcet election.

    The alternatives are the positions themselves; utility falls in a straight line with distance on the scale.

    rule:   how chances of pairs become chances of alternatives
    voting: how the strength of a vote grows with what is at stake
    told:   the expected decision (``mean``), or the likeliest position (``mode``)

    Raises:  InputError for a name that is none of these
    Source:  Wise, Lester & Efird 2015
    Example:
        >>> CondorcetElection(told="mode").predict(Stakeholders.of_issue([0, 4, 10], [1, 1, 1], [1, 1, 1])).decision
        array([[4.]])
    """

    rule: ElectionRule = "conditional"
    voting: VotingRule = "proportional"
    told: Literal["mean", "mode"] = "mean"

    def __post_init__(self) -> None:
        if self.told not in {"mean", "mode"}:
            raise InputError(f'a decision is told as "mean" or "mode", not "{self.told}"')

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Hold the election on each issue."""
        del dice
        position, weight = stakeholders.by_issue(stakeholders.position), stakeholders.by_issue(stakeholders.weight)
        span = np.tile(stakeholders.high - stakeholders.low, stakeholders.draws)
        span = np.where(span > 0, span, 1.0)[:, None, None]
        present = ~np.isnan(position)
        places = np.nan_to_num(position)
        utility = 1 - np.abs(places[:, :, None] - places[:, None, :]) / span
        strength = coalitions(weight, utility, self.voting)
        # a position taken twice stands once: the first to take it stands for all
        same = (places[:, :, None] == places[:, None, :]) & present[:, :, None] & present[:, None, :]
        stands = present & (same.argmax(axis=2) == np.arange(position.shape[1]))
        stands |= ~present.any(axis=1, keepdims=True)
        chance = election(pairwise(strength), strength, self.rule, stands)
        rows = np.arange(len(places))
        told = (chance * places).sum(axis=1) if self.told == "mean" else places[rows, chance.argmax(axis=1)]
        return Forecast(stakeholders.together(np.where(present.any(axis=1), told, np.nan)))
