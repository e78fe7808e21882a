"""War round by round, and the costly lottery it adds up to."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.table.war import fighting_survival, war_value


@EQUILIBRIA.register("costly-lottery", source="Fearon 1995, Int. Org. 49; as a process after Powell 2004")
def lump_cost(flow_cost: float, delta: float, m: float) -> float:
    """Return the normalised cost of a war whose rounds cost ``flow_cost`` until arms decide.

    Where holdings track power the war is then worth power less this cost.

    Args:
        flow_cost: cost of a round of war
        delta:     discount factor per round, in (0, 1)
        m:         chance per round that arms decide, 0..1
    Returns:
        the cost c of war as a lottery
    Source: ours: flow cost times discounted expected time at war
    Example:
        >>> round(lump_cost(1.0, 0.95, 0.05), 6)
        0.512821
    """
    return float(-war_value(-flow_cost, 0.0, delta, m))


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
    Source: ours: W(0) + gamma^n (V - W(n))

    Example:
        >>> war = DriftingWar(0.55, 1.0, 0.95, 0.04, 0.55, 0.1, 0.1)
        >>> round(battlefield_drift(war, 6, 0.6), 6)
        0.341133
    """
    gamma = float(fighting_survival(war.delta, war.m))
    return float(war.value(0) + gamma**rounds * (V - war.value(rounds)))
