"""Run a scenario: draw worlds, play them block by block, label what came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
import xarray as xr

from sim.engine import Block, block_size, simulate
from sim.experiments.records import Records, joined, outcomes, records
from sim.experiments.representative import add_representative
from sim.foundations import Bools, Floats, InputError, Ints
from sim.scenario import Case, Draws, Scenario, draw, widened
from sim.scenario.widening import AS_STATED
from sim.store import label
from sim.table import DealSpace

#: Called with (draws done, draws in all) after each block.
Progress = Callable[[int, int], None]


def run(
    scenario: Scenario,
    draws: int | None = None,
    *,
    central: bool = False,
    fixed: Mapping[str, float | Floats] | None = None,
    consistent: Bools | None = None,
    block: int | None = None,
    progress: Progress | None = None,
    widen: float = AS_STATED,
) -> xr.Dataset:
    """Play every draw of a scenario and return the labelled results.

    Memory is flat in the number of draws but for the columns that are kept; results are equal bit for bit
    whatever the size of a block.

    Args:
        draws:      how many worlds; the scenario's own number by default
        central:    every number at its central value
        fixed:      path -> value that replaces the draw
        consistent: (B,) verdict on each draw that replaces that of the observations
        block:      draws in a block; by default as many as fit the memory budget
        progress:   told after each block
        widen:      half-widths of stated ranges times this; 1.29 for overconfident ones
    Returns:
        dataset with a ``draw`` dimension, see ``sim.store.label``
    Raises:  InputError if the scenario was not read, or the number of draws is none
    Example:
        >>> from sim.scenario import read_scenario
        >>> results = run(read_scenario("scenarios/pie"), 4)  # doctest: +SKIP
    """
    require_scenario(scenario, "run")
    count = scenario.draws if draws is None else require_draws(draws)
    scenario = widened(scenario, widen)
    space = DealSpace.of(scenario)
    found: list[Records] = []
    for played, numbers in _blocks(space, count, central, fixed, block, keep_states=True):
        found.append(records(played, None if consistent is None else consistent[numbers]))
        if progress is not None:
            progress(int(numbers[-1]) + 1, count)
    results = label(scenario, space, joined(found), np.arange(count))
    add_representative(results, scenario, space, central=central, fixed=fixed)
    if widen != AS_STATED:
        results.attrs["widened"] = widen
    return results


def require_scenario(found: object, name: str) -> None:
    """Refuse a path or name where a scenario is needed, and say how it is read.

    Example:
        >>> require_scenario("scenarios/pie", "run")
        Traceback (most recent call last):
        ...
        sim.foundations.errors.InputError: run needs a scenario that was read: run(read_scenario("scenarios/pie"), …)
    """
    if isinstance(found, Scenario):
        return
    if isinstance(found, Case):
        raise InputError(f"{name} needs the scenario of the case: {name}(case.scenario, …)")
    place = f'"{found}"' if isinstance(found, str | Path) else '"scenarios/…"'
    raise InputError(f"{name} needs a scenario that was read: {name}(read_scenario({place}), …)")


def require_draws(found: object) -> int:
    """Return a number of draws; refuse anything else than a whole number from 1 up.

    Example:
        >>> require_draws(3)
        3
    """
    if isinstance(found, bool) or not isinstance(found, int | np.integer) or found < 1:
        raise InputError(f"draws must be a whole number from 1 up, not {found!r}")
    return int(found)


def play_outcomes(
    scenario: Scenario,
    draws: int,
    *,
    central: bool = False,
    fixed: Mapping[str, float | Floats] | None = None,
    consistent: Bools | None = None,
    block: int | None = None,
) -> Records:
    """Play draws and keep only what happened; the quick way for comparisons on common random numbers."""
    space = DealSpace.of(scenario)
    found = [
        outcomes(played, None if consistent is None else consistent[numbers])
        for played, numbers in _blocks(space, draws, central, fixed, block, keep_states=False)
    ]
    return joined(found)


def _blocks(
    space: DealSpace,
    count: int,
    central: bool,
    fixed: Mapping[str, float | Floats] | None,
    block: int | None,
    *,
    keep_states: bool,
) -> Iterator[tuple[Block, Ints]]:
    size = block or block_size(space, len(space.scenario.actors))
    for start in range(0, count, size):
        numbers = np.arange(start, min(start + size, count))
        own = {path: _part(value, numbers) for path, value in (fixed or {}).items()}
        worlds: Draws = draw(space.scenario, numbers, central=central, fixed=own)
        yield simulate(space, worlds, keep_states=keep_states), numbers


def _part(value: float | Floats, numbers: Ints) -> float | Floats:
    return value[numbers] if isinstance(value, np.ndarray) and value.ndim else value
