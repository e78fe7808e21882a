"""Choices the literature leaves open, and the usual alternatives to what a scenario chose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sim.foundations import settings_of
from sim.foundations.duration import years
from sim.scenario import Scenario
from sim.scenario.kinds import models_war
from sim.strategies import ACCEPTANCES, ASPIRATIONS, OFFERINGS

#: Years of talks where those who know of no deadline are given one.
_DEADLINE: Final = 2.0


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
    lengths = [(talks.talk_rounds // 2, "half as long")]
    if not (models_war(scenario) and talks.talk_rounds * 2 > talks.horizon_rounds):  # the story would end later too
        lengths.append((talks.talk_rounds * 2, "twice as long"))
    for count, word in lengths:
        rounds = max(1, count)  # the story may not end before the talks do
        changed = {  # as time, so that rounds may have another length
            "talks.rounds": f"{rounds * talks.round_years:.9f} years",
            "talks.horizon": f"{max(rounds, talks.horizon_rounds) * talks.round_years:.9f} years",
        }
        yield "length of the talks", word, changed


def _of_war(scenario: Scenario) -> Iterator[tuple[str, str, dict[str, Any]]]:
    talks, conventions = scenario.talks, scenario.conventions
    if talks.decisive_chance is not None:
        yield "arms may decide", "never", {"talks.decisive_chance": 0.0}
    other = "talks" if conventions.alternative == "war" else "war"
    if talks.reopening is None:  # where talks reopen, a refusal cannot fall back on talks besides
        word = "no deal" if other == "war" and not models_war(scenario) else other
        yield "fallback of a refusal", word, {"conventions.alternative": other}
    else:
        shut = {"talks.reopening.chance": 0.0}
        if talks.reopening.after_failure is not None:
            shut["talks.reopening.after_failure"] = 0.0
        yield "after a collapse", "nobody talks again", shut
        return
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
    if talks.protocol == "alternating-offers":
        yield _of_concession(scenario)
        for rule in ("own-curve", "ac-combi"):
            if talks.strategies:
                yield "acceptance rule", rule, _accepting(scenario, rule)
    for protocol in conventions.protocols:
        if protocol != talks.protocol:
            yield "protocol", protocol, {"talks.protocol": protocol, "talks.settings": {}}


def _of_concession(scenario: Scenario) -> tuple[str, str, dict[str, Any]]:
    """The other clock: a deadline where nobody knows of one, else another reading of when it is reached."""
    if _no_deadline(scenario):
        return "clock of concession", "deadline", _by_the_deadline(scenario)
    scale = "negmas" if scenario.conventions.time_scale == "rounds" else "rounds"
    return "time scale of concession", scale, {"conventions.time_scale": scale}


def _no_deadline(scenario: Scenario) -> bool:
    """Whether everybody concedes by the time that has passed, so that a deadline means nothing."""
    found = scenario.talks.strategies
    return bool(found) and all(one.aspiration == "elapsed-time" and not one.mixture for one in found.values())


def _by_the_deadline(scenario: Scenario) -> dict[str, Any]:
    """Everybody concedes in equal steps until a deadline, in two years at the latest."""
    clock = {f"talks.strategies.{name}.aspiration": "time-dependent" for name in scenario.talks.strategies}
    length = min(_DEADLINE, scenario.talks.talk_rounds * scenario.talks.round_years)
    return pruned(scenario, {**clock, "talks.rounds": f"{length:.9f} years"})


def _accepting(scenario: Scenario, rule: str) -> dict[str, Any]:
    """Everybody accepts by this rule."""
    return pruned(scenario, {f"talks.strategies.{name}.acceptance": rule for name in scenario.talks.strategies})


def pruned(scenario: Scenario, changes: dict[str, Any]) -> dict[str, Any]:
    """Add to changes of strategies that settings go which no rule has any more: they would be refused."""
    found = dict(changes)
    for name, strategy in scenario.talks.strategies.items():
        place = f"talks.strategies.{name}"
        old = (strategy.aspiration, strategy.offering, strategy.acceptance)
        parts = ("aspiration", "offering", "acceptance")
        new = tuple(str(changes.get(f"{place}.{part}", was)) for part, was in zip(parts, old, strict=True))
        gone = _settings(*old) - _settings(*new)
        if gone & set(strategy.settings):
            rest = {key: setting.model_dump() for key, setting in strategy.settings.items() if key not in gone}
            found[f"{place}.settings"] = rest
    return found


def _settings(aspiration: str, offering: str, acceptance: str) -> set[str]:
    """Settings that some part of a strategy has."""
    kinds = (ASPIRATIONS[aspiration], OFFERINGS[offering], ACCEPTANCES[acceptance])
    return {item for kind in kinds for item in settings_of(kind)}
