"""A scenario: issues, actors, talks, observations, and every number in it by its path."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.actor import Actor, Durability
from sim.scenario.after_signature import AfterSignature
from sim.scenario.cheating import Cheating
from sim.scenario.contingency import Contingency
from sim.scenario.correlation import Correlation
from sim.scenario.drawn_option import DrawnOption
from sim.scenario.event import Event
from sim.scenario.headline import Headline, Package
from sim.scenario.issue import Issue
from sim.scenario.lever import Lever
from sim.scenario.limits import Forbidden, LimitedSum
from sim.scenario.no_deal import DealKind, NoDeal
from sim.scenario.observation import Observation
from sim.scenario.pooled import SourceReading
from sim.scenario.quantity import Quantity
from sim.scenario.talks import Conventions, Talks


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the scenario and where it stands.

    path:     dotted path by which users name it, e.g. ``russia.salience.nato``
    place:    keys in the file, e.g. ``("actors", "russia", "salience", "nato")``
    quantity: the number itself
    issue:    the issue on whose scale it is a place; ``None`` for plain numbers
    options:  names of the options of a setting that is drawn; its values are their places in this list
    """

    path: str
    place: tuple[str | int, ...]
    quantity: Quantity
    issue: str | None = None
    options: tuple[str, ...] = ()


#: Sections that hold numbers, beside issues and actors.
_SECTIONS: Final = (
    "talks", "no_deal", "true_hazard", "after_signature", "conventions", "observations", "events", "contingencies",
    "cheating",
)  # fmt: skip
_NUMBERS: Final = (DrawnOption, Quantity)
#: What may hold numbers.
_HOLDERS: Final = (*_NUMBERS, BaseModel, dict, tuple, list)


class Scenario(BaseModel):
    """A dispute, written down: one file, every number with its range and its evidence.

    Source: ours; issues, actors and talks name theirs, what they are worth ``sim.table``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    title: str = Field(description="one line that names the dispute")
    question: str = Field("", description="what the simulation is asked")
    evidence: str | tuple[str, ...] | None = Field(
        None,
        description="path of the evidence file, from this file, or a list of several: their claims are called "
        "FILE:NAME, or NAME where only one has it; those of an overlay come on top",
    )
    seed: str = Field("0", description="root of all random numbers")
    draws: int = Field(2000, ge=1, description="how many plausible worlds `sim run` draws")
    default_assumed: str = Field(
        "", description="reason that stands behind every number without claims, for textbook cases"
    )
    actors_table: str | None = Field(
        None,
        description="path of a table (CSV, XLSX) from this file: a row per actor, columns title, patience, "
        "reservation, capability, votes, ISSUE, ISSUE.low, ISSUE.high, ISSUE.claims, ISSUE.weight, ISSUE.red_line, "
        "ISSUE.LEVEL; what [actors] says wins",
    )
    scales: dict[str, SourceReading | dict[str, SourceReading]] = Field(
        default_factory=dict,
        description='words that numbers can be given as, e.g. high = "0.7..0.9"; or FIELD.WORD for one field, e.g. '
        'salience.high = "3"',
    )
    issues: dict[str, Issue] = Field(min_length=1, description="what the talks are about, by name")
    actors: dict[str, Actor] = Field(min_length=2, description="who is at the table or stands behind it, by name")
    talks: Talks = Field(default_factory=Talks)
    no_deal: NoDeal = Field(default_factory=NoDeal, description="what happens without a deal")
    kinds: dict[str, DealKind] = Field(
        default_factory=dict,
        description="kinds of deal told apart, the first that fits; without any, a war has truce, partial, settlement "
        "(by root causes), any other case one kind, deal",
    )
    forbid: tuple[Forbidden, ...] = Field(
        (),
        description="combinations that no deal may have: a list of tables { ISSUE = level, OTHER = level }, each with "
        "a level, a list or a range of levels; a deal that has one of them on every issue named is out",
    )
    sums: dict[str, LimitedSum] = Field(
        default_factory=dict, description="sums over issues that every deal must keep, by name: a budget, k of n"
    )
    true_hazard: Durability | None = Field(None, description="what really makes a deal last; the play draws from it")
    after_signature: AfterSignature = Field(
        default_factory=AfterSignature,
        description="what may become of a deal beside that: extremists who attack, sides that choose to break it",
    )
    conventions: Conventions = Field(default_factory=Conventions)
    observations: dict[str, Observation] = Field(
        default_factory=dict, description="what is reported and the model should explain, by name"
    )
    contingencies: dict[str, Contingency] = Field(
        default_factory=dict, description="what terms can depend on, by name: an issue holds `given` or `unless` it"
    )
    events: dict[str, Event] = Field(
        default_factory=dict,
        description="what may happen while they talk, by name: on a day or with a chance, numbers and how things stand "
        "change",
    )
    cheating: dict[str, Cheating] = Field(
        default_factory=dict,
        description="who may break a deal in secret that he has signed, by his name, and how he is found out",
    )
    headline: Headline = Field(
        default_factory=Headline, description="what the answer tells first, besides how things stand at the end"
    )
    packages: dict[str, Package] = Field(
        default_factory=dict, description="packages of terms of which it is told who would sign; else some are found"
    )
    correlations: dict[str, Correlation] = Field(
        default_factory=dict, description="numbers that are high or low together; all others are independent"
    )
    levers: dict[str, Lever] = Field(
        default_factory=dict, description="what somebody could do about it; `sim bridge` asks how much of which"
    )

    @cached_property
    def indifferent(self) -> tuple[str, ...]:
        """Names of actors to whom nothing matters, salience 0 on every issue: they count for nothing.

        They neither speak, sign, veto nor fight; asked for their consent, they give it.
        """
        return tuple(name for name, actor in self.actors.items() if not actor.cares)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Names of the parties to whom anything matters."""
        names = (name for name, actor in self.actors.items() if actor.role == "party")
        return tuple(name for name in names if name not in self.indifferent)

    @cached_property
    def signers(self) -> tuple[str, ...]:
        """Names of those who sign."""
        named = self.talks.sign.signers
        return self.parties if named is None else tuple(name for name in named if name not in self.indifferent)

    @cached_property
    def idle_issues(self) -> tuple[str, ...]:
        """Names of issues that nobody weighs and nothing depends on; they stay as they are, whatever else is agreed.

        Where nobody weighs anything, or there is just one issue, none is idle.
        """
        if len(self.issues) < 2 or not any(actor.weighs for actor in self.actors.values()):
            return ()
        return tuple(name for name in self.issues if not self._bears(name))

    def _bears(self, name: str) -> bool:
        """Whether anybody has a stake in an issue, or something else depends on its level."""
        issue, actors = self.issues[name], self.actors.values()
        own = (issue.root_cause_of, issue.enforcement, issue.follow_on, issue.time_to_settle, issue.consent)
        stakes: list[object] = [*own, *(name in found for found in self.forbid)]
        stakes += [name in limited.of for limited in self.sums.values()]
        stakes += [name in kind.levels for kind in self.kinds.values()]
        stakes += [name in lever.opens for lever in self.levers.values()]
        for seen in self.observations.values():
            stakes += [name in selector.levels for selector in (seen.deals, seen.over) if selector is not None]
        stakes += [name in found.found_by for found in self.cheating.values()]
        for actor in actors:
            stakes += [name in actor.weighs, name in actor.position, name in actor.values]
            stakes += [line.issue == name for line in actor.red_lines.values()]
            stakes += [name in pair.issues for pair in actor.pairs.values()]
        return any(map(bool, stakes))

    @cached_property
    def offered(self) -> dict[str, tuple[int, ...]]:
        """Issue -> indices of the levels that deals may have: those on offer, one alone where the issue is idle."""
        found = {name: issue.offered for name, issue in self.issues.items()}
        for name in self.idle_issues:
            quo = self.issues[name].status_quo_index
            found[name] = (quo,) if quo in found[name] else found[name][:1]
        return found

    @cached_property
    def votes(self) -> dict[str, float]:
        """Votes of those who sign by a weighted majority: as the rule gives them, else their capability."""
        given = {name: self.actors[name].capability for name in self.signers}
        return {
            **{name: float(one.value) for name, one in given.items() if one is not None},
            **self.talks.sign.weights,
        }

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Who makes offers, first to speak first."""
        return tuple(name for name in self.talks.order or () if name not in self.indifferent) or self.parties

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """Every number of the scenario by its dotted path, in the order of the file.

        Those of the levers are left out: a lever that is not used changes nothing.
        """
        return {number.path: number for number in self._walk()}

    @cached_property
    def choices(self) -> tuple[Number, ...]:
        """Settings of which each world draws one of several options, in the order of the file."""
        return tuple(number for number in self.numbers.values() if number.options)

    @cached_property
    def grounds(self) -> dict[str, int]:
        """How many numbers there are in ``total``, and how many of them rest on ``claims``, ``rates``, or neither."""
        found = [number.quantity.ground for number in self.numbers.values()]
        kinds = {"claims": found.count("claim"), "rates": found.count("rate"), "assumed": found.count("assumed")}
        return {"total": len(found), **kinds}

    def reason(self, quantity: Quantity) -> str:
        """Why a number is what it is, where the evidence is silent; empty where it rests on evidence alone."""
        return quantity.assumed or ("" if quantity.grounded else self.default_assumed)

    def _repr_html_(self) -> str:
        """The scenario at a glance, in a notebook: actors, issues, talks, and how many numbers are assumed."""
        rows = {
            "question": self.question,
            "actors": "; ".join(f"{actor.title or name} ({actor.role})" for name, actor in self.actors.items()),
            "issues": "; ".join(f"{issue.title or name} ({len(issue.offered)})" for name, issue in self.issues.items()),
            "talks": f"{self.talks.protocol}, {self.talks.talk_rounds} rounds of {self.talks.round}",
            "numbers": f"{self.grounds['total']}, {self.grounds['assumed']} of them assumed",
            "observations": ", ".join(name.replace("_", " ") for name in self.observations),
            "draws": f"{self.draws:,}, seed {self.seed}",
        }
        body = "".join(
            f'<tr><th style="text-align:left">{name}</th><td style="text-align:left">{html.escape(words)}</td></tr>'
            for name, words in rows.items()
            if words
        )
        title = f'<caption style="text-align:left;font-weight:bold">{html.escape(self.title)}</caption>'
        return f"<table>{title}<tbody>{body}</tbody></table>"

    def _walk(self) -> Iterator[Number]:
        for name, issue in self.issues.items():
            yield from _quantities(issue, ("issues", name), ("issues", name), None)
        for name, actor in self.actors.items():
            for number in _quantities(actor, ("actors", name), (name,), None):
                field = number.place[2]
                if number.issue is not None:  # a level of a deal that a number is the worth of
                    yield number
                elif field == "position":
                    yield Number(number.path, number.place, number.quantity, str(number.place[3]))
                elif field == "red_lines" and number.place[4] == "begins":
                    line = actor.red_lines[str(number.place[3])]
                    yield Number(number.path, number.place, number.quantity, line.issue)
                else:
                    yield number
        for section in _SECTIONS:
            for number in _quantities(getattr(self, section), (section,), (section,), None):
                yield self._set_by_event(number)

    def _set_by_event(self, number: Number) -> Number:
        """The number, on the scale of an issue where an event sets a place on it."""
        actor, _, rest = str(number.place[-1]).partition(".position.")
        if number.place[0] == "events" and number.place[2] == "sets" and rest in self.issues and actor in self.actors:
            return Number(number.path, number.place, number.quantity, rest)
        return number


def _quantities(
    found: Any, place: tuple[str | int, ...], path: tuple[str | int, ...], issue: str | None
) -> Iterator[Number]:
    """Walk models, tables and arrays, yielding every quantity with its path."""
    if isinstance(found, _NUMBERS):
        yield from _own_numbers(found, place, path, issue)
        return
    if isinstance(found, BaseModel):
        inside: Iterable[tuple[str | int, Any]] = ((key, getattr(found, key)) for key in type(found).model_fields)
    elif isinstance(found, dict):
        inside = found.items()
    else:
        inside = enumerate(found if isinstance(found, tuple | list) else ())
    for key, value in inside:
        if isinstance(value, _HOLDERS):  # most fields are words and bare numbers, at which the walk need not call
            yield from _quantities(value, (*place, key), (*path, key), issue)


def _own_numbers(
    found: DrawnOption | Quantity, place: tuple[str | int, ...], path: tuple[str | int, ...], issue: str | None
) -> Iterator[Number]:
    """A quantity, or a setting that is drawn; and the levels that a quantity is like."""
    name = ".".join(str(key) for key in path)
    if isinstance(found, DrawnOption):
        yield Number(name, place, found.quantity, None, found.options)
        return
    yield Number(name, place, found, issue)
    if isinstance(found.like, dict):
        for other, level in found.like.items():
            yield Number(".".join(map(str, (*path, "like", other))), (*place, "like", other), level, other)
