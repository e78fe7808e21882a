"""How far models are off, beside the weighted mean on the same issues, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from sim.backtest.decision_models import MEAN
from sim.foundations import Floats, Ints
from sim.foundations.dice import stream_key
from sim.foundations.plain_data import Real

Verdict: TypeAlias = Literal["beats the mean", "loses to the mean", "not told apart", "the mean"]
#: Tails outside of the intervals.
_TAIL: Final = 2.5
#: Decisions below which resampling says nothing.
_FEW: Final = 8


@dataclass(frozen=True)
class Accuracy:
    """How far a model is off, in points of a scale of 100.

    issues:     that it says something about
    error:      mean absolute error over them
    difference: its error minus that of the weighted mean on the same issues; below 0 it is nearer
    low, high:  its 95 % interval, by resampling whole decisions; nan where there are fewer than 8
    verdict:    what follows from the interval
    """

    issues: int
    error: Real
    difference: Real
    low: Real
    high: Real
    verdict: Verdict


def resamples(cluster: Ints, count: int, seed: str) -> Ints:
    """(R, C) how often each decision is drawn in each resample: as many as there are, with replacement.

    Source:  Efron & Tibshirani 1993, An Introduction to the Bootstrap, ch. 8 (whole clusters are drawn)
    """
    clusters = int(cluster.max()) + 1
    generator = np.random.Generator(np.random.Philox(key=np.array(stream_key(seed, "resamples"), dtype=np.uint64)))
    return np.asarray(generator.multinomial(clusters, np.full(clusters, 1 / clusters), size=count))


def accuracy(forecast: Floats, mean: Floats, outcome: Floats, cluster: Ints, drawn: Ints, *, own: bool) -> Accuracy:
    """Compare a model with the weighted mean, issue by issue.

    Args:
        forecast, mean, outcome: (N,) in points; nan where the model has nothing to say
        cluster: (N,) decision of each issue
        drawn:   (R, C) resamples
        own:     whether it is the weighted mean itself
    Example:
        >>> one = np.linspace(10, 60, 9)
        >>> found = accuracy(one + 5, one + 1, one, np.arange(9), resamples(np.arange(9), 200, "a"), own=False)
        >>> found.error, found.difference, found.verdict
        (5.0, 4.0, 'loses to the mean')
    """
    known = ~np.isnan(forecast) & ~np.isnan(mean)
    if not known.any():
        return Accuracy(0, np.nan, np.nan, np.nan, np.nan, "not told apart")
    off = np.abs(forecast - outcome)
    more = np.where(known, off - np.abs(mean - outcome), 0.0)
    difference = float(more[known].mean())
    error = float(off[known].mean())
    size = drawn.shape[1]
    summed = np.bincount(cluster, more, minlength=size)
    counts = np.bincount(cluster, known.astype(float), minlength=size)
    issues = drawn @ counts
    means = (drawn @ summed)[issues > 0] / issues[issues > 0]
    enough = (counts > 0).sum() >= _FEW
    low, high = (float(end) for end in np.percentile(means, [_TAIL, 100 - _TAIL])) if enough else (np.nan, np.nan)
    return Accuracy(int(known.sum()), error, difference, low, high, "the mean" if own else _verdict(low, high))


def _verdict(low: float, high: float) -> Verdict:
    if low > 0:
        return "loses to the mean"
    return "beats the mean" if high < 0 else "not told apart"


def accuracies(forecasts: Mapping[str, Floats], outcome: Floats, cluster: Ints, drawn: Ints) -> dict[str, Accuracy]:
    """Every model beside the weighted mean."""
    mean = forecasts[MEAN]
    return {name: accuracy(found, mean, outcome, cluster, drawn, own=name == MEAN) for name, found in forecasts.items()}
