"""How fragile a truce may be for one side to sign it."""

from __future__ import annotations

import math

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import TOLERANCE


@EQUILIBRIA.register("enforcement-interval", source="ours; after Fearon 1995 and Fortna 2003")
def enforcement_interval(
    static_premium: float, damage: float, shift: float, delta: float, theta: float
) -> tuple[float, float] | None:
    """Find the hazards at which one side signs; they form an interval.

    Guarantees cannot buy off root causes: with a negative static premium and no shift in one's favour it is
    empty. A side that gains power meanwhile but dislikes the terms signs only a weak truce.

    Args:
        static_premium: flow under the document less the alternative, u - O
        damage:         lasting loss on collapse, 0 or more
        shift:          eventual shift of power in the side's own favour
        delta:          discount factor per round, in (0, 1)
        theta:          speed of the shift, in (0, 1]

    Returns:
        lowest and highest acceptable hazard, or None if there is none
    Raises:  InputError for a number outside of its range
    Source: ours: the slack is concave (or falling) in the odds of war, which reduces it to a quadratic
    Example:
        >>> low, high = enforcement_interval(0.06, 0.0, -0.15, 0.95, 1.0)
        >>> low, round(high, 6)
        (0.0, 0.021053)
    """
    require_inside("delta", delta)
    if -TOLERANCE < static_premium < 0:
        static_premium = 0.0  # indifference is assent
    longest = delta / (1 - delta)  # odds of war when collapse is certain
    slow = (1 - theta) * (1 - delta)
    found = _not_negative(
        -damage * slow,
        static_premium * slow - damage * (theta + slow) + shift * theta,
        static_premium * (theta + slow),
    )
    if found is None:
        return None
    low, high = max(0.0, found[0]), min(longest, found[1])
    if low > high * (1 + 1e-12):
        return None
    low = min(low, high)
    return min(1.0, low / longest), 1.0 if high == longest else high / longest


def _not_negative(a: float, b: float, c: float) -> tuple[float, float] | None:
    """Interval of the numbers x of 0 or more with a x^2 + b x + c >= 0, for a of 0 or less."""
    if a == 0:
        if b == 0:
            return (0.0, math.inf) if c >= 0 else None
        root = -c / b
        if b > 0:
            return max(0.0, root), math.inf
        return (0.0, root) if root >= 0 else None
    under = b * b - 4 * a * c
    if under < 0:
        return None
    half = -(b + math.copysign(math.sqrt(under), b)) / 2
    roots = (half / a, c / half if half else 0.0)
    return (min(roots), max(roots)) if max(roots) >= 0 else None
