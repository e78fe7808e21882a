"""Any results folder read back, whatever kind of question it answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from sim.foundations import ResultsError
from sim.report.results_folder import ResultsFolder
from sim.report.stored_analysis import read_analysis
from sim.report.stored_bridge import read_bridge
from sim.report.stored_run import read_run
from sim.report.stored_sweep import read_stored_sweep
from sim.store import load_manifest
from sim.sweeps.home import STATUS_FILE

_READERS: Final = {"run": read_run, "sweep": read_stored_sweep, "bridge": read_bridge, "analysis": read_analysis}


def read_stored(folder: Path | str) -> ResultsFolder:
    """Read a results folder of any kind; everything comes from the folder itself.

    Returns:
        a ``StoredRun``, ``StoredSweep``, ``StoredBridge`` or ``StoredAnalysis``
    Raises:  ResultsError if it holds nothing finished; InputError if its inputs do not fit this version any more
    """
    folder = Path(folder)
    manifest = load_manifest(folder)
    kind = manifest.kind
    if manifest.status == "started":
        raise ResultsError(_unfinished(folder, kind))
    return _READERS[kind](folder, manifest)


def _unfinished(folder: Path, kind: str) -> str:
    if kind != "sweep":
        return f"{folder} holds a {kind} that did not finish; run it again"
    done, total = _progress(folder)
    how_far = f" ({done:,} of {total:,} negotiations are played)" if total else ""
    return (
        f"{folder} holds a sweep that is not finished{how_far}, so there is nothing to report yet; "
        f"go on with: sim sweep --resume {folder}"
    )


def _progress(folder: Path) -> tuple[int, int]:
    """Negotiations played and asked for, as the sweep itself told last; zeros where it told nothing."""
    try:
        found: dict[str, Any] = json.loads((folder / STATUS_FILE).read_text(encoding="utf-8"))
        return int(found["done"]), int(found["total"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0
