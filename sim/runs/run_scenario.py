"""Run a scenario: play its worlds, keep everything, tell one in full; and whether chance plays any part in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import FULL, Design, Judge, Progress, play, play_rows
from sim.ensemble.ask import require_draws, require_scenario
from sim.ensemble.dataset_labels import deals_in_all
from sim.ensemble.headline_outcomes import needs_of
from sim.ensemble.representative import with_story
from sim.ensemble.told_deals import tells_of_all
from sim.foundations import Floats, Ints
from sim.runs.packages import package_deals
from sim.scenario import Scenario, change, widened
from sim.scenario.widening import AS_STATED

#: Draws that are played again with another seed; of very many deals few draws have to do.
_TRIED: Final = 100
_FEW: Final = 10


def run(
    scenario: Scenario,
    draws: int | None = None,
    *,
    central: bool = False,
    fixed: Mapping[str, float | Floats] | None = None,
    judge: Scenario | Judge | None = None,
    block: int | None = None,
    progress: Progress | None = None,
    widen: float = AS_STATED,
    also: Iterable[str] = (),
    executor: Executor | None = None,
) -> xr.Dataset:
    """Play every draw of a scenario and return the labelled results.

    Memory is flat in the number of draws but for the columns that are kept; results are equal bit for bit
    whatever the size of a block.

    Args:
        draws:    how many worlds; the scenario's own number by default
        central:  every number at its central value
        fixed:    path -> value that replaces the draw
        judge:    another scenario whose observations say which worlds count, such as the base of an overlay
        block:    draws in a block; by default as many as fit the memory budget
        progress: told after each block
        widen:    half-widths of stated ranges times this; 1.29 for overconfident ones
        also:     columns that are kept besides, such as ``state@1y``
        executor: plays blocks side by side; the bits are the same without one
    Returns:
        dataset with a ``draw`` dimension, see ``sim.ensemble.label``; a world that cannot be played is left out and
        counted in the attribute ``failed``
    Raises:  InputError if the scenario was not read, or the number of draws is none
    Example:
        >>> from sim.scenario import read_scenario
        >>> results = run(read_scenario("scenarios/pie"), 4)  # doctest: +SKIP
    """
    require_scenario(scenario, "run")
    count = scenario.draws if draws is None else require_draws(draws)
    scenario = widened(scenario, widen)
    design = Design.of_draws(scenario, count, central=central, fixed=fixed, judge=judge)
    told = _told_first(scenario)
    played = play_rows(design, (*FULL, *told, *also), executor=executor, progress=progress, block=block)
    results = with_story(design, played, package_deals)
    if widen != AS_STATED:
        results.attrs["widened"] = widen
    return results


def seed_changes_nothing(results: xr.Dataset, scenario: Scenario, *, central: bool = False) -> bool:
    """Find out whether another seed gives the same results.

    Draws differ by their streams only, so where chance matters they differ among themselves; where they are
    all alike, or there is only one, some are played again with another seed.

    Args:
        central: whether the run had every number at its central value
    """
    names = ("ending", "deal", "held", "round", "utility", *({"forecast"} & {*_told_first(scenario)} & {*results}))
    columns = {name: np.nan_to_num(results[name].values) for name in names}
    if any((values != values[:1]).any() for values in columns.values()):
        return False
    tried = _TRIED if tells_of_all(deals_in_all(results)) else _FEW
    other = Design.of_draws(change(scenario, {"seed": f"{scenario.seed}, again"}), tried, central=central)
    again = play(other, columns=names)
    columns["deal"], here = (_numbers(found) for found in (results, again))
    found = {**{name: np.nan_to_num(again[name].values) for name in names}, "deal": here}
    return all(np.array_equal(found[name], np.repeat(v[:1], tried, axis=0)) for name, v in columns.items())


def _told_first(scenario: Scenario) -> list[str]:
    """Columns that the outcomes of the headline need."""
    return [need for found in scenario.headline.outcomes for need in needs_of(found.of)]


def _numbers(results: xr.Dataset) -> Ints:
    """(B,) number of the first deal signed among all there are; results may tell of fewer."""
    deal = results["deal"].values.astype(np.int64)
    return np.where(deal < 0, deal, results["deal_index"].values[deal])
