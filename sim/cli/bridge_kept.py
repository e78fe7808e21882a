"""The folder of a bridge: what was asked, the answer, the frontier as arrays and as a figure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sim.cli.request import Request
from sim.experiments.bridge import Bridge, Goal, bridge_dataset, lever_names
from sim.plots import PLOTS, save
from sim.report.plain import plain
from sim.scenario import Scenario
from sim.store import Manifest, begin_run, fingerprint
from sim.store.folder import ARRAYS_FILE, FIGURES_FOLDER, MANIFEST_FILE, RESULTS, cannot_write, write_atomically
from sim.store.manifest import now

BRIDGE_FILE: Final = "bridge.json"
#: Status of a finished bridge: it has arrays and figures but is no run that another could be compared with.
STATUS: Final = "bridge finished"
_FIGURE: Final = "bridge-frontier"


def begin_bridge(
    asked: Request, goal: Goal, argv: tuple[str, ...], out: Path | None, levers: Sequence[str] | None
) -> tuple[Path, Manifest]:
    """Make the folder and write what is asked.

    Raises:  ResultsError if the folder cannot be used; InputError for levers that do not exist
    """
    names = lever_names(asked.scenario, levers)
    own = fingerprint(asked.scenario, asked.draws, want=goal.want, measure=goal.measure, levers=list(names))
    stamp = f"{now():%Y%m%dT%H%M%SZ}"
    folder = out or RESULTS / asked.case.name / f"{stamp}-bridge-{goal.want}-{goal.at_least:g}-{own[:8]}"
    return begin_run(
        asked.case,
        asked.scenario,
        asked.draws,
        base=asked.base,
        changes=asked.changes,
        widen=asked.widen,
        argv=argv,
        out=folder,
    )


def keep_bridge(
    folder: Path, manifest: Manifest, found: Bridge, scenario: Scenario, *, seconds: float, figures: bool
) -> None:
    """Write answer, arrays, figure and the finished manifest.

    Raises:  ResultsError if something cannot be written
    """
    text = json.dumps(plain(found.to_json()), indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / BRIDGE_FILE, text.encode())
    results = bridge_dataset(found, scenario)
    if manifest.widen != 1:
        results.attrs["widened"] = manifest.widen
    partial = folder / f".{ARRAYS_FILE}.partial"
    try:
        results.to_netcdf(partial, engine="h5netcdf")
        partial.replace(folder / ARRAYS_FILE)
        if figures:
            save(PLOTS[_FIGURE].draw(results), folder / FIGURES_FOLDER, _FIGURE)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise cannot_write(folder, error) from None
    done = replace(
        manifest,
        status=STATUS,
        finished=now().isoformat(),
        seconds=round(seconds, 3),
        counts={"draw": found.drawn, "consistent": found.draws, "lever": len(found.levers), "tried": found.tried},
    )
    write_atomically(folder / MANIFEST_FILE, done.to_json().encode())
