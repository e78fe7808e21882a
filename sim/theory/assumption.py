"""What a theory needs of a case, each need stated and tested once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Bools
from sim.scenario import Scenario
from sim.scenario.kinds import by_root_causes, deal_kinds, models_war
from sim.scenario.private_numbers import private_numbers, secrets
from sim.scenario.quantity import Quantity
from sim.theory.case_facts import CaseFacts
from sim.words import actor_title, enumerated

#: Deals up to which theories with many states are worked out, as protocols that play them are.
_MOST_DEALS: Final = 20_000
#: Sums of payoffs that differ by less are equal.
_SAME: Final = 1e-6


@dataclass(frozen=True)
class Assumption:
    """Something that must be so in a case for a theory to speak about it.

    name:  by which results tell it
    says:  what must be so
    holds: (CaseFacts) whether it is, in each draw (B,), or in all of them
    why:   (Scenario) what is so instead, where it is not
    """

    name: str
    says: str
    holds: Callable[[CaseFacts], Bools | bool]
    why: Callable[[Scenario], str]

    def check(self, facts: CaseFacts) -> Bools:
        """(B,) draws in which it holds."""
        return np.broadcast_to(np.asarray(self.holds(facts), bool), (facts.draws,))


def _signing(scenario: Scenario) -> str:
    return f"{_named(scenario, scenario.signers)} sign"


def _named(scenario: Scenario, names: tuple[str, ...]) -> str:
    return enumerated([actor_title(scenario, name) for name in names])


def _rule(scenario: Scenario) -> str:
    sign = scenario.talks.sign
    if sign.rule == "k-of-n":
        return f"{sign.k} of {len(scenario.signers)} can sign without the others"
    if sign.rule == "no-objection" and not sign.everybody:
        return "a deal stands though some object"
    if sign.rule == "double-majority":
        return f"{sign.k} of {len(scenario.signers)} with enough votes can sign"
    return "a weighted majority can sign" if sign.rule == "weighted" else "every signer must agree"


def _equal_votes(facts: CaseFacts) -> bool:
    rule = facts.table.rule
    votes = rule.weights[rule.signers]
    return bool(
        rule.winning is None
        and not rule.counts_heads
        and (votes == votes[0]).all()
        and not rule.veto.any()
        and rule.quota > votes.sum() / 2
    )


def _equally_patient(facts: CaseFacts) -> Bools:
    return np.asarray(np.ptp(facts.delta, axis=1) < 1e-9)


def _on_a_line(facts: CaseFacts) -> Bools:
    """Whether payoffs are 1 less the distance from an ideal point, on an issue from 0 to 1, and no deal is worth 0."""
    scenario = facts.scenario
    if len(scenario.issues) != 1 or next(iter(scenario.issues.values())).kind == "categorical":
        return np.zeros(facts.draws, bool)
    scale = np.asarray(next(iter(scenario.issues.values())).scale, dtype=float)[facts.table.deals[:, 0]]
    payoff = facts.table.payoff[:, facts.signers]
    ideal = scale[payoff.argmax(axis=2)]
    tent = 1 - np.abs(scale - ideal[:, :, None])
    rests = np.abs(facts.table.disagreement[:, facts.signers]).max(axis=1) < 1e-6
    return np.asarray((np.abs(payoff - tent).max(axis=(1, 2)) < 1e-6) & rests)


def _screens(scenario: Scenario) -> bool:
    return scenario.talks.protocol == "strategic-screening"


def _private_cost(facts: CaseFacts) -> bool:
    responder = facts.table.actors[int(facts.signers[-1])]
    cost = facts.scenario.actors[responder].war_cost
    return cost is not None and bool(cost.spread) and cost.low is not None


def mediators(scenario: Scenario) -> tuple[str, ...]:
    """Names of the mediators who do not sign and to whom anything matters."""
    named = (name for name, actor in scenario.actors.items() if actor.role == "mediator")
    return tuple(name for name in named if name not in scenario.signers and name not in scenario.indifferent)


def sounded_out(facts: CaseFacts) -> int | None:
    """Index of the signer whose private numbers he who speaks first has to guess at, if there is one."""
    first = int(facts.table.order[0])
    known = secrets(facts.scenario)
    found = [int(one) for one in facts.signers if int(one) != first and facts.table.actors[int(one)] in known]
    return found[0] if found else None


def never(name: str, says: str, why: str) -> Assumption:
    """Something that no case of this model can bring: theories that need it are evaluated by ``sim solve`` alone."""
    return Assumption(name, says, lambda _: False, lambda _: why)


def ratifier(facts: CaseFacts) -> Quantity | None:
    """What the ratifier of the one who is sounded out asks for, in own value, where only its range is known."""
    who = sounded_out(facts)
    if who is None:
        return None
    found = private_numbers(facts.scenario, facts.table.actors[who])
    asked = [one.quantity for one in found if ".red_lines." in one.path and one.path.endswith(".own_value")]
    return asked[0] if asked and asked[0].low is not None and asked[0].high is not None else None


TWO_SIGN: Final = Assumption("two-sign", "two parties sign", lambda facts: len(facts.signers) == 2, _signing)
SEVERAL_SIGN: Final = Assumption("several-sign", "three or more sign", lambda facts: len(facts.signers) > 2, _signing)
UNANIMOUS: Final = Assumption("unanimous", "every signer must agree", lambda facts: facts.table.rule.unanimous, _rule)
MAJORITY: Final = Assumption(
    "majority",
    "a majority of equal votes is enough",
    lambda facts: not facts.table.rule.unanimous and _equal_votes(facts),
    _rule,
)
ALL_SPEAK: Final = Assumption(
    "all-speak",
    "every signer makes offers when it is his turn",
    lambda facts: set(facts.signers.tolist()) == set(facts.table.order.tolist()),
    lambda scenario: f"offers are made by {_named(scenario, scenario.order)}",
)
SOME_DEAL: Final = Assumption(
    "some-deal",
    "some deal is at least as good as none for every signer",
    lambda facts: facts.any_deal,
    lambda _: "no deal is",
)
PIE: Final = Assumption(
    "pie",
    "one stake is divided: what one signer gains the others lose",
    lambda facts: facts.is_pie,
    lambda scenario: (
        "the issue is not divided from end to end"
        if len(scenario.issues) == 1
        else f"{len(scenario.issues)} issues can be traded against each other"
    ),
)
SEVERAL_ISSUES: Final = Assumption(
    "several-issues",
    "several issues are on the table",
    lambda facts: len(facts.scenario.issues) > 1,
    lambda _: "one issue is",
)
FEW_DEALS: Final = Assumption(
    "few-deals",
    f"every deal can be looked at in every state, up to {_MOST_DEALS:,}",
    lambda facts: len(facts.table.deals) <= _MOST_DEALS,
    lambda _: "there are more",
)
EQUALLY_PATIENT: Final = Assumption(
    "equally-patient",
    "all signers are equally patient",
    _equally_patient,
    lambda _: "some can wait better than others",
)
ON_A_LINE: Final = Assumption(
    "on-a-line",
    "a point on a line is chosen, worth 1 less its distance from one's ideal; no deal is worth 0",
    _on_a_line,
    lambda scenario: (
        "payoffs do not fall by the same step for everybody"
        if len(scenario.issues) == 1
        else f"{len(scenario.issues)} issues are on the table"
    ),
)
WAR: Final = Assumption(
    "war", "no deal means a war", lambda facts: models_war(facts.scenario), lambda _: "no war is modelled"
)
OUTSIDE: Final = Assumption(
    "outside",
    "no deal is an offer from outside, taken by leaving",
    lambda facts: not models_war(facts.scenario) and bool((facts.table.payoff >= -1e-9).all()),
    lambda scenario: (
        "a war is paid for while the talks last, so it is no option that one leaves for"
        if models_war(scenario)
        else "some deals are worth less than nothing"
    ),
)
OPTIMISM: Final = Assumption(
    "optimism",
    "some party thinks that it would prevail more likely than it is",
    lambda facts: any(actor.optimism is not None for actor in facts.scenario.actors.values()),
    lambda _: "all sides see the same chances in a world: no actor has an optimism",
)
BATTLES: Final = Assumption(
    "battles",
    "battles are fought while they talk, and teach both sides",
    lambda facts: facts.scenario.talks.battles is not None,
    lambda _: "what somebody believes of a war stays as it is: there is no [talks.battles]",
)
DIVIDED: Final = Assumption(
    "divided",
    "whatever one signer gives the other gets, in every deal",
    lambda facts: np.ptp(facts.table.payoff[:, facts.signers].sum(axis=1), axis=1) < _SAME,
    lambda scenario: (
        "some deals leave both less than others"
        if len(scenario.issues) == 1
        else f"{len(scenario.issues)} issues can be traded against each other"
    ),
)
RATIFIER: Final = Assumption(
    "ratifier",
    "somebody at home has to agree, and the other side knows only the range of what he asks for",
    lambda facts: ratifier(facts) is not None,
    lambda _: "no side that answers keeps private how much a red line of its own worth asks for (own_value)",
)
INFORMED: Final = Assumption(
    "informed-mediator",
    "a mediator has heard something of what the answering side is like",
    lambda facts: bool(facts.scenario.talks.settings.get("mediator")) and _screens(facts.scenario),
    lambda _: "mediators know no more than the ranges of the case: strategic-screening has no setting mediator",
)
AUDIENCE: Final = Assumption(
    "audience",
    "an audience at home punishes who falls short of what he promised",
    lambda facts: facts.worlds.audience is not None,
    lambda _: "no actor has promised anything to an audience: there is no [actors.ACTOR.audience]",
)
SPOILERS: Final = Assumption(
    "spoilers",
    "extremists attack to break trust",
    lambda facts: facts.scenario.after_signature.spoilers is not None,
    lambda _: "nobody attacks once a deal is signed: there is no [after_signature.spoilers]",
)
CHOSEN: Final = Assumption(
    "chosen-collapse",
    "breaking a deal is a choice",
    lambda facts: facts.scenario.after_signature.breaking is not None,
    lambda _: "collapses are drawn by a hazard; nobody chooses them: there is no [after_signature.breaking]",
)
SHIFT: Final = Assumption(
    "power-shift",
    "power would shift while a deal holds",
    lambda facts: np.abs(facts.worlds.shift[:, facts.signers]).max(axis=1) > 0,
    lambda _: "no actor has a power_shift",
)
MEDIATOR: Final = Assumption(
    "mediator",
    "somebody who does not sign mediates",
    lambda facts: bool(mediators(facts.scenario)),
    lambda _: "nobody mediates",
)
TRUCE_AND_SETTLEMENT: Final = Assumption(
    "truce-and-settlement",
    "a truce and a settlement of the root causes are both on the table",
    lambda facts: (
        by_root_causes(facts.scenario) and {0, len(deal_kinds(facts.scenario)) - 1} <= set(facts.table.kind.tolist())
    ),
    lambda scenario: (
        "only one of them is on offer" if by_root_causes(scenario) else "deals are not told apart by root causes"
    ),
)
BREAKABLE: Final = Assumption(
    "breakable",
    "deals may collapse",
    lambda facts: facts.worlds.documents.believed.breaks_ever,
    lambda _: "every deal holds for ever",
)
ONE_HAZARD: Final = Assumption(
    "one-hazard",
    "every deal has one constant hazard",
    lambda facts: facts.worlds.documents.believed.one_hazard,
    lambda _: "some deals are fragile and others hold, or hazards change with age",
)
ONE_PRIZE: Final = Assumption(
    "one-prize",
    "one prize goes to one side or the other, whole",
    lambda facts: len(facts.scenario.issues) == 1 and len(facts.table.deals) <= 2,
    lambda scenario: (
        "there are more than two deals" if len(scenario.issues) == 1 else "several issues are on the table"
    ),
)
PRIVATE_TYPES: Final = Assumption(
    "private-types",
    "one side knows something of itself that he who speaks first only guesses at",
    lambda facts: sounded_out(facts) is not None,
    lambda _: "nobody else keeps a number of his private: what each side is like is known to all in every world",
)
PRIVATE_COST: Final = Assumption(
    "private-cost",
    "the answering side's cost of war has a range, read as what the other side believes",
    _private_cost,
    lambda _: "his war cost is known",
)
