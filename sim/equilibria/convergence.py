"""How long belligerents must fight before their beliefs leave room for a deal."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside


@dataclass(frozen=True, slots=True)
class Convergence:
    """Mutual optimism and when it no longer stands in the way.

    optimism: gap between the sides' beliefs about power before fighting
    rounds:   rounds of battle until a range opens; None if it never does
    gap:      optimism left by then; None likewise
    """

    optimism: float
    rounds: int | None
    gap: float | None


@EQUILIBRIA.register("convergence", source="Wagner 2000; Slantchev 2003; beta-binomial learning: ours")
def convergence(strength: float, alphas: tuple[float, float], length: float) -> Convergence:
    """Find when the bargaining range opens as battles teach both sides the same lesson.

    Beliefs are beta distributions of equal strength, so the gap shrinks on every path of results. A truce
    stops the learning.

    Args:
        strength: rounds of battle that the sides' prior beliefs are worth, above 0
        alphas:   wins of A among those, as A and as B believe
        length:   length of the range if beliefs agreed
    Returns:
        the gap and the time it takes
    Raises:  InputError for a number outside of its range
    Source: ours; the mechanism is that of Wagner 2000 and Slantchev 2003
    Example:
        >>> convergence(10, (7, 4), 0.1).rounds
        20
    """
    require_inside("strength", strength, 0.0, math.inf)
    optimism = (alphas[0] - alphas[1]) / strength
    if length <= 0:
        return Convergence(optimism, None, None)
    wait = strength * (optimism / length - 1)
    rounds = max(0, math.ceil(wait - 1e-9 * max(1.0, abs(wait))))  # 20.000000000000004 rounds are 20
    return Convergence(optimism, rounds, strength * optimism / (strength + rounds))
