"""A run read back from its folder, as tellers take it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.pieces import FigurePiece, Story
from sim.report.run_report import RunReport
from sim.report.run_story import run_story
from sim.report.stored_run import StoredRun


def report_of_run(stored: StoredRun) -> RunReport:
    """Put together what is told about a stored run."""
    results, importance = stored.results, {}
    if "importance" in results:
        paths = map(str, results["path"].values)
        importance = dict(zip(paths, results["importance"].values.tolist(), strict=True))
    return RunReport(stored.answer, stored.scenario, stored.article, importance, bool(stored.overlays))


def story_of_run(stored: StoredRun, figures: Sequence[FigurePiece] = ()) -> Story:
    """Tell a stored run."""
    return run_story(report_of_run(stored), stored.manifest, figures=figures)
