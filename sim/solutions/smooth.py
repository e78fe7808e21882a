"""Solutions on two families of smooth convex sets, n players, in closed form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats, InputError


def _normalised(weights: object, players: int) -> Floats:
    """Bargaining weights (n,) that sum to one; equal ones if None."""
    if weights is None:
        return np.full(players, 1 / players)
    given = np.asarray(weights, dtype=float)
    if given.shape != (players,) or not np.isfinite(given).all() or (given < 0).any() or given.sum() <= 0:
        raise InputError(f"weights {weights} must be {players} numbers >= 0, not all zero")
    return np.asarray(given / given.sum())


@dataclass(frozen=True)
class Ellipsoid:
    """The set sum a_i u_i ** 2 <= 1, u >= 0, with disagreement 0.

    a: (n,) > 0

    Raises:  InputError if an a_i is not positive
    Source:  first-order conditions; solutions as in Nash 1950, Kalai & Smorodinsky 1975, Kalai 1977
    Example:
        >>> Ellipsoid(np.array([1.0, 4.0])).nash().round(6).tolist()
        [0.707107, 0.353553]
    """

    a: Floats

    def __post_init__(self) -> None:
        if self.a.ndim != 1 or not (np.isfinite(self.a) & (self.a > 0)).all():
            raise InputError(f"an ellipsoid needs positive numbers a, not {self.a.tolist()}")

    def nash(self, weights: object = None) -> Floats:
        """Maximise prod u_i ** w_i: u_i = sqrt(w_i / a_i)."""
        return np.asarray(np.sqrt(_normalised(weights, len(self.a)) / self.a))

    def kalai_smorodinsky(self) -> Floats:
        """Equal parts of the ideal values 1 / sqrt(a_i): u_i = 1 / sqrt(n a_i)."""
        return np.asarray(1 / np.sqrt(len(self.a) * self.a))

    def egalitarian(self) -> Floats:
        """Equal values: u_i = 1 / sqrt(sum a)."""
        return np.full(len(self.a), 1 / np.sqrt(self.a.sum()))

    def utilitarian(self) -> Floats:
        """Largest sum: u_i = (1 / a_i) / sqrt(sum 1 / a_j)."""
        return np.asarray((1 / self.a) / np.sqrt((1 / self.a).sum()))


@dataclass(frozen=True)
class Simplex:
    """The set sum u_i <= 1, u >= d, with disagreement d: a pie of size one.

    d: (n,) finite

    Every point of the frontier is utilitarian, so that solution is not given.

    Raises:  InputError if d is not finite or adds up to more than the pie
    Source:  as for Ellipsoid; the weighted Nash solution splits the surplus by the weights
    Example:
        >>> Simplex(np.array([0.1, 0.2, 0.3])).nash([2, 1, 1]).round(9).tolist()
        [0.3, 0.3, 0.4]
    """

    d: Floats

    def __post_init__(self) -> None:
        if self.d.ndim != 1 or not np.isfinite(self.d).all():
            raise InputError(f"a simplex needs finite disagreement values, not {self.d.tolist()}")
        if self.surplus < -1e-12:
            raise InputError(f"disagreement values add up to {self.d.sum():g}, above the pie of 1: no deal")

    @property
    def surplus(self) -> float:
        """What is left of the pie after everybody has his disagreement value."""
        return float(1 - self.d.sum())

    def nash(self, weights: object = None) -> Floats:
        """Split the surplus by the weights: u_i = d_i + w_i (1 - sum d)."""
        return np.asarray(self.d + _normalised(weights, len(self.d)) * self.surplus)

    def kalai_smorodinsky(self) -> Floats:
        """Split the surplus equally: everybody's ideal gain is all of it."""
        return self.nash()

    def egalitarian(self) -> Floats:
        """Split the surplus equally."""
        return self.nash()
