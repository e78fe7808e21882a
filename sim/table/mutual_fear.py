"""How often two sides break a deal first when each fears that the other will: best replies, and where they meet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy

from sim.foundations import FloatPair, Floats

_STEPS: Final = 200_000
_STILL: Final = 1e-15
#: The same for many truces at once, and what is close enough there.
_ROUNDS: Final = 5_000
_SETTLED: Final = 1e-12
#: Rounds after which replies that go up and down are taken to swing for ever, and halvings that then find the middle.
_SWINGING: Final = 8
_HALVINGS: Final = 60


@dataclass(frozen=True, slots=True)
class TrucePlay:
    """How both sides play a truce; pairs are (A, B).

    breaks: chance per round that each breaks it, 0..1
    value:  what the truce is worth to each above its collapse
    """

    breaks: FloatPair
    value: FloatPair

    @property
    def hazard(self) -> float:
        """Chance per round that the truce collapses, 0..1."""
        return self.breaks[0] + self.breaks[1] - self.breaks[0] * self.breaks[1]


def _answer(other: float, flow: float, penalty: float, temptation: float, delta: float) -> FloatPair:
    """Best reply to a partner who breaks with chance ``other``: own chance of breaking, value of truce."""
    trust = 1 - other
    rash = (1 - delta) * flow + delta * (temptation - penalty)  # value if he breaks whatever happens
    if penalty + trust * rash < 0:
        return 1.0, rash
    stay = 1 - delta + delta * other
    rate = trust * delta / stay
    at_zero = -(penalty + trust * (1 - delta) * flow / stay) / temptation
    # a = exp(at_zero - rate a): Lambert's W in logarithms, so that nothing overflows
    breaks = float(scipy.special.wrightomega(math.log(rate) + at_zero).real) / rate if rate > 0 else math.exp(at_zero)
    breaks = min(1.0, breaks)
    return breaks, ((1 - delta) * flow + delta * breaks * temptation) / stay


def climb(start: float, flow: FloatPair, penalty: FloatPair, temptation: FloatPair, delta: float) -> TrucePlay:
    """Follow best replies from a hazard below (0) or above (1) every equilibrium; the path is monotone."""
    a, b = start, start
    for _ in range(_STEPS):
        new_a = _answer(b, flow[0], penalty[0], temptation[0], delta)[0]
        new_b = _answer(new_a, flow[1], penalty[1], temptation[1], delta)[0]
        moved = max(abs(new_a - a), abs(new_b - b))
        a, b = new_a, new_b
        if moved <= _STILL:
            break
    else:
        # Where one side's truce is worth less than its collapse, fear makes it break less: replies to replies fall,
        # the climb swings for ever, and there is one equilibrium, between the swings.
        a = float(
            scipy.optimize.brentq(
                lambda at: _reply_to_reply(at, flow, penalty, temptation, delta) - at, 0.0, 1.0, xtol=_STILL
            )
        )
        b = _answer(a, flow[1], penalty[1], temptation[1], delta)[0]
    values = (
        _answer(b, flow[0], penalty[0], temptation[0], delta)[1],
        _answer(a, flow[1], penalty[1], temptation[1], delta)[1],
    )
    return TrucePlay((a, b), values)


def breach_chances(flow: Floats, penalty: Floats, temptation: Floats, delta: Floats, *, fragile: bool) -> Floats:
    """Chances per round that each of two sides breaks first, for many truces at once.

    Args:
        flow, penalty, temptation, delta: (N, 2) as for
            ``sim.equilibria.endogenous_hazard``; patience may differ between the sides
        fragile: the equilibrium with the greatest hazard, instead of that with the least
    Returns:
        (N, 2) chances, 0..1
    Source: ours, monotone iteration of best replies as in ``sim.equilibria.endogenous_hazard``
    Example:
        >>> pair = np.ones((1, 2))
        >>> breach_chances(0.15 * pair, 0.004 * pair, 0.02 * pair, 0.98 * pair, fragile=True).round(3).tolist()
        [[0.314, 0.314]]
    """
    delta = np.minimum(delta, 1 - 1e-9)  # the limit of patience
    found = np.full(flow.shape, 1.0 if fragile else 0.0)
    moving, last = np.arange(len(flow)), np.zeros(len(flow))
    for number in range(_ROUNDS):
        if not len(moving):
            break
        before = found[moving]
        for side in (0, 1):
            numbers = (one[moving, side] for one in (flow, penalty, temptation, delta))
            found[moving, side] = _answers(found[moving, 1 - side], *numbers)
        step = found[moving, 0] - before[:, 0]
        swings = (step * last < 0) & (number >= _SWINGING)
        if swings.any():
            here = moving[swings]
            found[here] = _between(*(one[here] for one in (flow, penalty, temptation, delta)))
        still = (np.abs(found[moving] - before).max(axis=1) > _SETTLED) & ~swings
        moving, last = moving[still], step[still]
    return found


def _between(flow: Floats, penalty: Floats, temptation: Floats, delta: Floats) -> Floats:
    """(N, 2) chances where best replies swing for ever: the one equilibrium lies between the swings.

    Where one side's truce is worth less than its collapse, fear makes it break less, so replies to replies fall.
    """

    def reply(side: int, other: Floats) -> Floats:
        return _answers(other, flow[:, side], penalty[:, side], temptation[:, side], delta[:, side])

    low, high = np.zeros(len(flow)), np.ones(len(flow))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        above = reply(0, reply(1, middle)) > middle
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.column_stack([low, reply(1, low)])


def _answers(other: Floats, flow: Floats, penalty: Floats, temptation: Floats, delta: Floats) -> Floats:
    """Best replies to partners who break with chances ``other``: own chances of breaking, (N,)."""
    trust = 1 - other
    rash = (1 - delta) * flow + delta * (temptation - penalty)
    stay = 1 - delta + delta * other
    rate = trust * delta / stay
    at_zero = -(penalty + trust * (1 - delta) * flow / stay) / temptation
    safe = np.where(rate > 0, rate, 1.0)
    breaks = np.where(rate > 0, scipy.special.wrightomega(np.log(safe) + at_zero).real / safe, np.exp(at_zero))
    return np.where(penalty + trust * rash < 0, 1.0, np.minimum(1.0, breaks))


def _reply_to_reply(at: float, flow: FloatPair, penalty: FloatPair, temptation: FloatPair, delta: float) -> float:
    """A's best reply to B's best reply to A breaking with chance ``at``."""
    other = _answer(at, flow[1], penalty[1], temptation[1], delta)[0]
    return _answer(other, flow[0], penalty[0], temptation[0], delta)[0]
