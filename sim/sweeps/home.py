"""The folder of a sweep: begun before the first draw, found again to be continued, refused if something changed."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from sim.foundations import InputError, Problem, ResultsError
from sim.store import load_manifest
from sim.store.folder import (
    MANIFEST_FILE,
    RESULTS,
    prepare_folder,
    write_atomically,
)
from sim.store.inputs import copy_inputs, read_inputs
from sim.store.manifest import Manifest, now, resolved_numbers, resolved_talks
from sim.store.provenance import git_state, package_versions, without_folders
from sim.sweeps.chunks import CHUNKS_FOLDER, ChunkPlan, make_plan
from sim.sweeps.sweep_ask import SweepAsk, differences

FAILURES_FILE: Final = "failures.csv"
STATUS_FILE: Final = "status.json"
POINTS_FILE: Final = "points.csv"
#: Bytes of a cell and of a kept draw, on disk: chunk, arrays, tables.
BYTES_PER_CELL: Final = 4_500
BYTES_PER_DRAW: Final = 180


@dataclass(frozen=True)
class Home:
    """Where a sweep is kept.

    folder:   the folder
    manifest: what was asked
    plan:     how it is cut into chunks
    resumed:  whether it was begun before
    """

    folder: Path
    manifest: Manifest
    plan: ChunkPlan
    resumed: bool

    @property
    def request(self) -> str:
        """Fingerprint of what was asked."""
        return self.manifest.fingerprint

    def write_manifest(self, **changes: Any) -> Manifest:
        """Write the manifest with some fields changed."""
        found = replace(self.manifest, **changes)
        write_atomically(self.folder / MANIFEST_FILE, found.to_json().encode())
        return found


def open_home(
    asked: SweepAsk,
    *,
    out: Path | None,
    workers: int,
    rows: int | None = None,
    argv: Sequence[str] = (),
) -> Home:
    """Continue the sweep in ``out``, or an unfinished one that was asked the same; or begin a new one.

    Raises:  ResultsError if the folder holds something else or cannot be used; InputError if it holds a sweep
             that was asked something else, naming what differs
    """
    name = asked.ask.case.name if asked.ask.cases else "scenario"
    if out is None:
        out = unfinished(name, asked.fingerprint)
    if out is not None and (out / MANIFEST_FILE).is_file():
        return _continue(asked, out)
    started = now()
    folder = out or sweep_folder(name, asked, started)
    return _begin(asked, folder, name, started, make_plan(asked.points, asked.draws, workers, rows), argv)


def sweep_folder(case: str, asked: SweepAsk, started: dt.datetime, root: Path = RESULTS) -> Path:
    """Name the folder: time for people to sort by, what was asked as a hash for finding it again."""
    kind = asked.study or asked.points.design
    size = f"{len(asked.points)}x{asked.draws}"
    return root / case / f"{started:%Y%m%dT%H%M%SZ}-sweep-{kind}-{size}-{asked.fingerprint[:8]}"


def unfinished(case: str, fingerprint: str, root: Path = RESULTS) -> Path | None:
    """The latest sweep of a case that was asked the same and did not finish."""
    found = []
    for folder in (root / case).glob(f"*-sweep-*-{fingerprint[:8]}"):
        try:
            manifest = load_manifest(folder)
        except ResultsError:
            continue
        if manifest.fingerprint == fingerprint and manifest.status != "finished":
            found.append(folder)
    return max(found) if found else None


def resume_command(folder: Path) -> str:
    """What to type to go on with the sweep in a folder.

    Example:
        >>> resume_command(Path("my results"))
        "sim sweep --resume 'my results'"
    """
    return f"sim sweep --resume {shlex.quote(str(folder))}"


def disk_needed(asked: SweepAsk, plan: ChunkPlan) -> int:
    """Bytes that a sweep takes on the disk, about."""
    return plan.all_cells * BYTES_PER_CELL + (asked.rows * BYTES_PER_DRAW if asked.keep else 0)


def _begin(
    asked: SweepAsk, folder: Path, name: str, started: dt.datetime, plan: ChunkPlan, argv: Sequence[str]
) -> Home:
    code = git_state(asked.ask.case.folder) if asked.ask.cases else None
    described = {**asked.describe(), "cells_in_chunk": plan.cells, "title": asked.title}
    described["measures"] = list(asked.measures)
    described["figures"] = None if asked.figures is None else list(asked.figures)
    described["case"] = without_folders([str(asked.ask.case.files[0].path)])[0] if asked.ask.cases else ""
    prepare_folder(folder, name, draws=max(disk_needed(asked, plan) // 40, 1), numbers=1, kind="sweep")
    (folder / CHUNKS_FOLDER).mkdir(exist_ok=True)
    manifest = Manifest(
        case=name,
        title=asked.scenario.title,
        overlay=asked.ask.overlay,
        overlays=tuple(asked.ask.overlays),
        fingerprint=asked.fingerprint,
        seed=asked.scenario.seed,
        draws=asked.draws,
        central=False,
        changes=dict(asked.ask.changes),
        widen=asked.widen,
        numbers=resolved_numbers(asked.scenario),
        talks=resolved_talks(asked.scenario),
        conventions=asked.scenario.conventions.model_dump(mode="json"),
        inputs=copy_inputs(folder, read_inputs(asked.ask.cases)),
        code=code,
        packages=package_versions(),
        argv=tuple(without_folders(argv)),
        started=started.isoformat(),
        sweep=described,
    )
    home = Home(folder, manifest, plan, False)
    home.write_manifest()
    return home


def _continue(asked: SweepAsk, folder: Path) -> Home:
    manifest = load_manifest(folder)
    if not manifest.sweep:
        raise ResultsError(f"{folder} holds a single run, no sweep; choose another folder with --out")
    found = differences(manifest.sweep, manifest.numbers, asked)
    if found:
        raise InputError(
            [Problem(f"{folder} was asked something else, so it cannot be continued: {line}") for line in found[:-1]]
            + [
                Problem(
                    f"{folder} was asked something else, so it cannot be continued: {found[-1]}",
                    allowed=f"undo the change, begin a new sweep with another --out, or go on with the inputs kept "
                    f"then: sim sweep {shlex.quote(str(folder / manifest.inputs[0]['copy']))} "
                    f"--resume {shlex.quote(str(folder))}"
                    if manifest.inputs
                    else "undo the change, or begin a new sweep with another --out",
                )
            ]
        )
    plan = ChunkPlan(asked.points, asked.draws, int(manifest.sweep["cells_in_chunk"]))
    prepare_folder(folder, manifest.case, draws=1, numbers=1, kind="sweep")
    (folder / CHUNKS_FOLDER).mkdir(exist_ok=True)
    return Home(folder, manifest, plan, True)
