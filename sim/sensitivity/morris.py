"""Morris screening: which numbers do anything at all, from few worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble import Progress, Rows
from sim.ensemble.complete import require_complete
from sim.ensemble.evaluate import evaluate
from sim.ensemble.measures import measured, measures_of
from sim.foundations import Floats
from sim.foundations.dice import stream_key
from sim.scenario import Scenario
from sim.sensitivity.grouping import DUMMY, free_numbers
from sim.sensitivity.quiet import quiet


@dataclass(frozen=True)
class Trajectories:
    """Points of a Morris design: along a trajectory each number moves once, with the same luck throughout.

    paths:     the numbers
    quantiles: (N, P)
    """

    paths: tuple[str, ...]
    quantiles: Floats

    @property
    def points(self) -> int:
        """How many points there are."""
        return len(self.quantiles)

    def rows(self, start: int, stop: int) -> Rows:
        """Some of the points."""
        luck = np.arange(start, stop) // (len(self.paths) + 1)
        part = self.quantiles[start:stop]
        return Rows(luck, luck, {path: part[:, p] for p, path in enumerate(self.paths) if path != DUMMY})


def morris(
    scenario: Scenario,
    trajectories: int = 50,
    *,
    of: Sequence[str] = (),
    levels: int = 4,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Play trajectories through the quantiles of all numbers and return their elementary effects.

    Args:
        trajectories: how many; each costs one world more than there are numbers
        of:           conditions whose indicators are screened
        levels:       places of each number's quantile, from 0 to 1
    Returns:
        see ``elementary_effects``
    Raises:  IncompleteError if a point failed
    Source:  Morris 1991; Campolongo, Cariboni & Saltelli 2007 (mu*), through SALib. Common luck along a
        trajectory is ours: a number that does nothing has effects of exactly 0.
    """
    from SALib.sample import morris as salib

    wanted = measures_of(scenario, of)
    paths = (*free_numbers(scenario), DUMMY)
    number = int(stream_key(scenario.seed, "morris")[0] % 2**31)
    with quiet():
        points = salib.sample(_problem(paths), trajectories, num_levels=levels, seed=number)
    design = Trajectories(paths, points)
    outcomes = measured(evaluate(scenario, design, wanted, progress=progress), wanted)
    found = elementary_effects(points, outcomes, paths, [m.text for m in wanted], levels=levels, seed=number)
    found.attrs |= {"trajectories": trajectories, "evaluations": design.points, "title": scenario.title}
    return found


def elementary_effects(
    points: Floats, outcomes: Floats, names: Sequence[str], wanted: Sequence[str], *, levels: int = 4, seed: int = 1
) -> xr.Dataset:
    """Summarise the elementary effects of a Morris design.

    Args:
        points:   (N, P) design over the unit cube
        outcomes: (N, M)

    Returns:
        mu, mu_star, sigma, mu_star_half (input, measure): mean effect, mean absolute effect, standard deviation
        of effects, half the width of mu_star's 95 % interval; an effect is the change of the indicator per unit
        of quantile; mean (measure) over the points of the design
    Raises:  IncompleteError if an outcome is missing
    """
    from SALib.analyze import morris as salib

    require_complete(outcomes, "Morris screening")
    found = {name: np.zeros((len(names), len(wanted))) for name in ("mu", "mu_star", "sigma", "mu_star_half")}
    for m in range(len(wanted)):
        with quiet():
            got = salib.analyze(
                _problem(names), points, np.asarray(outcomes[:, m], float), num_levels=levels, seed=seed or 1
            )
        for name, values in found.items():
            values[:, m] = np.ma.filled(np.ma.asarray(got[name.replace("half", "conf")], float), np.nan)
    data: dict[str, tuple[tuple[str, ...], Floats]] = {
        name: (("input", "measure"), values) for name, values in found.items()
    }
    data["mean"] = (("measure",), np.asarray(outcomes, float).mean(axis=0))
    coords = {"input": list(names), "measure": list(wanted)}
    return xr.Dataset(data, coords, {"method": "morris", "points": len(outcomes), "failed": 0})


def _problem(names: Sequence[str]) -> dict[str, object]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names), "groups": None}
