"""Bargaining over a policy on a line: who proposes what, and what a quota of votes accepts."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats, InputError

_EXACT = 1e-15


class PolicyBargain(NamedTuple):
    """Stationary equilibrium without delay.

    low:       least policy that is accepted
    high:      greatest policy that is accepted
    proposals: (A,) what each voter proposes: of what is accepted, the point nearest to his ideal
    value:     (A,) expected utility before a proposer is drawn, 0..1
    """

    low: float
    high: float
    proposals: Floats
    value: Floats


@EQUILIBRIA.register(
    "banks-duggan",
    source="Banks & Duggan 2000, Am Polit Sci Rev 94:73-88; quotas: Cardona & Ponsati 2011, Games Econ Behav 73:65-75",
)
def banks_duggan(
    ideals: npt.ArrayLike, chances: npt.ArrayLike, delta: float, quota: int, power: float = 1.0
) -> PolicyBargain:
    """Solve bargaining on a line where a voter at x values policy y at 1 - abs(y - x) ** power, and delay at 0.

    What is accepted is an interval. Two voters decide where it ends: the one with quota - 1 voters to his left must
    not be too far from its lower end, the one with quota - 1 to his right not too far from its upper end. Under a
    simple majority of an odd number both are the median; under unanimity they are the two extremes.

    Args:
        ideals:  (A,) ideal points, at most 1 apart
        chances: (A,) chance of proposing in a round, sum 1
        delta:   discount factor per round, 0..1; 1 is the limit
        quota:   votes that carry a proposal, the proposer's own included, more than half of A
        power:   curvature of the loss: 1 is a tent, 2 a parabola; 1 or more
    Returns:
        what is accepted, proposed and expected
    Raises:  InputError for ideals too far apart, or a quota that is no majority
    Source:  Banks & Duggan 2000; that two voters decide, and uniqueness: Cardona & Ponsati 2011. Deviation: solved
             for the two ends instead of by iteration over values, which is ill-conditioned for patient voters
    Example:
        >>> found = banks_duggan([0, 0.5, 1], [1 / 3] * 3, 0.9, 2)
        >>> found.proposals.round(6).tolist()
        [0.25, 0.5, 0.75]
    """
    x, p = np.asarray(ideals, dtype=np.float64), np.asarray(chances, dtype=np.float64)
    left, right = _deciding(x, quota)
    first, last = float(x.min()), float(x.max())

    def value_at(ideal: float, low: float, high: float) -> float:
        return float(p @ (1 - abs(np.clip(x, low, high) - ideal) ** power))

    def high_given(low: float) -> float:
        def slack(high: float) -> float:
            return float(1 - abs(high - left) ** power) - delta * value_at(left, low, high)

        return last if slack(last) >= 0 else float(scipy.optimize.brentq(slack, max(left, low), last, xtol=_EXACT))

    def slack_of_right(low: float) -> float:
        return float(1 - abs(right - low) ** power) - delta * value_at(right, low, high_given(low))

    if delta == 1:
        low = high = banks_duggan_limit(x, p, quota, power)
        return _bargain(x, p, low, high, power)
    low = (
        first if slack_of_right(first) >= 0 else float(scipy.optimize.brentq(slack_of_right, first, right, xtol=_EXACT))
    )
    return _bargain(x, p, low, high_given(low), power)


@EQUILIBRIA.register(
    "banks-duggan-limit",
    source="Banks & Duggan 2000, Am Polit Sci Rev 94:73-88; Herings & Predtetchinski 2010, J Econ Theory 145:1-19",
)
def banks_duggan_limit(ideals: npt.ArrayLike, chances: npt.ArrayLike, quota: int, power: float = 1.0) -> float:
    """Return the policy that all proposals approach as rounds follow without delay.

    It is the weighted Nash point of the two voters who decide, each weighing as much as all who propose from his
    side of it: the median under a simple majority, a point between the extremes under unanimity. Neither the Nash
    point of all voters nor, under unanimity, the median.

    Args:
        ideals:  (A,) ideal points, at most 1 apart
        chances: (A,) chance of proposing in a round, sum 1
        quota:   votes that carry a proposal, more than half of A
        power:   curvature of the loss, as in ``banks_duggan``
    Returns:
        the policy
    Raises:  InputError as ``banks_duggan``
    Source:  Herings & Predtetchinski 2010 for unanimity; first-order expansion of ``banks_duggan`` in 1 - delta
    Example:
        >>> round(banks_duggan_limit([0.1, 0.2, 0.9], [0.2, 0.3, 0.5], 3), 9)
        0.5
    """
    x, p = np.asarray(ideals, dtype=np.float64), np.asarray(chances, dtype=np.float64)
    left, right = _deciding(x, quota)
    if left == right:
        return left

    def pull(policy: float) -> float:
        """Weighted gain in the logarithms of both utilities from moving up; falls, with a step at every ideal."""
        below, above = float(p[x < policy].sum()), float(p[x > policy].sum())
        here = float(p[x == policy].sum())
        down = _slope(policy - left, power)
        up = _slope(right - policy, power)
        return (above + here / 2) * up - (below + here / 2) * down

    return float(scipy.optimize.brentq(pull, left, right, xtol=_EXACT))


def _bargain(x: Floats, p: Floats, low: float, high: float, power: float) -> PolicyBargain:
    """What voters propose within what is accepted, and what they expect of it."""
    proposals = np.clip(x, low, high)
    value = p @ (1 - np.abs(proposals[:, None] - x) ** power)
    return PolicyBargain(low, high, proposals, np.asarray(value))


def _slope(distance: float, power: float) -> float:
    """Minus the derivative of the logarithm of utility with respect to distance."""
    return float(power * distance ** (power - 1) / max(1 - distance**power, 1e-300))


def _deciding(x: Floats, quota: int) -> tuple[float, float]:
    """Ideals of the two voters at whom acceptance ends, left then right."""
    if x.max() - x.min() > 1:
        raise InputError("ideal points lie at most 1 apart; divide them by the width of the issue")
    if not x.size < 2 * quota <= 2 * x.size:
        raise InputError(f"a quota of {quota} among {x.size} voters; it is more than half and at most all of them")
    ordered = np.sort(x)
    return float(ordered[x.size - quota]), float(ordered[quota - 1])
