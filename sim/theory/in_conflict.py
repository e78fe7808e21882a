"""Where no deal is a war: what both sides can fight for, and why they may do so although it costs both."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from sim.equilibria import (
    crisis_ultimatum,
    enforcement_interval,
    impatient_mediator,
    mediated_screening,
    ratification,
    screening_by_type,
    shifting_power,
    worst_hazard,
)
from sim.foundations import Bools, Floats, Ints
from sim.solutions import BargainingProblem
from sim.table import TypeGrid, build, nearest_deal
from sim.table.war import waiting_discount
from sim.theory.assumption import (
    AUDIENCE,
    BATTLES,
    BREAKABLE,
    DIVIDED,
    FEW_DEALS,
    INFORMED,
    MEDIATOR,
    ONE_HAZARD,
    ONE_PRIZE,
    OPTIMISM,
    PIE,
    PRIVATE_COST,
    PRIVATE_TYPES,
    RATIFIER,
    SHIFT,
    SOME_DEAL,
    TRUCE_AND_SETTLEMENT,
    TWO_SIGN,
    UNANIMOUS,
    WAR,
    mediators,
    ratifier,
    sounded_out,
)
from sim.theory.case_facts import CaseFacts
from sim.theory.theory_reading import Prediction, TheoryReading
from sim.theory.two_sided import rubinstein_on_frontier

#: Offers that are made to somebody whose resolve is secret, where a case says nothing else.
_OFFERS: Final = 4
#: Patience of 1 is read as the limit of patience, where rounds count.
_PATIENT: Final = 1 - 1e-9
_KNOWN: Final = ("everybody knows what war and every deal are worth to everybody",)


def _range(facts: CaseFacts) -> Prediction:
    return Prediction.mark(facts, ~facts.any_deal, facts.any_deal.astype(float))


def _without_shift(facts: CaseFacts) -> Prediction:
    worlds, table = facts.worlds, facts.table
    late = waiting_discount(worlds.no_deal.waiting[:, :, None], worlds.delay[:, None, :])
    phi = worlds.weights.phi[:, :, worlds.space.durability_classes[1]]
    quiet = table.replace(payoff=table.payoff - late * phi * worlds.shift[:, :, None])
    possible = np.asarray(BargainingProblem.of_table(quiet).feasible.any(axis=1))
    return Prediction.mark(facts, possible & ~facts.any_deal, facts.any_deal.astype(float))


def _unashamed(facts: CaseFacts) -> Prediction:
    """Whether some deal would do for all if nobody were held to his promise, and none does as it is."""
    worlds, table = facts.worlds, facts.table
    assert worlds.audience is not None
    possible = BargainingProblem.of_table(table.replace(payoff=table.payoff + worlds.audience)).feasible.any(axis=1)
    return Prediction.mark(facts, np.asarray(possible) & ~facts.any_deal, facts.any_deal.astype(float))


def _locked_in(facts: CaseFacts) -> Prediction:
    """Read with the stake as 1 and the riser as A: what he can fight for tomorrow, and the other today."""
    rows = np.arange(facts.draws)
    shift = facts.worlds.shift[:, facts.signers]
    riser = shift.argmax(axis=1)
    war = facts.table.disagreement[:, facts.signers]
    stake = facts.stake + war.sum(axis=1)
    unit = np.where(stake > 0, stake, 1.0)
    a, b = war[rows, riser] / unit, war[rows, 1 - riser] / unit
    found = shifting_power(a, a + shift[rows, riser] / unit, 0.0, 1 - a - b, facts.delta[rows, riser])
    return Prediction.mark(facts, found.no_peace, np.asarray(facts.any_deal & ~found.no_peace, dtype=float))


def _risk(facts: CaseFacts) -> Prediction:
    """Read with the stake as 1: the second to speak may have any cost of war in the range of the case."""
    proposer, answering = (int(one) for one in facts.signers)
    quantity = facts.scenario.actors[facts.table.actors[answering]].war_cost
    assert quantity is not None
    none = facts.worlds.no_deal
    factor = 1 - none.weight[:, answering]
    drawn = facts.worlds.draws[f"{facts.table.actors[answering]}.war_cost"]
    war = facts.table.disagreement[:, [proposer, answering]]
    stake = facts.stake + war.sum(axis=1)
    unit = np.where(stake > 0, stake, 1.0)
    free = (war[:, 1] + factor * drawn) / unit  # what a war that costs nothing is worth to him who answers
    low, high = (factor * float(end or 0.0) / unit for end in (quantity.low, quantity.high))
    found = crisis_ultimatum(1 - free, 1 - free - war[:, 0] / unit, low, high)
    gains = facts.spread(
        (
            np.asarray(found.value) * unit - war[:, 0],
            np.where(
                free * unit - factor * drawn <= (1 - found.demand) * unit, (1 - found.demand) * unit - war[:, 1], 0
            ),
        )
    )
    return Prediction(np.asarray(1 - found.war), gains, settles=False)


def _sounded(facts: CaseFacts) -> Prediction:
    """As many offers as the play of it makes, spread over the talks, on the grid of types of the case."""
    answering = sounded_out(facts)
    assert answering is not None
    rounds, settings = facts.scenario.talks.talk_rounds, facts.scenario.talks.settings
    offers = min(int(settings.get("offers", _OFFERS)), rounds)
    leak = float(settings.get("leak", 0.0))
    proposer = int(facts.table.order[0])
    types = TypeGrid.of(facts.worlds)
    plan = screening_by_type(facts.table, types, proposer, answering, offers, pause=max(1, rounds // offers), leak=leak)
    return Prediction(plan.chance, plan.value, settles=False)


def _believed(facts: CaseFacts) -> Prediction:
    """Where the mediator would gain nothing by saying the opposite of what he has heard."""
    answering, settings = sounded_out(facts), facts.scenario.talks.settings
    assert answering is not None
    rounds = facts.scenario.talks.talk_rounds
    offers = min(int(settings.get("offers", _OFFERS)), rounds)
    plans = mediated_screening(
        facts.table,
        TypeGrid.of(facts.worlds),
        int(facts.table.order[0]),
        answering,
        offers,
        mediator=facts.table.actors.index(str(settings["mediator"])),
        error=float(settings.get("error", 0.0)),
        pause=max(1, rounds // offers),
    )
    return Prediction.mark(facts, plans.credible)


def _ratified(facts: CaseFacts) -> Prediction:
    """Read with the stake as 1, and one offer: take it to the ratifier, or leave it."""
    asked = ratifier(facts)
    assert asked is not None
    proposer, answering = (int(one) for one in facts.signers)
    war = facts.table.disagreement[:, [proposer, answering]]
    stake = facts.table.payoff[:, facts.signers, 0].sum(axis=1)
    unit = np.where(stake > 0, stake, 1.0)
    low, high = (np.clip(float(end or 0.0) / unit, 0.0, 1.0) for end in (asked.low, asked.high))
    found = ratification(np.clip(war[:, 0] / unit, 0.0, 1.0), low, high)
    passes = 1 - np.asarray(found.fails)
    gains = facts.spread((np.asarray(found.gain) * unit, (np.asarray(found.offer) * unit - war[:, 1]) * passes))
    return Prediction(passes, gains, settles=False)


def _truce(facts: CaseFacts) -> tuple[Ints, Ints]:
    """(B,) the truce that comes closest to being signed, and its class of durability."""
    deal = nearest_deal(facts.worlds, facts.worlds.space.kind == 0)
    return deal, facts.worlds.space.durability_classes[1][deal]


def _intervals(facts: CaseFacts) -> Prediction:
    worlds, rows = facts.worlds, np.arange(facts.draws)
    deal, _ = _truce(facts)
    refused = np.zeros(facts.draws, bool)
    delta = np.minimum(worlds.delta, _PATIENT)
    speed = np.broadcast_to(worlds.documents.speed, (facts.draws,))
    for actor in facts.signers:
        premium = worlds.flow[rows, actor, deal] - worlds.alternative[:, actor]
        numbers = zip(premium, worlds.damage[:, actor], worlds.shift[:, actor], delta[:, actor], speed, strict=True)
        refused |= np.array([enforcement_interval(*(float(one) for one in each)) is None for each in numbers])
    return Prediction.mark(facts, refused)


def _past_the_worst(facts: CaseFacts) -> Prediction:
    worlds, rows = facts.worlds, np.arange(facts.draws)
    _, group = _truce(facts)
    decliner = facts.signers[worlds.shift[:, facts.signers].argmin(axis=1)]
    believed = worlds.documents.believed.holds[rows, decliner, group]
    delta, speed = worlds.delta[rows, decliner], np.broadcast_to(worlds.documents.speed, (facts.draws,))
    worst = [worst_hazard(float(d), float(s)).hazard for d, s in zip(delta, speed, strict=True)]
    return Prediction.mark(facts, np.asarray(believed > np.array(worst)))


def _mediator(facts: CaseFacts) -> Prediction:
    worlds, rows = facts.worlds, np.arange(facts.draws)
    names = list(worlds.actors)
    who = names.index(mediators(facts.scenario)[0])
    _, quick = _truce(facts)
    settled = nearest_deal(worlds, worlds.space.settles_all)
    full = worlds.space.durability_classes[1][settled]
    numbers = zip(
        worlds.documents.believed.holds[rows, who, quick],
        worlds.documents.believed.holds[rows, who, full],
        worlds.no_deal.ends,
        worlds.delay[rows, settled],
        strict=True,
    )
    most = [impatient_mediator(*(float(one) for one in each)) for each in numbers]
    limit = np.array([1.0 if one is None else one for one in most])
    return Prediction.mark(facts, np.asarray(worlds.delta[:, who] <= limit))


def _truce_first(facts: CaseFacts) -> Prediction:
    """Whether every signer values the nearest truce now above the nearest settlement after its delay."""
    worlds, rows = facts.worlds, np.arange(facts.draws)
    deal, _ = _truce(facts)
    settled = nearest_deal(worlds, worlds.space.settles_all)
    better = worlds.payoff[rows, :, deal] > worlds.payoff[rows, :, settled]
    return Prediction.mark(facts, np.asarray(better[:, facts.signers].all(axis=1)))


def _stalemate(facts: CaseFacts) -> Prediction:
    """Whether no deal would beat war for all even if every deal held for ever and came at once."""
    table = facts.table.replace(payoff=facts.worlds.flow + facts.worlds.pressure)
    possible: Bools = np.asarray(BargainingProblem.of_table(table).feasible.any(axis=1))
    return Prediction.mark(facts, ~possible)


def _whole(facts: CaseFacts) -> Prediction:
    chance: Floats = facts.any_deal.astype(float)
    return Prediction.mark(facts, ~facts.any_deal, chance)


def _sober(facts: CaseFacts) -> Prediction:
    """Whether some deal would do for all if everybody saw the chances as they are, and none does as they see them."""
    draws = facts.worlds.draws
    paths = [f"{name}.optimism" for name in facts.scenario.actors if f"{name}.optimism" in draws.values]
    sober = replace(draws, values={**draws.values, **{path: np.zeros(facts.draws) for path in paths}})
    table = build(facts.worlds.space, sober).table
    possible = np.asarray(BargainingProblem.of_table(table).feasible.any(axis=1))
    return Prediction.mark(facts, possible & ~facts.any_deal, facts.any_deal.astype(float))


IN_CONFLICT: Final = (
    TheoryReading(
        "bargaining-range",
        "equilibrium",
        _KNOWN,
        (WAR, UNANIMOUS),
        _range,
        "no deal lies between what the sides can fight for",
    ),
    TheoryReading(
        "terms-under-fire",
        "equilibrium",
        (*_KNOWN, "they offer by turns for ever while the war goes on", "lotteries between deals are possible"),
        (WAR, TWO_SIGN, UNANIMOUS, SOME_DEAL),
        rubinstein_on_frontier,
    ),
    TheoryReading(
        "crisis-ultimatum",
        "equilibrium",
        ("the first to speak makes one demand: take it or fight", "his own cost of war is known"),
        (WAR, TWO_SIGN, UNANIMOUS, PIE, PRIVATE_COST),
        _risk,
    ),
    TheoryReading(
        "screening-by-type",
        "equilibrium",
        (
            "the first to speak makes a few offers, the same time apart, and fighting goes on between them",
            "what the other keeps private may be anything in its range; all else is known",
            "chances and gains are means over what he may be like",
        ),
        (PRIVATE_TYPES, FEW_DEALS),
        _sounded,
    ),
    TheoryReading(
        "biased-mediator",
        "equilibrium",
        (
            "the mediator has heard whether the one who is sounded out is of the softer half of his types, and says so",
            "what he says costs him nothing",
        ),
        (PRIVATE_TYPES, INFORMED, FEW_DEALS),
        _believed,
        "the mediator is believed, as he would gain nothing by saying the opposite of what he has heard",
    ),
    TheoryReading(
        "ratification",
        "equilibrium",
        (
            "the first to speak makes one offer",
            "what the ratifier asks for may be anything in its range, all as likely",
        ),
        (TWO_SIGN, UNANIMOUS, DIVIDED, RATIFIER),
        _ratified,
    ),
    TheoryReading(
        "mutual-optimism",
        "equilibrium",
        ("each acts on what he believes, and knows what the others believe",),
        (WAR, UNANIMOUS, OPTIMISM),
        _sober,
        "optimism alone leaves no deal that all would sign",
    ),
    TheoryReading(
        "convergence",
        "equilibrium",
        ("each acts on what he believes, and nobody reckons with what battles will teach",),
        (WAR, UNANIMOUS, OPTIMISM, BATTLES),
        _sober,
        "no deal would do for all as beliefs stand, and one will once battles have brought them together",
    ),
    TheoryReading(
        "preventive-war",
        "equilibrium",
        _KNOWN,
        (WAR, UNANIMOUS, SHIFT),
        _without_shift,
        "the shift of power alone leaves no deal that all would sign",
    ),
    TheoryReading(
        "audience-cost",
        "equilibrium",
        ("each knows what the other has promised, and what going back on it would cost him",),
        (UNANIMOUS, AUDIENCE),
        _unashamed,
        "what was promised at home alone leaves no deal that all would sign",
    ),
    TheoryReading(
        "shifting-power",
        "equilibrium",
        _KNOWN,
        (WAR, TWO_SIGN, UNANIMOUS, PIE, SHIFT),
        _locked_in,
        "what the riser can win tomorrow and the other today is more than there is",
    ),
    TheoryReading(
        "indivisible-prize",
        "equilibrium",
        _KNOWN,
        (WAR, TWO_SIGN, ONE_PRIZE),
        _whole,
        "only a lottery could replace war",
    ),
    TheoryReading(
        "enforcement-interval",
        "equilibrium",
        _KNOWN,
        (WAR, TRUCE_AND_SETTLEMENT, BREAKABLE, ONE_HAZARD),
        _intervals,
        "some signer refuses the nearest truce however well it is enforced",
    ),
    TheoryReading(
        "worst-hazard",
        "equilibrium",
        _KNOWN,
        (WAR, TRUCE_AND_SETTLEMENT, BREAKABLE, ONE_HAZARD, SHIFT),
        _past_the_worst,
        "a somewhat sturdier truce would hurt the declining side more, as the other would have time to arm",
    ),
    TheoryReading(
        "truce-or-settlement",
        "equilibrium",
        _KNOWN,
        (WAR, TRUCE_AND_SETTLEMENT),
        _truce_first,
        "every signer would rather have the nearest truce now than the nearest settlement after its delay",
    ),
    TheoryReading(
        "impatient-mediator",
        "equilibrium",
        ("the mediator dislikes fighting and nothing else", "after a collapse the war is fought out"),
        (WAR, TRUCE_AND_SETTLEMENT, BREAKABLE, ONE_HAZARD, MEDIATOR),
        _mediator,
        "the mediator is impatient enough to want the truce first",
    ),
    TheoryReading(
        "stalemate-frontier",
        "equilibrium",
        (*_KNOWN, "every deal holds for ever and comes at once"),
        (WAR, UNANIMOUS),
        _stalemate,
        "grievances are larger than the cost of war, so that no deal would do even then",
    ),
)
