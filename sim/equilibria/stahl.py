"""Alternating offers that end after a known number of rounds."""

from __future__ import annotations

from sim.equilibria.equilibrium import EQUILIBRIA


@EQUILIBRIA.register("stahl", source="Stahl 1972, Bargaining Theory")
def stahl(delta_1: float, delta_2: float, offers: int) -> float:
    """Return the share of player 1, who makes the first of ``offers`` offers; no deal is worth 0.

    Args:
        delta_1, delta_2: discount factors per round, 0..1
        offers:           number of offers before talks end, 1 or more
    Returns:
        share 0..1
    Raises:
        ValueError: if there is no offer at all
    Source: Stahl 1972 by backward induction; the geometric sum is evaluated in closed form
    Example:
        >>> round(stahl(0.9, 0.8, 11), 10)
        0.7695690752
    """
    if offers < 1:
        raise ValueError(f"talks need at least one offer, not {offers}")
    both = delta_1 * delta_2
    pairs = offers // 2
    rounds = float(pairs) if both == 1 else (1 - both**pairs) / (1 - both)
    last: float = both**pairs if offers % 2 else 0.0
    return (1 - delta_2) * rounds + last
