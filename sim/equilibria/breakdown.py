"""Alternating offers that may break down between offers, with something to live on meanwhile."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import TOLERANCE, FloatPair


@dataclass(frozen=True, slots=True)
class BreakdownSplit:
    """Terms when talks may break down.

    disagreement: what each side would get if offers were never accepted
    weight:       bargaining weight of player 1 in the limit of quick offers, 0..1
    first:        share of player 1 when he proposes; None where disagreement beats every split
    second:       share of player 1 when player 2 proposes; None likewise
    limit:        share of player 1 when offers follow without delay; None likewise
    """

    disagreement: FloatPair
    weight: float
    first: float | None
    second: float | None
    limit: float | None


@EQUILIBRIA.register("breakdown", source="Binmore, Rubinstein & Wolinsky 1986, RAND J. 17")
def breakdown(
    rates: FloatPair, breakdown_rate: float, dt: float, after: FloatPair = (0.0, 0.0), flow: FloatPair = (0.0, 0.0)
) -> BreakdownSplit:
    """Split a pie of 1 when talks break down at a rate and both live on flows until they agree.

    Impatience and the risk of breakdown set the weights; flows and what follows a breakdown set the
    disagreement point.

    Args:
        rates:          discount rates of the two players, 0 or more
        breakdown_rate: rate at which talks break down, 0 or more; with each rate above 0 in sum
        dt:             time between offers, above 0
        after:          what each gets after a breakdown
        flow:           normalised flow payoff of each while they disagree
    Returns:
        the terms and the weighted Nash limit
    Raises:  InputError for a number outside of its range
    Source: Binmore, Rubinstein & Wolinsky 1986, both of their models in one
    Example:
        >>> split = breakdown((0.02, 0.08), 0.1, 0.5, after=(0.3, 0.2))
        >>> round(split.first, 6), round(split.limit, 6)
        (0.644771, 0.633333)
    """
    require_inside("dt", dt, 0.0, math.inf)
    for rate in rates:
        require_inside("a rate with the breakdown rate", rate + breakdown_rate, 0.0, math.inf)
    leave = (rates[0] + breakdown_rate, rates[1] + breakdown_rate)
    d_1, d_2 = ((rates[i] * flow[i] + breakdown_rate * after[i]) / leave[i] for i in (0, 1))
    weight = leave[1] / (leave[0] + leave[1])
    surplus = 1 - d_1 - d_2
    if surplus < -TOLERANCE:
        return BreakdownSplit((d_1, d_2), weight, None, None, None)
    kept_1, kept_2 = math.exp(-leave[0] * dt), math.exp(-leave[1] * dt)
    part = (1 - kept_2) / (1 - kept_1 * kept_2)
    return BreakdownSplit(
        (d_1, d_2), weight, d_1 + surplus * part, d_1 + surplus * kept_1 * part, d_1 + weight * surplus
    )


@EQUILIBRIA.register("breakdown-curved", source="Binmore, Rubinstein & Wolinsky 1986, RAND J. 17")
def breakdown_curved(curvature: FloatPair, leave: FloatPair, dt: float) -> BreakdownSplit:
    """Split a pie of 1 when utilities are powers of the shares and breakdown pays nothing.

    Args:
        curvature: exponents a of u_1 = x^a_1 and u_2 = (1 - x)^a_2, above 0
        leave:     discount rate plus breakdown rate of each player, above 0
        dt:        time between offers, above 0
    Returns:
        the terms and the weighted Nash limit, as shares of the pie
    Raises:  InputError for a number outside of its range
    Source: Binmore, Rubinstein & Wolinsky 1986. A power of the share turns the discount kept into its a-th
        root, so the linear formula applies
    Example:
        >>> round(breakdown_curved((1.0, 0.5), (1.0, 1.0), 0.1).first, 6)
        0.69939
    """
    require_inside("dt", dt, 0.0, math.inf)
    require_inside("leave", leave, 0.0, math.inf)
    require_inside("curvature", curvature, 0.0, math.inf)
    kept_1 = math.exp(-leave[0] * dt / curvature[0])
    kept_2 = math.exp(-leave[1] * dt / curvature[1])
    first = (1 - kept_2) / (1 - kept_1 * kept_2)
    weight = leave[1] / (leave[0] + leave[1])
    limit = weight * curvature[0] / (weight * curvature[0] + (1 - weight) * curvature[1])
    return BreakdownSplit((0.0, 0.0), weight, first, kept_1 * first, limit)
