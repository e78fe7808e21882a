"""Choices the literature leaves open, and the usual alternatives to what a scenario chose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.foundations import settings_of
from sim.foundations.duration import years
from sim.scenario import Scenario
from sim.strategies import ACCEPTANCES, ASPIRATIONS, OFFERINGS


def alternatives(scenario: Scenario) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield name, setting and changes of each alternative that applies to the scenario."""
    yield from _of_time(scenario)
    yield from _of_war(scenario)
    yield from _of_talks(scenario)


def _of_time(scenario: Scenario) -> Iterator[tuple[str, str, dict[str, Any]]]:
    talks = scenario.talks
    fixed = {
        "talks.rounds": f"{talks.talk_rounds * talks.round_years:.9f} years",
        "talks.horizon": f"{talks.horizon_rounds * talks.round_years:.9f} years",
    }
    for factor, word in ((0.5, "half as long"), (2.0, "twice as long")):
        length = f"{years(talks.round) * factor:.9f} years"
        yield "length of a round", word, {"talks.round": length, **fixed}
    for count, word in ((talks.talk_rounds // 2, "half as many"), (talks.talk_rounds * 2, "twice as many")):
        rounds = max(1, count)  # the story may not end before the talks do
        changed = {"talks.rounds": rounds, "talks.horizon": max(rounds, talks.horizon_rounds)}
        yield "rounds of talks", word, changed


def _of_war(scenario: Scenario) -> Iterator[tuple[str, str, dict[str, Any]]]:
    talks, conventions = scenario.talks, scenario.conventions
    if talks.decisive_chance is not None:
        yield "arms may decide", "never (m = 0)", {"talks.decisive_chance": 0.0}
    other = "talks" if conventions.alternative == "war" else "war"
    yield "fallback of a refusal", other, {"conventions.alternative": other}
    after = "terminal" if conventions.recursive else "recursive"
    yield "after a collapse", after, {"conventions.after_collapse": after}


def _of_talks(scenario: Scenario) -> Iterator[tuple[str, str, dict[str, Any]]]:
    talks, conventions = scenario.talks, scenario.conventions
    for n in range(1, len(scenario.order)):
        order = (*scenario.order[n:], *scenario.order[:n])
        yield "who opens", order[0], {"talks.order": list(order)}
    if any(line.begins for actor in scenario.actors.values() for line in actor.red_lines.values()):
        for reading in ("any step", "whole claim"):
            if reading != conventions.red_line:
                yield "where red lines begin", reading, {"conventions.red_line": reading}
    scale = "negmas" if conventions.time_scale == "rounds" else "rounds"
    if talks.protocol == "alternating-offers":
        words = "(s+1)/(n+1)" if scale == "negmas" else "s/(n-1)"
        yield "time scale of concession", words, {"conventions.time_scale": scale}
        for rule in ("own-curve", "ac-combi"):
            if talks.strategies:
                yield "acceptance rule", rule, _accepting(scenario, rule)
    for protocol in conventions.protocols:
        if protocol != talks.protocol:
            yield "protocol", protocol, {"talks.protocol": protocol, "talks.settings": {}}


def _accepting(scenario: Scenario, rule: str) -> dict[str, Any]:
    """Everybody accepts by this rule; settings that only the old rule has would be refused, so they go with it."""
    changed: dict[str, Any] = {}
    for name, strategy in scenario.talks.strategies.items():
        changed[f"talks.strategies.{name}.acceptance"] = rule
        others = (ASPIRATIONS[strategy.aspiration], OFFERINGS[strategy.offering], ACCEPTANCES[rule])
        kept = {item for kind in others for item in settings_of(kind)}
        gone = {*settings_of(ACCEPTANCES[strategy.acceptance])} - kept
        if gone & set(strategy.settings):
            rest = {key: found.model_dump() for key, found in strategy.settings.items() if key not in gone}
            changed[f"talks.strategies.{name}.settings"] = rest
    return changed
