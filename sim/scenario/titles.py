"""What people call actors, issues and numbers: their titles, in the words of the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.scenario.scenario import Scenario

_FIELDS: Final[Mapping[str, str]] = {
    "patience": "patience",
    "power": "strength in war",
    "war_cost": "cost of war",
    "power_shift": "what it gains from a pause",
    "collapse_damage": "damage from a broken deal",
    "posture": "how much its demands are posture",
    "reservation": "worth of no deal",
    "own_value": "least it can live with",
    "credibility.base": "trust in promises",
    "credibility.enforcement": "trust that enforcement adds",
    "beliefs.base": "believed risk that a bare deal breaks",
    "beliefs.enforcement": "believed effect of enforcement",
    "beliefs.resolved": "believed effect of settling root causes",
}
_TRUE_HAZARD: Final[Mapping[str, str]] = {
    "base": "True risk that a bare deal breaks",
    "enforcement": "True effect of enforcement",
    "resolved": "True effect of settling root causes",
}
_TALKS: Final[Mapping[str, str]] = {
    "decisive_chance": "Chance that arms decide",
    "rearmament_speed": "Speed of rearmament",
}
_LINE: Final[Mapping[str, str]] = {
    "begins": "where its red line on {0} begins",
    "firmness": "how firm its red line on {0} is",
    "cost": "cost of crossing its red line on {0}",
}


def actor_title(scenario: Scenario, name: str) -> str:
    """What people call an actor."""
    actor = scenario.actors.get(name)
    return (actor.title if actor is not None else "") or name


def issue_title(scenario: Scenario, name: str) -> str:
    """What people call an issue."""
    issue = scenario.issues.get(name)
    return (issue.title if issue is not None else "") or name


def number_title(scenario: Scenario, path: str) -> str:
    """Say what the number at a path is.

    Example:
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}, "title": "Alice"}
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"alice": actor, "bob": actor})
        >>> number_title(toy, "alice.patience")
        'Alice: patience'
    """
    first, _, rest = path.partition(".")
    if first in scenario.actors:
        return f"{actor_title(scenario, first)}: {_of_actor(scenario, rest)}"
    if first == "true_hazard":
        return _TRUE_HAZARD.get(rest, path)
    if first == "talks":
        return _of_talks(scenario, rest)
    if first == "observations":
        return f"Chance of a bluff: {rest.rpartition('.')[0].replace('_', ' ')}"
    return _of_issue(scenario, rest) if first == "issues" else path


def _of_actor(scenario: Scenario, rest: str) -> str:
    if rest in _FIELDS:
        return _FIELDS[rest]
    field, _, name = rest.partition(".")
    if field == "salience":
        return f'weight of "{issue_title(scenario, name)}"'
    if field in {"position", "shape"}:
        words = {"position": "demand on", "shape": "how fast it loses patience with steps on"}[field]
        return f'{words} "{issue_title(scenario, name)}"'
    label, _, part = name.partition(".")
    if field == "red_lines" and part in _LINE:
        return _LINE[part].format(label.replace("_", " "))
    if field == "pressure":
        target = actor_title(scenario, label)
        return f"pressure on {target}" if part == "strength" else f"cost of pressing {target}"
    return rest.replace("_", " ")


def _of_issue(scenario: Scenario, rest: str) -> str:
    name, _, field = rest.partition(".")
    title = issue_title(scenario, name)
    if field == "time_to_settle":
        return f"Time to settle: {title}"
    if field.startswith("follow_on."):
        return f'Chance that "{field.removeprefix("follow_on.")}" succeeds'
    return f"{title}: {field.replace('_', ' ')}"


def _of_talks(scenario: Scenario, rest: str) -> str:
    if rest in _TALKS:
        return _TALKS[rest]
    if rest.startswith("strategies."):
        _, name, *keys = rest.split(".")
        word = "how late it gives way" if keys[-1] == "exponent" else keys[-1].replace("_", " ")
        return f"{actor_title(scenario, name)}: {word} ({'.'.join(keys[1:] or keys)})"
    return rest.replace("_", " ")
