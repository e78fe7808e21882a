"""The folder of an analysis: what was asked, copies of the inputs, arrays, figures, and a manifest as of any run."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.foundations import ResultsError
from sim.scenario import Case, Scenario
from sim.store import FIGURES_FOLDER, Manifest, begin_run, digest, load_manifest
from sim.store.folder import (
    ARRAYS_FILE,
    INPUTS_FOLDER,
    MANIFEST_FILE,
    cannot_write,
    clear_figures,
    prepare_folder,
    write_atomically,
)
from sim.store.manifest import now
from sim.store.provenance import without_folders

if TYPE_CHECKING:
    import xarray as xr

#: Status of a finished analysis: no run that another could be compared with.
STATUS: Final = "analysis finished"


def begin_analysis(
    source: Case | Path,
    scenario: Scenario | None,
    draws: int | None,
    *,
    widen: float,
    argv: tuple[str, ...],
    out: Path,
) -> Manifest:
    """Make the folder and write what is asked, before anything is played.

    Args:
        source: the case that is played, or the folder of the results that are analysed
        draws:  how many were asked for; 0 in the manifest where each question takes its own number
    Raises:  ResultsError if the folder cannot be used, or holds results of something else
    """
    if (out / ARRAYS_FILE).exists() or (isinstance(source, Path) and out.resolve() == source.resolve()):
        raise ResultsError(f"{out} holds results of its own; choose another folder for the analysis with --out")
    if isinstance(source, Case):
        assert scenario is not None
        _, manifest = begin_run(source, scenario, draws or 0, widen=widen, argv=argv, out=out)
        return manifest
    known = load_manifest(source)
    prepare_folder(out, known.case, draws=1, numbers=1)
    manifest = replace(
        known,
        status="started",
        argv=tuple(without_folders(argv)),
        started=now().isoformat(),
        finished=None,
        seconds=None,
    )
    try:
        if (source / INPUTS_FOLDER).is_dir():
            shutil.copytree(source / INPUTS_FOLDER, out / INPUTS_FOLDER, dirs_exist_ok=True)
    except OSError as error:
        raise cannot_write(out, error) from None
    write_atomically(out / MANIFEST_FILE, manifest.to_json())
    return manifest


def keep_analyses(
    found: Sequence[xr.Dataset], scenario: Scenario | None, manifest: Manifest, out: Path, *, seconds: float
) -> list[Path]:
    """Write each analysis as a netCDF file, the figures that fit it, and the finished manifest.

    Returns:
        the files with arrays and figures
    Raises:  ResultsError if something cannot be written
    """
    from sim.plots import fitting, plot_all, stems_of
    from sim.report.analysis_keep import keep

    clear_figures(out)
    files: list[Path] = []
    kept = [keep(one, scenario, out) for one in found]
    for (stored, file), stems in zip(kept, stems_of([stored for stored, _ in kept]), strict=True):
        files.append(file)
        if names := fitting(stored):
            files += plot_all(stored, out / FIGURES_FOLDER, only=names, stems=stems)
    methods = [str(one.attrs["method"]) for one in found]
    done = replace(
        manifest,
        status=STATUS,
        finished=now().isoformat(),
        seconds=round(seconds, 3),
        digest=hashlib.sha256("".join(digest(one) for one in found).encode()).hexdigest(),
        counts={method: _size(one) for method, one in zip(methods, found, strict=True)},
        failures={method: int(one.attrs.get("failed", 0)) for method, one in zip(methods, found, strict=True)},
    )
    write_atomically(out / MANIFEST_FILE, done.to_json())
    return files


def _size(found: xr.Dataset) -> int:
    """Stories, points or draws that an analysis rests on."""
    for name in ("evaluations", "points", "draws"):
        if name in found.attrs:
            return int(found.attrs[name])
    return 0
