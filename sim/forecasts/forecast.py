"""What a forecast of a collective decision is, and where its members are listed."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from sim.forecasts.stakeholders import Stakeholders
from sim.foundations import Dice, Floats, Ints, Registry

#: How positions that move from turn to turn come to an end.
COURSES: Final = ("no turns", "fixed point", "cycle", "wandering")
#: How a pair stands in the eyes of its first: neither expects to gain by a challenge; both do, so that neither gives
#: way; only the first does, so that the other gives way or trades; only the other does.
RELATIONS: Final = ("peace", "conflict", "upper hand", "under pressure")


@dataclass(frozen=True)
class Forecast:
    """What a model says is decided.

    decision: (B, I) on the scale of the positions; nan where nobody takes a position
    path:     (B, T + 1, A, I) positions by turn, the first as they were put in; ``None`` if the model has no turns
    course:   (B,) index into COURSES: how the turns came to an end
    period:   (B,) turns of the cycle: 1 at a fixed point, 0 where there is none within the turns played
    challenged: (B, T, A, I) whom each challenges in each turn: the one he expects to gain most from; -1 nobody.
              ``None`` if there are no challenges in the model
    relation: (B, T, A, A, I) how each pair stands as its first sees it, index into RELATIONS; -1 for no pair
    """

    decision: Floats
    path: Floats | None = None
    course: Ints | None = None
    period: Ints | None = None
    challenged: np.ndarray | None = None
    relation: np.ndarray | None = None


class AbstractForecast(ABC):
    """A model from positions, saliences and capabilities to a decision; settings are frozen fields."""

    @abstractmethod
    def predict(self, stakeholders: Stakeholders, dice: Dice | None = None) -> Forecast:
        """Say what is decided in each draw.

        Args:
            dice: random streams of the draws, for models that leave something to chance
        """


ForecastClass: TypeAlias = type[AbstractForecast]

#: Forecast models by name; each works without settings.
FORECASTS: Registry[ForecastClass] = Registry("forecast", home="sim.forecasts")


def course_of(path: Floats, tolerance: float = 1e-9) -> tuple[Ints, Ints]:
    """Say how the turns of a path end: at rest, in a cycle, or still wandering when the last turn was played.

    Args:
        path:      (B, T + 1, …) positions by turn; nan stands for no position
        tolerance: positions closer than this are the same
    Returns:
        course (B,), index into COURSES, and period (B,)

    Example:
        >>> still, flip = [[1.0], [2.0], [2.0]], [[1.0], [2.0], [1.0]]
        >>> course, period = course_of(np.array([still, flip]))
        >>> [COURSES[code] for code in course], period.tolist()
        (['fixed point', 'cycle'], [1, 2])
    """
    draws, turns = path.shape[:2]
    flat = np.nan_to_num(path.reshape(draws, turns, -1))
    period = np.zeros(draws, np.int64)
    for back in range(1, turns):
        again = (np.abs(flat[:, turns - 1] - flat[:, turns - 1 - back]) <= tolerance).all(axis=1)
        period[(period == 0) & again] = back
    course = np.select([period == 1, period > 1], [1, 2], default=3).astype(np.int64)
    return course, period
