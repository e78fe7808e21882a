"""Issues and additive utilities, as the files of automated negotiation hold them, to and from scenarios."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.formats.toml_text import identifiers, toml_key, toml_line, toml_number, toml_string, toml_strings
from sim.foundations import Floats
from sim.scenario import Draws, Scenario, draw
from sim.scenario.kinds import no_deal_model
from sim.scenario.number_grid import NumberGrid
from sim.table.preferences import Preferences

#: A file that offers more numbers than this on an issue is held on as many points.
MOST_POINTS: Final = 1001
_SAME: Final = 1e-12


@dataclass(frozen=True)
class DomainIssue:
    """An issue of a domain.

    name:    what the file calls it
    levels:  names of its levels; of a numeric issue its numbers, written out
    numbers: lowest, highest and how many, of a numeric issue; ``None`` for names
    """

    name: str
    levels: tuple[str, ...]
    numbers: tuple[float, float, int] | None = None

    @classmethod
    def of_numbers(cls, name: str, low: float, high: float, points: int) -> DomainIssue:
        """Equally spaced numbers."""
        return cls(name, NumberGrid(low, high, points).keys, (low, high, points))


@dataclass(frozen=True)
class UtilityProfile:
    """What one side wants: u(deal) = offset + sum over issues of weight times value of the level.

    name:        what the file calls the side
    weights:     (I,) weight of each issue
    values:      per issue, the value of each level
    reservation: utility of no deal; ``None`` where the file does not say
    discount:    what a utility at the deadline is worth at the start, 0..1; ``None`` where there is no discount
    offset:      utility added to that of every deal
    """

    name: str
    weights: tuple[float, ...]
    values: tuple[tuple[float, ...], ...]
    reservation: float | None = None
    discount: float | None = None
    offset: float = 0.0

    def fitted(self) -> tuple[UtilityProfile, bool]:
        """The same preferences with weights that sum to 1 and values from 0 to 1, and whether they had to be changed.

        Example:
            >>> plain = UtilityProfile("a", (0.5, 0.5), ((0.0, 1.0), (0.4, 0.6)), 0.2)
            >>> plain.fitted() == (plain, False)
            True
            >>> wide = UtilityProfile("a", (2.0, 1.0), ((0.0, 10.0), (5.0, -15.0)), 10.0).fitted()[0]
            >>> wide.weights, wide.values, wide.reservation
            ((0.5, 0.5), ((0.0, 1.0), (1.0, 0.0)), 0.625)
        """
        parts = [tuple(weight * value for value in row) for weight, row in zip(self.weights, self.values, strict=True)]
        within = all(0 <= value <= 1 for row in self.values for value in row) and min(self.weights, default=0) >= 0
        if within and self.offset == 0:
            weights, values, least = self.weights, self.values, 0.0
        else:
            weights = tuple(max(row) - min(row) for row in parts)
            values = tuple(
                tuple((part - min(row)) / size if size > 0 else 0.0 for part in row)
                for row, size in zip(parts, weights, strict=True)
            )
            least = self.offset + sum(min(row) for row in parts)
        total = sum(weights)
        if total <= 0:
            return replace(self, values=values, weights=weights, offset=0.0, reservation=0.0), True
        if within and self.offset == 0 and math.isclose(total, 1, rel_tol=1e-9):
            return self, False
        worth = None if self.reservation is None else (self.reservation - least) / total
        return (
            replace(self, weights=tuple(w / total for w in weights), values=values, reservation=worth, offset=0.0),
            True,
        )


@dataclass(frozen=True)
class UtilityDomain:
    """A domain with the preferences of two sides or more.

    notes: what was not in the files, or cannot be held
    """

    name: str
    issues: tuple[DomainIssue, ...]
    profiles: tuple[UtilityProfile, ...]
    notes: tuple[str, ...] = ()

    @property
    def deals(self) -> int:
        """How many deals there are."""
        return math.prod(len(issue.levels) for issue in self.issues)


def domain_scenario_text(domain: UtilityDomain, seed: str, source: str) -> tuple[str, list[str]]:
    """A scenario file that says what a domain says, and notes on what it cannot say.

    Talks last a year, so that a discount over the whole of them is the patience per year.
    """
    notes: list[str] = []
    issues = identifiers([issue.name for issue in domain.issues], "issue")
    actors = identifiers([profile.name for profile in domain.profiles], "actor")
    lines = [
        "#:schema ../scenario.schema.json",
        "#",
        f"# Imported from {toml_line(source)}.",
        "",
        f"title = {toml_string(domain.name or 'imported')}",
        f"seed = {toml_string(seed)}",
        f"default_assumed = {toml_string(f'as {source} has it')}",
    ]
    for key, issue in zip(issues, domain.issues, strict=True):
        lines += ["", f"[issues.{toml_key(key)}]"]
        lines += [f"title = {toml_string(issue.name)}"] if issue.name != key else []
        if issue.numbers is not None:
            low, high, points = issue.numbers
            lines += ['kind = "numeric"', f"low = {toml_number(low)}", f"high = {toml_number(high)}"]
            lines += [f"points = {points}", f"status_quo = {toml_number(low)}    # not in the file"]
        else:
            lines += ['kind = "categorical"', f"levels = {toml_strings(issue.levels)}"]
            lines += [f"status_quo = {toml_string(issue.levels[0])}    # not in the file"]
    for key, profile in zip(actors, domain.profiles, strict=True):
        lines += _actor(key, profile, domain, issues, notes)
    lines += ["", "[no_deal]", 'model = "reservation"']
    lines += ["", "[talks]", 'round = "1 month"', 'rounds = "1 year"', 'horizon = "1 year"']
    return "\n".join(lines) + "\n", notes


def _actor(key: str, profile: UtilityProfile, domain: UtilityDomain, issues: list[str], notes: list[str]) -> list[str]:
    fitted, changed = profile.fitted()
    if changed:
        notes.append(f"utilities of {profile.name} are told from 0 to 1, the weights as shares")
    worth = 0.0 if fitted.reservation is None else min(1.0, max(0.0, fitted.reservation))
    if fitted.reservation is not None and not math.isclose(worth, fitted.reservation, abs_tol=1e-9):
        side = "below" if fitted.reservation < 0 else "above"
        notes.append(f"the reservation value of {profile.name} lies {side} that of every deal; it is held as {worth:g}")
    assumed = ', assumed = "not in the file"' if fitted.reservation is None else ""
    patience = "1" if profile.discount is None else toml_number(profile.discount)
    lines = ["", f"[actors.{toml_key(key)}]"]
    lines += [f"title = {toml_string(profile.name)}"] if profile.name != key else []
    lines += [
        f'patience = {{ value = {patience}, unit = "per year" }}',
        f"reservation = {{ value = {toml_number(worth)}{assumed} }}",
    ]
    for issue_key, issue, weight, values in zip(issues, domain.issues, fitted.weights, fitted.values, strict=True):
        name = toml_key(issue_key)
        lines.append(f"salience.{name} = {{ value = {toml_number(weight)} }}")
        end = _straight(values) if issue.numbers is not None else None
        if issue.numbers is not None and end is not None:
            lines.append(f"position.{name} = {{ value = {toml_number(issue.numbers[end])} }}")
            continue
        for level, value in zip(issue.levels, values, strict=True):
            lines.append(f"values.{name}.{toml_string(level)} = {{ value = {toml_number(value)} }}")
    return lines


def _straight(values: tuple[float, ...]) -> int | None:
    """The end (0 low, 1 high) that is best where values run straight from 0 to 1 or back; else ``None``."""
    up = np.linspace(0, 1, len(values))
    for end, line in ((1, up), (0, up[::-1])):
        if np.allclose(values, line, rtol=0, atol=_SAME):
            return end
    return None


def straight_line(values: tuple[float, ...]) -> bool:
    """Whether values lie on a straight line over equally spaced levels."""
    return bool(np.allclose(values, np.linspace(values[0], values[-1], len(values)), rtol=0, atol=_SAME))


def domain_of(scenario: Scenario) -> UtilityDomain:
    """What a domain with additive utilities can hold of a scenario, at its central values; notes list the rest."""
    central = draw(scenario, np.zeros(1, int), central=True)
    found = Preferences.of(scenario, central)
    notes: list[str] = []
    parties = [name for name, actor in scenario.actors.items() if actor.role == "party"]
    if len(parties) < len(scenario.actors):
        notes.append(
            f"{', '.join(name for name in scenario.actors if name not in parties)}: only parties have profiles"
        )
    war = no_deal_model(scenario) != "reservation"
    profiles = tuple(_profile(scenario, central, found, name, war=war) for name in parties)
    notes += _unheld(scenario, war=war)
    issues = []
    for name, issue in scenario.issues.items():
        levels = tuple(issue.keys[index] for index in issue.offered)
        whole = issue.kind == "numeric" and len(levels) == issue.points
        numbers = (float(issue.low or 0), float(issue.high or 0), len(levels)) if whole else None
        issues.append(DomainIssue(issue.title or name, levels, numbers))
    return UtilityDomain(scenario.title, tuple(issues), profiles, tuple(notes))


def _profile(scenario: Scenario, central: Draws, found: Preferences, name: str, *, war: bool) -> UtilityProfile:
    actor, at = scenario.actors[name], list(scenario.actors).index(name)
    reservation = None if war or actor.reservation is None else float(central[f"{name}.reservation"][0])
    years = scenario.talks.talk_rounds * scenario.talks.round_years
    patience = float(central[f"{name}.patience"][0])
    weights: Floats = found.weight[0, at]
    values = tuple(
        tuple(float(value) for value in found.value[i][0, at][list(issue.offered)])
        for i, issue in enumerate(scenario.issues.values())
    )
    return UtilityProfile(
        name=actor.title or name,
        weights=tuple(float(weight) for weight in weights),
        values=values,
        reservation=reservation,
        discount=None if patience == 1 else patience ** round(years, 9),
    )


def _unheld(scenario: Scenario, *, war: bool) -> list[str]:
    """What of a scenario no such domain holds, as far as the scenario has it."""
    said = {
        "ranges: only central values are held": any(n.quantity.spread for n in scenario.numbers.values()),
        "claims that numbers rest on": any(n.quantity.claims for n in scenario.numbers.values()),
        "what no deal is worth: it follows from a model, not from a reservation value": war,
        "red lines": any(actor.red_lines for actor in scenario.actors.values()),
        "interaction of two issues (bonus)": any(actor.pairs for actor in scenario.actors.values()),
        "pressure of actors on each other": any(actor.pressure for actor in scenario.actors.values()),
        "the status quo": True,
        "who must sign": not scenario.talks.sign.everybody,
        "consent that levels need": any(issue.consents for issue in scenario.issues.values()),
        "observations": bool(scenario.observations),
        "levers": bool(scenario.levers),
        "kinds of deal": bool(scenario.kinds),
        "strategies and protocol": bool(scenario.talks.strategies) or bool(scenario.talks.settings),
    }
    return [words for words, there in said.items() if there]
