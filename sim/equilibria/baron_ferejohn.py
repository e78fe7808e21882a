"""Dividing a pie by vote: a random member proposes, a quota accepts, nobody amends."""

from __future__ import annotations

from typing import NamedTuple

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import InputError


class BaronFerejohnShares(NamedTuple):
    """Symmetric stationary equilibrium of the closed rule.

    proposer: what the proposer keeps, 0..1
    partner:  what each member that the proposer buys receives, 0..1
    partners: how many members he buys, by lot; the others receive nothing
    value:    expected share before a proposer is drawn, 1 / players
    """

    proposer: float
    partner: float
    partners: int
    value: float


@EQUILIBRIA.register("baron-ferejohn", source="Baron & Ferejohn 1989, Am Polit Sci Rev 83:1181-1206, proposition 3")
def baron_ferejohn(players: int, quota: int, delta: float) -> BaronFerejohnShares:
    """Divide a pie of 1 among equals: the proposer buys the cheapest coalition and keeps the rest at once.

    Args:
        players: members, 1 or more, each proposing with the same chance
        quota:   votes that carry a proposal, the proposer's own included, 1..players
        delta:   discount factor per session, 0..1; 1 is the limit of patience
    Returns:
        shares in a session and before it
    Raises:  InputError if the quota is not between 1 and the number of players
    Source:  Baron & Ferejohn 1989. Deviation: any quota instead of a simple majority. Without stationarity every
             division is an equilibrium for five or more patient members (their proposition 2)

    Example:
        >>> baron_ferejohn(3, 2, 0.9)
        BaronFerejohnShares(proposer=0.7, partner=0.3, partners=1, value=0.3333333333333333)
    """
    if not 1 <= quota <= players:
        raise InputError(f"a quota of {quota} among {players} players; it lies between 1 and {players}")
    partner = delta / players
    return BaronFerejohnShares(1 - partner * (quota - 1), partner, quota - 1, 1 / players)
