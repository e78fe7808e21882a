"""A sweep read back from its folder: labelled arrays, what failed, where its spread comes from."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from sim.foundations import ResultsError
from sim.report.pieces import FigurePiece, Story
from sim.report.results_folder import ResultsFolder, read_kept
from sim.report.sweep_report import SweepReport
from sim.report.sweep_story import sweep_story
from sim.store import Manifest, load_results
from sim.store.spread_file import load_spread
from sim.sweeps.home import FAILURES_FILE
from sim.sweeps.sweep_points import SweepPoints


@dataclass(frozen=True)
class StoredSweep(ResultsFolder):
    """A finished sweep.

    results:  labelled arrays
    axes:     what was varied: name, title, base, and paths with their ends or the settings
    failures: rows of what could not be played
    spread:   what the spread of the answer comes from, if that was worked out
    """

    results: xr.Dataset
    axes: tuple[Mapping[str, Any], ...]
    failures: Sequence[Mapping[str, str]]
    spread: Mapping[str, Any] | None

    @property
    def points(self) -> SweepPoints:
        """The points one after the other."""
        return self.report.points

    @property
    def report(self) -> SweepReport:
        """The sweep as tellers take it."""
        return SweepReport(
            self.results,
            self.scenario,
            self.article,
            self.axes,
            self.failures,
            self.spread,
            self.manifest.widen,
            self.folder.as_posix(),
        )

    def story(self, figures: Sequence[FigurePiece] = ()) -> Story:
        """Tell the sweep, with the figures that were drawn."""
        return sweep_story(self.report, self.manifest, figures)


def read_stored_sweep(folder: Path, manifest: Manifest) -> StoredSweep:
    """Read a finished sweep.

    Raises:  ResultsError if something is missing or cannot be read
    """
    results, kept = load_results(folder), read_kept(folder, manifest)
    axes = tuple(manifest.sweep["axes"]) if manifest.sweep else tuple(json.loads(results.attrs["axes"]))
    return StoredSweep(
        **vars(kept),
        results=results,
        axes=axes,
        failures=_failures(folder / FAILURES_FILE),
        spread=load_spread(folder),
    )


def _failures(file: Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise ResultsError(f"{file} cannot be read: {error}") from None
