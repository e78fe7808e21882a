"""The short answer of a run as data: what happens, how sure, why, and what would change it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from sim.experiments.conventions import Variant
from sim.experiments.difference import Shares
from sim.experiments.flips import Flip
from sim.experiments.never_true import never_true_in
from sim.experiments.overlays import OverlayRow
from sim.foundations.plain_data import plain_data
from sim.report import findings
from sim.report.important import Important, important
from sim.report.lasting import Lasting, lasting
from sim.report.plain import plain
from sim.report.refusals import Refusal, refusals
from sim.report.since import Since
from sim.report.spread import Spread
from sim.scenario import Scenario
from sim.store import meanings
from sim.table import BLOCKS


@dataclass(frozen=True)
class Told:
    """What happened among some draws.

    draws:    how many
    endings:  shares at the horizon
    declared: shares of the kinds of first signed deal, or ``none``
    decided_by_arms: share in which arms decided
    held:     how long signed deals were in force
    no_deal_by: share of the draws without an acceptable deal, by what stands in the way
    stalemates: share of the draws by kind of stalemate
    talks_failed: share in which an acceptable deal existed and none was signed
    arms_by_ending: ending -> share of the draws that end so and in which arms decided
    lasting:  how long deals that came into force hold, by kind
    not_in_force: share of the signed deals that were never in force
    """

    draws: int
    endings: Shares
    declared: Shares
    decided_by_arms: float
    held: findings.Held
    no_deal_by: dict[str, float]
    stalemates: dict[str, float]
    talks_failed: float
    arms_by_ending: dict[str, float]
    lasting: tuple[Lasting, ...]
    not_in_force: float

    @classmethod
    def of(cls, results: xr.Dataset, where: np.ndarray) -> Told:
        """Collect it from the draws ``where`` (B,)."""
        declared, block = results["declared"].values[where], results["block"].values[where]
        kinds, endings = meanings(results, "declared"), meanings(results, "ending")
        failed = (declared == kinds.index("none")) & (block == BLOCKS.index("none"))
        size = int(where.sum())
        nothing = float("nan")
        arms = results["decided_by_arms"].values[where].astype(bool)
        ending = results["ending"].values[where]
        signed = declared != kinds.index("none")
        return cls(
            size,
            Shares.of(results["ending"].values, endings, where),
            Shares.of(results["declared"].values, kinds, where),
            float(arms.mean()) if size else nothing,
            findings.held(results, where),
            findings.coded_shares(results, "block", where),
            findings.coded_shares(results, "stalemate", where),
            float(failed.mean()) if size else nothing,
            {name: float((arms & (ending == n)).sum() / max(size, 1)) for n, name in enumerate(endings)},
            lasting(results, where),
            float((results["held"].values[where][signed] == 0).mean()) if signed.any() else nothing,
        )


@dataclass(frozen=True)
class Answer:
    """Everything that ``sim run`` says.

    all, consistent: what happened in all draws, and in those that agree with the observations
    group: which of them the rest speaks of: ``consistent``, or ``all`` where there are no observations or
        nothing agrees with them
    deterministic: whether another seed would give the same
    possible: endings that the case can have at all, so that others need no line
    arms_possible: whether arms can decide in this case
    widened: factor on the half-widths of stated ranges; 1: as they are stated
    never_true: observations that are true in no drawn world, so that only bluffs are left
    """

    case: str
    scenario: Scenario
    overlay: str | None
    draws: int
    seed: str
    protocol: str
    horizon_years: float
    all: Told
    consistent: Told
    group: str
    deterministic: bool
    central: bool
    seen_in_base: bool
    observations: tuple[findings.Observed, ...]
    likely_deal: findings.LikelyDeal | None
    blockers: tuple[findings.Blocker, ...]
    refusals: tuple[Refusal, ...]
    least_satisfied: findings.LeastSatisfied
    solutions: dict[str, findings.SolutionDeal]
    important: tuple[Important, ...]
    flips: tuple[Flip, ...]
    spread: Spread | None
    since: Since | None
    conventions: tuple[Variant, ...]
    overlays: tuple[OverlayRow, ...]
    claimed_count: int
    assumed_count: int
    results: str
    figures: int
    digest: str
    possible: tuple[str, ...]
    arms_possible: bool
    widened: float = 1.0
    never_true: tuple[str, ...] = ()

    @property
    def told(self) -> Told:
        """What happened in the draws that the headline speaks of."""
        return self.consistent if self.group == "consistent" else self.all

    @property
    def acceptance(self) -> float:
        """Share of the draws that agree with the observations."""
        return self.consistent.draws / self.draws

    def to_json(self) -> dict[str, Any]:
        """The answer as plain data; what is not a number becomes null."""
        found = {
            "case": self.case,
            "title": self.scenario.title,
            "question": self.scenario.question,
            "overlay": self.overlay,
            "draws": self.draws,
            "seed": self.seed,
            "protocol": self.protocol,
            "horizon_years": self.horizon_years,
            "deterministic": self.deterministic,
            "central": self.central,
            "widened": None if self.widened == 1 else self.widened,
            "endings": dict(self.all.endings.share),
            "endings_consistent": dict(self.consistent.endings.share),
            "declared": dict(self.all.declared.share),
            "declared_consistent": dict(self.consistent.declared.share),
            "monte_carlo_error": {
                "endings": dict(self.all.endings.error),
                "endings_consistent": dict(self.consistent.endings.error),
                "declared": dict(self.all.declared.error),
                "declared_consistent": dict(self.consistent.declared.error),
                "acceptance": math.sqrt(self.acceptance * (1 - self.acceptance) / self.draws),
            },
            "held": asdict(self.all.held),
            "held_consistent": asdict(self.consistent.held),
            "decided_by_arms": self.all.decided_by_arms,
            "decided_by_arms_consistent": self.consistent.decided_by_arms,
            "decided_by_arms_by_ending": self.all.arms_by_ending,
            "decided_by_arms_by_ending_consistent": self.consistent.arms_by_ending,
            "no_deal_by": self.all.no_deal_by,
            "no_deal_by_consistent": self.consistent.no_deal_by,
            "stalemates": self.all.stalemates,
            "stalemates_consistent": self.consistent.stalemates,
            "talks_failed": self.all.talks_failed,
            "talks_failed_consistent": self.consistent.talks_failed,
            "acceptance": self.acceptance,
            "effective_draws": self.consistent.draws,
            "observations": [asdict(seen) for seen in self.observations],
            "observations_never_true": list(self.never_true),
            "group": self.group,
            "likely_deal": None if self.likely_deal is None else asdict(self.likely_deal),
            "blockers": [asdict(blocker) for blocker in self.blockers],
            "refusals": [asdict(refusal) for refusal in self.refusals],
            "least_satisfied": asdict(self.least_satisfied),
            "solutions": {name: asdict(deal) for name, deal in self.solutions.items()},
            "important": [asdict(number) for number in self.important],
            "flips": plain_data(self.flips),
            "spread": plain_data(self.spread),
            "since_last_run": plain_data(self.since),
            "numbers": {
                "total": self.claimed_count + self.assumed_count,
                "claimed": self.claimed_count,
                "assumed": self.assumed_count,
            },
            "results": self.results,
            "figures": self.figures,
            "digest": self.digest,
        }
        cleaned: dict[str, Any] = plain(found)
        return cleaned | replays(self.conventions, self.overlays)


def listed_endings(found: Answer) -> list[str]:
    """Endings that tables list: those the case can have, and those that something played beside it has."""
    beside = [row.endings for row in found.conventions] + [row.endings for row in found.overlays]
    return [
        name
        for name in found.told.endings.share
        if name in found.possible or any(row.share.get(name, 0) > 0 for row in beside)
    ]


def replays(conventions: Sequence[Variant], overlays: Sequence[OverlayRow]) -> dict[str, Any]:
    """What was played beside the run, as plain data; without what was not."""
    found: dict[str, Any] = {}
    if conventions:
        found["conventions"] = plain_data(conventions)
    if overlays:
        found["overlays"] = plain_data(overlays)
    cleaned: dict[str, Any] = plain(found)
    return cleaned


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
    claimed = sum(number.quantity.grounded for number in scenario.numbers.values())
    return Answer(
        case=case,
        scenario=scenario,
        overlay=overlay,
        draws=results.sizes["draw"],
        seed=scenario.seed,
        protocol=scenario.talks.protocol,
        horizon_years=scenario.talks.horizon_rounds * scenario.talks.round_years,
        all=Told.of(results, everything),
        consistent=Told.of(results, consistent),
        group=group,
        deterministic=deterministic,
        central=central,
        seen_in_base=seen_in_base,
        observations=findings.observed(results, scenario),
        likely_deal=findings.likely_deal(results, where),
        blockers=findings.blockers(results, where),
        refusals=refusals(results, where),
        least_satisfied=findings.least_satisfied(results, where),
        solutions=findings.solutions(results, where),
        important=important(results, scenario),
        flips=tuple(flips),
        spread=spread,
        since=since,
        conventions=tuple(conventions),
        overlays=tuple(overlays),
        claimed_count=claimed,
        assumed_count=len(scenario.numbers) - claimed,
        results=Path(folder).as_posix(),
        figures=0,
        digest=digest,
        possible=findings.possible_endings(results, scenario),
        arms_possible=findings.arms_possible(results, scenario),
        never_true=() if seen_in_base else never_true_in(results, scenario),
        widened=float(results.attrs.get("widened", 1.0)),
    )
