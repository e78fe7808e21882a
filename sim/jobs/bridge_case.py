"""A bridge from end to end: found, its spread split, kept in a folder; `sim bridge` and Python alike."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sim.bridges import Bridge, Goal, bridge, bridge_dataset, lever_names
from sim.ensemble.ask import Ask, ask
from sim.ensemble.workers import hired
from sim.foundations.plain_data import plain_data
from sim.jobs.splitting import split_bridge
from sim.jobs.steps import Steps, silent
from sim.plots import PLOTS, save
from sim.report.stored_bridge import BRIDGE_FILE
from sim.scenario import Case, Scenario
from sim.store import Manifest, begin_run, close_manifest, fingerprint
from sim.store.arrays_file import write_arrays
from sim.store.folder import ARRAYS_FILE, FIGURES_FOLDER, RESULTS, clear_told, write_atomically
from sim.store.manifest import now
from sim.store.spread_file import save_spread

#: Status of a finished bridge: it has arrays and figures but is no run that another could be compared with.
BRIDGE_STATUS: Final = "bridge finished"
_FIGURE: Final = "bridge-frontier"
#: Draws from which on other processes are worth their start.
_MANY: Final = 500
#: Draws on which the answer is played again under each other convention.
_CHECKED: Final = 300


@dataclass(frozen=True)
class CaseBridge:
    """What came of a bridge.

    folder: where it is kept
    bridge: the answer
    spread: what its spread comes from; ``None`` where that was left out or nothing varies
    """

    folder: Path
    bridge: Bridge
    spread: Mapping[str, Any] | None


def run_bridge(
    asked: Ask,
    goal: Goal,
    levers: Sequence[str] | None = None,
    out: Path | None = None,
    *,
    argv: Sequence[str] = (),
    conventions: bool = True,
    split: bool = True,
    figures: bool = True,
    workers: int | None = None,
    steps: Steps = silent,
) -> CaseBridge:
    """Make the folder, find the bridge, keep it; so no work is lost for want of a place.

    Args:
        levers:      names of levers that may be used; all by default
        out:         the results folder itself; by default a new one in ``results/``
        argv:        the command line, if it was asked there
        conventions: replay the answer under other conventions
        split:       look where the spread comes from
        figures:     draw the figure
        workers:     processes; 0: this one; by default one for each core where the work is large
        steps:       told how far each step is
    Raises:  ResultsError if the folder cannot be used; InputError for levers that do not exist
    """
    begun = time.perf_counter()
    folder, manifest = _begin(asked, goal, levers, argv, out)
    with hired(workers, small=asked.draws < _MANY) as executor:
        found = bridge(
            asked.scenario,
            goal,
            levers=levers,
            draws=asked.draws,
            seen_in=asked.base,
            checked=_CHECKED if conventions else 0,
            steps=steps,
            executor=executor,
        )
        spread = split_bridge(found, asked.scenario, steps, judge=asked.base) if split else None
        save_spread(folder, spread)
        _keep(folder, manifest, found, asked.scenario, seconds=time.perf_counter() - begun, figures=figures)
    return CaseBridge(folder, found, spread)


def bridge_case(
    case: Case,
    goal: Goal,
    *,
    out: str | Path,
    levers: Sequence[str] | None = None,
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    widen: float | None = None,
    draws: int | None = None,
    conventions: bool = True,
    spread: bool = True,
    figures: bool = False,
    workers: int = 0,
) -> Bridge:
    """Find a bridge of a case, overlay and all, and keep it in the folder that `sim bridge` would write.

    Args:
        out:         results folder, which `sim report`, `sim plot`, `sim view` then open
        levers:      names of levers that may be used; all by default
        changes:     dotted path -> new value, as ``sim bridge --set``; for base and overlay alike
        seed:        root of all random numbers
        protocol:    rules of the talks
        widen:       half-widths of stated ranges times this
        draws:       how many worlds; the scenario's own number by default
        conventions: replay the answer under other conventions
        spread:      keep too what the spread of the answer comes from
        figures:     and the figure; `sim bridge` does so by default
        workers:     processes; 0: this one
    Raises:  InputError for levers or changes that do not do; ResultsError if the folder cannot be used
    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from sim import Goal, bridge_case, read_case
        >>> with TemporaryDirectory() as top:  # doctest: +SKIP
        ...     found = bridge_case(read_case("scenarios/ceasefire"), Goal("truce"), draws=100, out=top)
    """
    asked = ask(case, changes=changes, seed=seed, protocol=protocol, widen=widen, draws=draws)
    done = run_bridge(
        asked, goal, levers, Path(out), conventions=conventions, split=spread, figures=figures, workers=workers
    )
    return done.bridge


def _begin(
    asked: Ask, goal: Goal, levers: Sequence[str] | None, argv: Sequence[str], out: Path | None
) -> tuple[Path, Manifest]:
    """Make the folder and write what is asked."""
    names = lever_names(asked.scenario, levers)
    goal.require(asked.scenario)
    own = fingerprint(asked.scenario, asked.draws, want=goal.want, measure=goal.measure, levers=list(names))
    stamp = f"{now():%Y%m%dT%H%M%SZ}"
    want = goal.want if goal.is_kind(asked.scenario) else "condition"
    folder = out or RESULTS / asked.case.name / f"{stamp}-bridge-{want}-{goal.at_least:g}-{own[:8]}"
    return begin_run(asked, argv=argv, out=folder, kind="bridge")


def _keep(
    folder: Path, manifest: Manifest, found: Bridge, scenario: Scenario, *, seconds: float, figures: bool
) -> None:
    """Write answer, arrays, figure and the finished manifest."""
    clear_told(folder)
    text = json.dumps(plain_data(found.to_json()), indent=2, ensure_ascii=False) + "\n"
    write_atomically(folder / BRIDGE_FILE, text.encode())
    results = bridge_dataset(found, scenario)
    if manifest.widen != 1:
        results.attrs["widened"] = manifest.widen
    write_arrays(folder / ARRAYS_FILE, results)
    if figures:
        save(PLOTS[_FIGURE].draw(results), folder / FIGURES_FOLDER, _FIGURE)
    counts = {"draw": found.drawn, "consistent": found.draws, "lever": len(found.levers), "tried": found.tried}
    close_manifest(folder, manifest, BRIDGE_STATUS, seconds=seconds, counts=counts)
