"""What stakeholders do turn by turn in the worlds of a scenario: whom they challenge and back, where they move."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.forecasts import RELATIONS, Forecast, Stakeholders
from sim.forecasts.central_positions import weighted_mean, weighted_median
from sim.foundations import Bools, Floats

#: Models that are followed, and what decides among the positions of a turn.
FOLLOWED: Final = {"challenge-model": weighted_median, "spatial-model-of-politics": weighted_mean}
#: Turns that are told; a model at rest before stays where it is.
TURNS: Final = 10
#: Quantiles of positions that are told.
QUANTILES: Final = (0.1, 0.5, 0.9)
#: Positions closer than this, in shares of the scale, are backed alike.
_ALIKE: Final = 1e-9


class StakeholderTurns:
    """Collects turns from the forecasts of blocks of worlds; give its ``follow`` to ``forecasts_beside``.

    Worlds are counted in groups G, such as all of them and those that fit the observations; M are the models of
    FOLLOWED, T the turns, A the parties, I the ordered issues.

    decision:   (B, M, T + 1, I) what would be decided after each turn, the first as positions were put in
    challenges: (G, M, T, A, A, I) worlds in which the first challenges the second in that turn
    relations:  (G, T, A, A, I, R) worlds in which a pair stands so in the eyes of its first, R of RELATIONS, in the
                challenge model
    backing:    (G, 2, A, A, I) before the first turn and after the last of the challenge model: in what share of the
                contests of the second with others the first would back it, added up over worlds
    """

    def __init__(self, member: Bools, actors: int, issues: int) -> None:
        """Take in which worlds (B, G) belong to which group."""
        draws, groups = member.shape
        models, pairs = len(FOLLOWED), (actors, actors, issues)
        self._member = member
        self._path = np.full((draws, models, TURNS + 1, actors, issues), np.nan, np.float32)
        self.decision = np.full((draws, models, TURNS + 1, issues), np.nan)
        self.challenges = np.zeros((groups, models, TURNS, *pairs), np.int64)
        self.relations = np.zeros((groups, TURNS, *pairs, len(RELATIONS)), np.int64)
        self.backing = np.zeros((groups, 2, *pairs))

    def follow(self, model: str, start: int, stakeholders: Stakeholders, found: Forecast) -> None:
        """Take in what a model says in a block of worlds."""
        if model not in FOLLOWED or found.path is None or found.challenged is None:
            return
        m, block = list(FOLLOWED).index(model), slice(start, start + stakeholders.draws)
        taken = np.minimum(np.arange(TURNS + 1), found.path.shape[1] - 1)
        path = np.where(np.isnan(stakeholders.position)[:, None], np.nan, found.path[:, taken])
        self._path[block, m] = path
        weight = stakeholders.by_issue(stakeholders.weight)
        for turn in range(TURNS + 1):
            rows = FOLLOWED[model](stakeholders.by_issue(path[:, turn]), weight)
            self.decision[block, m, turn] = stakeholders.together(rows)
        member = self._member[block].astype(np.int64)
        turns = min(TURNS, found.challenged.shape[1])
        hit = found.challenged[:, :turns, :, None, :] == np.arange(stakeholders.actors)[:, None]
        self.challenges[:, m, :turns] += _counted(member, hit)
        if found.relation is not None:
            turns = min(TURNS, found.relation.shape[1])
            for code in range(len(RELATIONS)):
                self.relations[:, :turns, ..., code] += _counted(member, found.relation[:, :turns] == code)
            for end, turn in enumerate((0, TURNS)):
                self.backing[:, end] += np.einsum("bg,bkai->gkai", member, backing(path[:, turn], stakeholders))

    def quantiles(self) -> Floats:
        """(G, M, T + 1, A, I, Q) quantiles of where each stands after each turn; nan where nobody takes a position."""
        shape = self._path.shape[1:]
        found = np.full((self._member.shape[1], *shape, len(QUANTILES)), np.nan)
        for g in range(len(found)):
            own = self._path[self._member[:, g]]
            stands = np.isfinite(own).any(axis=0)
            if len(own) and stands.any():
                found[g, stands] = np.nanquantile(own[:, stands].astype(float), QUANTILES, axis=0).T
        return found


def backing(position: Floats, stakeholders: Stakeholders) -> Floats:
    """Whom each would back: the share of the contests of another with third parties in which his vote is for it.

    Everybody votes for the position nearer to his own and has no vote where both are as near, as in the contests of
    the challenge model.

    Args:
        position: (B, A, I), nan where there is none
    Returns:
        (B, A, A, I): first index the one who votes, second the one backed; nan never, 1 on the diagonal, 0 where
        either has no position
    Source:  Bueno de Mesquita 1985, Int Stud Q 29:121-136, third parties
    Example:
        >>> three = Stakeholders.of_issue([0, 4, 10], [1, 1, 1], [1, 1, 1])
        >>> backing(three.position, three)[0, :, :, 0].tolist()
        [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 1.0]]
    """
    span = np.where(stakeholders.high > stakeholders.low, stakeholders.high - stakeholders.low, 1.0)
    distance = np.abs(position[:, :, None] - position[:, None, :]) / span  # (B, k, a, I)
    present = np.isfinite(distance)
    far = np.where(present, distance, np.inf)
    actors = position.shape[1]
    votes, contests = np.zeros_like(distance), np.zeros_like(distance)
    index = np.arange(actors)
    for other in range(actors):  # contests of a with this one, in which k has a vote
        own = (index[:, None] != other) & (index[None, :] != other) & ~np.eye(actors, dtype=bool)
        asked = own[None, :, :, None] & present & present[:, :, other : other + 1]
        contests += asked
        votes += asked & (far[:, :, other : other + 1] - np.where(present, distance, 0.0) > _ALIKE)
    share = votes / np.where(contests > 0, contests, 1.0)
    share[:, index, index] = np.isfinite(position)
    return np.asarray(share)


def _counted(member: np.ndarray, hit: Bools) -> np.ndarray:
    """(G, …) worlds of each group (B, G) in which something holds (B, …)."""
    flat = hit.reshape(len(hit), -1).astype(np.float64)
    return np.asarray((member.T @ flat).round().astype(np.int64).reshape(member.shape[1], *hit.shape[1:]))
