"""Every model on decisions that were taken: how far off it is beside the weighted mean, and how sure that is."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

import numpy as np

from sim.backtest.accuracy import Accuracy, accuracies, accuracy, resamples
from sim.backtest.decision import DecisionSet
from sim.backtest.decision_models import (
    MEAN,
    DecisionModel,
    ModelKind,
    decided_elsewhere,
    decided_with_errors,
    decision_models,
)
from sim.backtest.held_out import HeldOutMixture, held_out
from sim.backtest.input_noise import NoiseEffect, noise_effect
from sim.ensemble.side_by_side import side_by_side
from sim.foundations import Floats, InputError
from sim.foundations.plain_data import plain_data

#: Names a step and gives what is told of it: done, in all.
_Steps = Callable[[str], Callable[[int, int], None]]
#: Issues that a group needs so that anything is said of it.
_LEAST: Final = 20


@dataclass(frozen=True)
class ModelRecord:
    """How one model did.

    name, kind: as in ``DecisionModel``
    accuracy:   over all issues that it says something about
    groups:     column -> what issues are there -> how it did on these, where there are enough of them
    noise:      what errors in the data do to it; empty where they were not looked at
    """

    name: str
    kind: ModelKind
    accuracy: Accuracy
    groups: Mapping[str, Mapping[str, Accuracy]]
    noise: tuple[NoiseEffect, ...] = ()


@dataclass(frozen=True)
class EnsembleRecord:
    """How the mixture did on decisions that its weights had not seen.

    models:   it is made of
    accuracy: on held-out decisions only
    weights:  model -> mean weight over the folds, those next to nothing left out
    folds:    how many
    even:     the same models mixed evenly, with nothing fitted
    """

    models: tuple[str, ...]
    accuracy: Accuracy
    weights: Mapping[str, float]
    folds: int
    even: Accuracy


@dataclass(frozen=True)
class Backtest:
    """What came of it.

    title:     of the data
    decisions, issues, left_out: how many of each; left out are issues with an outcome that cannot be scored
    notes:     how the file was read
    models:    the nearest first
    ensemble:  ``None`` where there are too few decisions or models
    draws:     with errors in the data, 0: none
    resampled: how often decisions were drawn again for the intervals
    forecasts: model -> (N,) what it says, in points of a scale of 100
    outcome:   (N,) what was decided
    names:     (N) decision and issue of each
    """

    title: str
    decisions: int
    issues: int
    left_out: int
    notes: tuple[str, ...]
    models: tuple[ModelRecord, ...]
    ensemble: EnsembleRecord | None
    draws: int
    resampled: int
    forecasts: Mapping[str, Floats] = field(repr=False)
    outcome: Floats = field(repr=False)
    names: tuple[tuple[str, str], ...] = field(repr=False)

    def record(self, name: str) -> ModelRecord:
        """The record of one model."""
        return next(one for one in self.models if one.name == name)

    def with_verdict(self, verdict: str) -> list[str]:
        """Names of the models of which this is said."""
        return [one.name for one in self.models if one.accuracy.verdict == verdict]

    def to_json(self) -> dict[str, Any]:
        """What was found as plain data; what each model says of each issue is left to the table."""
        head = {"file": self.title, "decisions": self.decisions, "issues": self.issues, "left_out": self.left_out}
        return {
            **head,
            "notes": list(self.notes),
            "against": MEAN,
            "resamples": self.resampled,
            "noise_draws": self.draws,
            "models": {
                one.name: {
                    "kind": one.kind,
                    **plain_data(one.accuracy),
                    "noise": plain_data(one.noise),
                    "groups": plain_data(one.groups),
                }
                for one in self.models
            },
            "ensemble": None if self.ensemble is None else plain_data(self.ensemble),
            "beats_the_mean": self.with_verdict("beats the mean"),
            "loses_to_the_mean": self.with_verdict("loses to the mean"),
        }


def backtest(
    decisions: DecisionSet,
    *,
    only: Iterable[str] = (),
    noise: Sequence[float] = (0.05, 0.2),
    draws: int = 3,
    resampled: int = 2_000,
    folds: int = 10,
    seed: str = "backtest",
    steps: _Steps | None = None,
    executor: Executor | None = None,
) -> Backtest:
    """Judge every model on decisions that were taken.

    Args:
        only:      names of models; all if left out, the weighted mean in any case
        noise:     sizes of errors that positions and saliences are given, shares above 0
        draws:     how often for each size; 0: not at all
        resampled: how often decisions are drawn again for the intervals
        folds:     that decisions are dealt to for the mixture
        steps:     told how far each step is
        executor:  takes decisions side by side; what it finds is the same
    Raises:  UnknownNameError for a model that there is not; InputError for a size out of its range
    Source:  Thomson et al. 2006, The European Union Decides, ch. 10, for the comparison; intervals by resampling
             whole decisions, Efron & Tibshirani 1993
    """
    if any(not 0 < size <= 1 for size in noise):
        raise InputError("errors in the data are shares above 0 and at most 1, such as 0.05")
    models = decision_models(only)
    told = steps or (lambda _name: lambda _done, _all: None)
    sizes = tuple(noise) if draws else ()
    coded, *with_errors = _said(decisions, models, seed, told("deciding"), executor, sizes, draws)
    said = {name: values[0] for name, values in coded.items()}
    outcome, cluster = decisions.outcome, decisions.cluster
    drawn = resamples(cluster, resampled, seed)
    overall = accuracies(said, outcome, cluster, drawn)
    effects: dict[str, tuple[NoiseEffect, ...]] = {}
    for size, wrong in zip(sizes, with_errors, strict=True):
        for name, values in wrong.items():
            effects[name] = (*effects.get(name, ()), noise_effect(size, values, said[name], outcome))
    mixed = _ensemble(said, decisions, drawn, folds, seed)
    groups = _groups(said, decisions, drawn)
    records = [
        ModelRecord(one.name, one.kind, overall[one.name], groups[one.name], effects.get(one.name, ()))
        for one in models
    ]
    ranked = sorted(records, key=lambda one: (np.isnan(one.accuracy.error), one.accuracy.error, one.name))
    return Backtest(
        decisions.title,
        len(decisions.decisions),
        decisions.issues,
        decisions.left_out,
        decisions.notes,
        tuple(ranked),
        mixed,
        draws if noise else 0,
        resampled,
        said,
        outcome,
        tuple((one.name, issue) for one in decisions.decisions for issue in one.issues),
    )


def _said(
    decisions: DecisionSet,
    models: Sequence[DecisionModel],
    seed: str,
    progress: Callable[[int, int], None],
    executor: Executor | None,
    sizes: Sequence[float],
    draws: int,
) -> list[dict[str, Floats]]:
    """Of the numbers as coded, then with errors of each size: model -> (B, N) what it says of each issue, in points."""
    parts: list[dict[str, list[Floats]]] = [{model.name: [] for model in models} for _ in (None, *sizes)]
    here = partial(decided_with_errors, models=models, seed=seed, sizes=sizes, draws=draws)
    pack = partial(pickle.dumps, (models, seed, sizes, draws))
    found = side_by_side(decisions.decisions, here, executor, decided_elsewhere, pack)
    for n, (decision, told) in enumerate(zip(decisions.decisions, found, strict=True)):
        for part, one in zip(parts, told, strict=True):
            for name, values in one.items():
                part[name].append(100 * (values - decision.low) / decision.span)
        progress(n + 1, len(decisions.decisions))
    return [{name: np.concatenate(values, axis=1) for name, values in part.items()} for part in parts]


def _groups(
    said: Mapping[str, Floats], decisions: DecisionSet, drawn: np.ndarray
) -> dict[str, dict[str, dict[str, Accuracy]]]:
    """Model -> column -> what issues are there -> how it did on these."""
    found: dict[str, dict[str, dict[str, Accuracy]]] = {name: {} for name in said}
    outcome, cluster = decisions.outcome, decisions.cluster
    for column in decisions.columns:
        of = np.array(decisions.group(column))
        for value in sorted({*of.tolist()} - {""}):
            where = of == value
            if where.sum() < _LEAST:
                continue
            for name, values in said.items():
                one = accuracy(
                    values[where], said[MEAN][where], outcome[where], cluster[where], drawn, own=name == MEAN
                )
                found[name].setdefault(column, {})[value] = one
    return found


def _ensemble(
    said: Mapping[str, Floats], decisions: DecisionSet, drawn: np.ndarray, folds: int, seed: str
) -> EnsembleRecord | None:
    """Mix the models that have something to say of every issue."""
    outcome, cluster = decisions.outcome, decisions.cluster
    names = [name for name, values in said.items() if not np.isnan(values).any()]
    if len(names) < 2 or len(decisions.decisions) < 2 * folds:
        return None
    mixture: HeldOutMixture = held_out(said, outcome, cluster, names, folds=folds, seed=seed)
    even = np.mean([said[name] for name in names], axis=0)
    one, plain = (
        accuracy(values, said[MEAN], outcome, cluster, drawn, own=False) for values in (mixture.forecast, even)
    )
    return EnsembleRecord(tuple(names), one, mixture.mean_weights, len(mixture.weights), plain)
