"""Values and names of outcomes as people say them, and what the outcomes are called."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Final

from sim.report.case_words import CaseWords
from sim.words import (
    NOTHING,
    OutcomeWords,
    actor_title,
    capital,
    enumerated,
    event_title,
    issue_title,
    level_title,
    number_title,
    percent,
    quantity,
)

#: Outcome with a time -> its title.
_AT: Final = {
    "state": "How things stand after {0}",
    "in_force_by": "Whether a deal is in force within {0}",
    "held": "Whether a deal holds for {0}",
}
_TIME: Final = re.compile(r"(\d+(?:\.\d+)?)([ymwd])")
_UNITS: Final = {"y": "year", "m": "month", "w": "week", "d": "day"}
#: Outcome of an actor -> its title.
_OF_ACTORS: Final = {
    "surplus_share": "Part of the gain that goes to {0}",
    "waiting_share": "Part of the cost of waiting that {0} pays",
    "payoff": "What comes of it for {0}",
}
#: Outcome -> its title, where its name would not do.
_TITLES: Final = {
    "state": "How things stand at the end",
    "ending": "How the talks end",
    "signed": "Whether a deal is signed",
    "time": "Time until a deal is signed",
    "round": "Round in which a deal is signed",
    "held": "How long the first deal is in force",
    "signers": "Who signs",
    "left_out": "Who is left out",
    "declared": "What is signed first",
    "by": "Whose offer is accepted",
    "efficiency": "How much of the possible gain is found",
}


def value_words(case: CaseWords, of: str, value: float, *, typed: bool = False) -> str:
    """A number of an outcome as people say it: with its unit, as a length of time, or as a share.

    Args:
        typed: whether somebody wrote the number, so that it is not rounded to as many digits as the levels have
    """
    head, _, member = of.partition(".")
    if math.isnan(value):
        return NOTHING
    if head in {"terms", "terms_in_force"} and member in case.scenario.issues:
        issue = case.scenario.issues[member]
        return quantity(value if typed or value in issue.values else as_fine(value, issue.values), issue.unit)
    if head == "forecast" and (issue_name := member.rpartition(".")[2]) in case.scenario.issues:
        issue = case.scenario.issues[issue_name]
        if issue.kind == "numeric":
            return quantity(float(f"{value:.3g}"), issue.unit)
    if head in {"time", "held"}:
        length = value if head == "time" else value * case.scenario.talks.round_years
        return case.duration(length) if length > 0 else "no time at all"
    if head in {"surplus_share", "waiting_share", "efficiency"}:
        return percent(value)
    return f"{value + (head == 'round'):.3g}"  # rounds are counted from 1 for people


def as_fine(value: float, levels: Iterable[float]) -> float:
    """A number between levels, as a median may be, with as many digits as the levels have; else with four.

    Example:
        >>> as_fine(3_515_000, [3_500_000, 3_510_000, 3_520_000]), as_fine(0.51234, [0, 1 / 3, 2 / 3, 1])
        (3520000.0, 0.5123)
    """
    known = list(levels)
    for digits in range(-9, 5):
        if all(math.isclose(round(level, digits), level, rel_tol=1e-9, abs_tol=1e-12) for level in known):
            return float(round(value, digits))
    return float(f"{value:.4g}")


def name_words(case: CaseWords, of: str, name: str) -> str:
    """A name that an outcome can have, as people say it."""
    head, _, member = of.partition(".")
    groups = {"state": case.words.states, "ending": case.words.endings, "declared": case.words.declared}
    spoken: OutcomeWords | None = groups.get(head.partition("@")[0], {}).get(name)
    if spoken is not None:
        return spoken.noun
    if head in {"terms", "terms_in_force"}:
        return level_title(case.scenario, member, name)
    if name == "none":
        return "nobody"
    return enumerated([actor_title(case.scenario, part) for part in name.split(" + ")])


def time_words(time: str) -> str:
    """A length of time as names of outcomes have it, as people say it.

    Example:
        >>> time_words("18m"), time_words("1y"), time_words("soon")
        ('18 months', '1 year', 'soon')
    """
    found = _TIME.fullmatch(time)
    if found is None:
        return time
    unit = _UNITS[found[2]]
    return f"{found[1]} {unit}" if found[1] == "1" else f"{found[1]} {unit}s"


def quantity_title(case: CaseWords, of: str) -> str:
    """What people call an outcome that is no condition."""
    head, _, member = of.partition(".")
    if head in {"terms", "terms_in_force"} and member in case.scenario.issues:
        return issue_title(case.scenario, member)
    if member in case.scenario.actors and head in _OF_ACTORS:
        return _OF_ACTORS[head].format(actor_title(case.scenario, member))
    if head == "event" and member in case.scenario.events:
        return f"Whether {event_title(case.scenario, member)} comes first"
    if of in case.scenario.numbers:
        return number_title(case.scenario, of)
    name, _, when = of.partition("@")
    if when and name in _AT:
        return _AT[name].format(time_words(when))
    return _TITLES.get(of, capital(of.replace("_", " ")))
