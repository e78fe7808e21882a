"""Whether to talk under a truce or under fire."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import TOLERANCE
from sim.table.durability import durability, value_of_document
from sim.table.war import fighting_survival


def random_closing(gamma: float, closing: float) -> float:
    """Expected discount kappa until talks close, when each round of fighting closes with a given chance.

    Args:
        gamma:   discount of a round of fighting, in [0, 1)
        closing: chance per round that talks close, 0..1
    Returns:
        kappa, 0..1
    Source: ours: mean of gamma^n over a geometric n of 1 or more
    Example:
        >>> round(random_closing(0.9025, 0.2), 6)
        0.649281
    """
    return gamma * closing / (1 - gamma * (1 - closing))


@dataclass(frozen=True, slots=True)
class TalksUnderTruce:
    """What the two ways to hold talks add to the value of war, for one side.

    under_truce: premium of a truce during which talks go on
    under_fire:  premium of talks while fighting goes on
    """

    under_truce: float
    under_fire: float

    @property
    def truce_first(self) -> bool:
        """Whether the truce is at least as good; indifference counts as assent."""
        return self.under_truce >= self.under_fire - TOLERANCE


@EQUILIBRIA.register("talks-under-truce", source="ours; purposes of ceasefires after Sticher & Vukovic 2021")
def talks_under_truce(
    *,
    flow: float,
    war: float,
    settlement_premium: float,
    damage: float,
    shift: float,
    tracking: float,
    delta: float,
    hazard: float,
    theta: float,
    closing: tuple[float, float],
    m: float,
) -> TalksUnderTruce:
    """Compare a truce that talks may convert into a settlement with talks while the war goes on.

    Args:
        flow:               flow under the truce
        war:                value of fighting to the finish
        settlement_premium: settlement less war, 0 or more
        damage:             lasting loss on collapse, 0 or more
        shift:              eventual power shift in the side's own favour
        tracking:           how far settlement terms track power, 0..1
        delta:              discount factor per round, in (0, 1)
        hazard:             chance per round that the truce collapses, 0..1
        theta:              speed of the shift, in (0, 1]
        closing:            chance per round that talks succeed, under truce and under fire, 0..1
        m:                  chance per round that arms decide, 0..1
    Returns:
        both premia
    Raises:  InputError for a number outside of its range
    Source: ours
    Example:
        >>> found = talks_under_truce(flow=0.45, war=0.43, settlement_premium=0.12, damage=0.0, shift=0.0,
        ...     tracking=1.0, delta=0.95, hazard=0.0, theta=1.0, closing=(0.1, 0.1), m=0.0)
        >>> found.truce_first
        True
    """
    require_inside("delta", delta)
    weights = durability(delta, hazard, closing[0], theta)
    value = value_of_document(flow, war, damage, shift, weights, s0=war + settlement_premium, lam=tracking)
    kappa = random_closing(float(fighting_survival(delta, m)), closing[1])
    return TalksUnderTruce(float(value) - war, kappa * settlement_premium)
