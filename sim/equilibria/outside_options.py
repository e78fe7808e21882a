"""Alternating offers in which whoever has just refused may leave for something else."""

from __future__ import annotations

from itertools import product
from typing import NamedTuple

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.rubinstein import rubinstein


class ProposerShares(NamedTuple):
    """What each player keeps when it is his turn to offer.

    first:  share of player 1 when he proposes, 0..1
    second: share of player 2 when he proposes, 0..1
    """

    first: float
    second: float


@EQUILIBRIA.register("outside-options", source="Binmore, Shaked & Sutton 1989, QJE 104")
def outside_options(delta_1: float, delta_2: float, option_1: float, option_2: float) -> ProposerShares:
    """Solve alternating offers where the responder, and only he, may opt out right after refusing.

    Options bind only where they beat the share without them: they constrain and do not shift the split.

    Args:
        delta_1, delta_2:   discount factors per round, 0..1; 1 for both is the limit of equal patience
        option_1, option_2: what opting out pays, together at most 1
    Returns:
        shares of the proposer of the round
    Raises:
        ValueError: if the options are worth more than the pie, so that nobody has a reason to agree
    Source: Binmore, Shaked & Sutton 1989. If either side may leave after any refusal there is a continuum
        of equilibria (Ponsati & Sakovics 1998); that protocol is left out on purpose
    Example:
        >>> outside_options(0.9, 0.9, 0.0, 0.6).first
        0.4
    """
    if option_1 + option_2 > 1:
        raise ValueError(f"options {option_1} and {option_2} are worth more than the pie of 1")

    def error(shares: ProposerShares) -> float:
        return abs(shares.first - 1 + max(delta_2 * shares.second, option_2)) + abs(
            shares.second - 1 + max(delta_1 * shares.first, option_1)
        )

    candidates = []
    for binds_1, binds_2 in product((False, True), repeat=2):
        # 1 - first = option_2 or delta_2 second; 1 - second = option_1 or delta_1 first
        if binds_2:
            first = 1 - option_2
        elif binds_1:
            first = 1 - delta_2 * (1 - option_1)
        else:
            first = rubinstein(delta_1, delta_2)
        second = 1 - option_1 if binds_1 else 1 - delta_1 * first
        candidates.append(ProposerShares(first, second))
    return min(candidates, key=error)
