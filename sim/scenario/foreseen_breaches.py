"""Whether everybody reckons with breaches of a deal before it is signed, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence import Place
from sim.scenario.kinds import no_deal_model
from sim.scenario.scenario import Scenario


def foresees_breaches(scenario: Scenario) -> bool:
    """Whether values of deals know of ``[after_signature.breaking]``."""
    found = scenario.after_signature.breaking
    if found is None or found.foreseen is False or len(scenario.signers) != 2:
        return False
    return not any(True for _ in not_foreseen(scenario))


def not_foreseen(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Where a case says something beside which breaches are not foreseen: a deal would be another one as it ages."""
    for name, actor in scenario.actors.items():
        for key in ("power_shift", "prevail_shift"):
            if getattr(actor, key) is not None:
                yield ("actors", name, key), "power that shifts"
        yield from _ageing(actor.beliefs, ("actors", name, "beliefs"))
    yield from _ageing(scenario.true_hazard, ("true_hazard",))
    for name, issue in scenario.issues.items():
        if issue.follow_on:
            yield ("issues", name, "follow_on"), "talks that turn a deal into another one"
    if scenario.talks.reopening is not None:
        yield ("talks", "reopening"), "talks that reopen"
    if scenario.no_deal.drift:
        yield ("no_deal", "drift"), "no deal that drifts"
    if no_deal_model(scenario) == "vote-again":
        yield ("no_deal", "model"), "a last vote"
    if scenario.cheating:
        yield ("cheating",), "promises that are broken in secret"


def _ageing(found: object, place: Place) -> Iterator[tuple[Place, str]]:
    for key, words in (("shape", "a hazard that changes with age"), ("fragile", "two sorts of deals")):
        if getattr(found, key, None) is not None:
            yield (*place, key), words
