"""The core model in a block of draws: flows, war, hazards, values, alternatives, pressure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.table.bargaining_table import KINDS, BargainingTable
from sim.table.deal_space import DealSpace
from sim.table.documents import Documents
from sim.table.durability import DurabilityWeights
from sim.table.fighting import Fighting
from sim.table.flows import flows
from sim.table.preferences import Preferences
from sim.table.red_lines import DrawnRedLine, draw_red_lines, permitted, soft_cost
from sim.table.signing import signing_rule
from sim.table.signing_rule import SigningRule


@dataclass(frozen=True)
class Worlds:
    """Every array of the core model for a block of draws (design of this package, section 4).

    space:       the deals
    draws:       the drawn numbers
    preferences: weights and level values
    fighting:    the state without a deal, with W
    documents:   hazards, conversion, delays by class of deal
    delta:       (B, A) discount factor per round
    gamma:       (B, A) discount factor per round of fighting, delta (1 - m)
    decisive:    (B,) chance m per round that arms decide
    damage:      (B, A) eta, lost for ever on collapse
    shift:       (B, A) Delta, eventual shift of power in own value units, signed
    red_lines:   the drawn red lines
    flow:        (B, A, K) u, own value per round while the deal holds
    weights:     (B, A, G) what the life of a document adds up to, per durability class
    reference:   (B,) the reference settlement, NO_DEAL where none is acceptable to all signers
    alternative: (B, A) O, what a refusal falls back on
    fallback:    (B, A) R, what a collapse returns to
    value:       (B, A, K) v, value of the deal once in force
    signed:      (B, A, K) V, value of signing now, without outside pressure
    pressure:    (B, A, K) l, lump that outside pressure adds to V, less what applying it costs
    permitted:   (B, A, K) deals that cross no hard red line of the actor
    """

    space: DealSpace
    draws: Draws
    preferences: Preferences
    fighting: Fighting
    documents: Documents
    delta: Floats
    gamma: Floats
    decisive: Floats
    damage: Floats
    shift: Floats
    red_lines: tuple[DrawnRedLine, ...]
    flow: Floats
    weights: DurabilityWeights
    reference: Ints
    alternative: Floats
    fallback: Floats
    value: Floats
    signed: Floats
    pressure: Floats
    permitted: Bools
    rule: SigningRule

    @property
    def scenario(self) -> Scenario:
        """The scenario these worlds were drawn from."""
        return self.space.scenario

    @property
    def actors(self) -> tuple[str, ...]:
        """(A,) names."""
        return tuple(self.scenario.actors)

    @cached_property
    def payoff(self) -> Floats:
        """(B, A, K) V + l: value of signing now, outside pressure included."""
        return self.signed + self.pressure

    @cached_property
    def accepts(self) -> Bools:
        """(B, A, K) deals each actor would sign rather than take his alternative: V + l >= O, no hard line."""
        gain = self.payoff - self.alternative[:, :, None]
        return np.asarray((gain >= -TOLERANCE) & self.permitted)

    @cached_property
    def slack(self) -> Floats:
        """(B, A, K) S, the sign test before delay: u - O + chi (R - O - eta) + psi Delta + l / (1 - omega).

        Source: theory.md T.3, master inequality; there (1 - omega) S = v - O.
        """
        _, group = self.space.durability_classes
        gain = self.value - self.alternative[:, :, None] + self.pressure
        return np.asarray(gain / (1 - self.weights.omega)[:, :, group])

    @cached_property
    def delay(self) -> Floats:
        """(B, K) rounds from signature until each deal is in force."""
        return self.documents.rounds[:, self.space.delay_classes[1]]

    @cached_property
    def table(self) -> BargainingTable:
        """What protocols, strategies and solutions may look at; the disagreement point is W."""
        names = list(self.actors)
        return BargainingTable(
            actors=self.actors,
            issues=tuple(self.scenario.issues),
            levels=self.space.level_keys,
            deals=self.space.deals,
            kind=self.space.kind,
            payoff=self.payoff,
            disagreement=self.fighting.value,
            discount=self.gamma,
            permitted=self.permitted,
            rule=self.rule,
            consent=self.space.consent,
            order=np.array([names.index(name) for name in self.scenario.order], dtype=np.int64),
        )


def build(space: DealSpace, draws: Draws) -> Worlds:
    """Compute the core model for a block of draws.

    Source: design of this package, section 4; theory.md part T.
    """
    scenario = space.scenario
    names, length = list(scenario.actors), scenario.talks.round_years
    delta = np.column_stack([draws[f"{name}.patience"] for name in names]) ** length
    decisive = 1 - (1 - draws.get("talks.decisive_chance", 0.0)) ** length
    gamma = delta * (1 - decisive)[:, None]
    damage = np.column_stack([draws.get(f"{name}.collapse_damage", 0.0) for name in names])
    shift = np.column_stack([draws.get(f"{name}.power_shift", 0.0) for name in names])
    preferences = Preferences.of(scenario, draws)
    fighting = Fighting.of(scenario, draws, preferences, delta, decisive)
    flow = flows(space, preferences, draws)
    lines = draw_red_lines(space, draws, flow)
    if any(line.cost.any() for line in lines):
        flow -= soft_cost(lines, flow.shape)
    free = permitted(lines, flow.shape)
    documents = Documents.of(space, draws, preferences)
    rule = signing_rule(scenario)
    war = fighting.value
    _, group = space.durability_classes
    growth = gamma[:, :, None] ** documents.rounds[:, None, :]  # (B, A, M)
    late = growth[:, :, space.delay_classes[1]]

    plain = documents.weights(delta, converting=np.zeros(len(draws)))
    settlements = np.flatnonzero(space.kind == KINDS.index("settlement"))
    chosen, hoped = _reference(space, settlements, plain, flow, war, damage, shift, late, free, rule)
    has = chosen != NO_DEAL
    talking = scenario.conventions.alternative == "talks"
    alternative = np.where(has[:, None] & talking, np.maximum(war, hoped), war)
    weights = documents.weights(delta, converting=has.astype(float))
    # In force, the settlement that follow-on talks lead to is worth its own value under the same convention.
    rows, cls = np.arange(len(draws)), group[np.where(has, chosen, 0)]
    settled = (
        (1 - plain.omega[rows, :, cls]) * flow[rows, :, np.where(has, chosen, 0)]
        + plain.omega[rows, :, cls] * (alternative - damage)
        + plain.phi[rows, :, cls] * shift
    )
    rest = (
        weights.omega * (alternative - damage)[:, :, None]
        + weights.phi * shift[:, :, None]
        + weights.w_conversion * settled[:, :, None]
    )
    value = weights.w_interim[:, :, group] * flow
    value += rest[:, :, group]
    signed = war[:, :, None] + late * (value - war[:, :, None])
    return Worlds(
        space=space,
        draws=draws,
        preferences=preferences,
        fighting=fighting,
        documents=documents,
        delta=delta,
        gamma=gamma,
        decisive=decisive,
        damage=damage,
        shift=shift,
        red_lines=lines,
        flow=flow,
        weights=weights,
        reference=chosen,
        alternative=alternative,
        fallback=alternative,
        value=value,
        signed=signed,
        pressure=_pressure(scenario, draws, signed, war, free),
        permitted=free,
        rule=rule,
    )


def _reference(
    space: DealSpace,
    settlements: Ints,
    weights: DurabilityWeights,
    flow: Floats,
    war: Floats,
    damage: Floats,
    shift: Floats,
    late: Floats,
    free: Bools,
    rule: SigningRule,
) -> tuple[Ints, Floats]:
    """Find the reference settlement: the Nash product over settlements acceptable to all signers.

    Valued with a collapse into war and without outside pressure; ties go to the first deal.

    Returns:
        (B,) its deal index or NO_DEAL, and (B, A) its value V
    """
    size = len(flow)
    if not len(settlements):
        return np.full(size, NO_DEAL), war
    group = space.durability_classes[1][settlements]
    omega = weights.omega[:, :, group]
    gain = (1 - omega) * (flow[:, :, settlements] - war[:, :, None]) - omega * damage[:, :, None]
    gain += weights.phi[:, :, group] * shift[:, :, None]
    gain *= late[:, :, settlements]
    agree = (gain >= -TOLERANCE) & free[:, :, settlements]
    consented = (agree | ~space.consent[:, settlements]).all(axis=1)
    possible = consented & agree[:, rule.signers].all(axis=1)
    product = np.where(possible, np.maximum(gain[:, rule.signers], 0.0).prod(axis=1), -1.0)
    best = product.argmax(axis=1)
    rows = np.arange(size)
    has = product[rows, best] >= 0
    hoped = war + gain[rows, :, best]
    return np.where(has, settlements[best], NO_DEAL), hoped


def _pressure(scenario: Scenario, draws: Draws, signed: Floats, war: Floats, free: Bools) -> Floats:
    """(B, A, K) lumps added to V by those who press, on deals they prefer to war net of its cost to them.

    Nobody presses for what crosses a hard red line of his own.
    """
    names = list(scenario.actors)
    lump = np.zeros(signed.shape)
    for presser, actor in scenario.actors.items():
        p = names.index(presser)
        for target in actor.pressure:
            path = f"{presser}.pressure.{target}"
            cost = draws.get(f"{path}.cost", 0.0)[:, None]
            wanted = (signed[:, p] - cost > war[:, p, None] + TOLERANCE) & free[:, p]
            lump[:, names.index(target)] += draws[f"{path}.strength"][:, None] * wanted
            lump[:, p] -= cost * wanted
    return lump
