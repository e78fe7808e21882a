"""Names of numbers, terms, endings and deals as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sim.scenario import Scenario

#: Endings in a table.
ENDING_WORDS: Final[Mapping[str, str]] = {
    "truce": "a truce is in force",
    "partial": "a partial deal is in force",
    "settlement": "a settlement is in force",
    "stalemate": "stalemate: no deal came into force",
    "war": "war again: a deal was signed and broke",
}
#: Endings in a sentence.
ENDING_CLAUSES: Final[Mapping[str, str]] = {
    "truce": "there is a truce",
    "partial": "a partial deal is in force",
    "settlement": "the dispute is settled",
    "stalemate": "no deal came into force",
    "war": "a deal was signed and broke",
}
KIND_WORDS: Final[Mapping[str, str]] = {
    "truce": "a truce",
    "partial": "a partial deal",
    "settlement": "a settlement",
    "none": "nothing",
}

_TERMS: Final[Mapping[str, str]] = {
    "interaction of issues": "too little worth in two issues together",
    "soft red lines": "the price of going back on its own refusals",
    "cost of war saved": "too little pain from fighting on",
    "arms promise: root causes": "hope of getting the root causes by arms",
    "arms promise: other issues": "hope of getting the rest by arms",
    "worth of no deal": "what it has without a deal",
    "follow-on talks": "fear of where follow-on talks would lead",
    "waiting for a settlement": "hope of a settlement later",
    "collapse damage": "fear of what a broken deal would cost",
    "power shift": "fear that a pause shifts power against it",
    "pressure": "too little pressure",
}

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


def term_words(scenario: Scenario, term: str) -> str:
    """Say by which term of the inequality somebody refuses.

    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a", "title": "The border"}
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> term_words(toy, "x"), term_words(toy, "p.red_lines.x")
        ('too little on "The border"', 'hard red line on x')
    """
    if ".red_lines." in term:
        return f"hard red line on {term.rpartition('.red_lines.')[2].replace('_', ' ')}"
    if term in scenario.issues:
        return f'too little on "{issue_title(scenario, term)}"'
    return _TERMS.get(term, term)


def percent(share: float) -> str:
    """A share in words; what happens is never called 0 %, what fails somewhere never 100 %.

    Example:
        >>> percent(0.523), percent(0.001), percent(0.9999), percent(float("nan"))
        ('52%', 'under 1%', 'over 99%', '–')
    """
    if share != share:  # noqa: PLR0124 - not a number
        return "–"
    if 0 < share < 0.005:
        return "under 1%"
    if 0.995 < share < 1:
        return "over 99%"
    return f"{100 * share:.0f}%"


def with_error(share: float, error: float) -> str:
    """A share with the 95 % half-width of what chance in the draws may have done to it.

    Args:
        error: Monte Carlo standard error
    Example:
        >>> with_error(0.52, 0.011), with_error(0.0, 0.0)
        ('52% ± 2', '0%')
    """
    half = 1.96 * error
    if share != share or half != half or half == 0:  # noqa: PLR0124 - not a number
        return percent(share)
    return f"{percent(share)} ± {max(1, round(100 * half))}"


def points(change: float, error: float, digits: int = 1) -> str:
    """A change of a share in percentage points, with its 95 % half-width.

    Example:
        >>> points(0.031, 0.004), points(-0.2, 0.0), points(0.0, 0.0), points(0.031, 0.004, 0)
        ('+3.1 ± 0.8', '-20.0', '0.0', '+3 ± 1')
    """
    if change != change:  # noqa: PLR0124 - not a number
        return "–"
    text = f"{0:.{digits}f}" if round(100 * abs(change), digits) == 0 else f"{100 * change:+.{digits}f}"
    return f"{text} ± {196 * error:.{digits}f}" if error > 0 else text


def duration(years: float) -> str:
    """A length of time as people say it.

    Example:
        >>> duration(10.0), duration(0.5), duration(1 / 12), duration(0.02), duration(0.0)
        ('10 years', '6 months', '1 month', '1 week', 'no time')
    """
    for size, word in ((1.0, "year"), (1 / 12, "month"), (7 / 365.25, "week")):
        count = years / size
        if count >= 0.95 and (size < 1 or count >= 1.95 or abs(count - 1) < 0.05):
            shown = f"{count:.1f}".removesuffix(".0") if count < 10 and size == 1 else f"{count:.0f}"
            return f"{shown} {word}{'' if shown == '1' else 's'}"
    return "a few days" if years > 0 else "no time"
