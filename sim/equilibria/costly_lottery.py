"""War as a costly lottery, out of a war round by round."""

from __future__ import annotations

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.table.war import war_value


@EQUILIBRIA.register("costly-lottery", source="Fearon 1995, Int. Org. 49; as a process after Powell 2004")
def costly_lottery(flow_cost: float, delta: float, m: float) -> float:
    """Return the normalised cost of a war whose rounds cost ``flow_cost`` until arms decide.

    Where holdings track power the war is then worth power less this cost.

    Args:
        flow_cost: cost of a round of war
        delta:     discount factor per round, in (0, 1)
        m:         chance per round that arms decide, 0..1
    Returns:
        the cost c of war as a lottery
    Raises:  InputError for a number outside of its range
    Source: ours: flow cost times discounted expected time at war
    Example:
        >>> round(costly_lottery(1.0, 0.95, 0.05), 6)
        0.512821
    """
    require_inside("delta", delta)
    return float(-war_value(-flow_cost, 0.0, delta, m))
