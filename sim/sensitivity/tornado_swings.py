"""Tornado: every number at its low and its high end, one at a time, on the same worlds with the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.complete import require_complete
from sim.ensemble.measures import measures_of
from sim.ensemble.under_settings import under_settings
from sim.foundations import Floats, InputError
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.sensitivity.grouping import free_numbers


def tornado(
    scenario: Scenario,
    draws: int = 200,
    *,
    of: Sequence[str] = (),
    paths: Sequence[str] | None = None,
    judge: Scenario | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Move each number to either end of its range while all others are drawn, and see how shares change.

    Args:
        draws: worlds for each end; all ends see the same worlds and the same luck
        of:    conditions whose shares are followed
        paths: numbers that are moved; every ranged one by default
        judge: whose observations say which worlds fit, such as the base of an overlay; by default the scenario's own
    Returns:
        base (group, measure), share, change and error (group, input, end, measure): share with the number at
        that end, its change against the number being drawn, the paired standard error of that change; low and
        high (input). Groups: all worlds, and those consistent with the observations under the setting itself.
    Raises:  IncompleteError if a world failed; InputError if no number has a range
    Source:  one-at-a-time analysis (Saltelli et al. 2008, ch. 2), here averaged over the other numbers
    """
    wanted = measures_of(scenario, of)
    chosen = tuple(paths) if paths is not None else free_numbers(scenario)
    if not chosen:
        raise InputError("no number of this case has a range, so none can be moved to its ends")
    spans = {path: ends(scenario, scenario.numbers[path]) for path in chosen}
    settings: list[Mapping[str, float | Floats]] = [{}]
    settings += [{path: end} for path in chosen for end in spans[path]]
    found = under_settings(scenario, settings, wanted, draws, judge=judge, progress=progress)
    require_complete(found.outcomes.reshape(-1, len(wanted)), "a tornado")
    shares, _ = found.shares()
    change, error = found.differences()
    shape = (2, len(chosen), 2, len(wanted))
    dims = ("group", "input", "end", "measure")
    data = {
        "base": (("group", "measure"), shares[:, 0]),
        "share": (dims, shares[:, 1:].reshape(shape)),
        "change": (dims, change[:, 1:].reshape(shape)),
        "error": (dims, error[:, 1:].reshape(shape)),
        "kept": (("input", "end"), found.consistent[1:].mean(axis=1).reshape(shape[1:3])),
        "low": (("input",), np.array([low for low, _ in spans.values()])),
        "high": (("input",), np.array([high for _, high in spans.values()])),
    }
    coords = {
        "group": ["all", "consistent"],
        "input": list(chosen),
        "end": ["low", "high"],
        "measure": [m.text for m in wanted],
    }
    attrs = {
        "method": "tornado",
        "draws": draws,
        "consistent": int(found.consistent[0].sum()),
        "evaluations": draws * len(settings),
        "failed": 0,
        "title": scenario.title,
    }
    return xr.Dataset(data, coords, attrs)
