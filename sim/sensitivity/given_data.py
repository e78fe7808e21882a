"""Indices from data at hand: delta and PAWN on any results, consistent draws and damaged sweeps included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble.complete import complete_rows
from sim.foundations import Floats, InputError, Ints, UnknownNameError
from sim.foundations.dice import stream_key
from sim.sensitivity.grouping import DUMMY
from sim.sensitivity.quiet import quiet
from sim.words import Z

#: Outcomes with at most so many different values are counted, not smoothed.
_FEW: Final = 20
#: Inputs up to which SALib's smoothed delta is affordable: a second for each, against a millisecond for counts.
_SMOOTHED: Final = 12
_SLICES: Final = 10
_LEAST: Final = 60  # points, below which no class holds enough of them


def given_data(
    method: str,
    inputs: Floats,
    outcomes: Floats,
    names: Sequence[str],
    wanted: Sequence[str],
    *,
    seed: str = "0",
    resamples: int = 100,
) -> xr.Dataset:
    """Compute delta or PAWN indices from points that are simply there; points with a gap are left out.

    Args:
        method:   ``delta`` (how far knowing the number moves the outcome's distribution, on average: 0..1) or
                  ``pawn`` (median over slices of the largest gap between the distribution functions), each less
                  what a number without any effect shows in as many points
        inputs:   (N, P) values of the numbers
        outcomes: (N, M) indicators or plain numbers
    Returns:
        index, index_half (input, measure): estimate and half the width of its 95 % bootstrap interval, with a
        planted dummy as the last input; noise (measure): the dummy's own upper end; attributes points (used) and
        failed (left out)
    Raises:  UnknownNameError for another method; InputError where too few points are left
    Source:  delta: Borgonovo 2007, estimator of Plischke, Borgonovo & Smith 2013 (eq. 26);
        PAWN: Pianosi & Wagener 2018; both through SALib where they fit. An indicator has
        no density to be smoothed, so its delta is the same estimator on counts (and, for speed, that of a number
        of many values on 20 equal parts where there are more than 12 inputs). Both are positive by chance
        alone; taking off what shuffled inputs show is ours (it errs on the low side for weak numbers) and stands
        in for the bootstrap reduction of eq. 30, which leaves most of that bias for indicators.
    """
    if method not in {"delta", "pawn"}:
        raise UnknownNameError("given-data method", method, ("delta", "pawn"))
    good = complete_rows(inputs, outcomes)
    if good.sum() < _LEAST:
        raise InputError(
            f"{int(good.sum())} complete points are too few for {method}; it needs {_LEAST}: play more of them"
        )
    inputs, outcomes = np.asarray(inputs, float)[good], np.asarray(outcomes, float)[good]
    generator = np.random.default_rng(stream_key(seed, method))
    inputs = np.column_stack([inputs, generator.random(len(inputs))])
    estimate = _delta if method == "delta" else _pawn
    index, half = np.full((2, len(names) + 1, len(wanted)), np.nan)
    # ties are broken at random, so that a category is not cut by the order of the file
    ranks = np.stack([np.lexsort((generator.random(len(inputs)), column)).argsort() for column in inputs.T], axis=1)
    for m in range(len(wanted)):
        if np.ptp(outcomes[:, m]) > 0:
            index[:, m], half[:, m] = estimate(ranks, outcomes[:, m], generator, resamples)
    for p in range(len(names)):
        if np.ptp(inputs[:, p]) == 0:
            index[p] = half[p] = 0.0
    data = {"index": (("input", "measure"), index), "index_half": (("input", "measure"), half)}
    found = xr.Dataset(data, {"input": [*names, DUMMY], "measure": list(wanted)})
    found["noise"] = (("measure",), index[-1] + half[-1])
    found["mean"] = (("measure",), outcomes.mean(axis=0))
    found.attrs = {"method": method, "points": int(good.sum()), "failed": int((~good).sum())}
    return found


def _delta(ranks: Ints, outcome: Floats, generator: np.random.Generator, resamples: int) -> tuple[Floats, Floats]:
    """Delta of every input less the noise of shuffled inputs, and half the width of its interval."""
    size, count = ranks.shape
    if len(np.unique(outcome)) > _FEW:
        if count <= _SMOOTHED:
            return _salib_delta(ranks, outcome, generator, resamples)
        cuts = np.unique(np.quantile(outcome, np.arange(1, _FEW) / _FEW))
        outcome = np.searchsorted(cuts, outcome).astype(float)
    bins = ranks * _SLICES // size
    kinds, codes = np.unique(outcome, return_inverse=True)
    first = np.array([_variation(bins[:, p], codes, len(kinds)) for p in range(count)])
    noise = np.mean([_variation(generator.permutation(bins[:, -1]), codes, len(kinds)) for _ in range(resamples)])
    again = np.empty((resamples, count))
    for r in range(resamples):
        chosen = generator.integers(size, size=size)
        for p in range(count):
            again[r, p] = _variation(bins[chosen, p], codes[chosen], len(kinds))
    return first - noise, Z * again.std(axis=0, ddof=1)


def _variation(bins: Ints, codes: Ints, kinds: int) -> float:
    """Mean over classes of half the summed differences between conditional and plain shares."""
    table = np.bincount(bins * kinds + codes, minlength=_SLICES * kinds).reshape(_SLICES, kinds)
    sizes = table.sum(axis=1, keepdims=True)
    plain = table.sum(axis=0) / sizes.sum()
    return float(0.5 * np.abs(table - sizes * plain).sum() / sizes.sum())


def _salib_delta(ranks: Ints, outcome: Floats, generator: np.random.Generator, resamples: int) -> tuple[Floats, Floats]:
    """SALib's raw delta and half its interval: in classes of equal size, as many as SALib cuts.

    SALib's own analysis resamples a second kind of delta beside it, which nobody asks for here.
    """
    from SALib.analyze.delta import calc_delta

    size, count = ranks.shape
    classes = min(int(np.ceil(size ** (2 / (7 + np.tanh((1500 - size) / 500))))), 48)
    cuts = np.linspace(0, size, classes + 1)
    grid = np.linspace(outcome.min(), outcome.max(), 100)
    chosen = generator.integers(size, size=(1 + resamples, size))  # the estimate itself is of a resample, as SALib's is
    with quiet():
        first, *again = np.array(
            [[calc_delta(outcome[rows], grid, ranks[rows, p], cuts) for p in range(count)] for rows in chosen]
        )
    return 2 * first - np.mean(again, axis=0), Z * np.std(again, axis=0, ddof=1)


def _pawn(ranks: Ints, outcome: Floats, generator: np.random.Generator, resamples: int) -> tuple[Floats, Floats]:
    """PAWN index of every input less the noise of shuffled inputs, and half the width of its interval."""
    from SALib.analyze import pawn as salib

    size, count = ranks.shape
    names = [f"x{p}" for p in range(count)]
    problem = {"num_vars": count, "names": names, "bounds": [[0, 1]] * count}
    with quiet():
        got = salib.analyze(problem, ranks / size, outcome, S=_SLICES, seed=int(generator.integers(1, 2**31)))
    slices = ranks * _SLICES // size
    places = np.unique(np.quantile(outcome, np.linspace(0, 1, 101), method="inverted_cdf"))
    below = (outcome[:, None] <= places[:-1]).astype(float)  # (N, places)
    noise = np.mean([_gap(generator.permutation(size) * _SLICES // size, below) for _ in range(resamples)])
    again = np.empty((resamples, count))
    for r in range(resamples):
        chosen = generator.integers(size, size=size)
        part = below[chosen]
        for p in range(count):
            again[r, p] = _gap(slices[chosen, p], part)
    return np.asarray(got["median"], float) - noise, Z * again.std(axis=0, ddof=1)


def _gap(slices: Ints, below: Floats) -> float:
    """Median over slices of the largest gap between distribution functions."""
    sizes = np.bincount(slices, minlength=_SLICES).astype(float)
    sums = np.stack([np.bincount(slices, weights=column, minlength=_SLICES) for column in below.T], axis=1)
    gaps = np.abs(sums / np.maximum(sizes, 1)[:, None] - below.mean(axis=0)).max(axis=1)
    return float(np.median(gaps[sizes > 0]))
