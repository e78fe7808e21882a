"""Everything that says what is decided: forecasts, our own talks and solutions, and the plainest of guesses."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from sim.backtest.decision import Decision
from sim.backtest.input_noise import AS_CODED, DecisionInputs, noisy
from sim.backtest.package import bargained
from sim.forecasts import FORECASTS, AbstractForecast, ChallengeModel, CondorcetElection, Stakeholders, WeightedNash
from sim.foundations import Floats, UnknownNameError
from sim.protocols import PROTOCOLS
from sim.solutions import SOLUTIONS

ModelKind: TypeAlias = Literal["forecast", "protocol", "solution", "guess"]
#: The forecast that all others are compared with.
MEAN: Final = "compromise-model"
#: Talks in which solutions are asked beside: they do not depend on it.
_ASKED_BESIDE: Final = "strategic-alternating-offers"
#: Forecasts that see all issues of a decision at once.
_PACKAGES: Final = frozenset({"position-exchange"})
#: Other readings of forecasts, as people have published results of them.
_READINGS: Final[dict[str, Callable[[], AbstractForecast]]] = {
    "challenge-model (1 turn)": lambda: ChallengeModel(turns=1),
    "condorcet-election (mode)": lambda: CondorcetElection(told="mode"),
    "weighted-nash (common loss)": lambda: WeightedNash(no_deal="loss"),
}
_MIDDLE: Final = "middle of the scale"


@dataclass(frozen=True)
class DecisionModel:
    """One way to say what is decided.

    name: as it is registered, with a reading in brackets where there are several
    kind: what it is
    """

    name: str
    kind: ModelKind


def decision_models(only: Iterable[str] = ()) -> tuple[DecisionModel, ...]:
    """Every model by name, forecasts first; or some of them, the weighted mean always among them.

    Raises:  UnknownNameError for a name that none has
    Example:
        >>> [model.name for model in decision_models(["mean"])]
        ['compromise-model', 'mean']
    """
    found = [DecisionModel(name, "forecast") for name in sorted([*FORECASTS.names, *_READINGS])]
    found += [DecisionModel(_MIDDLE, "guess")]
    found += [DecisionModel(name, "protocol") for name in PROTOCOLS.names]
    found += [DecisionModel(name, "solution") for name in SOLUTIONS.names]
    wanted = set(only)
    for name in wanted:
        if name not in {model.name for model in found}:
            raise UnknownNameError("model", name, tuple(model.name for model in found))
    return tuple(model for model in found if not wanted or model.name in wanted | {MEAN})


def decided(
    decision: Decision,
    models: Iterable[DecisionModel],
    *,
    seed: str,
    inputs: Sequence[DecisionInputs] = (AS_CODED,),
) -> list[dict[str, Floats]]:
    """Say what each model thinks is decided, of each set of numbers.

    Returns:
        for each set: name -> (B, I) on the scales of the issues; nan where it has nothing to say
    """
    models = tuple(models)
    found = _forecast(decision, models, inputs)
    solutions = tuple(model.name for model in models if model.kind == "solution")
    protocols = [model.name for model in models if model.kind == "protocol"]
    if solutions and _ASKED_BESIDE not in protocols:
        protocols = [*protocols, _ASKED_BESIDE]
    for name in protocols:
        beside = solutions if name == _ASKED_BESIDE else ()
        for said, talked in zip(found, bargained(decision, name, beside, seed=seed, inputs=inputs), strict=True):
            said.update(talked)
    return [{model.name: one[model.name] for model in models} for one in found]


def _forecast(
    decision: Decision, models: Iterable[DecisionModel], inputs: Sequence[DecisionInputs]
) -> list[dict[str, Floats]]:
    """What forecasts and guesses say of each set of numbers; they are asked once of all."""
    position, salience = (
        np.concatenate([coded[None] if one is None else one for one in each])
        for coded, each in (
            (decision.position, [one.position for one in inputs]),
            (decision.salience, [one.salience for one in inputs]),
        )
    )
    whole = decision.stakeholders(position, salience)
    parts = [_alone(whole, n) for n in range(whole.issues)]
    found: dict[str, Floats] = {}
    for model in models:
        if model.kind == "guess":
            found[model.name] = np.repeat(((decision.low + decision.high) / 2)[None], whole.draws, axis=0)
        elif model.kind == "forecast":
            forecast = _READINGS[model.name]() if model.name in _READINGS else FORECASTS[model.name]()
            if model.name in _PACKAGES:
                found[model.name] = forecast.predict(whole).decision
            else:
                found[model.name] = np.concatenate([forecast.predict(part).decision for part in parts], axis=1)
    bounds = np.cumsum([one.draws for one in inputs])[:-1]
    split = {name: np.split(values, bounds) for name, values in found.items()}
    return [{name: values[n] for name, values in split.items()} for n in range(len(inputs))]


def decided_elsewhere(packed: bytes, decision: Decision) -> list[dict[str, Floats]]:
    """Say the same in another process, which was sent how.

    Args:
        packed: the models, the seed, the sizes of errors and how many draws of each
    """
    models, seed, sizes, draws = pickle.loads(packed)  # noqa: S301 - made by this program, a moment ago
    return decided_with_errors(decision, models, seed=seed, sizes=sizes, draws=draws)


def decided_with_errors(
    decision: Decision, models: Iterable[DecisionModel], *, seed: str, sizes: Sequence[float] = (), draws: int = 0
) -> list[dict[str, Floats]]:
    """Say what each model thinks is decided, of the numbers as coded and then with errors of each size.

    Args:
        draws: with errors of each size, 1 or more where there are sizes
    Returns:
        for each: name -> (B, I) on the scales of the issues
    """
    errors = (noisy(decision, size, draws, seed) for size in sizes)
    return decided(decision, models, seed=seed, inputs=(AS_CODED, *errors))


def _alone(whole: Stakeholders, issue: int) -> Stakeholders:
    """One issue with those who take a position on it; nobody else is there to be reckoned with."""
    there = ~np.isnan(whole.position[0, :, issue])
    one = slice(issue, issue + 1)
    return Stakeholders(
        whole.position[:, there, one],
        whole.salience[:, there, one],
        whole.capability[:, there],
        whole.low[one],
        whole.high[one],
        whole.status_quo[:, one],
    )
