"""Where no document can settle root causes: both sides mind them more than war costs."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.equilibria import stalemate_frontier
from sim.foundations import TOLERANCE, Floats
from sim.sweeps.boundaries.boundary import Boundary, Role, boundary_named
from sim.sweeps.boundaries.once_each import once_each
from sim.sweeps.boundaries.one_share import OneShare, one_share, plain_pair
from sim.table import Worlds

_SAME = 1e-9


@boundary_named("stalemate-frontier", source="after Fearon 1995 on indivisibility")
class RootCauseLine(Boundary):
    """Some document beats war for both: the least loss over ways to resolve root causes is below its cost."""

    role: ClassVar[Role] = "closed form"
    label = "stalemate frontier"
    rank = 0

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """A free share and one root cause whose losses are straight or square; no damage, shift or conversion."""
        del varied
        pair = plain_pair(worlds)
        if pair is None or worlds.damage.any() or worlds.shift.any() or worlds.weights.w_conversion.any():
            return False
        found = _losses(worlds, pair)
        return found is not None and _free(worlds, found)

    def field(self, worlds: Worlds) -> Floats:
        """Cost of war less the least loss, in units of the stake."""
        pair = plain_pair(worlds)
        found = _losses(worlds, pair) if pair is not None else None
        if found is None:
            raise ValueError("these worlds have no share and root cause")
        return found.field(worlds) + TOLERANCE


class _Losses:
    """A share for each formula on the root cause, and what the formula costs each side, in units of the stake.

    shares:   the share under each formula, in the order of resolved
    resolved: (R,) places of the formulas, 0 to 1
    salience: (B, 2) loss of A where nothing, of B where everything is resolved
    divisible: whether losses grow with the square
    """

    def __init__(self, shares: list[OneShare], resolved: Floats, salience: Floats, *, divisible: bool) -> None:
        self.shares, self.resolved, self.salience, self.divisible = shares, resolved, salience, divisible

    def cost(self, worlds: Worlds) -> Floats:
        """(B,) cost of war to both together, root causes left aside."""
        first, last = self.shares[0], self.shares[-1]
        war = worlds.no_deal.value[:, list(first.side)] / first.slope
        besides = np.column_stack([last.besides[:, 0], first.besides[:, 1]]) / first.slope
        return np.asarray(1 - (war - besides).sum(axis=1))

    def field(self, worlds: Worlds) -> Floats:
        """(B,) surplus of the best formula."""
        rows = np.column_stack([self.salience, self.cost(worlds)])
        return once_each(lambda r, z, cost: stalemate_frontier(r, z, cost, divisible=self.divisible).surplus, rows)


def _losses(worlds: Worlds, pair: tuple[int, int]) -> _Losses | None:
    space, scenario = worlds.space, worlds.scenario
    differ = (space.deals != space.deals[:1]).any(axis=0)
    roots = [i for i in space.roots if differ[i]]
    if len(roots) != 1 or differ.sum() != 2:
        return None
    places = list(scenario.issues.values())[roots[0]].scale
    levels = np.unique(space.deals[:, roots[0]])
    levels = levels[np.argsort(places[levels])]
    resolved = places[levels]
    found = [one_share(worlds, pair, space.deals[:, roots[0]] == level) for level in levels]
    shares = [share for share in found if share is not None]
    if len(shares) < len(found) or resolved[0] != 0 or resolved[-1] != 1:
        return None
    first = shares[0]
    if any(s.side != first.side or not np.allclose(s.slope, first.slope, rtol=0, atol=_SAME) for s in shares):
        return None
    besides = np.stack([share.besides / first.slope for share in shares], axis=2)  # (B, 2, R)
    lost = np.stack([besides[:, 0, -1:] - besides[:, 0], besides[:, 1, :1] - besides[:, 1]], axis=1)
    salience = np.column_stack([lost[:, 0, 0], lost[:, 1, -1]])
    if (salience < -_SAME).any():
        return None
    for power in (1, 2):
        shape = np.stack([(1 - resolved) ** power, resolved**power])
        if np.allclose(lost, salience[:, :, None] * shape, rtol=0, atol=_SAME) and (power == 1 or len(resolved) > 2):
            return _Losses(shares, resolved, salience, divisible=power == 2)
    return None


def _free(worlds: Worlds, found: _Losses) -> bool:
    """Whether the share that suits both under the best formula lies on the scale: the theorem has it free."""
    least, most = found.shares[0].ends
    war = worlds.no_deal.value[:, list(found.shares[0].side)]
    fine = np.zeros(len(war), bool)
    opened = np.zeros(len(war), bool)
    for share in found.shares:
        needs = (war - share.besides) / share.slope
        low, high = needs[:, 0], 1 - needs[:, 1]
        opened |= high >= low
        fine |= (high >= low) & (low <= most) & (high >= least)
    return bool((fine | ~opened).all())
