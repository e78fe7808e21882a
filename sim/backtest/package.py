"""A decision as a scenario that is bargained about, and what its talks and solutions decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from sim.backtest.decision import Decision
from sim.backtest.input_noise import AS_CODED, DecisionInputs
from sim.ensemble import Rows
from sim.ensemble.play_settings import play_settings
from sim.evidence import validate
from sim.foundations import NO_DEAL, Floats, InputError, Ints
from sim.scenario import Scenario

#: Deals that all issues of a decision make together, at most, and points that an issue may get.
_DEALS: Final = 3_000
_POINTS: Final = (101, 51, 26, 21, 11, 6, 5, 4, 3, 2)


def package_points(issues: int) -> int:
    """How many points the scale of each issue gets, so that talks about all of them stay quick.

    Example:
        >>> [package_points(issues) for issues in range(1, 7)]
        [101, 51, 11, 6, 4, 3]
    """
    return next(points for points in _POINTS if points == 2 or points**issues <= _DEALS)


def package_scenario(decision: Decision, protocol: str, solutions: tuple[str, ...] = (), *, seed: str) -> Scenario:
    """A decision as ``sim import`` would write it: capability is votes, more than half of them pass a deal.

    All issues of the decision are one package; an actor's saliences are its weights, and no deal is the worst for
    everybody. Talks last for a year of monthly rounds, with the tactics that a scenario has by default.

    Raises:  InputError where it cannot be bargained about
    """
    there = decision.takes_part & (np.nan_to_num(decision.salience) > 0)
    caring = [n for n in range(len(decision.actors)) if there[n].any()]
    issues = {
        f"issue{k}": {
            "kind": "numeric",
            "low": float(decision.low[k]),
            "high": float(decision.high[k]),
            "points": package_points(len(decision.issues)),
            "status_quo": float(decision.low[k]),
        }
        for k in range(len(decision.issues))
    }
    actors: dict[str, Any] = {}
    for n in caring:
        has = np.flatnonzero(there[n])
        actors[f"actor{n}"] = {
            "patience": {"value": 0.95},
            "reservation": {"value": 0},
            "position": {f"issue{k}": {"value": float(decision.position[n, k])} for k in has},
            "salience": {f"issue{k}": {"value": float(decision.salience[n, k])} for k in has},
        }
    votes = {f"actor{n}": float(decision.capability[n]) for n in caring}
    sign = {"rule": "weighted", "weights": votes, "quota": sum(votes.values()) * 0.500001}
    raw: dict[str, Any] = {
        "title": decision.name,
        "question": "What is decided?",
        "seed": seed,
        "default_assumed": "as coded in the file of decisions",
        "issues": issues,
        "actors": actors,
        "talks": {"round": "1 month", "rounds": "1 year", "horizon": "1 year", "protocol": protocol, "sign": sign},
        "conventions": {"solutions": list(solutions)},
    }
    scenario, problems = validate(Scenario, raw)
    if scenario is None:
        raise InputError(problems)
    return scenario


def bargained(
    decision: Decision,
    protocol: str,
    solutions: tuple[str, ...] = (),
    *,
    seed: str,
    inputs: Sequence[DecisionInputs] = (AS_CODED,),
) -> list[dict[str, Floats]]:
    """Hold the talks about a decision, and ask the solutions, for each set of numbers; all of them are played at once.

    Returns:
        for each set: the protocol and each solution -> (B, I) what is decided; nan where there is no deal
    """
    scenario = package_scenario(decision, protocol, solutions, seed=seed)
    settings = [
        Rows(np.arange(one.draws), fixed=_fixed(decision, scenario, one.position, one.salience), central=True)
        for one in inputs
    ]
    columns = ["deal", *(["solution_deal"] if solutions else [])]
    found = []
    for played in play_settings(scenario, settings, columns, judged=False):
        levels = played.results["level_value"].values
        said = {protocol: _decided(levels, played.results["deal"].values)}
        for n, name in enumerate(solutions):
            said[name] = _decided(levels, played.results["solution_deal"].values[:, n])
        found.append(said)
    return found


def _decided(levels: Floats, deals: Ints) -> Floats:
    """(B, I) the numbers of some deals."""
    return np.where((deals == NO_DEAL)[:, None], np.nan, levels[:, np.maximum(deals, 0)].T)


def _fixed(
    decision: Decision, scenario: Scenario, position: Floats | None, salience: Floats | None
) -> dict[str, float | Floats]:
    """Draws of positions, as places 0..1, and of saliences, by the paths of the scenario."""
    if position is None or salience is None:
        return {}
    places = (position - decision.low) / decision.span
    found: dict[str, float | Floats] = {}
    for path in scenario.numbers:
        head, _, rest = path.partition(".")
        kind, _, issue = rest.partition(".")
        if kind in {"position", "salience"}:
            n, k = int(head.removeprefix("actor")), int(issue.removeprefix("issue"))
            found[path] = places[:, n, k] if kind == "position" else salience[:, n, k]
    return found
