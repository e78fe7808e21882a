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

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.scenario import Draws, Scenario
from sim.table.bargaining_table import BargainingTable
from sim.table.deal_space import DealSpace
from sim.table.documents import Documents
from sim.table.durability import DurabilityWeights
from sim.table.no_deal_models import NoDealState
from sim.table.open_breaches import OpenBreaches
from sim.table.preferences import Preferences
from sim.table.red_lines import DrawnRedLine
from sim.table.reopening import ReopenedTalks
from sim.table.secret_breaches import SecretBreaches
from sim.table.signing_rule import SigningRule


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
    pressure:    (B, A, K) l, lump that comes with a signature: what outside pressure adds to V, less what applying it
        costs, and less what an audience takes
    audience:    (B, A, K) the part of it that audiences at home take, 0 or more; None where there is none
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
    opened:      who would break which deal openly, where everybody foresees it; ``documents`` then say how long deals
        last in everybody's eyes, those breaches included
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
    audience: Floats | None = None
    breaches: SecretBreaches | None = None
    opened: OpenBreaches | None = None

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
