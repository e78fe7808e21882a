"""Writing a run to its folder: arrays, table, inputs, manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble.ask import Ask
from sim.scenario import Scenario
from sim.scenario.kinds import models_war
from sim.store.arrays_file import write_arrays
from sim.store.draw_table import draw_table
from sim.store.folder import (
    ANSWER_FILE,
    ARRAYS_FILE,
    MANIFEST_FILE,
    TABLE_FILE,
    clear_told,
    prepare_folder,
    run_folder,
    write_atomically,
)
from sim.store.inputs import copy_inputs, read_inputs
from sim.store.integrity import file_hashes
from sim.store.manifest import (
    Manifest,
    fingerprint,
    now,
    resolved_numbers,
    resolved_talks,
)
from sim.store.peaceful_arrays import as_filed
from sim.store.provenance import git_state, package_versions, without_folders

#: Dimensions whose sizes stand in the manifest.
_COUNTED: Final = ("draw", "actor", "issue", "deal_index", "path")


def begin_run(
    asked: Ask,
    *,
    argv: Sequence[str] = (),
    out: Path | None = None,
    draws: int | None = None,
    kind: str = "run",
) -> tuple[Path, Manifest]:
    """Make the folder of a run and write what is asked, before anything is played.

    Args:
        argv:  the command line, if it was asked there
        out:   the folder itself; by default one named by time below ``results/<case>/``
        kind:  what is to be kept: run, bridge or analysis
        draws: written instead of those that are asked; 0 where several questions each take their own number
    Returns:
        folder and manifest with status ``started``
    Raises:  ResultsError if the folder cannot be used
    """
    case, scenario = asked.case, asked.scenario
    code = git_state(case.folder)  # before the first write, which would make the work tree dirty
    started = now()
    count = asked.draws if draws is None else draws
    seen_in = None if asked.base is None else fingerprint(asked.base, count)
    own = fingerprint(scenario, count, central=asked.central, seen_in=seen_in)
    folder = out if out is not None else run_folder(case.name, count, own, started)
    contents = read_inputs(asked.cases)
    prepare_folder(folder, case.name, draws=count, numbers=len(scenario.numbers) + 40, kind=kind)
    manifest = Manifest(
        case=case.name,
        title=scenario.title,
        overlay=case.overlay,
        overlays=tuple(asked.overlays),
        fingerprint=own,
        seed=scenario.seed,
        draws=count,
        central=asked.central,
        changes=dict(asked.changes),
        numbers=resolved_numbers(scenario),
        **rules_of(asked),
        inputs=copy_inputs(folder, contents),
        code=code,
        packages=package_versions(),
        argv=tuple(without_folders(argv)),
        started=started.isoformat(),
    )
    write_atomically(folder / MANIFEST_FILE, manifest.to_json())
    return folder, manifest


def rules_of(asked: Ask) -> dict[str, Any]:
    """Fields of a manifest that say by which rules is played: talks, conventions, how wide the ranges are."""
    scenario = asked.scenario
    return {"talks": resolved_talks(scenario), "conventions": _conventions(scenario), "widen": asked.widen}


def _conventions(scenario: Scenario) -> dict[str, Any]:
    """Choices that the literature leaves open; those between readings of a war only where one is modelled."""
    found: dict[str, Any] = scenario.conventions.model_dump(mode="json")
    return found if models_war(scenario) else {key: value for key, value in found.items() if "war" not in str(value)}


def save_results(folder: Path, manifest: Manifest, results: xr.Dataset, *, digest: str) -> Manifest:
    """Write arrays and table; figures of an earlier run in the same folder are removed.

    Returns:
        the manifest with status ``played``
    Raises:  ResultsError if something cannot be written
    """
    clear_told(folder)
    write_arrays(folder / ARRAYS_FILE, as_filed(results))
    write_atomically(folder / TABLE_FILE, draw_table(results))
    played = replace(
        manifest,
        status="played",
        digest=digest,
        files=file_hashes(folder),
        counts={
            **{name: int(results.sizes[name]) for name in _COUNTED},
            "observation": int(results.sizes.get("observation", 0)),
            "consistent": int(results["consistent"].values.sum()),
        },
        failures={"utility_not_finite": int((~np.isfinite(results["utility"].values)).any(axis=1).sum())},
    )
    write_atomically(folder / MANIFEST_FILE, played.to_json())
    return played


def finish_run(folder: Path, manifest: Manifest, answer: Mapping[str, Any], *, seconds: float) -> Manifest:
    """Write the answer, then the manifest with status ``finished``.

    Raises:  ResultsError if something cannot be written
    """
    write_atomically(folder / ANSWER_FILE, json.dumps(answer, indent=2, ensure_ascii=False) + "\n")
    return close_manifest(folder, manifest, "finished", seconds=seconds)


def close_manifest(folder: Path, manifest: Manifest, status: str, *, seconds: float, **found: Any) -> Manifest:
    """Write the manifest of a folder that is whole: when it was finished, how long it took, hashes of its files.

    Args:
        found: other fields of the manifest that are known by now, such as counts and failures
    Raises:  ResultsError if it cannot be written
    """
    done = replace(
        manifest,
        status=status,
        finished=now().isoformat(),
        seconds=round(seconds, 3),
        files=file_hashes(folder),
        **found,
    )
    write_atomically(folder / MANIFEST_FILE, done.to_json())
    return done
