"""Rules on cheating: who may, on what, and what it is not worked out with."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.foundations import Problem
from sim.scenario.kinds import no_deal_model
from sim.scenario.naming import exact_level_problems, twice_problems, unknown_name
from sim.scenario.scenario import Scenario


def cheating_problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that is wrong with who may cheat on what."""
    for name, found in scenario.cheating.items():
        place: Place = ("cheating", name)
        if name not in scenario.actors:
            yield unknown_name("actor", name, scenario.actors, place)
        elif name not in scenario.signers:
            yield Problem(f"{name} signs nothing, so there is no word that he could break", place, _signers(scenario))
        for index, issue in enumerate(found.on):
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, (*place, "on", index))
        for issue, levels in found.found_by.items():
            where: Place = (*place, "found_by", issue)
            if issue not in scenario.issues:
                yield unknown_name("issue", issue, scenario.issues, where)
                continue
            for level in levels:
                yield from exact_level_problems(issue, scenario.issues[issue], level, (*where, level))
            yield from twice_problems(issue, scenario.issues[issue], levels, where)
    if scenario.cheating:
        yield from _combined(scenario)


def _signers(scenario: Scenario) -> str:
    return ", ".join(scenario.signers)


def _combined(scenario: Scenario) -> Iterator[Problem]:
    """What is not worked out together with cheating: whatever makes a deal another one as it ages."""
    told = "is not worked out beside [cheating]"
    for name, issue in scenario.issues.items():
        if issue.follow_on:
            yield Problem(f"a deal that talks turn into another one {told}", ("issues", name, "follow_on"))
    for name, actor in scenario.actors.items():
        yield from _ageing(actor.beliefs, ("actors", name, "beliefs"), told)
    yield from _ageing(scenario.true_hazard, ("true_hazard",), told)
    if scenario.talks.reopening is not None:
        yield Problem(f"a deal that is signed again {told}", ("talks", "reopening"))
    for key in ("spoilers", "breaking"):
        if getattr(scenario.after_signature, key) is not None:
            words = "what nobody reckons with beforehand, an attack or an open breach,"
            yield Problem(f"{words} {told}", ("after_signature", key), "one of the two")
    if no_deal_model(scenario) == "vote-again":
        yield Problem(f"a last vote {told}", ("no_deal", "model"), 'model = "reservation" or "status-quo"')


def _ageing(found: object, place: Place, told: str) -> Iterator[Problem]:
    for key, words in (("shape", "a hazard that changes with age"), ("fragile", "two sorts of deals")):
        if getattr(found, key, None) is not None:
            yield Problem(f"{words} {told}", (*place, key))
