"""What was run, with what, by what: enough to run it again and to notice what changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, NotRequired

from pydantic import ValidationError
from typing_extensions import TypedDict

from sim.foundations import ResultsError
from sim.foundations.plain_data import type_adapter
from sim.scenario import Scenario
from sim.scenario.drawn_option import told_option
from sim.scenario.kinds import no_deal_model
from sim.store.provenance import own_version
from sim.store.stored_request import CheckedRequest

PROGRAM: Final = "negotiation-sim"
#: Layout of a results folder; 2: the hashes of its files are kept.
FORMAT: Final = 2

#: Keys of a scenario that are words for people and change no result.
_WORDS: Final = frozenset(
    {"title", "question", "evidence", "assumed", "default_assumed", "claims", "rates", "unit", "word"}
)


class StoredNumber(TypedDict):
    """A number as it was asked: what is told of it, and the whole in words."""

    words: str
    value: NotRequired[Any]
    low: NotRequired[float | str | None]
    high: NotRequired[float | str | None]
    distribution: NotRequired[str]
    options: NotRequired[dict[str, float]]
    mirrors: NotRequired[str]
    like: NotRequired[str]
    factor: NotRequired[float]
    offset: NotRequired[float]
    rates: NotRequired[list[str]]
    claims: NotRequired[list[str]]
    assumed: NotRequired[str]


@dataclass(frozen=True)
class Manifest:
    """The record of one run.

    program, format, version: which program wrote it, in which layout, at which version
    status:      ``started`` before the first draw, ``played`` when the arrays are on disk, ``finished`` at the end
    case, title: name of the case, and its title
    overlay:     name of the overlay, if any
    overlays:    names of the overlays that were compared with the base
    fingerprint: hash of everything that changes the numbers (SHA-256)
    digest:      hash of the results (SHA-256), empty until finished
    seed:        root of the random numbers, as text
    draws:       how many worlds
    central:     whether every number stood at its central value
    changes:     what the command line changed, by path
    widen:       factor on the half-widths of stated ranges, after those changes; 1: as they are stated
    numbers:     path -> value, low, high, distribution, claims, assumed, and the whole in words
    talks:       protocol, rounds, order, signing rule, strategies
    conventions: choices the literature leaves open
    inputs:      for each input file its name, its copy below the folder and its SHA-256
    code:        commit and dirty flag of the work tree that the scenario lies in, if it does
    packages:    versions of Python and packages
    argv:        command line, without anybody's folders
    started, finished: UTC, ISO 8601
    seconds:     wall time
    counts:      draws, actors, issues, deals, numbers, ...
    failures:    draws that went wrong, by kind
    files:       SHA-256 of every file of data in the folder, by its name
    sweep:       of a sweep, what was asked: design, axes, points, scenario; empty for a single run
    """

    case: str
    title: str
    overlay: str | None
    fingerprint: str
    seed: str
    draws: int
    central: bool
    changes: Mapping[str, Any]
    numbers: Mapping[str, StoredNumber]
    talks: Mapping[str, Any]
    conventions: Mapping[str, Any]
    inputs: tuple[Mapping[str, str], ...]
    code: Mapping[str, str | bool] | None
    packages: Mapping[str, str]
    argv: tuple[str, ...]
    started: str
    overlays: tuple[str, ...] = ()
    widen: float = 1.0
    program: str = PROGRAM
    format: int = FORMAT
    version: str = field(default_factory=own_version)
    status: str = "started"
    digest: str = ""
    finished: str | None = None
    seconds: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    failures: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    sweep: CheckedRequest = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What the folder holds: run, sweep, bridge or analysis.

        An analysis of a sweep carries the sweep's own record along, so the status comes first.
        """
        for kind in ("analysis", "bridge"):
            if self.status.startswith(kind):
                return kind
        command = self.argv[1] if len(self.argv) > 1 else ""
        if self.status == "started" and command in {"analyse", "bridge"}:
            return "bridge" if command == "bridge" else "analysis"
        return "sweep" if self.sweep else "run"

    def to_json(self) -> str:
        """The manifest as JSON text."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str, where: str = "manifest.json") -> Manifest:
        """Read a manifest of this layout or an earlier one.

        Raises:  ResultsError if it is no manifest of this program, of a later layout, lacks a field, or has one of
                 another type
        """
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ResultsError(f"{where} is no JSON: {error}") from None
        if not isinstance(found, dict) or found.get("program") != PROGRAM:
            raise ResultsError(f"{where} was not written by this program")
        layout = found.get("format", 1)
        if not isinstance(layout, int) or layout > FORMAT:
            version = str(found.get("version", "unknown"))[:40]
            raise ResultsError(
                f"{where} has format {layout!s:.20} (written by version {version}); "
                f"this version reads up to {FORMAT}: update the program"
            )
        known = {item.name for item in fields(cls)}
        try:
            return type_adapter(cls).validate_python({key: value for key, value in found.items() if key in known})
        except ValidationError as error:
            wrong = "; ".join(
                f"{'.'.join(map(str, one['loc']))[:80]}: {one['msg'][0].lower()}{one['msg'][1:]}"
                for one in error.errors(include_url=False, include_input=False)[:3]
            )
            raise ResultsError(f"{where} is not what was written: {wrong}") from None


def resolved_numbers(scenario: Scenario) -> dict[str, StoredNumber]:
    """Every number of a scenario with its range and what it rests on, by path."""
    found = {}
    for path, number in scenario.numbers.items():
        quantity = number.quantity
        entry: StoredNumber = {"words": quantity.words(), "value": quantity.value}
        entry["low"], entry["high"], entry["distribution"] = quantity.low, quantity.high, quantity.distribution
        if quantity.options is not None:
            entry["options"] = dict(quantity.options)
        if quantity.mirrors:
            entry |= {"mirrors": quantity.mirrors, "factor": quantity.factor, "offset": quantity.offset}
        if quantity.like is not None:
            entry["like"] = quantity.like_words
        entry["claims"] = list(quantity.claims)
        if quantity.rates:
            entry["rates"] = list(quantity.rates)
        entry["assumed"] = scenario.reason(quantity)
        found[path] = entry
    return found


def resolved_talks(scenario: Scenario) -> dict[str, Any]:
    """The rules of the talks without their ranged numbers, which stand among the numbers."""
    talks = scenario.talks
    strategies = {
        name: {
            "aspiration": strategy.aspiration,
            "offering": strategy.offering,
            "acceptance": strategy.acceptance,
            "mixture": [tactic.aspiration for tactic in strategy.mixture],
        }
        for name, strategy in talks.strategies.items()
    }
    return {
        "no_deal": no_deal_model(scenario),
        "protocol": told_option(talks.protocol),
        "settings": dict(talks.settings),
        "round": talks.round,
        "rounds": talks.talk_rounds,
        "horizon": talks.horizon_rounds,
        "order": list(scenario.order),
        "sign": talks.sign.model_dump(mode="json"),
        "strategies": strategies,
    }


def fingerprint(scenario: Scenario, draws: int, **more: object) -> str:
    """Hash everything that changes the numbers: the scenario without its words, the draws, and ``more``.

    Example:
        >>> actor = {"patience": {"value": 0.9, "assumed": "toy"}}
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> toy = {"issues": {"x": issue}, "actors": {"p": actor, "q": actor}}
        >>> one, two = Scenario(title="one", **toy), Scenario(title="two", **toy)
        >>> fingerprint(one, 5) == fingerprint(two, 5), fingerprint(one, 5) == fingerprint(one, 6)
        (True, False)
    """
    content = {"scenario": _without_words(scenario.model_dump(mode="json")), "draws": draws, **more}
    content["version"] = own_version()
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, default=str).encode()).hexdigest()


def _without_words(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _without_words(value) for key, value in found.items() if key not in _WORDS}
    return [_without_words(value) for value in found] if isinstance(found, list) else found


def now() -> dt.datetime:
    """The time in UTC, fine enough to tell which of two runs came last."""
    return dt.datetime.now(dt.UTC)
