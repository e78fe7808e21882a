"""Rules on evidence: every number defends itself, every claim exists and enters once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from sim.evidence import Article, Place, unknown_claim
from sim.foundations import Problem, nearest
from sim.scenario.deal_count import countable, selected_count
from sim.scenario.draws import span
from sim.scenario.interval import ANY_NUMBER, Interval, interval_at
from sim.scenario.kinds import deal_kinds
from sim.scenario.naming import levels_problems, unknown_name
from sim.scenario.observation import Observation, Selector
from sim.scenario.quantity import Quantity
from sim.scenario.scenario import Number, Scenario


def number_problems(scenario: Scenario) -> Iterator[Problem]:
    """Numbers that rest on nothing, hold text where a number is due, or mirror what is not there."""
    for number in scenario.numbers.values():
        quantity = number.quantity
        grounds = quantity.claims or quantity.rates or quantity.assumed.strip() or scenario.default_assumed
        if not (grounds or quantity.like is not None):
            yield Problem(
                f"{number.path} rests on nothing",
                number.place,
                'claims = ["…"], rates = ["…"], or assumed = "why" where the evidence is silent',
            )
        if number.issue is None and not number.options:
            yield from plain_number_problems(quantity, number.place)
        if quantity.mirrors:
            circles = list(_mirror(scenario, number.path, number.place))
            yield from circles or _mirrored(scenario, number)


def plain_number_problems(quantity: Quantity, place: Place) -> Iterator[Problem]:
    """A number that is no place on an issue must not be text, nor beyond what can be computed with."""
    if interval_at(Scenario, place) is not None:
        return
    options = quantity.options or {}
    for option in options:
        try:
            float(option)
        except ValueError:
            yield Problem(f'option "{option}" is no number', (*place, "options", option))
    for key in ("value", "low", "high"):
        end = getattr(quantity, key)
        if isinstance(end, str) and not options:
            yield Problem(f'{key} is the text "{end}"; a number is needed here', (*place, key))
        elif isinstance(end, float) and end not in ANY_NUMBER:
            yield Problem(f"{key} {end:g} is not allowed here: must be {ANY_NUMBER.words}", (*place, key))


def _mirror(scenario: Scenario, path: str, place: Place) -> Iterator[Problem]:
    seen = [path]
    while True:
        target = scenario.numbers[seen[-1]].quantity.mirrors
        if target is None:
            return
        if target not in scenario.numbers:
            if len(seen) == 1:
                near = nearest(target, scenario.numbers)
                yield Problem(f'there is no number "{target}" to mirror', (*place, "mirrors"), nearest=near)
            return
        if target in seen:
            if target == path:  # said once for each member of the circle, not for those that lead into it
                way = " → ".join([*seen, target])
                yield Problem(f"numbers mirror each other in a circle: {way}", (*place, "mirrors"))
            return
        seen.append(target)


def _mirrored(scenario: Scenario, number: Number) -> Iterator[Problem]:
    """Values that a number takes from another one and that make no sense where it stands."""
    reached = span(scenario, number)
    allowed = interval_at(Scenario, number.place)
    if number.issue is not None:
        allowed = Interval(0, 1, unit="places on the issue, from its first level to its last")
    beyond = [] if reached is None or allowed is None else [end for end in reached if end not in allowed]
    if allowed is not None and beyond:
        yield Problem(
            f"{number.quantity.words()} reaches {beyond[0]:.12g}, which is not allowed here: must be {allowed.words}",
            (*number.place, "mirrors"),
        )


def claim_problems(scenario: Scenario, article: Article | None, *, unread: bool = False) -> Iterator[Problem]:
    """Claims that do not exist, or that enter both as a number and as an observation.

    unread: the evidence file is not sound, so that no more is known about its claims than, at best, their names
    """
    in_numbers = [
        (claim, (*number.place, "claims", index), number.path)
        for number in scenario.numbers.values()
        for index, claim in enumerate(number.quantity.claims)
    ]
    numbers = {claim: path for claim, place, path in reversed(in_numbers) if place[0] != "observations"}
    uses: list[tuple[str, Place]] = [(claim, place) for claim, place, _ in in_numbers]
    for name, observation in scenario.observations.items():
        for index, claim in enumerate(observation.claims):
            where: Place = ("observations", name, "claims", index)
            uses.append((claim, where))
            if claim in numbers:
                yield Problem(
                    f'claim "{claim}" enters twice: as the number {numbers[claim]} and as the observation "{name}"',
                    where,
                    "a claim is either put into a number or red line, or left for the model to explain",
                )
    uses += [(claim, ("talks", "sign", "claims", index)) for index, claim in enumerate(scenario.talks.sign.claims)]
    for name, tied in scenario.correlations.items():
        uses += [(claim, ("correlations", name, "claims", index)) for index, claim in enumerate(tied.claims)]
    if unread and article is None:
        return
    for claim, where in uses:
        if article is None:
            yield Problem(f'claim "{claim}" is named, but the scenario names no evidence file', where, 'evidence = "…"')
        elif claim not in article.claims:
            yield unknown_claim(claim, article.claims, where)


def observation_problems(scenario: Scenario) -> Iterator[Problem]:
    """Observations about nobody, or about deals that do not exist."""
    for name, observation in scenario.observations.items():
        place: Place = ("observations", name)
        if observation.actor not in scenario.actors:
            yield unknown_name("actor", observation.actor, scenario.actors, (*place, "actor"))
        yield from _when(scenario, observation, (*place, "on"))
        for field, selector in _selectors(observation):
            yield from _levels(scenario, selector, (*place, field, "levels"))


def _when(scenario: Scenario, observation: Observation, place: Place) -> Iterator[Problem]:
    """A day needs a first day; and what is said is said while the talks go on."""
    talks = scenario.talks
    if isinstance(observation.on, dt.date) and talks.start is None:
        message = "it was said on a day, so talks.start is needed: the day on which the talks begin"
        yield Problem(message, place, "start = … in [talks], or a time from the beginning")
    elif observation.on is not None and talks.rounds_until(observation.on) >= talks.talk_rounds:
        yield Problem(
            f"it was said in round {talks.rounds_until(observation.on)}, when the talks are over after "
            f"{talks.talk_rounds} rounds",
            place,
            "an earlier day, or longer talks.rounds",
        )


def missing_deals(scenario: Scenario) -> Iterator[Problem]:
    """Observations on deals of which none is on the table."""
    if not countable(scenario):
        return
    for name, observation in scenario.observations.items():
        for field, selector in _selectors(observation):
            if any(_levels(scenario, selector, ())) or not set(selector.kinds) <= set(deal_kinds(scenario)):
                continue
            if selected_count(scenario, selector.kinds, selector.levels) == 0:
                yield Problem(
                    f'no deal on the table is among the "{field}" of this observation',
                    ("observations", name, field),
                    "kinds and levels that some deal has",
                )


def _selectors(observation: Observation) -> Iterator[tuple[str, Selector]]:
    yield "deals", observation.deals
    if observation.over is not None:
        yield "over", observation.over


def _levels(scenario: Scenario, selector: Selector, place: Place) -> Iterator[Problem]:
    for issue, levels in selector.levels.items():
        if issue not in scenario.issues:
            yield unknown_name("issue", issue, scenario.issues, (*place, issue))
            continue
        yield from levels_problems(issue, scenario.issues[issue], levels, (*place, issue))
