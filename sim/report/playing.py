"""Play a case from Python as `sim run` plays it, and keep it as `sim run` keeps it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xarray as xr

from sim.engine import talk_rules
from sim.ensemble import Progress
from sim.experiments import run
from sim.experiments.conventions import replay_conventions
from sim.experiments.flips import TRIED
from sim.experiments.flips import flips as find_flips
from sim.experiments.importance import add_importance
from sim.experiments.robustness import split_spread
from sim.foundations import InputError
from sim.report.answer import answer, replays
from sim.report.luck import seed_changes_nothing
from sim.report.splitting import REPEATS, WORLDS
from sim.report.spread import Spread
from sim.scenario import Case, Scenario, change, read_case
from sim.store import begin_run, digest, finish_run, save_results, with_replays


def play_case(
    case: Case,
    draws: int | None = None,
    *,
    changes: Mapping[str, Any] | None = None,
    out: str | Path | None = None,
    conventions: bool = False,
    flips: bool = False,
    spread: bool = False,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Play a case, overlay and all, and keep it in a results folder if one is named.

    What was observed was observed in the world without the overlay: under an overlay the consistent draws are
    those of the base, as for ``sim run CASE --overlay NAME``; ``run(case.scenario)`` would judge them anew.

    Args:
        draws:       how many worlds; the scenario's own number by default
        changes:     dotted path -> new value, as ``sim run --set``; for base and overlay alike
        out:         results folder, which `sim report`, `sim compare`, `sim plot`, `sim view` then open
        conventions: replay under the usual alternative conventions, as ``sim run --conventions``
        flips:       keep in the folder too what would flip the headline; `sim run` does so by default
        spread:      and where the spread comes from; `sim run` does so by default
        progress:    told after each block of draws
    Returns:
        the results, with ``importance`` of every number; with conventions also ``replay_share`` and the like, as
        ``figures.ending_triangle`` draws them
    Raises:  InputError for a change that does not do, or for what is kept in a folder where none is named;
             ResultsError if the folder cannot be used
    Example:
        >>> from sim import figures, play_case, read_case
        >>> results = play_case(read_case("scenarios/pie"), 20)
        >>> figures.endings(results).get_label()
        'endings'
    """
    begun = time.perf_counter()
    if out is None and (flips or spread):
        raise InputError("flips and spread are kept with the answer, so name a folder with out=")
    changed = dict(changes or {})
    scenario = _playable(case.scenario, changed)
    base = None if case.overlay is None else _playable(read_case(case.files[0].path).scenario, changed)
    count = draws or scenario.draws
    kept = None
    if out is not None:
        kept = begin_run(case, scenario, count, base=base, changes=changed, out=Path(out))
    results = run(scenario, count, judge=base, progress=progress)
    bits = digest(results)
    add_importance(results)
    fixed = seed_changes_nothing(results, scenario)
    tried = count if conventions else min(count, TRIED)
    variants = replay_conventions(scenario, tried) if conventions or (flips and not fixed) else ()
    shown = variants if conventions else ()
    if kept is not None:
        folder, manifest = kept
        manifest = save_results(folder, manifest, results, digest=bits)
        told = answer(
            results,
            scenario,
            case.name,
            folder,
            overlay=case.overlay,
            seen_in_base=base is not None,
            deterministic=fixed,
            flips=find_flips(scenario, results, draws=min(count, TRIED), conventions=variants)
            if flips and not fixed
            else (),
            spread=Spread.of(split_spread(scenario, WORLDS, REPEATS)) if spread and not fixed else None,
            conventions=shown,
            digest=bits,
        )
        finish_run(folder, manifest, told.to_json(), seconds=time.perf_counter() - begun)
    return with_replays(results, replays(shown, ()))


def _playable(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    found = change(scenario, changes)
    problems = talk_rules(found)
    if problems:
        raise InputError(problems)
    return found
