"""A mixture of models whose weights are fitted on some decisions and judged on others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy

from sim.foundations import Floats, Ints
from sim.foundations.dice import stream_key

#: Weights below this are not worth telling.
_SEEN: Final = 0.005


@dataclass(frozen=True)
class HeldOutMixture:
    """Forecasts of a mixture, each made with weights that never saw its decision.

    names:    of the models it is made of
    forecast: (N,) in points; nan where a model of it has nothing to say
    weights:  (F, M) fitted without each fold
    """

    names: tuple[str, ...]
    forecast: Floats
    weights: Floats

    @property
    def mean_weights(self) -> dict[str, float]:
        """Model -> its mean weight over the folds, the largest first; those next to nothing left out."""
        means = self.weights.mean(axis=0)
        order = np.argsort(-means, kind="stable")
        return {self.names[n]: float(means[n]) for n in order if means[n] >= _SEEN}


def held_out(
    forecasts: Mapping[str, Floats],
    outcome: Floats,
    cluster: Ints,
    names: Sequence[str],
    *,
    folds: int = 10,
    seed: str = "backtest",
) -> HeldOutMixture:
    """Fit weights, none negative and 1 in sum, that make the absolute errors least, fold by fold.

    Decisions are dealt to folds as wholes, so that no issue is forecast with weights that saw another issue of the
    same decision.

    Args:
        forecasts: model -> (N,) in points
        names:     models that are mixed, each with a forecast on every issue
        folds:     2 or more; as many as there are decisions at most
    Source:  Stone 1974, J R Stat Soc B 36:111-147 (cross-validation); least absolute deviations as a linear
             programme: Charnes, Cooper & Ferguson 1955, Management Science 1:138-151
    Example:
        >>> truth = np.array([0.0, 50.0, 100.0, 20.0, 70.0, 90.0])
        >>> made = held_out({"right": truth, "wrong": truth[::-1]}, truth, np.arange(6), ["right", "wrong"], folds=3)
        >>> made.mean_weights, bool(np.allclose(made.forecast, truth))
        ({'right': 1.0}, True)
    """
    table = np.stack([forecasts[name] for name in names], axis=1)
    clusters = int(cluster.max()) + 1
    folds = max(2, min(folds, clusters))
    generator = np.random.Generator(np.random.Philox(key=np.array(stream_key(seed, "folds"), dtype=np.uint64)))
    fold = np.empty(clusters, np.int64)
    fold[generator.permutation(clusters)] = np.arange(clusters) % folds
    forecast, weights = np.full(len(outcome), np.nan), []
    for n in range(folds):
        held = fold[cluster] == n
        weights.append(least_absolute(table[~held], outcome[~held]))
        forecast[held] = table[held] @ weights[-1]
    return HeldOutMixture(tuple(names), forecast, np.stack(weights))


def least_absolute(table: Floats, outcome: Floats) -> Floats:
    """(M,) weights, 0 or more and 1 in sum, with the least sum of absolute errors.

    Args:
        table:   (N, M) forecasts
        outcome: (N,)

    Example:
        >>> least_absolute(np.array([[0.0, 10.0], [0.0, 10.0]]), np.array([4.0, 4.0])).round(6).tolist()
        [0.6, 0.4]
    """
    size, models = table.shape
    cost = np.concatenate([np.zeros(models), np.ones(2 * size)])  # errors above and below
    equal = np.zeros((size + 1, models + 2 * size))
    equal[:size, :models] = table
    equal[:size, models : models + size] = np.eye(size)
    equal[:size, models + size :] = -np.eye(size)
    equal[size, :models] = 1.0
    found = scipy.optimize.linprog(
        cost, A_eq=equal, b_eq=np.concatenate([outcome, [1.0]]), bounds=(0, None), method="highs"
    )
    weights = np.maximum(found.x[:models], 0.0)
    return np.asarray(weights / weights.sum())
