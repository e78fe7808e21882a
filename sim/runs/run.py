"""Run a scenario: play its worlds, keep everything, and tell one of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import xarray as xr

from sim.ensemble import FULL, Design, Judge, Progress
from sim.ensemble.play import PlayedRows, labelled, play_rows
from sim.ensemble.representative import ToldStory, add_representative
from sim.ensemble.requirements import require_draws, require_scenario
from sim.ensemble.told_deals import tells_of_all
from sim.foundations import Floats
from sim.runs.packages import package_deals
from sim.scenario import Scenario, widened
from sim.scenario.widening import AS_STATED
from sim.table import DealSpace


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
    results = _played(design, play_rows(design, (*FULL, *also), progress=progress, block=block))
    if widen != AS_STATED:
        results.attrs["widened"] = widen
    return results


def _played(design: Design, played: PlayedRows) -> xr.Dataset:
    """Results with the story of one world; of very many deals those that it is about are told of, and the packages."""
    space = DealSpace.of(design.scenario)
    if tells_of_all(len(space)):
        results = labelled(design, played)
        add_representative(results, design)
        return results
    light = {name: played.arrays[name] for name in ("ending", "consistent", "number")}
    story = ToldStory.of(labelled(design, replace(played, arrays=light)), design)
    also = np.concatenate([story.deals, package_deals(space)])
    results = labelled(design, played, also)
    add_representative(results, design, story)
    return results
