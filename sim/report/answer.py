"""The short answer of a run as data: what happens, how sure, why, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr
from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from sim.foundations import Bools
from sim.foundations.plain_data import Real, plain_data
from sim.report import findings
from sim.report.important import Important, important
from sim.report.lasting import Lasting, lasting
from sim.report.refusals import Refusal, refusals
from sim.report.since import Since
from sim.report.spread_parts import Spread
from sim.runs.conventions import Variant
from sim.runs.difference import Shares
from sim.runs.flips import Flip
from sim.runs.never_true import never_true_in
from sim.runs.overlays import OverlayRow
from sim.scenario import Scenario
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
    """

    draws: int
    endings: Shares
    declared: Shares
    held: findings.Held
    decided_by_arms: Real
    decided_by_arms_by_ending: Mapping[str, Real]
    no_deal_by: Mapping[str, Real]
    stalemates: Mapping[str, Real]
    talks_failed: Real
    lasting: tuple[Lasting, ...]
    not_in_force: Real

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
        )


@dataclass(frozen=True)
class ReasonFindings:
    """Why it happens, in the draws that the run_headline speaks of; observations are judged in all of them.

    never_true: observations that are true in no drawn world, so that only bluffs are left
    """

    observations: tuple[findings.ObservationShare, ...]
    never_true: tuple[str, ...]
    likely_deal: findings.LikelyDeal | None
    blockers: tuple[findings.BlockerShare, ...]
    refusals: tuple[Refusal, ...]
    least_satisfied: findings.LeastSatisfied
    solutions: Mapping[str, findings.SolutionDeal]


@dataclass(frozen=True)
class ChangeFindings:
    """What moves the answer, and what was played beside the run."""

    important: tuple[Important, ...] = ()
    flips: tuple[Flip, ...] = ()
    spread: Spread | None = None
    since_last_run: Since | None = None
    conventions: tuple[Variant, ...] = ()
    overlays: tuple[OverlayRow, ...] = ()


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
    """

    results: str
    figures: int = 0
    digest: str = ""


#: Groups whose fields stand at the top of the JSON of an answer.
_FLAT: Final = {
    "subject": RunSubject,
    "reasons": ReasonFindings,
    "changes": ChangeFindings,
    "record": RunRecord,
}
#: What JSON calls a field, where that is another name.
_KEYS: Final = {"possible": "possible_endings", "never_true": "observations_never_true"}
#: What is left out of JSON where it is empty.
_OPTIONAL: Final = ("conventions", "overlays")


@dataclass(frozen=True)
class Answer:
    """Everything that ``sim run`` says; as JSON its groups lie flat, and it is read back from that.

    all, consistent: what happened in all draws, and in those that agree with the observations
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

    @property
    def told(self) -> GroupFindings:
        """What happened in the draws that the run_headline speaks of."""
        return self.consistent if self.group == "consistent" else self.all

    @property
    def fitting(self) -> Proportion:
        """Share of the draws that agree with the observations."""
        return Proportion(self.consistent.draws, self.all.draws)

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
        flat: dict[str, Any] = {}
        for group in _FLAT:
            flat |= {_KEYS.get(key, key): value for key, value in found[group].items()}
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
        flat |= {"acceptance": self.fitting.share, "effective_draws": self.consistent.draws}
        return {key: value for key, value in flat.items() if value or key not in _OPTIONAL}

    @model_validator(mode="before")
    @classmethod
    def _grouped(cls, found: Any) -> Any:
        """Put together again what lies flat; anything else is judged as it is."""
        if not isinstance(found, Mapping) or "counts" not in found:
            return found
        grouped: dict[str, Any] = {"group": found.get("group"), "numbers": found.get("numbers")}
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


def replays(conventions: Sequence[Variant], overlays: Sequence[OverlayRow]) -> dict[str, Any]:
    """What was played beside the run, as plain data; without what was not."""
    played: dict[str, Sequence[Any]] = {"conventions": conventions, "overlays": overlays}
    found: dict[str, Any] = plain_data({name: rows for name, rows in played.items() if rows})
    return found


def answer(
    results: xr.Dataset,
    scenario: Scenario,
    case: str,
    folder: Path | str,
    *,
    overlay: str | None = None,
    seen_in_base: bool = False,
    deterministic: bool = False,
    central: bool = False,
    flips: Sequence[Flip] = (),
    spread: Spread | None = None,
    since: Since | None = None,
    conventions: Sequence[Variant] = (),
    overlays: Sequence[OverlayRow] = (),
    digest: str = "",
) -> Answer:
    """Collect the short answer of a run.

    Args:
        results: the run, with ``importance`` if numbers are to be ranked
        folder:  where it is kept
        seen_in_base: whether the consistent draws are those of the base, played under an overlay
    """
    everything = np.ones(results.sizes["draw"], bool)
    consistent = np.asarray(results["consistent"].values, bool)
    observed = bool(scenario.observations) or (seen_in_base and not consistent.all())
    group = "consistent" if observed and consistent.any() else "all"
    where = consistent if group == "consistent" else everything
    grounds = scenario.grounds
    widened = float(results.attrs.get("widened", 1.0))
    return Answer(
        subject=RunSubject(
            case=case,
            title=scenario.title,
            question=scenario.question,
            overlay=overlay,
            draws=results.sizes["draw"],
            seed=scenario.seed,
            protocol=scenario.talks.protocol,
            horizon_years=scenario.talks.horizon_rounds * scenario.talks.round_years,
            deterministic=deterministic,
            central=central,
            widened=None if widened == 1 else widened,
            seen_in_base=seen_in_base,
            possible=findings.possible_endings(results, scenario),
            arms_possible=findings.arms_possible(results, scenario),
        ),
        all=GroupFindings.of(results, everything),
        consistent=GroupFindings.of(results, consistent),
        group=group,
        reasons=ReasonFindings(
            observations=findings.observation_shares(results, scenario),
            never_true=() if seen_in_base else never_true_in(results, scenario),
            likely_deal=findings.likely_deal(results, where),
            blockers=findings.blockers(results, where),
            refusals=refusals(results, where),
            least_satisfied=findings.least_satisfied(results, where),
            solutions=findings.solutions(results, where),
        ),
        changes=ChangeFindings(
            important(results, scenario), tuple(flips), spread, since, tuple(conventions), tuple(overlays)
        ),
        numbers=GroundCounts(grounds["total"], grounds["claims"], grounds["assumed"], grounds["rates"]),
        record=RunRecord(Path(folder).as_posix(), digest=digest),
    )


def _share(found: Bools) -> float:
    return float(found.mean()) if len(found) else math.nan


def _error(found: Proportion) -> float:
    return math.sqrt(found.share * (1 - found.share) / found.size)
