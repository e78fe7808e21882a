"""Actors in a space of several issues coerce each other into bargains and elect the ones they move by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from sim.forecasts.central_positions import weighted_mean
from sim.forecasts.condorcet_election import ElectionRule, VotingRule, coalitions, election, pairwise, response
from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast, course_of
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Bools, Dice, Floats, InputError, Ints

#: Gain below which a challenge is not worth the trouble.
_WORTH: Final = 1e-5
#: Weight that everybody has in a bargain, so that nobody is moved by somebody who does not care at all.
_STUBBORN: Final = 1e-6
#: Positions closer than this are the same alternative.
_SAME: Final = 1e-3
_FLOOR: Final = 1e-8
#: Share of the movement of the first turn below which it is over.
_STILL: Final = 0.02
_SLACK: Final = 1e-4
#: How much of the other's own attitude to risk each believes in.
_BELIEVED: Final = {"none": 0.0, "one-third": 1 / 3, "half": 1 / 2, "two-thirds": 2 / 3, "full": 1.0}
_EXPONENT: Final = {"linear": 1.0, "square": 2.0, "quartic": 4.0, "octic": 8.0}


class Bargains(NamedTuple):
    """Bargains that are proposed in a turn: at most one by each actor.

    made:     (N, A) whether the actor proposes one
    with_:    (N, A) to whom
    gain:     (N, A) what he expects from the challenge behind it
    own:      (N, A, I) where it puts him
    other:    (N, A, I) where it puts the other
    """

    made: Bools
    with_: Ints
    gain: Floats
    own: Floats
    other: Floats


class Turn(NamedTuple):
    """One turn, with what led to it.

    position:  (N, A, I) where everybody stands after it
    risk:      (N, A) attitude to risk, -1..1
    likely:    (N, A) chance of each position to win, before the turn; positions taken twice count once
    success:   (N, A, A) chance that i prevails over j, as i sees it
    bargains:  what was proposed
    chosen:    (N, A) whose bargain each moves by, -1: stays
    """

    position: Floats
    risk: Floats
    likely: Floats
    success: Floats
    bargains: Bargains
    chosen: Ints


@FORECASTS.register(
    "spatial-model-of-politics",
    source="Wise, Lester & Efird 2015, KAPSARC Toolkit for Behavioral Analysis; Efird, Lester & Wise 2016, "
    "Energy Policy 94:119-128",
)
@dataclass(frozen=True)
class SpatialModelOfPolitics(AbstractForecast):
    """Plays KTAB's spatial model of politics over all issues at once and tells the mean of the last positions.

    Positions, saliences and capabilities are those of the file format: salience is a share of attention, so those of
    an actor add up to 1 at most. The scale runs from ``low`` to ``high`` of each issue.

    turns:       most turns that are played, 1 or more; fewer where movement dies down
    voting, election, victory: how votes, elections and contests are decided
    risk_range:  where attitudes to risk lie: ``min`` 0..1, ``mid`` -0.5..1, ``max`` -1..1
    risk_belief: how much of the other's attitude to risk each believes in
    bargain:     how a bargain lies between two: by salience and chance of success, each squared (``s2p2``) or not
    stochastic:  whether the bargain is drawn by its chance instead of being the likeliest; needs dice
    whole:       play all turns, whether or not movement has died down

    Raises:  InputError for a setting out of its range
    Source:  Wise, Lester & Efird 2015; the order of sums and roundings checked against its published sample run
    Example:
        >>> model = SpatialModelOfPolitics(turns=3)
        >>> three = Stakeholders.of_issue([10, 40, 90], [0.8, 0.4, 0.9], [1, 1, 2], low=0, high=100)
        >>> model.predict(three).path.shape[2:]
        (3, 1)
    """

    turns: int = 100
    voting: VotingRule = "proportional"
    election: ElectionRule = "conditional"
    victory: Literal["linear", "square", "quartic", "octic"] = "linear"
    risk_range: Literal["min", "mid", "max"] = "mid"
    risk_belief: Literal["none", "one-third", "half", "two-thirds", "full"] = "one-third"
    bargain: Literal["s1p1", "s2p2"] = "s2p2"
    stochastic: bool = False
    whole: bool = False

    def __post_init__(self) -> None:
        if self.turns < 1:
            raise InputError(f"the spatial model needs 1 turn or more, not {self.turns}")

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Play the turns; what does not move any more in a draw stays."""
        if self.stochastic and dice is None:
            raise InputError("the stochastic spatial model needs dice")
        low, span = (
            stakeholders.low,
            np.where(stakeholders.high > stakeholders.low, stakeholders.high - stakeholders.low, 1.0),
        )
        place = (np.nan_to_num(stakeholders.position) - low) / span
        salience = np.where(np.isnan(stakeholders.position), 0.0, stakeholders.salience)
        path, challenged = [place], []
        moved = np.zeros((0, stakeholders.draws))
        for turn in range(self.turns):
            luck = dice.child("spatial model", turn) if self.stochastic and dice is not None else None
            live = np.ones(len(place), bool)
            if not self.whole and turn > 1:
                live = ~(moved[-1] / (moved[0] + _SLACK) < _STILL)
            some = live if luck is None else np.ones_like(live)  # dice count the draws from the first one
            new, target = path[-1].copy(), np.full(place.shape[:2], -1)
            if some.any():
                played = self.turn(path[-1][some], salience[some], stakeholders.capability[some], luck)
                new[live] = played.position[live[some]]
                target[live] = np.where(played.bargains.made, played.bargains.with_, -1)[live[some]]
            moved = np.concatenate([moved, np.abs(new - path[-1]).sum(axis=(1, 2))[None]])
            path.append(new)
            challenged.append(target.astype(np.int8))
            if not self.whole and turn > 1 and bool((moved[-1] == 0).all()):
                break
        turns = np.stack(path, axis=1) * span + low
        weight = stakeholders.weight
        rows = weighted_mean(stakeholders.by_issue(turns[:, -1]), stakeholders.by_issue(weight))
        course, period = course_of(turns)
        # a challenge is about all issues at once
        targets = np.repeat(np.stack(challenged, axis=1)[..., None], stakeholders.issues, axis=3)
        return Forecast(stakeholders.together(rows), turns, course, period, targets)

    def turn(self, place: Floats, salience: Floats, capability: Floats, dice: Dice | None = None) -> Turn:
        """Play one turn.

        Args:
            place:      (N, A, I) positions, 0..1; what an actor wants is where he stands
            salience:   (N, A, I) shares of attention
            capability: (N, A)
            dice:       draws the bargain that each moves by; the likeliest one without
        """
        distance = _distance(place, salience, place)
        plain = coalitions(capability, 1 - distance, self.voting)
        risk = self._risk(election(pairwise(plain, self._exponent), plain, self.election))
        utility = (1 - distance) * (1 + risk[:, :, None] * distance)
        likely = self._likely(place, capability, utility)
        believed = risk[:, :, None] + _BELIEVED[self.risk_belief] * (risk[:, None, :] - risk[:, :, None])  # (N, h, k)
        # what h thinks position j is worth to k: (N, h, k, j)
        seen = (1 - distance)[:, None] * (1 + believed[:, :, :, None] * distance[:, None])
        success = self._success(seen, capability * salience.sum(axis=2))
        bargains = self._bargains(place, salience, utility, success)
        position, chosen = self._resolved(place, salience, capability, risk, bargains, dice)
        return Turn(position, risk, likely, success, bargains, chosen)

    @property
    def _exponent(self) -> float:
        return _EXPONENT[self.victory]

    def _risk(self, chance: Floats) -> Floats:
        """(N, A) attitudes to risk: who is likely to win as things stand has little to gain by daring."""
        low, high = chance.min(axis=1, keepdims=True), chance.max(axis=1, keepdims=True)
        share = np.where(high > low, (chance - low) / np.where(high > low, high - low, 1.0), 0.0)
        bottom = {"min": 0.0, "mid": -0.5, "max": -1.0}[self.risk_range]
        return np.asarray(bottom + (1 - bottom) * share)

    def _likely(self, place: Floats, capability: Floats, utility: Floats) -> Floats:
        """(N, A) chance that each position wins; the same position counts once, whoever takes it."""
        apart = np.sqrt(((place[:, :, None] - place[:, None, :]) ** 2).sum(axis=3))
        first = (apart < _SAME).argmax(axis=2)
        strength = coalitions(capability, utility, self.voting)
        stands = first == np.arange(place.shape[1])
        chance = election(pairwise(strength, self._exponent), strength, self.election, stands)
        return np.asarray(np.take_along_axis(chance, first, axis=1))

    def _success(self, seen: Floats, weight: Floats) -> Floats:
        """(N, A, A) chance that i prevails over j, as i sees it, third parties included.

        A third party compares the little contests that it would make of three: it keeps its own position if the side
        that it joined wins, and is dragged along if that side loses.
        """
        own = np.einsum("nhkk->nhk", seen)
        actors = seen.shape[1]
        index = np.arange(actors)
        # as i sees it: worth to k of i's position and of j's, (N, i, j, k)
        here = np.swapaxes(seen[:, index, :, index], 0, 1)[:, :, None, :]
        there = np.swapaxes(seen, 2, 3)
        weights = weight[:, None, None, :]
        mine = _FLOOR + weight[:, :, None] * response(
            self.voting, np.einsum("nii->ni", own)[:, :, None] - seen[:, index, index, :]
        )
        theirs = _FLOOR + weight[:, None, :] * response(self.voting, own - np.swapaxes(seen[:, index, :, index], 0, 1))
        votes = weights * response(self.voting, here - there)
        for_i = mine[:, :, :, None] + np.maximum(votes, 0.0)
        for_j = theirs[:, :, :, None] + np.maximum(-votes, 0.0)
        little = for_i**self._exponent / (for_i**self._exponent + for_j**self._exponent)
        stays = own[:, :, None, :]
        stake = response(self.voting, little * (stays - here) - (1 - little) * (stays - there))
        third = (index[None, None, :] != index[:, None, None]) & (index[None, None, :] != index[None, :, None])
        joined = np.where(third, weights * stake, 0.0)
        with_i = mine + np.maximum(joined, 0.0).sum(axis=3)
        with_j = theirs + np.maximum(-joined, 0.0).sum(axis=3)
        return np.asarray(with_i**self._exponent / (with_i**self._exponent + with_j**self._exponent))

    def _bargains(self, place: Floats, salience: Floats, utility: Floats, success: Floats) -> Bargains:
        """Everybody picks the challenge that he gains most by, and proposes a bargain in its place."""
        own = np.einsum("nii->ni", utility)[:, :, None]
        resists = salience.sum(axis=2)[:, None, :]
        contest = success * 2 * own + (1 - success) * 2 * utility
        gain = (1 - resists) * 2 * own + resists * contest - (own + utility)
        index = np.arange(place.shape[1])
        gain[:, index, index] = -np.inf
        target = gain.argmax(axis=2)
        best = np.take_along_axis(gain, target[:, :, None], axis=2)[:, :, 0]
        chance = np.take_along_axis(success, target[:, :, None], axis=2)
        power = 2 if self.bargain == "s2p2" else 1
        theirs, they_care = (np.take_along_axis(a, target[:, :, None], axis=1) for a in (place, salience))
        mine, yours = salience**power * chance**power, they_care**power * (1 - chance) ** power
        total = mine + yours + _STUBBORN
        return Bargains(
            best > _WORTH,
            target,
            best,
            _rounded(((mine + _STUBBORN) * place + yours * theirs) / total),
            _rounded((mine * place + (yours + _STUBBORN) * theirs) / total),
        )

    def _resolved(
        self, place: Floats, salience: Floats, capability: Floats, risk: Floats, bargains: Bargains, dice: Dice | None
    ) -> tuple[Floats, Ints]:
        """Everybody moves by the bargain that wins among those he takes part in, the status quo being one."""
        draws, actors = place.shape[:2]
        index = np.arange(actors)
        worth = _worth(_distance(place, salience, place), risk)
        mean = worth.mean(axis=2)  # to k, of things as they stand
        # to k, of things after the bargain of i: only i and the other have moved
        own_moves = _worth(_distance(place, salience, bargains.own), risk) - worth
        other_was = np.take_along_axis(worth, np.repeat(bargains.with_[:, None, :], actors, axis=1), axis=2)
        other_moves = _worth(_distance(place, salience, bargains.other), risk) - other_was
        after = mean[:, :, None] + (own_moves + other_moves) / actors
        utility = np.concatenate([mean[:, :, None], after], axis=2)  # (N, k, 1 + A)
        strength = coalitions(capability, utility, self.voting)
        beats = pairwise(strength, self._exponent)
        takes_part = bargains.made[:, None, :] & (
            (index[None, None, :] == index[None, :, None]) | (bargains.with_[:, None, :] == index[None, :, None])
        )
        standing = np.concatenate([np.ones((draws, actors, 1), bool), takes_part], axis=2)
        options = 1 + actors
        chance = election(
            np.repeat(beats, actors, axis=0),
            np.repeat(strength, actors, axis=0),
            self.election,
            standing.reshape(draws * actors, options),
        ).reshape(draws, actors, options)
        if dice is None:
            picked = chance.argmax(axis=2)
        else:
            spin = np.stack([dice.uniform("bargain", k) for k in range(actors)], axis=1)
            picked = np.minimum((np.cumsum(chance, axis=2) <= spin[:, :, None]).sum(axis=2), options - 1)
        chosen = picked - 1
        of = np.maximum(chosen, 0)[:, :, None]
        mine = np.take_along_axis(bargains.own, of, axis=1)
        theirs = np.take_along_axis(bargains.other, of, axis=1)
        moved = np.where((chosen == index)[:, :, None], mine, theirs)
        return np.where((chosen >= 0)[:, :, None], moved, place), chosen


def _distance(ideal: Floats, salience: Floats, place: Floats) -> Floats:
    """(N, A, K) how far each place is from what each actor wants, by what he cares for, 0..1.

    Args:
        ideal, salience: (N, A, I)
        place:           (N, K, I)
    """
    care = salience[:, :, None, :] ** 2
    total = np.maximum(care.sum(axis=3), 1e-300)
    return np.asarray(np.sqrt((care * (ideal[:, :, None, :] - place[:, None, :, :]) ** 2).sum(axis=3) / total))


def _worth(distance: Floats, risk: Floats) -> Floats:
    """(N, A, K) utility at a distance, bent by the attitude to risk."""
    return np.asarray((1 - distance) * (1 + risk[:, :, None] * distance))


def _rounded(place: Floats) -> Floats:
    """Places to four decimals, halves upwards: what the reference program keeps of a bargain."""
    return np.asarray(np.floor(place * 1e4 + 0.5) / 1e4)
