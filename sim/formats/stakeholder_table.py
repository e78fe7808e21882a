"""Position, salience and capability of stakeholders, as the files of that trade hold them, to and from scenarios."""

from __future__ import annotations

import math
import re
import textwrap
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.formats.toml_text import identifiers, toml_key, toml_line, toml_number, toml_string
from sim.scenario import Draws, Issue, Quantity, Scenario, draw

#: A grid on which all issues together make no more deals than this is played in seconds.
_DEALS: Final = 20_000
#: How many points an issue may get, the finest first; coarser ones are contained in finer ones as far as can be.
_POINTS: Final = (101, 51, 26, 21, 11, 6, 5, 4, 3, 2)


@dataclass(frozen=True)
class StakeholderIssue:
    """A scale that stakeholders have positions on.

    name:      what people call it
    low, high: ends of the scale
    """

    name: str
    low: float = 0.0
    high: float = 100.0


@dataclass(frozen=True)
class Stakeholder:
    """One row of a table.

    name:        short name
    description: what people call him; the name where the file says nothing
    capability:  what he can bring to bear, 0 or more, in any unit
    position:    per issue, on its scale; ``None`` where he takes no position
    salience:    per issue, 0 to the scale of the table; ``None`` where he takes no position
    """

    name: str
    description: str
    capability: float
    position: tuple[float | None, ...]
    salience: tuple[float | None, ...]


@dataclass(frozen=True)
class StakeholderTable:
    """Stakeholders and the issues they care about.

    title:    one line
    about:    what the file says of itself besides; may be empty
    issues:   the scales
    actors:   the rows
    of:       the number that full salience is: 100 or 1
    meaning:  what a salience means in the file, in sentences
    notes:    what was not in the file, or cannot be held
    """

    title: str
    about: str
    issues: tuple[StakeholderIssue, ...]
    actors: tuple[Stakeholder, ...]
    of: float
    meaning: str = ""
    notes: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """How many points each issue gets so that all deals together can be played."""
        return next(points for points in _POINTS if points == 2 or points ** len(self.issues) <= _DEALS)

    def scaled(self, of: float) -> StakeholderTable:
        """The same with saliences on another scale."""
        actors = tuple(
            replace(actor, salience=tuple(None if one is None else one * of / self.of for one in actor.salience))
            for actor in self.actors
        )
        return self if of == self.of else replace(self, of=of, actors=actors)


def scenario_text(table: StakeholderTable, seed: str, source: str) -> str:
    """A scenario file that says what a table says, and what had to be assumed besides.

    Args:
        source: the file and its format, for the reader
    """
    issues = identifiers([issue.name for issue in table.issues], "issue")
    actors = identifiers([actor.name for actor in table.actors], "actor")
    points = table.points
    lines = [
        "#:schema ../scenario.schema.json",
        "#",
        f"# Imported from {toml_line(source)}.",
        *(f"# {toml_line(line)}" for line in textwrap.wrap(table.meaning, 110)),
        "",
        f"title = {toml_string(table.title or 'imported')}",
        f"question = {toml_string(table.about or 'Where do they settle?')}",
        f"seed = {toml_string(seed)}",
        f"default_assumed = {toml_string(f'as the authors of {source} coded it')}",
    ]
    for key, issue in zip(issues, table.issues, strict=True):
        lines += [
            "",
            f"[issues.{toml_key(key)}]",
            *([f"title = {toml_string(issue.name)}"] if issue.name != key else []),
            'kind = "numeric"',
            f"low = {toml_number(issue.low)}",
            f"high = {toml_number(issue.high)}",
            f"points = {points}",
            f"status_quo = {toml_number(issue.low)}    # not in the file; what no deal is worth is in `reservation`",
        ]
    for key, actor in zip(actors, table.actors, strict=True):
        title = _title(actor, key, table)
        lines += [
            "",
            f"[actors.{toml_key(key)}]",
            *([f"title = {toml_string(title)}"] if title != key else []),
            'patience = { value = 0.95, unit = "per year", assumed = "not in the file" }',
            'reservation = { value = 0, assumed = "not in the file: no deal is the worst for everybody" }',
        ]
        for issue_key, position, salience in zip(issues, actor.position, actor.salience, strict=True):
            if position is not None:
                lines.append(f"position.{toml_key(issue_key)} = {{ value = {toml_number(position)} }}")
            if salience is not None:
                weight = f"{{ value = {toml_number(salience)}, unit = {toml_string(f'of {table.of:g}')} }}"
                lines.append(f"salience.{toml_key(issue_key)} = {weight}")
    return "\n".join([*lines, *_talks(table, actors)]) + "\n"


def _talks(table: StakeholderTable, actors: list[str]) -> list[str]:
    """Talks of a year, in which capability is votes and more than half of them decide."""
    heads = ["", "[no_deal]", 'model = "reservation"']
    heads += ["", "[talks]", 'round = "1 month"', 'rounds = "1 year"', 'horizon = "1 year"']
    votes = [(key, actor.capability) for key, actor in zip(actors, table.actors, strict=True)]
    caring = [actor.capability for actor in table.actors if any(actor.salience)]
    if sum(caring) <= 0:
        return heads
    weights = ", ".join(f"{toml_key(key)} = {toml_number(weight)}" for key, weight in votes)
    return [
        *heads,
        "",
        "[talks.sign]                # capability is votes; a deal needs more than half of them",
        'rule = "weighted"',
        f"weights = {{ {weights} }}",
        f"quota = {sum(caring) * 0.500001:.12g}",
    ]


def _title(actor: Stakeholder, key: str, table: StakeholderTable) -> str:
    """What people are told: the description, with the short name where that is needed to tell two apart."""
    if actor.description == actor.name:
        return actor.name
    same = sum(other.description == actor.description for other in table.actors) > 1
    unclear = same or _is_name(actor.description, key) or actor.description.endswith(f" ({key})")
    return f"{actor.description} ({key})" if unclear else actor.description


def _is_name(title: str, key: str) -> bool:
    """Whether a key was made of a title, rather than standing beside a description."""
    base = identifiers([title], "actor")[0]
    return not title or key == base or re.fullmatch(rf"{re.escape(base)}_\d+", key) is not None


def _named(key: str, title: str) -> tuple[str, str]:
    """Short name and description of an actor that the scenario calls so; the way back from ``_title``."""
    if title.endswith(f" ({key})"):
        return key, title.removesuffix(f" ({key})")
    if _is_name(title, key):
        return title or key, title or key
    return key, title


def table_of(scenario: Scenario) -> StakeholderTable:
    """What a table of stakeholders can hold of a scenario; its notes list the rest."""
    notes: list[str] = []
    names = [name for name, issue in scenario.issues.items() if issue.kind != "categorical"]
    unheld = [name for name in scenario.issues if name not in names]
    if unheld:
        notes.append(f"issues without an order ({', '.join(unheld)}) have no positions")
    parties = {name: actor for name, actor in scenario.actors.items() if actor.role == "party"}
    if len(parties) < len(scenario.actors):
        notes.append(f"{', '.join(name for name in scenario.actors if name not in parties)}: only parties are rows")
    of = 100.0 if _has_unit(scenario, 100) else 1.0
    central = draw(scenario, np.zeros(1, int), central=True)
    actors = []
    for name, actor in parties.items():
        short, description = _named(name, actor.title)
        position, salience = [], []
        for issue_name in names:
            issue = scenario.issues[issue_name]
            found = actor.position.get(issue_name)
            path = f"{name}.position.{issue_name}"
            position.append(None if found is None else _on_scale(issue, found, central[path][0]))
            salience.append(_salience(scenario, central, name, issue_name, of) if found is not None else None)
            if issue_name in actor.values:
                notes.append(f"{name} values the levels of {issue_name} one by one, which is no position")
        actors.append(Stakeholder(short, description, _capability(scenario, name), tuple(position), tuple(salience)))
    if not any(_has_unit(scenario, number) for number in (1, 100)):
        notes.append("saliences are told as shares of each actor's weights, which a scenario leaves open")
    notes += _unheld(scenario)
    issues = tuple(
        StakeholderIssue(scenario.issues[name].title or name, *_ends(scenario.issues[name])) for name in names
    )
    return StakeholderTable(scenario.title, scenario.question, issues, tuple(actors), of, notes=tuple(notes))


def _has_unit(scenario: Scenario, number: float) -> bool:
    return any(one.unit == f"of {number:g}" for actor in scenario.actors.values() for one in actor.salience.values())


def _salience(scenario: Scenario, central: Draws, name: str, issue: str, of: float) -> float:
    found = scenario.actors[name].salience
    if issue not in found:
        return 0.0
    amount = float(central[f"{name}.salience.{issue}"][0])
    if found[issue].unit == f"of {of:g}":
        return amount
    total = sum(float(central[f"{name}.salience.{other}"][0]) for other in found)
    return amount / total * of if total > 0 else 0.0


def _ends(issue: Issue) -> tuple[float, float]:
    """Ends of an issue's own scale of numbers; of one without numbers, of the count of its levels."""
    if issue.kind == "numeric":
        return float(issue.low or 0), float(issue.high or 0)
    return (float(issue.at[0]), float(issue.at[-1])) if issue.at else (0.0, len(issue.levels) - 1.0)


def _on_scale(issue: Issue, found: Quantity, place: float) -> float:
    """A position on the issue's own numbers: as it is written, or from its place between the ends."""
    if isinstance(found.value, int | float) and not found.mirrors:
        return float(found.value)
    low, high = _ends(issue)
    return float(low + place * (high - low))


def _capability(scenario: Scenario, name: str) -> float:
    """Votes where they are counted, else power, else one for each."""
    own = scenario.actors[name].capability
    if own is not None:
        return float(own.value)
    if name in scenario.talks.sign.weights:
        return scenario.talks.sign.weights[name]
    power = scenario.actors[name].power
    return 1.0 if power is None else float(power.value)


def _unheld(scenario: Scenario) -> list[str]:
    """What of a scenario no such table holds, as far as the scenario has it."""
    numbers = scenario.numbers.values()
    ranges = any(number.quantity.spread for number in numbers)
    claims = any(number.quantity.claims for number in numbers)
    red_lines = any(actor.red_lines for actor in scenario.actors.values())
    said = {
        "ranges: only central values are rows": ranges,
        "claims that numbers rest on": claims,
        "red lines": red_lines,
        "observations": bool(scenario.observations),
        "levers": bool(scenario.levers),
        "kinds of deal": bool(scenario.kinds),
        "titles of levels between the ends": any(issue.kind == "ordered" for issue in scenario.issues.values()),
        "the talks: protocol, strategies, rounds, and what no deal is worth": True,
    }
    return [words for words, there in said.items() if there]


def fitting_scale(positions: list[float]) -> tuple[float, float]:
    """Ends of the scale that positions of a file without one are read on: 0 to 1, 0 to 100, or from least to most.

    Example:
        >>> fitting_scale([0.2, 1]), fitting_scale([20, 55]), fitting_scale([-3, 8]), fitting_scale([2000, 2000])
        ((0.0, 1.0), (0.0, 100.0), (-3.0, 8.0), (2000.0, 2001.0))
    """
    low, high = float(min(positions, default=0.0)), float(max(positions, default=1.0))
    if low >= 0 and high <= 100:
        return 0.0, 1.0 if high <= 1 else 100.0
    return low, high if high > low else math.nextafter(low, math.inf) if low + 1 == low else low + 1
