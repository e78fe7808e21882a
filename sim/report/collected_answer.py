"""The short answer of a run, collected from its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import xarray as xr

from sim.report import findings
from sim.report.answer import (
    Answer,
    ChangeFindings,
    GroundCounts,
    GroupFindings,
    ReasonFindings,
    RunRecord,
    RunSubject,
)
from sim.report.forecast_findings import forecast_bands
from sim.report.headline_words import headline_sentences
from sim.report.important_number import important
from sim.report.outcome_findings import OutcomeFindings
from sim.report.refusals import refusals
from sim.report.run_report import RunReport
from sim.report.since import Since
from sim.report.spread_parts import Spread
from sim.report.stakeholder_findings import stakeholder_view
from sim.report.talks_findings import TalksFindings
from sim.report.weighted_endings import weighted_endings
from sim.runs.barring_lines import lines_can_bar_all
from sim.runs.benchmarks import Benchmarks
from sim.runs.conventions import Variant
from sim.runs.flips import Flip, OutcomeMove
from sim.runs.never_true import never_true_in
from sim.runs.openings import Openings
from sim.runs.overlays import OverlayRow
from sim.runs.readings import ReadingsPlayed
from sim.runs.theory_beside import TheoryBeside
from sim.runs.ways_to_play import WayToPlay
from sim.scenario import Scenario
from sim.scenario.drawn_option import told_option
from sim.scoring.calibration import PublicForecast, calibration

#: Flips that a headline names.
_NAMED: Final = 3


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
    ways: Sequence[WayToPlay] = (),
    moves: Sequence[OutcomeMove] = (),
    readings: ReadingsPlayed | None = None,
    theory: TheoryBeside | None = None,
    openings: Openings | None = None,
    benchmarks: Benchmarks | None = None,
    digest: str = "",
    said: Sequence[PublicForecast] = (),
) -> Answer:
    """Collect the short answer of a run.

    Args:
        results: the run, with ``importance`` if numbers are to be ranked
        folder:  where it is kept
        said:    what others have said of how soon and how long, where the case brings dated forecasts
        seen_in_base: whether the consistent draws are those of the base, played under an overlay
    """
    everything = np.ones(results.sizes["draw"], bool)
    consistent = np.asarray(results["consistent"].values, bool)
    observed = bool(scenario.observations) or (seen_in_base and not consistent.all())
    group = "consistent" if observed and consistent.any() else "all"
    where = consistent if group == "consistent" else everything
    grounds = scenario.grounds
    widened = float(results.attrs.get("widened", 1.0))
    found = Answer(
        subject=RunSubject(
            case=case,
            title=scenario.title,
            question=scenario.question,
            overlay=overlay,
            draws=results.sizes["draw"],
            seed=scenario.seed,
            protocol=told_option(scenario.talks.protocol),
            horizon_years=scenario.talks.horizon_rounds * scenario.talks.round_years,
            deterministic=deterministic,
            central=central,
            widened=None if widened == 1 else widened,
            seen_in_base=seen_in_base,
            possible=findings.possible_endings(results, scenario),
            arms_possible=findings.arms_possible(results, scenario),
            deal_search=str(results.attrs.get("deal_search", "")),
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
            cannot_occur=_cannot_occur(scenario),
        ),
        changes=ChangeFindings(
            important(results, scenario),
            tuple(flips[:_NAMED]),
            spread,
            since,
            tuple(conventions),
            tuple(overlays),
            tuple(ways),
            tuple(moves),
            None if readings is None else readings.readings,
            readings,
            theory,
            openings,
            benchmarks,
            None if seen_in_base else weighted_endings(results, scenario),
            tuple(flips[_NAMED:]),
        ),
        numbers=GroundCounts(grounds["total"], grounds["claims"], grounds["assumed"], grounds["rates"]),
        record=RunRecord(Path(folder).as_posix(), digest=digest),
        outcomes=OutcomeFindings.of(results, scenario, group),
        outcomes_all=OutcomeFindings.of(results, scenario, "all"),
        forecasts=forecast_bands(results, scenario, where),
        stakeholders=stakeholder_view(results, group, where),
        calibration=calibration(results, where, forecasts=said) if "in_force_from" in results else None,
        talks=TalksFindings.of(results, where),
        talks_all=TalksFindings.of(results, everything),
    )
    everywhere = replace(found, group="all", outcomes=found.outcomes_all, talks=found.talks_all)
    own, whole = (headline_sentences(RunReport(one, scenario)) for one in (found, everywhere))
    return replace(found, headline=own, headline_all=whole)


def _cannot_occur(scenario: Scenario) -> tuple[str, ...]:
    """What can stop every deal in no world, where there are red lines but some deal never crosses one."""
    if not any(actor.red_lines for actor in scenario.actors.values()) or lines_can_bar_all(scenario):
        return ()
    return ("red_lines_alone", "either_alone")
