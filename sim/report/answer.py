"""The short answer of a run as data: what happens, how sure, why, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

import xarray as xr
from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from sim.foundations import Bools
from sim.foundations.plain_data import Real, plain_data
from sim.report import findings
from sim.report.cheating_findings import CheatingShare, cheating_shares
from sim.report.deal_lifetime import DealLifetime, DealSorts, deal_sorts, lasting
from sim.report.event_findings import EventShare, event_shares
from sim.report.forecast_findings import Forecasts
from sim.report.important_number import ImportantNumber
from sim.report.outcome_findings import OutcomeFindings
from sim.report.refusals import Refusal
from sim.report.since import Since
from sim.report.spread_parts import Spread
from sim.report.stakeholder_findings import StakeholderView
from sim.report.talks_findings import TalksFindings
from sim.report.weighted_endings import WeightedEndings
from sim.runs.benchmarks import Benchmarks
from sim.runs.conventions import Variant
from sim.runs.difference import Shares
from sim.runs.flips import Flip, OutcomeMove
from sim.runs.openings import Openings
from sim.runs.overlays import OverlayRow
from sim.runs.readings import Readings, ReadingsPlayed
from sim.runs.theory_beside import TheoryBeside
from sim.runs.ways_to_play import WayToPlay
from sim.scoring.calibration import Calibration
from sim.store import meanings
from sim.words import Proportion


@dataclass(frozen=True)
class RunSubject:
    """What was played.

    deterministic: whether another seed would give the same
    widened:       factor on the half-widths of stated ranges; ``None``: as they are stated
    seen_in_base:  whether the consistent draws are those of the base, played under an overlay
    possible:      endings that the case can have at all, so that others need no line
    arms_possible: whether arms can decide in this case
    deal_search:   how the deals were found and how good they are, where they are too many to count out
    """

    case: str
    title: str
    question: str
    overlay: str | None
    draws: int
    seed: str
    protocol: str
    horizon_years: float
    deterministic: bool
    central: bool
    widened: float | None
    seen_in_base: bool
    possible: tuple[str, ...]
    arms_possible: bool
    deal_search: str = ""


@dataclass(frozen=True)
class GroupFindings:
    """What happened among some draws.

    draws:        how many
    endings:      shares at the horizon
    declared:     shares of the kinds of first signed deal, or ``none``
    held:         how long signed deals were in force
    decided_by_arms: share in which arms decided
    decided_by_arms_by_ending: ending -> share of the draws that end so and in which arms decided
    no_deal_by:   share of the draws without an acceptable deal, by what stands in the way
    stalemates:   share of the draws by kind of stalemate
    talks_failed: share in which an acceptable deal existed and none was signed
    lasting:      how long deals that came into force hold, by kind
    not_in_force: share of the signed deals that were never in force
    events:       how often each event came, and what was signed after it; None in cases without events
    sorts:        deals in force that were fragile, and that hold, where the case tells them apart
    cheating:     who broke signed deals in secret, and was found out; None in cases where nobody may
    """

    draws: int
    endings: Shares
    declared: Shares
    held: findings.TimeInForce
    decided_by_arms: Real
    decided_by_arms_by_ending: Mapping[str, Real]
    no_deal_by: Mapping[str, Real]
    stalemates: Mapping[str, Real]
    talks_failed: Real
    lasting: tuple[DealLifetime, ...]
    not_in_force: Real
    sorts: DealSorts | None = None
    events: tuple[EventShare, ...] | None = None
    cheating: tuple[CheatingShare, ...] | None = None

    def of_draws(self, share: float) -> Proportion:
        """Return a share of these draws with its interval."""
        return Proportion(share * self.draws, self.draws)

    @classmethod
    def of(cls, results: xr.Dataset, where: Bools) -> GroupFindings:
        """Collect it from the draws ``where`` (B,)."""
        endings, kinds = meanings(results, "ending"), meanings(results, "declared")
        declared, ending = results["declared"].values[where], results["ending"].values[where]
        arms = results["decided_by_arms"].values[where].astype(bool)
        signed = declared != kinds.index("none")
        failed = ~signed & (results["block"].values[where] == meanings(results, "block").index("none"))
        size = int(where.sum())
        return cls(
            draws=size,
            endings=Shares.of(results["ending"].values, endings, where),
            declared=Shares.of(results["declared"].values, kinds, where),
            held=findings.held(results, where),
            decided_by_arms=_share(arms),
            decided_by_arms_by_ending={
                name: float((arms & (ending == n)).sum() / max(size, 1)) for n, name in enumerate(endings)
            },
            no_deal_by=findings.coded_shares(results, "block", where),
            stalemates=findings.coded_shares(results, "stalemate", where),
            talks_failed=_share(failed),
            lasting=lasting(results, where),
            not_in_force=_share(results["held"].values[where][signed] == 0),
            sorts=deal_sorts(results, where),
            events=event_shares(results, where),
            cheating=cheating_shares(results, where),
        )


@dataclass(frozen=True)
class ReasonFindings:
    """Why it happens, in the draws that the run_headline speaks of; observations are judged in all of them.

    never_true: observations that are true in no drawn world, so that only bluffs are left
    cannot_occur: what can stop every deal in no world of this case, however its red lines are drawn: keys of
        ``no_deal_by``; empty where the case has no red lines
    """

    observations: tuple[findings.ObservationShare, ...]
    never_true: tuple[str, ...]
    likely_deal: findings.LikelyDeal | None
    blockers: tuple[findings.BlockerShare, ...]
    refusals: tuple[Refusal, ...]
    least_satisfied: findings.LeastSatisfied
    solutions: Mapping[str, findings.SolutionDeal]
    cannot_occur: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChangeFindings:
    """What moves the answer, and what was played beside the run.

    flips:   the three settings that change the most frequent ending, or move the endings most
    effects: more settings that move them, tried and proven alike
    """

    important: tuple[ImportantNumber, ...] = ()
    flips: tuple[Flip, ...] = ()
    spread: Spread | None = None
    since_last_run: Since | None = None
    conventions: tuple[Variant, ...] = ()
    overlays: tuple[OverlayRow, ...] = ()
    ways: tuple[WayToPlay, ...] = ()
    moves: tuple[OutcomeMove, ...] = ()
    readings: Readings | None = None
    readings_played: ReadingsPlayed | None = None
    theory: TheoryBeside | None = None
    openings: Openings | None = None
    benchmarks: Benchmarks | None = None
    weighted: WeightedEndings | None = None
    effects: tuple[Flip, ...] = ()


@dataclass(frozen=True)
class GroundCounts:
    """How many numbers there are, and how many of them rest on claims, are assumed, or rest on rates."""

    total: int
    claimed: int
    assumed: int
    rated: int = 0


@dataclass(frozen=True)
class RunRecord:
    """Where the run is kept.

    results: folder
    figures: how many were drawn there
    digest:  fingerprint of the arrays
    same_as: the last run of the case in another folder, if its arrays are the same
    """

    results: str
    figures: int = 0
    digest: str = ""
    same_as: str | None = None


#: Groups whose fields stand at the top of the JSON of an answer.
_FLAT: Final = {
    "subject": RunSubject,
    "reasons": ReasonFindings,
    "changes": ChangeFindings,
    "record": RunRecord,
}
#: Groups that are told of the draws of the headline, and of all draws with that behind the name of each field.
_TWINS: Final[Mapping[str, type[Any]]] = {"outcomes": OutcomeFindings, "talks": TalksFindings}
#: What JSON calls a field, where that is another name.
_KEYS: Final = {
    "possible": "possible_endings",
    "never_true": "observations_never_true",
    "cannot_occur": "no_deal_cannot_occur",
}
#: Ending that only cases with a war have.
_NEVER_IN_WAR: Final = "stalemate"
#: How keys begin that only cases with a war have; and what others are called there.
_OF_WAR: Final = ("decided_by_arms", "arms_possible")
_PEACEFUL: Final = {"stalemates": "no_deal_kinds", "stalemates_consistent": "no_deal_kinds_consistent"}
#: What is left out of JSON where it is empty.
_OPTIONAL: Final = (
    "conventions", "overlays", "ways", "moves", "readings", "readings_played", "theory", "stakeholders",
    "events", "events_consistent", "cheating", "cheating_consistent", "openings", "benchmarks", "effects", "weighted",
    "no_deal_cannot_occur",
)  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """Everything that ``sim run`` says; as JSON its groups lie flat, and it is read back from that.

    headline: the sentences that the answer begins with, and ``headline_all`` the same of all draws
    outcomes: what the talks are about, in the draws of ``group``; ``outcomes_all`` the same of all draws
    talks:    what they do with the deals there are, in the draws of ``group``; ``talks_all`` the same of all draws
    all, consistent: what happened in all draws, and in those that agree with the observations
    forecasts: what models of collective choice say on each ordered issue, in the draws of ``group``
    stakeholders: what they do turn by turn in models of challenges, likewise; empty below three parties
    calibration: how soon deals are in force and how long they hold, in the draws of ``group``
    group: which of them the rest speaks of: ``consistent``, or ``all`` where there are no observations or
        nothing agrees with them
    """

    subject: RunSubject
    all: GroupFindings
    consistent: GroupFindings
    group: str
    reasons: ReasonFindings
    changes: ChangeFindings
    numbers: GroundCounts
    record: RunRecord
    outcomes: OutcomeFindings
    outcomes_all: OutcomeFindings
    talks: TalksFindings
    talks_all: TalksFindings
    headline: tuple[str, ...] = ()
    headline_all: tuple[str, ...] = ()
    forecasts: Forecasts = field(default_factory=dict)
    stakeholders: StakeholderView = field(default_factory=dict)
    calibration: Calibration | None = None

    @property
    def told(self) -> GroupFindings:
        """What happened in the draws that the run_headline speaks of."""
        return self.consistent if self.group == "consistent" else self.all

    @property
    def fitting(self) -> Proportion:
        """Share of the draws that agree with the observations."""
        return Proportion(self.consistent.draws, self.all.draws)

    @property
    def calibration_told(self) -> bool:
        """Whether others have said how soon and for how long, so that a terminal shows it too."""
        return self.calibration is not None and bool(self.calibration.forecasts)

    def with_figures(self, count: int) -> Answer:
        """Return the same answer with so many figures drawn."""
        return replace(self, record=replace(self.record, figures=count))

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data; what is not a number becomes null."""
        found: dict[str, Any] = plain_data(self)
        return found

    @model_serializer(mode="wrap")
    def _flat(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """Groups side by side: of all draws under their own names, of consistent ones with that behind the name."""
        found = serialise(self)
        flat: dict[str, Any] = {"headline": found["headline"], "headline_all": found["headline_all"]}
        for name in _TWINS:
            for which, suffix in ((name, ""), (f"{name}_all", "_all")):
                flat |= {f"{key}{suffix}": value for key, value in found[which].items()}
        for group in _FLAT:
            flat |= {_KEYS.get(key, key): value for key, value in found[group].items()}
        if not flat["deal_search"]:  # all deals were played
            del flat["deal_search"]
        error: dict[str, Any] = {"acceptance": _error(self.fitting)}
        counts: dict[str, Any] = {}
        for group, suffix in (("all", ""), ("consistent", "_consistent")):
            for key, value in found[group].items():
                if key in {"endings", "declared"}:
                    error[f"{key}{suffix}"], counts[f"{key}{suffix}"] = value["error"], value["count"]
                    flat[f"{key}{suffix}"] = value["share"]
                elif key != "draws":
                    flat[f"{key}{suffix}"] = value
        flat |= {"monte_carlo_error": error, "counts": counts, "group": self.group, "numbers": found["numbers"]}
        flat |= {key: found[key] for key in ("forecasts", "stakeholders", "calibration")}
        flat |= {"acceptance": self.fitting.share, "effective_draws": self.consistent.draws}
        if _NEVER_IN_WAR not in self.all.endings.count:
            flat = {_PEACEFUL.get(key, key): value for key, value in flat.items() if not key.startswith(_OF_WAR)}
        return {key: value for key, value in flat.items() if value or key not in _OPTIONAL}

    @model_validator(mode="before")
    @classmethod
    def _grouped(cls, found: Any) -> Any:
        """Put together again what lies flat; anything else is judged as it is."""
        if not isinstance(found, Mapping) or "counts" not in found:
            return found
        if _NEVER_IN_WAR not in found["endings"]:
            nothing = dict.fromkeys(found["endings"], 0.0)
            calm: dict[str, Any] = {"arms_possible": False}
            for suffix in ("", "_consistent"):
                calm |= {f"decided_by_arms{suffix}": 0.0, f"decided_by_arms_by_ending{suffix}": nothing}
            spoken = {new: old for old, new in _PEACEFUL.items()}
            found = calm | {spoken.get(key, key): value for key, value in found.items()}
        grouped: dict[str, Any] = {"group": found.get("group"), "numbers": found.get("numbers")}
        grouped |= {key: found.get(key, ()) for key in ("headline", "headline_all")}
        grouped |= {key: found.get(key) or {} for key in ("forecasts", "stakeholders")}
        grouped |= {"calibration": found.get("calibration")}
        for name, kind in _TWINS.items():
            for which, suffix in ((name, ""), (f"{name}_all", "_all")):
                grouped[which] = {item.name: found.get(f"{item.name}{suffix}") for item in fields(kind)}
        for group, kind in _FLAT.items():
            keys = {item.name: _KEYS.get(item.name, item.name) for item in fields(kind)}
            grouped[group] = {name: found[key] for name, key in keys.items() if key in found}
        for group, suffix, draws in (("all", "", "draws"), ("consistent", "_consistent", "effective_draws")):
            inner = {item.name: found.get(f"{item.name}{suffix}") for item in fields(GroupFindings)}
            inner["draws"] = found.get(draws)
            for key in ("endings", "declared"):
                inner[key] = {"count": found["counts"].get(f"{key}{suffix}"), "draws": found.get(draws)}
            grouped[group] = inner
        return grouped


def listed_endings(found: Answer) -> list[str]:
    """Endings that tables list: those the case can have, and those that something played beside it has."""
    beside = [row.endings for row in found.changes.conventions] + [row.endings for row in found.changes.overlays]
    names = found.all.endings.count
    return [name for name in names if name in found.subject.possible or any(row.count.get(name) for row in beside)]


def replays(
    conventions: Sequence[Variant], overlays: Sequence[OverlayRow], ways: Sequence[WayToPlay] = ()
) -> dict[str, Any]:
    """What was played beside the run, as plain data; without what was not."""
    played: dict[str, Sequence[Any]] = {"conventions": conventions, "overlays": overlays, "ways": ways}
    found: dict[str, Any] = plain_data({name: rows for name, rows in played.items() if rows})
    return found


def _share(found: Bools) -> float:
    return float(found.mean()) if len(found) else math.nan


def _error(found: Proportion) -> float:
    return math.sqrt(found.share * (1 - found.share) / found.size)
