"""What people call a number of a scenario, from its dotted path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from sim.scenario.scenario import Scenario
from sim.words.titles import (
    DAMAGE,
    actor_title,
    contingency_title,
    event_title,
    issue_title,
    level_title,
    line_title,
    observation_title,
)

#: Settings of strategies -> what people call them, where their own name would not do.
_SETTINGS: Final[Mapping[str, str]] = {
    "exponent": "how late it gives way",
    "speed": "how fast it gives way",
    "kappa": "what it gives away with its first offer",
    "least": "what it never goes below",
    "lag": "how many offers back it answers",
    "window": "over how many offers it looks back",
    "spread": "how much chance there is in its answers",
    "after": "share of the talks after which it is content with less",
    "mark": "worth from which it takes any offer",
    "factor": "times what an offer must be worth to be taken",
    "gap": "what an offer must be worth more to be taken",
    "slack": "how far from its demand it may offer",
    "band": "how far from its demand it looks for an offer",
}

_FIELDS: Final[Mapping[str, str]] = {
    "patience": "patience",
    "power": "strength in war",
    "war_cost": "cost of war",
    "power_shift": "power it gains in a pause",
    "collapse_damage": DAMAGE,
    "posture": "how much its demands are posture",
    "reservation": "worth of no deal",
    "capability": "what it can bring to bear",
    "own_value": "least it can live with",
    "audience.promise": "what it has promised at home",
    "audience.slope": "cost of falling short of that promise",
    "credibility.base": "trust in promises",
    "credibility.enforcement": "trust that enforcement adds",
    "beliefs.base": "believed risk that a bare deal breaks",
    "beliefs.enforcement": "believed effect of enforcement",
    "beliefs.resolved": "believed effect of settling root causes",
    "beliefs.shape": "believed change of that risk with age",
    "beliefs.fragile.chance": "believed chance that a bare deal is fragile",
    "beliefs.fragile.base": "believed risk that a fragile deal breaks",
    "beliefs.fragile.enforcement": "believed effect of enforcement on fragility",
    "beliefs.fragile.resolved": "believed effect of settling root causes on fragility",
    "beliefs.fragile.pressure": "believed effect of pressure on fragility",
    "beliefs.fragile.after_collapse": "what it learns from a collapse",
    "prevail_shift": "chance to prevail it gains in a pause",
    "optimism": "chance to prevail it believes in too much",
}
_TRUE_HAZARD: Final[Mapping[str, str]] = {
    "base": "True risk that a bare deal breaks",
    "enforcement": "True effect of enforcement",
    "resolved": "True effect of settling root causes",
    "shape": "True change of that risk with age",
    "fragile.chance": "True chance that a bare deal is fragile",
    "fragile.base": "True risk that a fragile deal breaks",
    "fragile.enforcement": "True effect of enforcement on fragility",
    "fragile.resolved": "True effect of settling root causes on fragility",
    "fragile.pressure": "True effect of pressure on fragility",
    "fragile.after_collapse": "True effect of a collapse on the next deal's fragility",
}
_TALKS: Final[Mapping[str, str]] = {
    "decisive_chance": "Chance that arms decide",
    "sign.objecting_costs": "Cost of objecting",
    "rearmament_speed": "Speed of rearmament",
    "battles.worth": "Battles that a belief about strength is worth",
    "reopening.chance": "Chance that talks reopen after a collapse",
    "reopening.lasts": "Length of talks before a broken deal is signed again",
    "reopening.after_failure": "Chance that talks reopen after they failed",
}
_AFTER_SIGNATURE: Final[Mapping[str, str]] = {
    "spoilers.trust": "Trust in those who sign",
    "spoilers.strength": "Chance that a trustworthy side prevents attacks for a year",
    "spoilers.laxity": "Chance that another side prevents attacks for a year",
    "spoilers.needed": "Trust without which an attack ends a deal",
    "breaking.temptation": "What breaking a deal first gains on average",
    "breaking.penalty": "Cost of breaking a deal first",
    "breaking.enforced": "Cost of breaking a deal first, for each step of enforcement",
}
_LINE: Final[Mapping[str, str]] = {
    "begins": "where its red line {0} begins",
    "firmness": "how firm its red line {0} is",
    "cost": "cost of crossing its red line {0}",
    "capability": "what it can bring to bear",
    "own_value": "least worth that its red line {0} asks for",
}
_ON_ISSUE: Final[Mapping[str, str]] = {
    "salience": "weight of {0}",
    "worth": "what {0} is worth in money",
    "position": "demand on {0}",
    "shape": "how fast it loses patience with steps on {0}",
}


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
        return f"{actor_title(scenario, first)}: {_of_actor(scenario, first, rest)}"
    if first == "observations":
        return f"Chance of a bluff: {observation_title(rest.rpartition('.')[0])}"
    return _SECTIONS[first](scenario, rest) if first in _SECTIONS else path


def _of_true_hazard(scenario: Scenario, rest: str) -> str:
    found = scenario.true_hazard
    if rest == "base" and found is not None and found.fragile is not None:
        return "True risk that a deal that holds breaks"
    return _TRUE_HAZARD.get(rest, f"true_hazard.{rest}")


def _of_no_deal(scenario: Scenario, rest: str) -> str:
    if rest == "chance":
        return "Chance that somebody else gets the deal"
    field, _, actor = rest.partition(".")
    what = {"worth": "worth of the end without a deal", "drift": "what a year without a deal adds"}
    return f"{actor_title(scenario, actor)}: {what.get(field, field)}"


def _of_cheating(scenario: Scenario, rest: str) -> str:
    name, _, field = rest.partition(".")
    who = actor_title(scenario, name)
    first, _, level = field.partition(".")
    if first == "found_by":
        issue, _, level = level.partition(".")
        return f"Chance a year that {who} is found out by {issue_title(scenario, issue)}: {level}"
    told = {
        "far": f"How far {who} goes back on a deal in secret",
        "detection": f"Chance a year that {who} is found out in any case",
        "delay": f"Years until {who} can be found out",
        "penalty": f"What {who} loses once found out",
    }
    return told.get(first, rest)


def _of_event(scenario: Scenario, rest: str) -> str:
    name, _, field = rest.partition(".")
    title = event_title(scenario, name)
    if field in {"chance", "breaks"}:
        return f"Chance that {title} {'comes' if field == 'chance' else 'breaks a deal'}"
    kind, _, path = field.partition(".")
    return f"After {title}: {'more ' if kind == 'adds' else ''}{number_title(scenario, path)}"


def _of_contingency(scenario: Scenario, rest: str) -> str:
    name, _, field = rest.partition(".")
    said = f"chance that {contingency_title(scenario, name)}"
    actor = field.partition("believed.")[2]
    return f"{actor_title(scenario, actor)}: believed {said}" if actor else said[:1].upper() + said[1:]


def _of_actor(scenario: Scenario, actor: str, rest: str) -> str:
    if rest in _FIELDS:
        found = scenario.actors[actor].beliefs
        two = rest == "beliefs.base" and found is not None and found.fragile is not None
        return "believed risk that a deal that holds breaks" if two else _FIELDS[rest]
    field, _, name = rest.partition(".")
    if ".like." in rest:
        of, _, issue = rest.rpartition(".like.")
        return f'{_FIELDS.get(of, "worth of the deal")}: "{issue_title(scenario, issue)}" in that deal'
    label, _, part = name.partition(".")
    if field in {*_ON_ISSUE, "values", "bonus", "interactions"}:
        return _of_preferences(scenario, actor, rest)
    if field == "red_lines" and part in _LINE:
        return _LINE[part].format(line_title(scenario, actor, label))
    if field == "pressure":
        target = actor_title(scenario, label)
        return f"pressure on {target}" if part == "strength" else f"cost of pressing {target}"
    return rest.replace("_", " ")


def _of_preferences(scenario: Scenario, actor: str, rest: str) -> str:
    """What an issue or a level is worth, or what two issues are worth together.

    Example:
        >>> issue = {"levels": ["in", "out"], "status_quo": "out", "title": "Gas transit"}
        >>> actor = {"patience": {"value": 0.9}, "bonus": {"issues": ["gas", "oil"], "size": {"value": 0.1}}}
        >>> other = {"patience": {"value": 0.9}}
        >>> toy = Scenario(title="t", issues={"gas": issue, "oil": issue}, actors={"p": actor, "q": other})
        >>> _of_preferences(toy, "p", "values.gas.in")
        'worth of "in" on "Gas transit"'
        >>> _of_preferences(toy, "p", "bonus.size")
        'what "Gas transit" and "Gas transit" are worth more together'
    """
    field, _, name = rest.partition(".")
    if field in _ON_ISSUE:
        return _ON_ISSUE[field].format(f'"{issue_title(scenario, name)}"')
    if field == "values":
        issue, _, level = name.partition(".")
        return f'worth of "{level_title(scenario, issue, level)}" on "{issue_title(scenario, issue)}"'
    pair = scenario.actors[actor].pairs.get(rest.rpartition(".")[0])
    if pair is None:
        return rest.replace("_", " ")
    one, other = (f'"{issue_title(scenario, issue)}"' for issue in pair.issues)
    return f"what {one} and {other} are worth more together"


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
    if rest.startswith("reopening.meanwhile."):
        return f"Change in a year without a deal: {number_title(scenario, rest.removeprefix('reopening.meanwhile.'))}"
    if rest.startswith("strategies."):
        _, name, *keys = rest.split(".")
        return f"{actor_title(scenario, name)}: {_of_strategy(scenario, name, keys)}"
    return rest.replace("_", " ")


def _of_strategy(scenario: Scenario, actor: str, keys: list[str]) -> str:
    """What a setting of a strategy is, and of which tactic where several are mixed.

    Example:
        >>> _of_strategy(Scenario.model_construct(), "seller", ["settings", "exponent"])
        'how late it gives way'
    """
    word = _SETTINGS.get(keys[-1], keys[-1].replace("_", " "))
    if keys[0] != "mixture":
        return word
    tactic = scenario.talks.strategies[actor].mixture[int(keys[1])].aspiration.replace("-", " ")
    return f"weight of the tactic “{tactic}”" if keys[2:] == ["weight"] else f"{word} (tactic “{tactic}”)"


_SECTIONS: Final[Mapping[str, Callable[[Scenario, str], str]]] = {
    "true_hazard": _of_true_hazard,
    "after_signature": lambda _, rest: _AFTER_SIGNATURE.get(rest, f"after_signature.{rest}"),
    "talks": _of_talks,
    "no_deal": _of_no_deal,
    "events": _of_event,
    "cheating": _of_cheating,
    "contingencies": _of_contingency,
    "issues": _of_issue,
}
