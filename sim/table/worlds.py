"""The core model in a block of draws: flows, war, hazards, values, alternatives, pressure.

What happens without a deal is a model of its own, see `sim.table.no_deal_models`. All payoffs are normalised per round.
A deal pays its flow u while it stands, collapses with chance h a round and
comes into force n rounds after it is signed. In an actor's own value,

    v = w_I u + omega (R - eta) + w_C s + phi Delta    in force (`sim.table.durability.value_of_document`)
    V = W + gamma^n (v - W)                            when signed in a war (`sim.table.war.delayed`)

and he signs if V + l >= O and no hard red line is crossed, which is the master inequality

    S = u - O + chi (R - O - eta) + psi Delta + l / (1 - omega) >= 0,

where without pressure (1 - omega) S = v - O, as R = O. Talks that reopen after a collapse add to v what
`sim.table.reopening` says. The shift Delta is stated as such, for ever from a collapse on, or as a change dp of who
prevails: then Delta = W(p + dp) - W(p), exact since W is linear in p, and what is played is the changed p alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.table.bargaining_table import BargainingTable
from sim.table.deal_space import DealSpace
from sim.table.discount import round_discount
from sim.table.documents import Documents
from sim.table.durability import DurabilityWeights, value_of_document
from sim.table.events_ahead import SoFar, looked_ahead
from sim.table.flows import flows
from sim.table.no_deal_models import NoDealState, no_deal_state
from sim.table.power import swing_of, year_of_war
from sim.table.preferences import Preferences
from sim.table.pressing import lumps, pressed_deals
from sim.table.prospects import Prospects
from sim.table.red_lines import DrawnRedLine, draw_red_lines, permitted, soft_cost
from sim.table.reopening import Premium, ReopenedTalks, loads, reopening_discount, rounds_until_signature
from sim.table.secret_breaches import SecretBreaches
from sim.table.signing_rule import SigningRule, signing_rule
from sim.table.war import delayed, fighting_survival


@dataclass(frozen=True)
class Worlds:
    """Every array of the core model for a block of draws; the letters are those of this module's docstring.

    space:       the deals
    draws:       the drawn numbers
    preferences: weights and level values
    no_deal:     the state without a deal, with W
    documents:   hazards, conversion, delays by class of deal
    delta:       (B, A) discount factor per round
    gamma:       (B, A) discount factor per round of talks, delta (1 - m), m the chance that something ends them
    damage:      (B, A) eta, lost on collapse, normalised: paid once, or for ever
    shift:       (B, A) Delta, eventual shift of power in own value units, signed
    swing:       (B, A) dp, change of who prevails that makes the shift; None where it is stated in own value
    reopening:   when talks reopen after a collapse; None where they never do
    red_lines:   the drawn red lines
    flow:        (B, A, K) u, own value per round while the deal holds
    weights:     (B, A, G) what the life of a document adds up to, per durability class
    settled:     (B, A) value in force of the reference settlement, where there is one
    reference:   (B,) the reference settlement, NO_DEAL where none is acceptable to all signers
    alternative: (B, A) O, what a refusal falls back on
    fallback:    (B, A) R, what a collapse returns to
    value:       (B, A, K) v, value of the deal once in force
    signed:      (B, A, K) V, value of signing now, without outside pressure
    pressure:    (B, A, K) l, lump that outside pressure adds to V, less what applying it costs
    under_pressure: (B, A, K) V where pressure does more than add a lump: deals that somebody was pressed into may
        break sooner, and later signatures may be paid for too; None where it does not
    pressed:     (B, K) deals that somebody is pressed to sign, where that bears on how long they last; else None
    lasting:     per number of collapses, (B, K) deals that those who are needed would sign again; empty where a
        collapse teaches nothing, and everybody would
    permitted:   (B, A, K) deals that cross no hard red line of the actor
    rule:        who must sign
    objecting:   (B, A) what it costs to be one who objects, where a deal stands unless some do; else 0
    due:         (B, E) the round before which each event comes, see `sim.table.events_ahead`
    breaches:    who would break which deal in secret, where somebody may; ``flow`` and ``documents`` are then those of
        deals as they are lived
    """

    space: DealSpace
    draws: Draws
    preferences: Preferences
    no_deal: NoDealState
    documents: Documents
    delta: Floats
    gamma: Floats
    damage: Floats
    shift: Floats
    swing: Floats | None
    reopening: ReopenedTalks | None
    red_lines: tuple[DrawnRedLine, ...]
    flow: Floats
    weights: DurabilityWeights
    settled: Floats
    reference: Ints
    alternative: Floats
    fallback: Floats
    value: Floats
    signed: Floats
    pressure: Floats
    under_pressure: Floats | None
    pressed: Bools | None
    lasting: tuple[Bools, ...]
    permitted: Bools
    rule: SigningRule
    due: Ints
    objecting: Floats
    breaches: SecretBreaches | None = None

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
        return (self.signed if self.under_pressure is None else self.under_pressure) + self.pressure

    @cached_property
    def accepts(self) -> Bools:
        """(B, A, K) deals each actor would sign rather than take his alternative: V + l >= O, no hard line."""
        gain = self.payoff - self.alternative[:, :, None]
        return np.asarray((gain >= -TOLERANCE) & self.permitted)

    @cached_property
    def slack(self) -> Floats:
        """(B, A, K) S, the sign test before delay: u - O + chi (R - O - eta) + psi Delta + l / (1 - omega).

        Source: the master inequality in the docstring of this module.
        """
        _, group = self.space.durability_classes
        gain = self.value - self.alternative[:, :, None] + self.pressure
        return np.asarray(gain / (1 - self.weights.omega)[:, :, group])

    def signs_again(self, rows: Ints, deal: Ints, collapses: Ints) -> Bools:
        """(N,) whether those who are needed would sign a deal again after so many collapses, 1 or more."""
        found = np.ones(len(rows), bool)
        for broken, signs in enumerate(self.lasting, 1):
            here = collapses == broken if broken < len(self.lasting) else collapses >= broken
            found = np.where(here, signs[rows, deal], found)
        return np.asarray(found)

    @cached_property
    def delay(self) -> Floats:
        """(B, K) rounds from signature until each deal is in force."""
        rounds = self.documents.rounds
        if rounds.shape[1] == 1:
            return np.broadcast_to(rounds, (len(rounds), len(self.space)))
        return rounds[:, self.space.delay_classes[1]]

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
            disagreement=self.no_deal.value - self.objecting,
            discount=self.gamma,
            permitted=self.permitted,
            rule=self.rule,
            consent=self.space.consent,
            order=np.array([names.index(name) for name in self.scenario.order], dtype=np.int64),
            round_years=self.scenario.talks.round_years,
            places=tuple(
                np.full(len(issue.scale), np.nan) if issue.kind == "categorical" else issue.scale
                for issue in self.scenario.issues.values()
            ),
            stated=self.preferences.stated,
            salience=self.preferences.weight,
        )


def _of_those_who_care(scenario: Scenario, draws: Draws, key: str) -> Floats:
    """(B, A) a number of every actor, 0 where it is not given or nothing matters to him."""
    cares = {name: name not in scenario.indifferent for name in scenario.actors}
    return np.column_stack([draws.get(f"{name}.{key}", 0.0) * cares[name] for name in scenario.actors])


def build(space: DealSpace, draws: Draws, so_far: SoFar | None = None) -> Worlds:  # noqa: C901, PLR0915 - one value after the other
    """Compute the core model for a block of draws.

    Args:
        so_far: which events have come by the time talks begin or go on; none of them by default

    Source: bargaining over terms while war is costly and documents may fail (Fearon 1995; Powell 2006); put together
        for many issues and actors in the docstring of this module.
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
    free = permitted(lines, flow.shape)
    kept, documents = flow, Documents.of(space, draws, preferences)
    lasts = documents
    rule = signing_rule(scenario)
    war = none.value
    group, lag = space.durability_classes[1], (documents.rounds[:, None, :], space.delay_classes[1])
    alike, prompt = len(space.durability_classes[0]) == 1, documents.rounds.shape[1] == 1

    drifts = bool(none.drift.any())

    def drifted(of: Ints) -> Floats:
        """(B, A, .) what no deal has gained by the time the deals ``of``, signed now, are in force."""
        return none.creep[:, :, None] * lag[0][:, :, lag[1][of]]

    def document(
        u: Floats, weights: DurabilityWeights, R: Floats, of: Ints, s0: Floats | float = 0.0,
        own: DurabilityWeights | None = None,
    ) -> Floats:  # fmt: skip
        """(B, A, .) value in force of the deals ``of``, when a collapse returns everybody to R (B, A).

        Args:
            s0, own: value and weights of the settlement that they may be converted into
        """
        spread = None if alike else group[of]
        value = value_of_document(
            u, R[:, :, None], damage[:, :, None], shift[:, :, None], weights, s0=s0, spread=spread
        )
        if drifts:
            value = value + loads(weights, own).again[:, :, group[of]] * drifted(of)
        return value if breaches is None else value - breaches.lost[:, :, of]

    def agreed(value: Floats, of: Ints) -> Floats:
        """(B, A, .) value of signing now the deals ``of``, which are worth ``value`` once in force."""
        later = value - drifted(of) if drifts else value
        spread = None if prompt else lag[1][of]
        return delayed(later, none.pending[:, :, None], none.waiting[:, :, None], lag[0], spread=spread)

    def lived(R: Floats) -> tuple[SecretBreaches | None, Floats, Documents]:
        """Who breaks which deals in secret, when a collapse returns everybody to R (B, A), and what deals are then."""
        if first is None:
            return None, kept, lasts
        lost = (R - damage)[:, :, None]
        return first.chosen(kept, lasts, delta, lost + drifted(everything) if drifts else lost, shift)

    lapses = none.last and not scenario.conventions.recursive
    everything, settlements = np.arange(len(space)), np.flatnonzero(space.settles_all)
    first = SecretBreaches.of(space, preferences, draws) if scenario.cheating else None
    breaches, flow, documents = lived(war)
    plain = documents.weights(delta, converting=np.zeros(len(draws)))
    back = none.lapsed if lapses else war
    hoped = agreed(document(_among(flow, settlements), plain, back, settlements), settlements)
    chosen, hoped = _reference(space, rule, settlements, hoped, war, free)
    has = chosen != NO_DEAL
    talking = scenario.conventions.alternative == "talks"
    fallback = np.where(has[:, None] & talking, np.maximum(war, hoped), war)
    objecting = draws.get("talks.sign.objecting_costs", 0.0)[:, None] * rule.signers
    alternative = fallback - objecting
    fallback = none.lapsed if lapses else fallback
    if talking:
        breaches, flow, documents = lived(fallback)
    weights = documents.weights(delta, converting=has.astype(float))
    # In force, the settlement that follow-on talks lead to is worth its own value under the same convention.
    rows, looked = np.arange(len(draws)), np.where(has, chosen, 0)
    own = DurabilityWeights(*(weight[rows, :, group[looked]] for weight in plain))
    settled = value_of_document(flow[rows, :, looked], fallback, damage, shift, own)
    value = document(
        flow, weights, fallback, everything, settled[:, :, None], DurabilityWeights(*(one[:, :, None] for one in own))
    )
    reopening = None if talking or none.last else ReopenedTalks.of(scenario, draws)
    if drifts and scenario.talks.reopening is None:
        reopening = None

    def prospects() -> Prospects:
        """All deals and what may become of them."""
        talked = until = np.zeros_like(delta)
        if reopening is not None:
            when = gamma, reopening.chance[:, None], reopening.rounds[:, None]
            talked, until = reopening_discount(*when), rounds_until_signature(*when)
        return Prospects(
            flow=flow,
            group=group,
            believed=documents.believed,
            conversion=(documents.converted * has[:, None])[:, None, :],
            delay=lag[0],
            lag=np.zeros(len(space), np.int64) if prompt else lag[1],
            settled_flow=flow[rows, :, looked][:, :, None],
            settled_life=documents.believed.of_class(rows, group[looked]),
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
            creep=none.creep[:, :, None] if drifts else None,
            until=until[:, :, None],
            needed=space.consent | rule.signers[:, None],
        )

    lasting: tuple[Bools, ...] = ()
    again: tuple[Premium, tuple[Bools, ...]] | None = None
    if reopening is not None:
        again = prospects().premium(free=free)
        value, lasting = prospects().in_force(again[0]), again[1]
    signed = agreed(value, everything)
    pressure = lumps(scenario, draws, signed, war, free)
    followed = _Followed(value, None, None, lasting)
    each_time = reopening is not None and reopening.paid_each_time and bool(pressure.any())
    minded = documents.believed.minds_pressure or documents.true.minds_pressure
    if each_time or minded:
        pressed = pressed_deals(scenario, pressure) if minded else None
        if each_time or again is None:
            again = prospects().premium(lump=pressure if each_time else 0.0, free=free)
        followed = _pressed(prospects(), again, pressed, pressure if each_time else 0.0, free)
        followed = replace(followed, signed=agreed(followed.value, everything))
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
        breaches=breaches,
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
