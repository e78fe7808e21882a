"""Options outside the talks when offers follow each other without delay."""

from __future__ import annotations

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.rubinstein import rubinstein_limit


@EQUILIBRIA.register("deal-me-out", source="Binmore, Shaked & Sutton 1989, QJE 104")
def deal_me_out(rate_1: float, rate_2: float, option_1: float, option_2: float) -> float:
    """Return the share of player 1 when offers follow without delay: an option matters only if it binds.

    Args:
        rate_1, rate_2:     discount rates, 0 or more, as in ``rubinstein_limit``
        option_1, option_2: what opting out pays, together at most 1
    Returns:
        share 0..1
    Source: Binmore, Shaked & Sutton 1989: deal-me-out, not split-the-difference
    Example:
        >>> deal_me_out(0.1, 0.1, 0.0, 0.3), deal_me_out(0.1, 0.1, 0.0, 0.6)
        (0.5, 0.4)
    """
    return min(max(rubinstein_limit(rate_1, rate_2), option_1), 1 - option_2)
