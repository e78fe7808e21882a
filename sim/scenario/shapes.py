"""Shapes that numbers are drawn in: the inverse distribution function of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from sim.foundations import Floats, Z
from sim.scenario.quantity import Quantity

#: Standard deviations on either side between which 95 % of a normal lie.


@dataclass(frozen=True)
class NumberShape:
    """A number between its ends, and what it takes to draw it.

    quantity: the number as it is written
    low, mode, high: its ends and its value, as numbers
    roof:     what no draw may exceed, since the number would make no sense; infinite where there is no such limit
    """

    quantity: Quantity
    low: float
    mode: float
    high: float
    roof: float = np.inf

    def inverse(self, quantile: Floats) -> Floats:
        """(B,) values at quantiles, (B,) in (0, 1)."""
        if self.high <= self.low or self.quantity.distribution not in _INVERSES:
            return np.full(quantile.shape, self.mode)
        return np.asarray(_INVERSES[self.quantity.distribution](self, quantile))


def _uniform(of: NumberShape, quantile: Floats) -> Floats:
    return np.asarray(of.low + quantile * (of.high - of.low))


def _triangular(of: NumberShape, quantile: Floats) -> Floats:
    width = of.high - of.low
    turn = (of.mode - of.low) / width
    up = of.low + np.sqrt(quantile * turn) * width
    down = of.high - np.sqrt((1 - quantile) * (1 - turn)) * width
    return np.where(quantile < turn, up, down)


def _beta(of: NumberShape, quantile: Floats) -> Floats:
    width = of.high - of.low
    first = 1 + of.quantity.concentration * (of.mode - of.low) / width
    second = 1 + of.quantity.concentration * (of.high - of.mode) / width
    return np.asarray(of.low + width * betaincinv(first, second, quantile))


def _truncated_normal(of: NumberShape, quantile: Floats) -> Floats:
    deviation = of.quantity.sd or (of.high - of.low) / 4
    floor, roof = ndtr((of.low - of.mode) / deviation), ndtr((of.high - of.mode) / deviation)
    return np.asarray(np.clip(of.mode + deviation * ndtri(floor + quantile * (roof - floor)), of.low, of.high))


def _lognormal(of: NumberShape, quantile: Floats) -> Floats:
    """Values whose logarithm is normal on each side of the median, cut off where the number makes no sense.

    Source: two-piece normal: Wallis 2014, Stat Sci 29:106-112, here of logarithms and around the median
    """
    below, above = np.log(of.mode / of.low) / Z, np.log(of.high / of.mode) / Z
    roof = 1.0 if np.isinf(of.roof) else ndtr(np.log(of.roof / of.mode) / above)
    turned = ndtri(quantile * roof)
    return np.asarray(of.mode * np.exp(turned * np.where(turned < 0, below, above)))


def _posterior(of: NumberShape, quantile: Floats) -> Floats:
    """Values from the posterior of rates, cut off at both ends."""
    found = of.quantity.posterior
    if found is None:
        return np.full(quantile.shape, of.mode)
    floor, roof = found.below(np.array([of.low, of.high]))
    return np.asarray(np.clip(found.quantile(floor + quantile * (roof - floor)), of.low, of.high))


_INVERSES: Final[Mapping[str, Callable[[NumberShape, Floats], Floats]]] = {
    "uniform": _uniform,
    "triangular": _triangular,
    "beta": _beta,
    "truncated-normal": _truncated_normal,
    "lognormal": _lognormal,
    "posterior": _posterior,
}
