"""Analyses read back from their folder: one dataset for each question that was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import xarray as xr

from sim.foundations import ResultsError
from sim.report.analysis_methods import METHODS
from sim.report.analysis_story import AnalysisReport, analysis_story
from sim.report.pieces import FigurePiece, Story
from sim.report.results_folder import ResultsFolder, read_kept
from sim.store import Manifest
from sim.store.arrays_file import read_arrays
from sim.store.integrity import verify_file


@dataclass(frozen=True)
class StoredAnalysis(ResultsFolder):
    """Finished analyses.

    found: method -> labelled arrays with words for inputs, measures and boxes
    """

    found: Mapping[str, xr.Dataset]

    @property
    def earlier(self) -> tuple[str, ...]:
        """Methods that an earlier command left in the same folder; the manifest speaks of the last one only."""
        return tuple(method for method in self.found if method not in self.manifest.counts)

    def story(self, figures: Sequence[FigurePiece] = ()) -> Story:
        """Tell the analyses, with the figures that were drawn."""
        told = AnalysisReport(self.found, self.scenario, self.article, self.earlier, self.manifest.widen)
        return analysis_story(told, self.manifest, figures)


def read_analysis(folder: Path, manifest: Manifest) -> StoredAnalysis:
    """Read the folder of ``sim analyse --out``.

    Raises:  ResultsError if it holds no analysis that this version knows
    """
    files = {method: folder / f"{method}.nc" for method in METHODS}
    found = {method: _read(file, manifest) for method, file in files.items() if file.is_file()}
    if not found:
        raise ResultsError(
            f"{folder} holds no analysis: none of its files is one of {', '.join(METHODS)}; run it again"
        )
    return StoredAnalysis(**vars(read_kept(folder, manifest)), found=found)


def _read(file: Path, manifest: Manifest) -> xr.Dataset:
    verify_file(file, manifest.files)
    return read_arrays(file)
