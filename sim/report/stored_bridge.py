"""A bridge read back from its folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xarray as xr

from sim.bridges import Bridge
from sim.foundations.plain_data import from_plain
from sim.report.bridge_report import BridgeReport
from sim.report.bridge_story import bridge_story
from sim.report.pieces import FigurePiece, Story
from sim.report.results_folder import ResultsFolder, read_kept
from sim.store import Manifest, load_results
from sim.store.integrity import read_json
from sim.store.spread_file import load_spread

BRIDGE_FILE: Final = "bridge.json"


@dataclass(frozen=True)
class StoredBridge(ResultsFolder):
    """A finished bridge.

    results: the frontier as labelled arrays, for figures
    bridge:  the answer
    spread:  what the spread of the answer comes from, if that was worked out
    """

    results: xr.Dataset
    bridge: Bridge
    spread: Mapping[str, Any] | None

    def story(self, figures: Sequence[FigurePiece] = ()) -> Story:
        """Tell the bridge, with the figures that were drawn."""
        told = BridgeReport(
            self.bridge, self.scenario, self.article, self.spread, self.manifest.widen, self.folder.as_posix()
        )
        return bridge_story(told, self.manifest, figures)


def read_bridge(folder: Path, manifest: Manifest) -> StoredBridge:
    """Read a finished bridge.

    Raises:  ResultsError if something is missing or cannot be read
    """
    results, kept = load_results(folder), read_kept(folder, manifest)
    found = from_plain(Bridge, read_json(folder / BRIDGE_FILE, manifest.files))
    return StoredBridge(**vars(kept), results=results, bridge=found, spread=load_spread(folder))
