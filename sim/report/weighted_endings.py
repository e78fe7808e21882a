"""The endings with every world counted by how likely it is to have been seen so, where hardly any fits outright."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.foundations.plain_data import Real
from sim.scenario import Scenario
from sim.store import meanings

#: Where fewer worlds fit than this share, weights say more than those that are kept.
LOW: Final = 0.1


@dataclass(frozen=True)
class WeightedEndings:
    """Shares of the endings, each world weighted.

    worlds:    with any weight
    effective: worlds of equal weight that would be worth as much (Kish)
    share:     ending -> share
    error:     ending -> standard error of it
    """

    worlds: int
    effective: Real
    share: Mapping[str, Real]
    error: Mapping[str, Real]


def effective_number(weights: Floats) -> float:
    """How many worlds of equal weight are worth as much: the square of the sum over the sum of squares.

    Source: Kish 1965, Survey Sampling, section 11.7
    Example:
        >>> effective_number(np.array([1.0, 1.0, 0.0])), effective_number(np.array([1.0, 0.5]))
        (2.0, 1.8)
    """
    squares = float((weights**2).sum())
    return float(weights.sum()) ** 2 / squares if squares > 0 else 0.0


def observation_weights(results: xr.Dataset, scenario: Scenario) -> Floats:
    """(B,) chance that a world would have been seen so: 1 where every observation holds, times the bluffs it takes.

    A world in which an observation does not hold is kept with the chance of a bluff. Throwing for that wastes worlds;
    its chance as a weight has the same mean and less luck in it (Rao & Blackwell).
    """
    weights = np.ones(results.sizes["draw"])
    paths = [str(path) for path in results["path"].values]
    for n, name in enumerate(str(found) for found in results["observation"].values):
        path = f"observations.{name}.bluff"
        bluff: Floats | float = 0.0
        if path in paths:
            bluff = results["number"].values[:, paths.index(path)].astype(float)
        elif path in scenario.numbers:
            bluff = float(scenario.numbers[path].quantity.value or 0)
        weights *= np.where(results["holds"].values[:, n].astype(bool), 1.0, bluff)
    return weights


def weighted_endings(results: xr.Dataset, scenario: Scenario) -> WeightedEndings | None:
    """Weigh every world; ``None`` where enough worlds fit outright, or nothing was observed.

    Source: importance weights (self-normalised; the error by linearisation of the ratio, Owen 2013, ch. 9)
    """
    share = float(results["consistent"].values.astype(bool).mean())
    if not scenario.observations or share >= LOW or "number" not in results:
        return None
    weights = observation_weights(results, scenario)
    whole = float(weights.sum())
    if not whole > 0:
        return None
    names, codes = meanings(results, "ending"), results["ending"].values
    shares = {name: float(weights[codes == code].sum() / whole) for code, name in enumerate(names)}
    errors = {
        name: float(np.sqrt((weights**2 * ((codes == code) - shares[name]) ** 2).sum()) / whole)
        for code, name in enumerate(names)
    }
    return WeightedEndings(int((weights > 0).sum()), effective_number(weights), shares, errors)
