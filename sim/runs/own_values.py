"""What each party's own numbers say of things as they are, of no deal, and of its best and worst deal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import TOLERANCE
from sim.scenario import Draws, Scenario, draw
from sim.scenario.kinds import models_war, no_deal_model
from sim.scenario.money import currency
from sim.scenario.own_value import drawn_weight, worth_of_deal
from sim.table.deal_space import DealSpace
from sim.table.discount import round_discount
from sim.table.events_ahead import SoFar, looked_ahead
from sim.table.no_deal_models import no_deal_state
from sim.table.preferences import Preferences

#: A reservation that is further below the party's own value of things as they are is told.
_MUCH: Final = 0.05


@dataclass(frozen=True)
class OwnValues:
    """One party's own values at central numbers: 0 is the worst that can be, 1 the best.

    actor:      the party
    status_quo: of things as they are
    no_deal:    of never having a deal, as the case models it
    best, worst: of the best and the worst deal on the table, if they are kept
    best_terms, worst_terms: their levels by issue, as data calls them
    money:      what lies between 0 and 1 in money, if the party's weights are in money; else 0
    coin:       what that is counted in
    doubt:      what of these numbers contradicts each other, as a sentence; empty where nothing does
    """

    actor: str
    status_quo: float
    no_deal: float
    best: float
    worst: float
    best_terms: dict[str, str]
    worst_terms: dict[str, str]
    money: float
    coin: str
    doubt: str


def own_values(scenario: Scenario) -> tuple[OwnValues, ...]:
    """Work out each party's own values, and say where they contradict each other.

    Issues are looked at one by one: a bonus for two of them counts where they end up.

    Example:
        >>> issue = {"kind": "numeric", "low": 0, "high": 10, "points": 11, "status_quo": 0}
        >>> one = {"patience": {"value": 0.9}, "salience": {"x": {"value": 1}}, "reservation": {"value": 0.2}}
        >>> actors = {name: {**one, "position": {"x": {"value": at}}} for name, at in (("p", 0), ("q", 10))}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors=actors, default_assumed="toy")
        >>> [(found.actor, found.status_quo, found.no_deal) for found in own_values(toy)]
        [('p', 1.0, 0.2), ('q', 0.0, 0.2)]
    """
    draws = draw(scenario, np.zeros(1, dtype=np.int64), central=True)
    delta = round_discount(scenario, draws)
    found = no_deal_state(scenario, draws, Preferences.of(scenario, draws), delta)
    if scenario.events:
        found, _ = looked_ahead(DealSpace.of(scenario), draws, found, delta, SoFar.nothing(scenario, 1))
    none = found.value[0]
    names = list(scenario.actors)
    return tuple(_of_party(scenario, draws, party, float(none[names.index(party)])) for party in scenario.parties)


def _of_party(scenario: Scenario, draws: Draws, party: str, none: float) -> OwnValues:
    best, worst = {}, {}
    for name, issue in scenario.issues.items():
        worths = {
            level: float(worth_of_deal(scenario, draws.values, party, {name: float(issue.scale[level])})[0])
            for level in issue.offered
        }
        best[name], worst[name] = max(worths, key=worths.__getitem__), min(worths, key=worths.__getitem__)
    money = 0.0
    for name in scenario.issues:
        money += float(np.asarray(drawn_weight(scenario, draws.values, party, name)).flat[0])
    coins = {currency(one.unit) for one in scenario.actors[party].worth.values()}
    found = {
        "status_quo": _worth(scenario, draws, party, {}),
        "no_deal": none,
        "best": _worth(scenario, draws, party, best),
        "worst": _worth(scenario, draws, party, worst),
    }
    return OwnValues(
        actor=party,
        **found,
        best_terms={name: scenario.issues[name].key(level) for name, level in best.items()},
        worst_terms={name: scenario.issues[name].key(level) for name, level in worst.items()},
        money=money if coins else 0.0,
        coin=next(iter(coins), ""),
        doubt=" ".join(_doubts(scenario, party, **found)),
    )


def _worth(scenario: Scenario, draws: Draws, party: str, levels: dict[str, int]) -> float:
    places = {name: float(scenario.issues[name].scale[level]) for name, level in levels.items()}
    return float(worth_of_deal(scenario, draws.values, party, places)[0])


def _doubts(
    scenario: Scenario, party: str, *, status_quo: float, no_deal: float, best: float, worst: float
) -> Iterator[str]:
    if no_deal > best + TOLERANCE:
        yield f"No deal is worth {no_deal:.2f} to {party}, more than its best deal ({best:.2f}): it signs nothing."
    elif no_deal < worst - TOLERANCE:
        yield f"No deal is worth {no_deal:.2f} to {party}, less than its worst deal ({worst:.2f}): it signs anything."
    stated = scenario.actors[party].reservation
    derived = scenario.no_deal.model is None and no_deal_model(scenario) == "reservation"
    if derived and stated is not None and stated.like is None and no_deal < status_quo - _MUCH:
        yield (
            f"By its own positions things as they are are worth {status_quo:.2f} to {party}, its stated reservation "
            f"is {no_deal:.2f}: one of them is wrong, or no deal is something else (then say "
            'no_deal.model = "reservation").'
        )
    if not models_war(scenario) and stated is None and no_deal_model(scenario) == "reservation":
        yield f"{party} states no reservation, so that no deal is worth what things as they are are: {status_quo:.2f}."
