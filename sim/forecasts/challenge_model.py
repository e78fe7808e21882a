"""Actors challenge each other, weigh what a contest would bring, and give in, trade or stand: turn by turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from sim.forecasts.central_positions import weighted_median
from sim.forecasts.forecast import FORECASTS, AbstractForecast, Forecast, course_of
from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Bools, Dice, Floats, InputError

#: Places in RELATIONS by whether the first expects to gain, plus two where the other does.
_STANDS = np.array([0, 2, 3, 1], dtype=np.int8)
#: Positions closer than this, in shares of the range, are the same position.
_SAME = 1e-12


class Contest(NamedTuple):
    """What every pair makes of a challenge; all (N, A, A), first index the one who looks.

    success:  chance that i prevails over j, 0..1; 0 where they stand together
    gain:     expected gain to i from challenging j
    threat:   expected gain to j from challenging i, as i sees it
    """

    success: Floats
    gain: Floats
    threat: Floats


@FORECASTS.register(
    "challenge-model",
    source="Scholz, Calbert & Smith 2011, ICAART, doi:10.5220/0003121500180030, after Bueno de Mesquita 1985, "
    "Int Stud Q 29:121-136",
)
@dataclass(frozen=True)
class ChallengeModel(AbstractForecast):
    """Plays the expected utility model of challenges on each issue and tells the weighted median it leads to.

    The published texts leave points open; each is a setting, and the defaults are the readings that reproduce the
    published table and figures of the emission standards (``scholz_software``). ``scholz_printed`` follows the
    printed equation for the chance of success instead; it misses the figures by far.

    turns:        how often everybody may move, 1 or more
    denominator:  what support is compared with: all votes between all positions (``total``), or between the two
                  (``pair``)
    risk_view:    whose attitude to risk values the other's challenge: that of the one who looks (``viewer``) or the
                  other's ``own``
    risk_in_votes: whether third parties bend distances by their attitude to risk when they vote
    status_quo_chance: Q, the chance that nothing changes if nobody challenges, 0..1
    third_way:    T: whether an uncoerced move of the other is thought to help, ``always`` or ``by-distance``
    offers:       which of the offers received is taken: the software's order (``software``: conflict before
                  compromise before capitulation, among compromises the lowest middle), or the ``least-move``
    scale:        distances are shares of the range at the start (``fixed``) or now (``current``)
    conflict:     what a lost confrontation does: the ``loser-moves``, or ``none`` moves

    Raises:  InputError for a setting out of its range
    Source:  Scholz, Calbert & Smith 2011, eqs 15-36; the points left open after comparison with their figures
    Example:
        >>> model = ChallengeModel(turns=1)
        >>> found = model.predict(Stakeholders.of_issue([4, 7, 10], [0.8, 0.4, 0.6], [2, 1, 3]))
        >>> found.path.shape
        (1, 2, 3, 1)
    """

    turns: int = 10
    denominator: Literal["total", "pair"] = "total"
    risk_view: Literal["viewer", "own"] = "viewer"
    risk_in_votes: bool = True
    status_quo_chance: float = 1.0
    third_way: Literal["always", "by-distance"] = "always"
    offers: Literal["software", "least-move"] = "software"
    scale: Literal["fixed", "current"] = "fixed"
    conflict: Literal["loser-moves", "none"] = "loser-moves"

    def __post_init__(self) -> None:
        if self.turns < 1:
            raise InputError(f"the challenge model needs 1 turn or more, not {self.turns}")
        if not 0 <= self.status_quo_chance <= 1:
            raise InputError(f"the chance of the status quo is 0 to 1, not {self.status_quo_chance}")

    @classmethod
    def scholz_software(cls, turns: int = 10) -> ChallengeModel:
        """Settings that reproduce the published table, moves and figures."""
        return cls(turns=turns)

    @classmethod
    def scholz_printed(cls, turns: int = 10) -> ChallengeModel:
        """Settings of the printed equations: support compared pair by pair, no risk in the votes."""
        return replace(cls(turns=turns), denominator="pair", risk_in_votes=False)

    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Play the turns on each issue and take the weighted median of the last one."""
        del dice
        position = stakeholders.by_issue(stakeholders.position)
        weight, salience = stakeholders.by_issue(stakeholders.weight), stakeholders.by_issue(stakeholders.salience)
        path, _, contests = self._rounds(position, salience, weight)
        decision = stakeholders.together(weighted_median(path[:, -1], weight))
        turns = np.moveaxis(stakeholders.together(path), 1, -1)  # (B, T + 1, A, I)
        course, period = course_of(turns)
        here = path[:, :-1]
        challenged, relation = _challenged(here, contests)
        return Forecast(
            decision,
            turns,
            course,
            period,
            np.moveaxis(challenged.reshape(len(decision), -1, *challenged.shape[1:]), 1, -1),
            np.moveaxis(relation.reshape(len(decision), -1, *relation.shape[1:]), 1, -1),
        )

    def play(self, position: Floats, salience: Floats, weight: Floats) -> tuple[Floats, Floats]:
        """Play all turns on single issues.

        Args:
            position: (N, A) at the start, nan where there is none
            salience: (N, A) 0..1, the chance that a challenged actor resists
            weight:   (N, A) capability times salience; 0 where there is no position
        Returns:
            positions by turn (N, T + 1, A), and attitudes to risk of each turn (N, T, A)
        """
        path, risks, _ = self._rounds(position, salience, weight)
        return path, risks

    def _rounds(self, position: Floats, salience: Floats, weight: Floats) -> tuple[Floats, Floats, list[Contest]]:
        """As ``play``, with the contests of each turn."""
        present = ~np.isnan(position)
        wide = _range(position)
        path, risks, contests = [position], [], []
        for _ in range(self.turns):
            span = wide if self.scale == "fixed" else _range(path[-1])
            risk, contest = self.contest(path[-1], salience, weight, span)
            risks.append(risk)
            contests.append(contest)
            path.append(self._moved(path[-1], contest, present, span))
        return np.stack(path, axis=1), np.stack(risks, axis=1), contests

    def contest(self, position: Floats, salience: Floats, weight: Floats, span: Floats) -> tuple[Floats, Contest]:
        """Infer attitudes to risk from how safe everybody is, and weigh every challenge with them.

        Args:
            span: (N,) range that distances are shares of
        Returns:
            risk exponents (N, A), 0.5 (daring) to 2 (careful), and the contests of all pairs
        """
        present = ~np.isnan(position)
        distance = np.abs(position[:, :, None] - position[:, None, :]) / span[:, None, None]
        both = present[:, :, None] & present[:, None, :]
        distance = np.where(both, distance, 0.0)
        middle = np.abs(position - weighted_median(position, weight)[:, None]) / span[:, None]
        middle = np.where(present, middle, 0.0)
        success = self._success(distance, weight, 1.0, both)
        security = self._expected(distance, middle, salience, success, 1.0).sum(axis=1)
        risk = np.where(present, _risk(security, present), 1.0)
        success = self._success(distance, weight, risk, both)
        gain = self._expected(distance, middle, salience, success, risk[:, :, None])
        if self.risk_view == "viewer":
            seen = self._expected(distance, middle, salience, success, risk[:, None, :])
        else:
            seen = gain
        return risk, Contest(success, gain, np.swapaxes(seen, 1, 2))

    def _success(self, distance: Floats, weight: Floats, risk: Floats | float, both: Bools) -> Floats:
        """(N, A, A) chance that i prevails over j: weight of those nearer to i, by how much nearer they are."""
        bent = distance if isinstance(risk, float) or not self.risk_in_votes else distance ** risk[:, :, None]
        # who votes, for whom, against whom: (N, K, I, J)
        votes = weight[:, :, None, None] * (bent[:, :, None, :] - bent[:, :, :, None])
        support = np.where(both, np.maximum(votes, 0.0).sum(axis=1), 0.0)
        if self.denominator == "total":
            against = 2 * support.sum(axis=(1, 2))[:, None, None]  # votes for i over j are votes against j over i
        else:
            against = support + np.swapaxes(support, 1, 2)
        return np.asarray(support / np.where(against > 0, against, 1.0))

    def _expected(
        self, distance: Floats, middle: Floats, salience: Floats, success: Floats, risk: Floats | float
    ) -> Floats:
        """(N, A, A) gain that i expects from challenging j; 0 against himself.

        Args:
            middle: (N, A) distance of each from the weighted median
            risk:   exponents that broadcast to (N, A, A), or 1.0, which spares the powers
        """
        win, lose = 2 - 4 * (0.5 - distance / 2) ** risk, 2 - 4 * (0.5 + distance / 2) ** risk
        resists = salience[:, None, :]
        found = resists * (success * win + (1 - success) * lose) + (1 - resists) * win
        rest = self.status_quo_chance
        found = found - rest * (2 - 4 * 0.5**risk)
        if rest < 1:
            away = np.minimum((middle[:, :, None] + distance) / 4, 0.5)
            better, worse = 2 - 4 * (0.5 - away) ** risk, 2 - 4 * (0.5 + away) ** risk
            helps = np.ones_like(distance, bool) if self.third_way == "always" else middle[:, :, None] < distance
            found = found - (1 - rest) * np.where(helps, better, worse)
        return np.asarray(np.where(distance > _SAME, found, 0.0))

    def _moved(self, position: Floats, contest: Contest, present: Bools, span: Floats) -> Floats:
        """(N, A) positions after everybody has taken the best offer made to him, all at once."""
        here, there = position[:, :, None], position[:, None, :]
        gain, threat = contest.gain, contest.threat
        apart = present[:, :, None] & present[:, None, :] & (np.abs(here - there) / span[:, None, None] > _SAME)
        loses = apart & (threat > gain) & (gain > 0) & (self.conflict == "loser-moves")
        yields = apart & (threat > 0) & (gain < 0)
        trades, gives = yields & (threat > -gain), yields & (threat < -gain)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(trades, np.abs(gain / np.where(threat == 0, 1.0, threat)), 0.0)
        target = np.where(trades, here + share * (there - here), np.broadcast_to(there, gain.shape))
        if self.offers == "least-move":
            offered = loses | trades | gives
            return _taken(position, target, np.where(offered, np.abs(target - here), np.inf))
        # The software ranks compromises by the middle of both, weighted by what each expects.
        weights = np.abs(gain) + np.abs(threat)
        between = (np.abs(gain) * here + np.abs(threat) * there) / np.where(weights > 0, weights, 1.0)
        found = position
        for kind, rank in ((gives, np.abs(there - here)), (trades, between), (loses, np.abs(there - here))):
            # later kinds come first: each overrules what the kind before has taken
            taken = _taken(position, target, np.where(kind, rank, np.inf))
            found = np.where(kind.any(axis=2), taken, found)
        return np.asarray(found)


def _taken(position: Floats, target: Floats, rank: Floats) -> Floats:
    """(N, A) the target of the lowest rank, the lower target at a tie; the old position where no rank is finite."""
    best = rank.min(axis=2, keepdims=True)
    lowest = np.where(np.isfinite(best) & (rank == best), target, np.inf).min(axis=2)
    return np.asarray(np.where(np.isfinite(best[:, :, 0]), lowest, position))


def _challenged(position: Floats, contests: list[Contest]) -> tuple[np.ndarray, np.ndarray]:
    """Whom each challenges, (N, T, A), and how each pair stands as its first sees it, (N, T, A, A).

    Args:
        position: (N, T, A) before each turn
    """
    whom, stands = [], []
    own = np.arange(position.shape[-1])
    for turn, contest in enumerate(contests):
        missing = np.isnan(position[:, turn])
        pairs = missing[:, :, None] | missing[:, None, :] if missing.any() else None
        hopes = contest.gain if pairs is None else np.where(pairs, -np.inf, contest.gain)  # 0 against oneself
        best = hopes.argmax(axis=2)
        gains = np.take_along_axis(hopes, best[:, :, None], axis=2)[:, :, 0] > 0
        whom.append(np.where(gains, best, -1).astype(np.int8))
        code = _STANDS[(contest.gain > 0).view(np.int8) + 2 * (contest.threat > 0).view(np.int8)]
        code[:, own, own] = -1
        stands.append(code if pairs is None else np.where(pairs, np.int8(-1), code))
    return np.stack(whom, axis=1), np.stack(stands, axis=1)


def _range(position: Floats) -> Floats:
    """(N,) how far apart the outermost positions are; 1 where all stand together."""
    low = np.where(np.isnan(position), np.inf, position).min(axis=1)
    high = np.where(np.isnan(position), -np.inf, position).max(axis=1)
    return np.asarray(np.where(high > low, high - low, 1.0))


def _risk(security: Floats, present: Bools) -> Floats:
    """(N, A) exponents from how safe each is among those present; 1 where all are equally safe.

    Source: Scholz, Calbert & Smith 2011, eqs 19-21
    """
    low = np.where(present, security, np.inf).min(axis=1, keepdims=True)
    high = np.where(present, security, -np.inf).max(axis=1, keepdims=True)
    span = np.where(high > low, high - low, 1.0)
    ratio = np.where(high > low, (2 * security - high - low) / span, 0.0)
    return np.asarray((1 - ratio / 3) / (1 + ratio / 3))
