"""Root causes that no document can settle: when any deal is worse than war for one of two."""

from __future__ import annotations

from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE


@dataclass(frozen=True, slots=True)
class Stalemate:
    """How much flow is lost whatever is written, and whether war costs more.

    loss:     least joint loss over all ways to resolve the root causes, 0 or more
    resolved: share of the root causes that is best resolved, 0..1
    surplus:  joint cost of war less the loss; the length of the best range
    """

    loss: float
    resolved: float
    surplus: float

    @property
    def deal_exists(self) -> bool:
        """Whether some document beats war for both; indifference counts as assent."""
        return self.surplus >= -TOLERANCE


@EQUILIBRIA.register("stalemate-frontier", source="ours; after Fearon 1995 on issue indivisibility")
def stalemate_frontier(salience: float, objection: float, war_cost: float, *, divisible: bool = False) -> Stalemate:
    """Say whether any document beats war when one side needs the root causes settled and the other refuses.

    Best case for a deal: the share x is free, sides are equally patient, and nothing collapses or breaks.

    Args:
        salience:  flow A loses while root causes are unresolved, 0 or more
        objection: flow B loses when they are resolved, 0 or more
        war_cost:  cost of war to both together
        divisible: whether partial formulas cost less than in proportion (quadratic losses)

    Returns:
        the verdict: stalemate iff min(salience, objection) exceeds the cost of war; half their
        harmonic mean where root causes can be divided
    Source: ours
    Example:
        >>> stalemate_frontier(0.5, 0.45, 0.3).deal_exists
        False
        >>> stalemate_frontier(0.5, 0.45, 0.3, divisible=True).deal_exists
        True
    """
    if divisible:
        both = salience + objection
        resolved = salience / both if both else 0.0
        loss = objection * resolved
    else:
        resolved = 1.0 if salience > objection else 0.0
        loss = min(salience, objection)
    return Stalemate(loss, resolved, war_cost - loss)
