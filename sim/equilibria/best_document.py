"""How much to resolve and how much to enforce: the document that leaves most to share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE, Floats
from sim.table.durability import durability, hazard

_COARSE: Final = 301
_FINE: Final = 25
_ZOOMS: Final = 40


@dataclass(frozen=True, slots=True)
class DocumentDesign:
    """What a document may be made of, for two equally patient sides.

    base:        rate of collapse of a bare document, 0 or more
    a_e, a_r:    how much enforcement and resolved root causes lower the log rate, 0 or more
    delta:       discount factor per round, in (0, 1)
    war_cost:    cost of war to both together
    salience:    flow A loses while root causes are unresolved
    objection:   flow B loses when they are resolved
    damage:      lasting loss of both together on collapse, 0 or more
    enforcement_cost: cost of enforcement, by its square, 0 or more
    """

    base: float
    a_e: float
    a_r: float
    delta: float
    war_cost: float
    salience: float
    objection: float
    damage: float
    enforcement_cost: float

    def hazard(self, resolved: Floats, enforcement: Floats) -> Floats:
        """Chance per round that the document collapses, 0..1."""
        return hazard(self.base, enforcement, resolved, self.a_e, self.a_r)

    def length(self, resolved: Floats, enforcement: Floats) -> Floats:
        """Length of the bargaining range."""
        chi = durability(self.delta, self.hazard(resolved, enforcement)).chi
        loss = self.salience * (1 - resolved) + self.objection * resolved
        return self.war_cost - loss - chi * self.damage - self.enforcement_cost * enforcement**2

    def joint_premium(self, resolved: Floats, enforcement: Floats) -> Floats:
        """What both gain over war together."""
        peace = durability(self.delta, self.hazard(resolved, enforcement)).w_interim
        return peace * self.length(resolved, enforcement)


@dataclass(frozen=True, slots=True)
class BestDocument:
    """The document with the largest joint premium.

    resolved:      share of the root causes it resolves, 0..1
    enforcement:   enforcement it comes with, 0..1
    hazard:        chance per round that it collapses, 0..1
    length:        length of its bargaining range
    joint_premium: what both gain over war together
    """

    resolved: float
    enforcement: float
    hazard: float
    length: float
    joint_premium: float

    @property
    def any_document(self) -> bool:
        """Whether some document beats war for both; indifference counts as assent."""
        return self.length >= -TOLERANCE


@EQUILIBRIA.register("best-document", source="Nash 1950 with transferable shares; durability dividend: ours")
def best_document(design: DocumentDesign) -> BestDocument:
    """Choose how much to resolve and to enforce so that both gain most together; the share divides it.

    Resolving root causes can pay even against the larger objection, because the document then lasts longer.

    Args:
        design: what the document may be made of
    Returns:
        the best document, whether or not it beats war
    Source: ours. A fine grid finds the hills, shrinking grids climb the five highest
    Example:
        >>> best = best_document(DocumentDesign(0.25, 2.0, 1.5, 0.95, 0.32, 0.1, 0.18, 0.0, 0.03))
        >>> round(best.resolved, 4), round(best.enforcement, 4)
        (0.2207, 1.0)
    """
    axis = np.linspace(0.0, 1.0, _COARSE)
    hills = design.joint_premium(axis[:, None], axis[None, :])
    around = np.pad(hills, 1, constant_values=-np.inf)
    size = len(axis)
    shifts = [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    top = np.logical_and.reduce([hills >= around[i : i + size, j : j + size] for i, j in shifts])
    places = np.argwhere(top)
    places = places[np.argsort(-hills[top], kind="stable")[:5]]
    found = [_climb(design, float(axis[i]), float(axis[j]), 2.0 / size) for i, j in places]
    resolved, enforcement = max(found, key=lambda at: float(_joint(design, at)))
    rho, e = np.asarray(resolved), np.asarray(enforcement)
    return BestDocument(
        resolved,
        enforcement,
        float(design.hazard(rho, e)),
        float(design.length(rho, e)),
        float(design.joint_premium(rho, e)),
    )


def _joint(design: DocumentDesign, at: tuple[float, float]) -> Floats:
    return design.joint_premium(np.asarray(at[0]), np.asarray(at[1]))


def _climb(design: DocumentDesign, rho: float, e: float, reach: float) -> tuple[float, float]:
    """Zoom in on the highest point of ever smaller grids around a start."""
    for _ in range(_ZOOMS):
        rhos = np.clip(np.linspace(rho - reach, rho + reach, _FINE), 0.0, 1.0)
        es = np.clip(np.linspace(e - reach, e + reach, _FINE), 0.0, 1.0)
        values = design.joint_premium(rhos[:, None], es[None, :])
        i, j = np.unravel_index(int(values.argmax()), values.shape)
        rho, e = float(rhos[i]), float(es[j])
        reach *= 0.5
    return rho, e
