"""What errors in positions and saliences do to each model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.backtest.decision import Decision
from sim.foundations import Floats, uniforms
from sim.foundations.plain_data import Real

#: Points that a forecast has to move to have jumped.
_JUMP: Final = 20


@dataclass(frozen=True)
class NoiseEffect:
    """What errors of one size do to one model, in points of a scale of 100.

    size:  of the errors, a share: positions are off by up to this part of the scale, saliences of themselves
    moved: mean absolute distance from what it says of the numbers as coded
    jumps: share of the draws in which that is more than 20 points
    error: mean absolute error of what it says then
    """

    size: float
    moved: Real
    jumps: Real
    error: Real


@dataclass(frozen=True)
class DecisionInputs:
    """Numbers of a decision that models are given: draws around those that were coded, or these themselves.

    position, salience: (B, A, I); ``None`` for those that were coded
    """

    position: Floats | None = None
    salience: Floats | None = None

    @property
    def draws(self) -> int:
        """B, 1 of the numbers as they were coded."""
        return 1 if self.position is None else len(self.position)


AS_CODED: Final = DecisionInputs()


def noisy(decision: Decision, size: float, draws: int, seed: str) -> DecisionInputs:
    """Positions and saliences with even errors of up to a size, none beyond its scale.

    Example:
        >>> from sim.backtest.decision import Decision
        >>> one = np.array([0.0])
        >>> made = Decision("a", ("b", "c"), ("d",), np.array([[0.0], [50.0]]), np.array([[1.0], [0.5]]), np.ones(2),
        ...                 one, one + 100, one, one)
        >>> found = noisy(made, 0.2, 50, "seed")
        >>> bool(found.position.min() >= 0), bool((abs(found.salience[:, 1] - 0.5) <= 0.1).all())
        (True, True)
    """
    numbers = np.arange(draws)

    def errors(what: str) -> Floats:
        rows = [
            [2 * uniforms(numbers, seed, decision.name, what, actor, issue) - 1 for issue in decision.issues]
            for actor in decision.actors
        ]
        return size * np.moveaxis(np.array(rows), 2, 0)

    position = np.clip(decision.position + errors("position") * decision.span, decision.low, decision.high)
    salience = np.clip(decision.salience * (1 + errors("salience")), 0.0, 1.0)
    return DecisionInputs(position, salience)


def noise_effect(size: float, said: Floats, as_coded: Floats, outcome: Floats) -> NoiseEffect:
    """Say how far a model moves, and how far off it is then.

    Args:
        said:     (B, N) what it says in draws with errors, in points of a scale of 100
        as_coded: (N,) what it says of the numbers as coded
        outcome:  (N,) what was decided
    Example:
        >>> noise_effect(0.1, np.array([[10.0, 40.0]]), np.array([10.0, 10.0]), np.array([0.0, 0.0]))
        NoiseEffect(size=0.1, moved=15.0, jumps=0.5, error=25.0)
    """
    away = np.abs(said - as_coded)
    known = ~np.isnan(away)
    if not known.any():
        return NoiseEffect(size, np.nan, np.nan, np.nan)
    error = float(np.abs(said - outcome)[known].mean())
    return NoiseEffect(size, float(away[known].mean()), float((away[known] > _JUMP).mean()), error)
