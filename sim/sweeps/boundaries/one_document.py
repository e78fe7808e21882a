"""Lines of a single document: how fragile it may be, and how much pressure it needs."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sim.equilibria import enforcement_interval
from sim.foundations import TOLERANCE, Floats
from sim.sweeps.boundaries.boundary import Boundary, Role, boundary_named
from sim.sweeps.boundaries.once_each import once_each
from sim.table import Worlds
from sim.table.durability import DurabilityWeights, value_of_document
from sim.table.war import delayed


def single_document(worlds: Worlds) -> bool:
    """Whether one document is on offer that all signers must sign, no line bars, and refusal means war."""
    rule, space = worlds.rule, worlds.space
    return (
        len(space) == 1
        and rule.unanimous
        and not (space.consent[:, 0] & ~rule.signers).any()
        and bool(worlds.permitted[:, rule.signers].all())
        and not worlds.weights.w_conversion.any()
        and worlds.reopening is None
        and worlds.pressed is None
        and np.allclose(worlds.alternative, worlds.no_deal.value, rtol=0, atol=1e-12)
    )


@boundary_named("enforcement-interval", source="after Fearon 1995 and Fortna 2003")
class EnforcementLine(Boundary):
    """The chance of a collapse lies within the interval in which every signer signs."""

    role: ClassVar[Role] = "closed form"
    label = "enforcement interval"
    rank = 0

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """One document, no pressure, and what is varied is how long somebody believes that it lasts."""
        beliefs = any(".beliefs." in path for path in varied)
        life = worlds.documents.believed
        # The interval is one of hazards, so there has to be a single one; with two sorts of deals there is none.
        return (
            beliefs
            and life.fragile is None
            and life.shape is None
            and single_document(worlds)
            and not worlds.pressure[:, worlds.rule.signers].any()
        )

    def field(self, worlds: Worlds) -> Floats:
        """Distance of the hazard from the nearer end of the interval, the least of all signers; -1 without one."""
        premium = worlds.flow[:, :, 0] - worlds.alternative
        found = np.ones(len(worlds.draws))
        for a in np.flatnonzero(worlds.rule.signers):
            rows = np.column_stack(
                [premium[:, a], worlds.damage[:, a], worlds.shift[:, a], worlds.delta[:, a], worlds.documents.speed]
            )
            low, high = once_each(lambda *row: enforcement_interval(*row) or (2.0, -1.0), rows).T
            hazard = worlds.documents.believed.holds[:, a, 0]
            above = np.where(low <= 0, 1.0, hazard - low)  # an interval that begins at 0 ends nothing there
            below = np.where(high >= 1, 1.0, high - hazard)
            found = np.minimum(found, np.maximum(np.minimum(above, below), -1.0))
        return np.asarray(found + TOLERANCE)


@boundary_named("pressure-needed", source="ours: master inequality, after Fearon 1995")
class PressureLine(Boundary):
    """Outside pressure makes up for what every signer lacks."""

    role: ClassVar[Role] = "closed form"
    label = "pressure needed"
    rank = 1

    def fits(self, worlds: Worlds, varied: frozenset[str]) -> bool:
        """One document, and what is varied is pressure."""
        return any(".pressure." in path and path.endswith(".strength") for path in varied) and single_document(worlds)

    def field(self, worlds: Worlds) -> Floats:
        """Pressure on each signer less what he needs, l + V - W; the least of all signers."""
        found = np.full(len(worlds.draws), np.inf)
        plain = worlds.documents.weights(worlds.delta, converting=np.zeros(len(worlds.draws)))
        for a in np.flatnonzero(worlds.rule.signers):
            life = DurabilityWeights(*(weight[:, a, 0] for weight in plain))
            war = worlds.no_deal.value[:, a]
            value = value_of_document(worlds.flow[:, a, 0], war, worlds.damage[:, a], worlds.shift[:, a], life)
            premium = delayed(value, war, worlds.gamma[:, a], worlds.delay[:, 0]) - war
            found = np.minimum(found, worlds.pressure[:, a, 0] + premium)
        return np.asarray(found + TOLERANCE)
