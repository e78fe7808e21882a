"""A single run read back from its folder: results and answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from sim.foundations import ResultsError
from sim.foundations.plain_data import from_plain
from sim.report.answer import Answer, ChangeFindings
from sim.report.collected_answer import answer
from sim.report.pieces import FigurePiece, Story
from sim.report.results_folder import ResultsFolder, read_kept
from sim.report.run_report import RunReport
from sim.report.run_story import run_story
from sim.runs.explained_share import chance_share
from sim.store import Manifest, load_results, with_replays
from sim.store.folder import ANSWER_FILE
from sim.store.integrity import read_json


@dataclass(frozen=True)
class StoredRun(ResultsFolder):
    """A finished run.

    results: labelled arrays
    answer:  the short answer, put together again from these
    """

    results: xr.Dataset
    answer: Answer

    @property
    def report(self) -> RunReport:
        """The run as tellers take it."""
        importance: dict[str, float] = {}
        chance = 0.0
        if "importance" in self.results:
            paths = map(str, self.results["path"].values)
            importance = dict(zip(paths, self.results["importance"].values.tolist(), strict=True))
            chance = chance_share(self.results)
        return RunReport(self.answer, self.scenario, self.article, importance, bool(self.overlays), chance)

    def story(self, figures: Sequence[FigurePiece] = ()) -> Story:
        """Tell the run, with the figures that were drawn."""
        return run_story(self.report, self.manifest, figures=figures)


def read_run(folder: Path, manifest: Manifest) -> StoredRun:
    """Read a run of ``sim run``; everything comes from the folder itself.

    Raises:  ResultsError if it holds no finished run; InputError if its inputs do not fit this version any more
    """
    results = load_results(folder)
    if "consistent" not in results:
        raise ResultsError(
            f"{folder} holds arrays of another kind than a report can be written about; "
            f"`sim plot {folder}` draws the figures that fit it"
        )
    file = folder / ANSWER_FILE
    told = read_json(file, manifest.files) if file.is_file() else {}  # it holds what was played beside the run
    kept = read_kept(folder, manifest)
    beside = from_plain(ChangeFindings, told)
    found = answer(
        results,
        kept.scenario,
        manifest.case,
        folder,
        overlay=manifest.overlay,
        seen_in_base=manifest.overlay is not None,
        deterministic=bool(told.get("deterministic", False)),
        central=manifest.central,
        flips=(*beside.flips, *beside.effects),
        spread=beside.spread,
        since=beside.since_last_run,
        conventions=beside.conventions,
        overlays=beside.overlays,
        ways=beside.ways,
        moves=beside.moves,
        readings=beside.readings_played,
        theory=beside.theory,
        openings=beside.openings,
        benchmarks=beside.benchmarks,
        digest=manifest.digest,
    )
    return StoredRun(**vars(kept), results=with_replays(results, told), answer=found)
