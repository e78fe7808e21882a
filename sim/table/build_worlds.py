"""The core model computed for a block of draws, one value after the other; formulas are those of `sim.table.worlds`."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.scenario.foreseen_breaches import foresees_breaches
from sim.table.deal_space import DealSpace
from sim.table.discount import round_discount
from sim.table.documents import Documents
from sim.table.durability import DurabilityWeights, value_of_document
from sim.table.events_ahead import SoFar, looked_ahead
from sim.table.flows import flows
from sim.table.no_deal_models import NoDealState, no_deal_state
from sim.table.open_breaches import OpenBreaches
from sim.table.power import swing_of, year_of_war
from sim.table.preferences import Preferences
from sim.table.pressing import audience_costs, lumps, pressed_deals
from sim.table.prospects import Prospects
from sim.table.red_lines import draw_red_lines, permitted_deals, soft_cost
from sim.table.reopening import Premium, ReopenedTalks, loads, reopening_discount, rounds_until_signature
from sim.table.secret_breaches import SecretBreaches
from sim.table.signing_rule import SigningRule, signing_rule
from sim.table.war import delayed, fighting_survival
from sim.table.worlds import Worlds

#: Who breaks which deals in secret, and who openly; None where nobody may.
_Broken = tuple[SecretBreaches | None, OpenBreaches | None]


def _of_those_who_care(scenario: Scenario, draws: Draws, key: str) -> Floats:
    """(B, A) a number of every actor, 0 where it is not given or nothing matters to him."""
    cares = {name: name not in scenario.indifferent for name in scenario.actors}
    return np.column_stack([draws.get(f"{name}.{key}", 0.0) * cares[name] for name in scenario.actors])


@dataclass(frozen=True)
class _Worth:
    """What documents are worth in force, and what it is worth to sign them now.

    none:          the state without a deal
    damage, shift: (B, A) what a collapse costs, and how far a deal that is broken has moved power by the end
    group:         (K,) which of the classes of durability each deal is of
    lag:           rounds until deals are in force, (B, 1, classes), and (K,) the class of each deal
    alike, prompt: whether all deals last alike, and come into force alike
    drifts:        whether no deal gains or loses with time
    """

    none: NoDealState
    damage: Floats
    shift: Floats
    group: Ints
    lag: tuple[Floats, Ints]
    alike: bool
    prompt: bool
    drifts: bool

    @classmethod
    def of(cls, space: DealSpace, none: NoDealState, documents: Documents, damage: Floats, shift: Floats) -> _Worth:
        """Take what there is before any deal is valued."""
        return cls(
            none=none,
            damage=damage,
            shift=shift,
            group=space.durability_classes[1],
            lag=(documents.rounds[:, None, :], space.delay_classes[1]),
            alike=len(space.durability_classes[0]) == 1,
            prompt=documents.rounds.shape[1] == 1,
            drifts=bool(none.drift.any()),
        )

    def drifted(self, of: Ints) -> Floats:
        """(B, A, .) what no deal has gained by the time the deals ``of``, signed now, are in force."""
        return self.none.creep[:, :, None] * self.lag[0][:, :, self.lag[1][of]]

    def in_force(
        self, u: Floats, weights: DurabilityWeights, R: Floats, of: Ints, *, broken: _Broken,
        s0: Floats | float = 0.0, own: DurabilityWeights | None = None,
    ) -> Floats:  # fmt: skip
        """(B, A, .) value in force of the deals ``of``, when a collapse returns everybody to R (B, A).

        Args:
            broken:  who breaks which deals, secretly and openly
            s0, own: value and weights of the settlement that they may be converted into
        """
        spread = None if self.alike else self.group[of]
        value = value_of_document(
            u, R[:, :, None], self.damage[:, :, None], self.shift[:, :, None], weights, s0=s0, spread=spread
        )
        if self.drifts:
            value = value + loads(weights, own).again[:, :, self.group[of]] * self.drifted(of)
        breaches, opened = broken
        if opened is not None:
            value = value + opened.gained[:, :, of]
        return value if breaches is None else value - breaches.lost[:, :, of]

    def agreed(self, value: Floats, of: Ints) -> Floats:
        """(B, A, .) value of signing now the deals ``of``, which are worth ``value`` once in force."""
        later = value - self.drifted(of) if self.drifts else value
        spread, none = None if self.prompt else self.lag[1][of], self.none
        return delayed(later, none.pending[:, :, None], none.waiting[:, :, None], self.lag[0], spread=spread)


def build(space: DealSpace, draws: Draws, so_far: SoFar | None = None) -> Worlds:  # noqa: C901, PLR0915 - one value after the other
    """Compute the core model for a block of draws.

    Args:
        so_far: which events have come by the time talks begin or go on; none of them by default

    Source: bargaining over terms while war is costly and documents may fail (Fearon 1995; Powell 2006); put together
        for many issues and actors in the docstring of `sim.table.worlds`.
    """
    scenario = space.scenario
    length = scenario.talks.round_years
    delta = round_discount(scenario, draws)
    damage, shift = (_of_those_who_care(scenario, draws, key) for key in ("collapse_damage", "power_shift"))
    if scenario.conventions.damage == "years of war":
        damage = damage * year_of_war(scenario, draws) * (1 - delta) / length
    preferences = Preferences.of(scenario, draws)
    none = no_deal_state(scenario, draws, preferences, delta)
    due = np.empty((len(draws), 0), np.int64)
    if so_far is not None:
        none = none.waited(so_far.waited)
    if scenario.events:
        so_far = so_far or SoFar.nothing(scenario, len(draws))
        none, due = looked_ahead(space, draws, none, delta, so_far)
    swing = swing_of(scenario, draws, none)
    if swing is not None:
        shift = none.weight * np.einsum("baj,bj->ba", none.imposed, swing)
    gamma = fighting_survival(delta, none.ends[:, None])
    flow = flows(space, preferences, draws)
    lines = draw_red_lines(space, draws, flow)
    if any(line.cost.any() for line in lines):
        flow -= soft_cost(lines, flow.shape)
    free = permitted_deals(lines, flow.shape)
    kept, documents = flow, Documents.of(space, draws, preferences)
    lasts = documents
    rule = signing_rule(scenario)
    war = none.value
    worth = _Worth.of(space, none, documents, damage, shift)

    def lived(R: Floats) -> tuple[SecretBreaches | None, OpenBreaches | None, Floats, Documents]:
        """Who breaks which deals, when a collapse returns everybody to R (B, A), and what deals are then."""
        if choosing:
            found, shorter = OpenBreaches.foreseen(space, draws, rule, kept, lasts, delta, R - damage)
            return None, found, kept, shorter
        if first is None:
            return None, None, kept, lasts
        lost = (R - damage)[:, :, None]
        lost = lost + worth.drifted(everything) if worth.drifts else lost
        secret, pays, watched = first.chosen(kept, lasts, delta, lost, shift)
        return secret, None, pays, watched

    lapses = none.last and not scenario.conventions.recursive
    everything, settlements = np.arange(len(space)), np.flatnonzero(space.settles_all)
    first = SecretBreaches.of(space, preferences, draws) if scenario.cheating else None
    choosing = foresees_breaches(scenario)
    breaches, opened, flow, documents = lived(war)
    plain = documents.weights(delta, converting=np.zeros(len(draws)))
    back = none.lapsed if lapses else war
    hoped = worth.in_force(_among(flow, settlements), plain, back, settlements, broken=(breaches, opened))
    hoped = worth.agreed(hoped, settlements)
    chosen, hoped = _reference(space, rule, settlements, hoped, war, free)
    has = chosen != NO_DEAL
    talking = scenario.conventions.alternative == "talks"
    fallback = np.where(has[:, None] & talking, np.maximum(war, hoped), war)
    objecting = draws.get("talks.sign.objecting_costs", 0.0)[:, None] * rule.signers
    alternative = fallback - objecting
    fallback = none.lapsed if lapses else fallback
    if talking:
        breaches, opened, flow, documents = lived(fallback)
    weights = documents.weights(delta, converting=has.astype(float))
    # In force, the settlement that follow-on talks lead to is worth its own value under the same convention.
    rows, looked = np.arange(len(draws)), np.where(has, chosen, 0)
    own = DurabilityWeights(*(weight[rows, :, worth.group[looked]] for weight in plain))
    settled = value_of_document(flow[rows, :, looked], fallback, damage, shift, own)
    value = worth.in_force(
        flow, weights, fallback, everything, broken=(breaches, opened),
        s0=settled[:, :, None], own=DurabilityWeights(*(one[:, :, None] for one in own)),
    )  # fmt: skip
    reopening = None if talking or none.last else ReopenedTalks.of(scenario, draws)
    if worth.drifts and scenario.talks.reopening is None:
        reopening = None

    def prospects() -> Prospects:
        """All deals and what may become of them."""
        talked = until = np.zeros_like(delta)
        if reopening is not None:
            when = gamma, reopening.chance[:, None], reopening.rounds[:, None]
            talked, until = reopening_discount(*when), rounds_until_signature(*when)
        return Prospects(
            flow=flow,
            group=worth.group,
            believed=documents.believed,
            conversion=(documents.converted * has[:, None])[:, None, :],
            delay=worth.lag[0],
            lag=np.zeros(len(space), np.int64) if worth.prompt else worth.lag[1],
            settled_flow=flow[rows, :, looked][:, :, None],
            settled_life=documents.believed.of_class(rows, worth.group[looked]),
            war=war[:, :, None],
            pending=none.pending[:, :, None],
            back=fallback[:, :, None],
            waiting=none.waiting[:, :, None],
            damage=damage[:, :, None],
            shift=shift[:, :, None],
            moves=swing is not None,
            delta=delta[:, :, None],
            speed=documents.speed[:, None, None],
            talked=talked[:, :, None],
            creep=none.creep[:, :, None] if worth.drifts else None,
            until=until[:, :, None],
            needed=space.consent | rule.signers[:, None],
        )

    lasting: tuple[Bools, ...] = ()
    again: tuple[Premium, tuple[Bools, ...]] | None = None
    if reopening is not None:
        again = prospects().premium(free=free)
        value, lasting = prospects().in_force(again[0]), again[1]
    signed = worth.agreed(value, everything)
    pressure = lumps(scenario, draws, signed, war, free)
    followed = _Followed(value, None, None, lasting)
    minded = documents.believed.minds_pressure or documents.true.minds_pressure
    pressed = pressed_deals(scenario, pressure) if minded else None
    audience = audience_costs(scenario, draws, flow)
    if audience is not None:
        pressure = pressure - audience
    each_time = reopening is not None and reopening.paid_each_time and bool(pressure.any())
    if each_time or minded:
        if each_time or again is None:
            again = prospects().premium(lump=pressure if each_time else 0.0, free=free)
        followed = _pressed(prospects(), again, pressed, pressure if each_time else 0.0, free)
        followed = replace(followed, signed=worth.agreed(followed.value, everything))
    return Worlds(
        space=space,
        draws=draws,
        preferences=preferences,
        no_deal=none,
        documents=documents,
        delta=delta,
        gamma=gamma,
        damage=damage,
        shift=shift,
        swing=swing,
        reopening=reopening,
        red_lines=lines,
        flow=flow,
        weights=weights,
        settled=settled,
        reference=chosen,
        alternative=alternative,
        fallback=fallback,
        value=followed.value,
        signed=signed,
        pressure=pressure,
        under_pressure=followed.signed,
        pressed=followed.pressed,
        lasting=followed.lasting,
        permitted=free,
        rule=rule,
        due=due,
        objecting=objecting,
        audience=audience,
        breaches=breaches,
        opened=opened,
    )


@dataclass(frozen=True)
class _Followed:
    """Values in force, V under pressure, pressed deals and deals that would be signed again, as in ``Worlds``."""

    value: Floats
    signed: Floats | None
    pressed: Bools | None
    lasting: tuple[Bools, ...]


def _pressed(
    prospects: Prospects,
    again: tuple[Premium, tuple[Bools, ...]],
    pressed: Bools | None,
    lump: Floats | float,
    free: Bools,
) -> _Followed:
    """Values of deals where pressure is paid at every signature, or makes deals fragile.

    Args:
        again: what deals are worth that nobody was pressed to sign
    """
    premium, lasting = again
    if pressed is not None:
        leaned, signs = prospects.premium(pressed=True, lump=lump, free=free)
        premium = premium._replace(level=np.where(pressed[:, None], leaned.level, premium.level))
        lasting = tuple(np.where(pressed, one, other) for one, other in zip(signs, lasting, strict=True))
    return _Followed(prospects.in_force(premium), None, pressed, lasting)


def _among(values: np.ndarray, deals: Ints) -> np.ndarray:
    """Values (..., K) of some of the deals, without a copy where these are all."""
    return values if len(deals) == values.shape[-1] else values[..., deals]


def _reference(
    space: DealSpace, rule: SigningRule, settlements: Ints, signed: Floats, war: Floats, free: Bools
) -> tuple[Ints, Floats]:
    """Find the reference settlement: the Nash product over settlements acceptable to all signers.

    Valued with a collapse into war and without outside pressure; ties go to the first deal.

    Args:
        settlements: (K',) the deals that settle every root cause
        signed:      (B, A, K') what signing each of them now is worth
        war:         (B, A) what no deal is worth
        free:        (B, A, K) deals that cross no hard red line of the actor
    Returns:
        (B,) its deal index or NO_DEAL, and (B, A) its value V
    """
    size = len(war)
    if not len(settlements):
        return np.full(size, NO_DEAL), war
    gain = signed - war[:, :, None]
    agree = (gain >= -TOLERANCE) & _among(free, settlements)
    consented = (agree | ~_among(space.consent, settlements)).all(axis=1)
    possible = consented & agree[:, rule.signers].all(axis=1)
    product = np.where(possible, np.maximum(gain[:, rule.signers], 0.0).prod(axis=1), -1.0)
    best = product.argmax(axis=1)
    rows = np.arange(size)
    has = product[rows, best] >= 0
    return np.where(has, settlements[best], NO_DEAL), signed[rows, :, best]
