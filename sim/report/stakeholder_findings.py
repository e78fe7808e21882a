"""What stakeholders do turn by turn in the worlds of a run: challenges, pairs, movement, backing, the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats
from sim.foundations.plain_data import Real

#: Challenges rarer than this in the first turn are not listed.
_SELDOM: Final = 0.05
#: The model that pairs and backing are of.
CHALLENGES: Final = "challenge-model"


@dataclass(frozen=True)
class ChallengeShare:
    """Somebody expects to gain most by challenging another.

    challenger, challenged: actors
    first: share of the worlds in which he does in the first turn
    mean:  share of the turns and worlds
    """

    challenger: str
    challenged: str
    first: Real
    mean: Real


@dataclass(frozen=True)
class StakeholderMovement:
    """Where an actor begins and where he ends, on the issue's own numbers.

    actor:     name
    by_turn:   median position after each turn, the first before any
    low, high: quantiles 0.1 and 0.9 after the last
    """

    actor: str
    by_turn: tuple[Real, ...]
    low: Real
    high: Real

    @property
    def way(self) -> float:
        """How far the median moves in all."""
        return float(self.by_turn[-1] - self.by_turn[0])


@dataclass(frozen=True)
class PairStanding:
    """How two stand in the first turn, in the eyes of the first of them.

    one, other: actors
    shares:     relation, a name of ``sim.forecasts.RELATIONS`` -> share of the worlds
    """

    one: str
    other: str
    shares: Mapping[str, float]


@dataclass(frozen=True)
class TurnOutcome:
    """What would be decided after a turn: quantiles 0.5, 0.1 and 0.9 over worlds."""

    turn: int
    median: Real
    low: Real
    high: Real


@dataclass(frozen=True)
class StakeholderTurnsTold:
    """What a model has stakeholders do on an issue.

    challenges: the most frequent first, those of the first turn that are rare left out
    movements:  of everybody, in the order of the case
    pairs:      in both directions, those at peace in all worlds left out; empty for models that do not tell
    backing:    actor -> other -> share of the other's contests in which he would back it at the start; empty likewise
    backing_last: the same after the last turn
    outcomes:   by turn
    """

    challenges: tuple[ChallengeShare, ...]
    movements: tuple[StakeholderMovement, ...]
    pairs: tuple[PairStanding, ...]
    backing: Mapping[str, Mapping[str, float]]
    backing_last: Mapping[str, Mapping[str, float]]
    outcomes: tuple[TurnOutcome, ...]


#: Issue -> model -> what stakeholders do.
StakeholderView = Mapping[str, Mapping[str, StakeholderTurnsTold]]


def stakeholder_view(results: xr.Dataset, group: str, where: Bools) -> dict[str, dict[str, StakeholderTurnsTold]]:
    """Collect what stakeholders do, of a group of worlds; nothing where they were not followed.

    Args:
        group: a name along ``group``
        where: (B,) the worlds of it
    """
    if "turn_challenge" not in results:
        return {}
    own = results.sel(group=group)
    size = max(int(where.sum()), 1)
    return {
        issue: {
            str(model): _told(own.sel(forecast_issue=issue), str(model), size, where)
            for model in results["turn_model"].values
        }
        for issue in map(str, results["forecast_issue"].values)
    }


def _told(own: xr.Dataset, model: str, size: int, where: Bools) -> StakeholderTurnsTold:
    """One model on one issue."""
    names = [str(name) for name in own["stakeholder"].values]
    of = own.sel(turn_model=model)
    place = of["turn_position"].values.astype(float)  # (T + 1, A, Q)
    decided = of["turn_decision"].values[where].astype(float)
    known = decided[np.isfinite(decided).all(axis=1)]
    quantiles = np.quantile(known, [0.5, 0.1, 0.9], axis=0) if len(known) else np.full((3, decided.shape[1]), np.nan)
    pairs: tuple[PairStanding, ...] = ()
    first: dict[str, dict[str, float]] = {}
    last: dict[str, dict[str, float]] = {}
    if model == CHALLENGES:
        pairs = _pairs(own["turn_relation"].isel(turn_played=0).values / size, names, own["relation"].values)
        first, last = (_backing(own["turn_backing"].isel(turn_end=end).values, names) for end in (0, 1))
    return StakeholderTurnsTold(
        _challenges(of["turn_challenge"].values / size, names),
        tuple(
            StakeholderMovement(name, tuple(map(float, place[:, a, 1])), float(place[-1, a, 0]), float(place[-1, a, 2]))
            for a, name in enumerate(names)
        ),
        pairs,
        first,
        last,
        tuple(TurnOutcome(turn, *map(float, quantiles[:, turn])) for turn in range(quantiles.shape[1])),
    )


def _challenges(shares: Floats, names: list[str]) -> tuple[ChallengeShare, ...]:
    """Challenges of the first turn from shares (T, A, A)."""
    found = [
        ChallengeShare(names[i], names[j], float(shares[0, i, j]), float(shares[:, i, j].mean()))
        for i, j in zip(*np.nonzero(shares[0] >= _SELDOM), strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.first, -one.mean)))


def _pairs(shares: Floats, names: list[str], relations: np.ndarray) -> tuple[PairStanding, ...]:
    """Pairs in both directions from shares (A, A, R)."""
    return tuple(
        PairStanding(one, other, {str(code): float(shares[i, j, r]) for r, code in enumerate(relations)})
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i != j and shares[i, j, list(relations).index("peace")] < 1
    )


def _backing(shares: Floats, names: list[str]) -> dict[str, dict[str, float]]:
    return {one: {other: float(shares[i, j]) for j, other in enumerate(names) if i != j} for i, one in enumerate(names)}
