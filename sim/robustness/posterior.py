"""Posterior against prior: what the observations taught about every number, and which of them did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats, InputError
from sim.scenario import Scenario
from sim.words import percent

#: Below these an answer over consistent draws is called thin, and the encoding doubtful.
THIN: Final = 100
CONTRADICTED: Final = 0.05


def posterior(results: xr.Dataset) -> xr.Dataset:
    """Compare every number's draws that survive the observations with all of its draws.

    Args:
        results: a run with number (draw, path), kept (draw, observation), consistent (draw)

    Returns:
        distance (path): largest gap between the distribution functions, 0..1; shift (path): change of the mean in
        standard deviations of the prior; error (path): standard error of the shift; threshold: distance that
        chance exceeds in 5 % of numbers that were not touched; by_observation, shift_by_observation (path,
        observation): the same for draws that survive that observation alone; survives (observation): share of
        draws; quantiles (path, group, quantile) for figures. Attributes: draws, effective (how many draws the
        consistent ones amount to; each counts alike), warnings.
    Raises:  InputError if the results have no observations
    Source:  Kolmogorov-Smirnov distance of a subset from the whole; approximate Bayesian conditioning by rejection
    """
    if "kept" not in results or not results.sizes.get("observation", 0):
        raise InputError("the scenario has no observations, so nothing is conditioned: posterior and prior agree")
    if "number_central" in results:  # mirrored numbers have none; they move with another one
        results = results.isel(path=np.flatnonzero(np.isfinite(results["number_central"].values)))
    numbers = np.asarray(results["number"].values, float)
    kept = np.asarray(results["kept"].values, bool)
    consistent = np.asarray(results["consistent"].values, bool)
    size, left = len(consistent), int(consistent.sum())
    distance, shift, error = _compare(numbers, consistent)
    apart = [_compare(numbers, kept[:, n]) for n in range(kept.shape[1])]
    levels = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    spread = [
        np.quantile(numbers[where], levels, axis=0).T if where.any() else np.full((numbers.shape[1], 5), np.nan)
        for where in (np.ones(size, bool), consistent)
    ]
    found = xr.Dataset(
        {
            "distance": (("path",), distance),
            "shift": (("path",), shift),
            "error": (("path",), error),
            "by_observation": (("path", "observation"), np.stack([d for d, _, _ in apart], axis=1)),
            "shift_by_observation": (("path", "observation"), np.stack([s for _, s, _ in apart], axis=1)),
            "survives": (("observation",), kept.mean(axis=0)),
            "quantiles": (("path", "group", "quantile"), np.stack(spread, axis=1)),
            "threshold": ((), _threshold(size, left)),
            "threshold_by_observation": (
                ("observation",),
                np.array([_threshold(size, int(kept[:, n].sum())) for n in range(kept.shape[1])]),
            ),
        },
        {
            "path": results["path"].values,
            "observation": results["observation"].values,
            "group": ["all", "consistent"],
            "quantile": levels,
        },
    )
    for name in ("number_low", "number_high"):
        if name in results:
            found[name] = results[name]
    found.attrs = {"method": "posterior", "draws": size, "effective": left, "title": results.attrs.get("title", "")}
    found.attrs["warnings"] = _warnings(found)
    return found


def by_claim(found: xr.Dataset, scenario: Scenario) -> Mapping[str, tuple[float, str, tuple[str, ...]]]:
    """For every claim: the largest distance among its numbers, that number, and the observations it stands behind.

    Claims behind observations only have distance nan: they teach, and are not taught.
    """
    distance = dict(zip(map(str, found["path"].values), found["distance"].values.tolist(), strict=True))
    distance |= dict.fromkeys((path for path in scenario.numbers if path not in distance), 0.0)
    claims: dict[str, list[str]] = {}
    for path, number in scenario.numbers.items():
        for claim in number.quantity.claims:
            claims.setdefault(claim, []).append(path)
    seen: dict[str, list[str]] = {}
    for name, observation in scenario.observations.items():
        for claim in observation.claims:
            seen.setdefault(claim, []).append(name)
    result: dict[str, tuple[float, str, tuple[str, ...]]] = {}
    for claim in dict.fromkeys([*claims, *seen]):
        paths = claims.get(claim, [])
        most = max(paths, key=lambda path: distance[path]) if paths else ""
        result[claim] = (distance[most] if most else float("nan"), most, tuple(seen.get(claim, ())))
    return result


def _compare(numbers: Floats, where: Bools) -> tuple[Floats, Floats, Floats]:
    """Distance, shift of the mean and its error, for each column."""
    count = numbers.shape[1]
    if not where.any() or where.all():
        empty = np.full(count, np.nan if not where.any() else 0.0)
        return empty, empty.copy(), empty.copy()
    size, left = len(where), int(where.sum())
    deviation = numbers.std(axis=0)
    varies = deviation > 1e-12
    safe = np.where(varies, deviation, 1.0)
    shift = np.where(varies, (numbers[where].mean(axis=0) - numbers.mean(axis=0)) / safe, 0.0)
    error = numbers[where].std(axis=0) / safe / np.sqrt(left) * np.sqrt(1 - left / size)
    return np.array([_gap(column, where) for column in numbers.T]), shift, np.where(varies, error, 0.0)


def _gap(column: Floats, where: Bools) -> float:
    order = np.argsort(column, kind="stable")
    last = np.append(np.diff(column[order]) > 0, True)
    inside = np.cumsum(where[order])[last] / where.sum()
    whole = (np.flatnonzero(last) + 1) / len(column)
    return float(np.abs(inside - whole).max())


def _threshold(size: int, left: int) -> float:
    return float(1.358 * np.sqrt((1 - left / size) / left)) if left else float("nan")


def _warnings(found: xr.Dataset) -> list[str]:
    told: list[str] = []
    names: Sequence[str] = [str(name) for name in found["observation"].values]
    for name, share in zip(names, found["survives"].values, strict=True):
        if share < CONTRADICTED:
            told.append(f"the article contradicts the encoding: {name} survives in {percent(share, 1)} of worlds only")
        elif share > 1 - CONTRADICTED / 5:
            told.append(f"{name} survives in {percent(share, 1)} of worlds, so it teaches nothing")
    if found.attrs["effective"] < THIN:
        told.append(f"only {found.attrs['effective']} draws are consistent; ask for more draws")
    return told
