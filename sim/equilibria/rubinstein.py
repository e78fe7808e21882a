"""Two players who take turns to offer, with no end in sight."""

from __future__ import annotations

from sim.equilibria.equilibrium import EQUILIBRIA


@EQUILIBRIA.register("rubinstein", source="Rubinstein 1982, Econometrica 50, main theorem")
def rubinstein(delta_1: float, delta_2: float) -> float:
    """Return the share of player 1 when he makes the first offer; agreement is immediate.

    Args:
        delta_1, delta_2: discount factors per round, 0..1; 1 for both is the limit of equal patience
    Returns:
        share 0..1; when player 2 offers first, player 1 gets ``delta_1`` times it
    Source: Rubinstein 1982, unique subgame-perfect equilibrium
    Example:
        >>> round(rubinstein(0.9, 0.8), 6)
        0.714286
    """
    return 0.5 if delta_1 == delta_2 == 1 else (1 - delta_2) / (1 - delta_1 * delta_2)


@EQUILIBRIA.register("rubinstein-limit", source="Binmore, Rubinstein & Wolinsky 1986, section 3")
def rubinstein_limit(rate_1: float, rate_2: float) -> float:
    """Return the share of player 1 when offers follow each other without delay.

    Args:
        rate_1, rate_2: discount rates, 0 or more; 0 for both is the limit of equal patience
    Returns:
        share 0..1, whoever offers first
    Source: Binmore, Rubinstein & Wolinsky 1986: the more patient gets more
    Example:
        >>> round(rubinstein_limit(0.02, 0.08), 6)
        0.8
    """
    return 0.5 if rate_1 == rate_2 == 0 else rate_2 / (rate_1 + rate_2)
