"""A war whose odds drift, fought for some rounds before a signature."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.table.war import fighting_survival, war_value


@dataclass(frozen=True, slots=True)
class DriftingWar:
    """A war in which the chance of decisive victory drifts in a foreseeable way.

    holdings:  flow of what is held during the war
    flow_cost: cost of a round of war
    delta:     discount factor per round, in (0, 1)
    m:         chance per round that arms decide, 0..1
    power:     chance of winning a decision today
    drift:     how much that chance changes in the end
    speed:     share of the remaining change that happens each round, 0..1
    """

    holdings: float
    flow_cost: float
    delta: float
    m: float
    power: float
    drift: float
    speed: float

    def value(self, round_: float) -> float:
        """Value of fighting to the finish from a round on; the odds of round t decide in round t."""
        gamma = float(fighting_survival(self.delta, self.m))
        settled = war_value(self.holdings - self.flow_cost, self.power + self.drift, self.delta, self.m)
        ahead = (1 - self.speed) ** round_ / (1 - gamma * (1 - self.speed))
        return float(settled - self.delta * self.m * self.drift * ahead)


@EQUILIBRIA.register("battlefield-drift", source="ours")
def battlefield_drift(war: DriftingWar, rounds: float, V: float) -> float:
    """Return the value of fighting for ``rounds`` rounds and then signing a document worth V.

    Args:
        war:    the war
        rounds: rounds of fighting before the signature, 0 or more
        V:      value of the document then
    Returns:
        the value today
    Raises:  InputError for a number outside of its range
    Source: ours: W(0) + gamma^n (V - W(n))

    Example:
        >>> war = DriftingWar(0.55, 1.0, 0.95, 0.04, 0.55, 0.1, 0.1)
        >>> round(battlefield_drift(war, 6, 0.6), 6)
        0.341133
    """
    require_inside("war.delta", war.delta)
    gamma = float(fighting_survival(war.delta, war.m))
    return float(war.value(0) + gamma**rounds * (V - war.value(rounds)))
