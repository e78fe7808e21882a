"""Known answers on games: strategies of two and more players, coalitions, conflicts as graphs, dynamics, coders."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from sim.evidence import krippendorff_alpha
from sim.games import (
    adjusted_winner,
    alpha_rank,
    alpha_rank_populations,
    banzhaf_value,
    fictitious_play,
    graph_model,
    least_core,
    logit_qre,
    nash_equilibria,
    nucleolus,
    pure_equilibria,
    replicator,
    replicator_pair,
    shapley_value,
    weighted_voting,
)

Case = dict[str, Any]

#: Rounds after which play that still leaves this much to gain is said not to converge.
PATIENCE, LEFT_TO_GAIN = 100_000, 0.02


def _fraction(value: Any) -> str:
    """A number as the fraction that it is close to."""
    return str(value if isinstance(value, Fraction) else Fraction(float(value)).limit_denominator(10_000))


def _fractions(values: Any) -> list[str]:
    return [_fraction(value) for value in values]


def _bimatrix(given: Case) -> Case:
    extreme = nash_equilibria([given["A"], given["B"]]).extreme
    return {
        "equilibria": [[_fractions(x), _fractions(y)] for x, y in extreme],
        "n_equilibria": len(extreme),
    }


def _players(given: Case) -> Case:
    payoff = np.zeros((len(given["shape"]), *given["shape"]))
    for profile, worth in given["pay"]:
        payoff[(slice(None), *profile)] = worth
    return {"pure_nash": pure_equilibria(payoff).tolist()}


def _fair_division(given: Case) -> Case:
    issues = list(given["points"])
    found = adjusted_winner(*zip(*given["points"].values(), strict=True))
    return {
        "score": _fractions(found.scores),
        "fraction_first": dict(zip(issues, _fractions(found.shares), strict=True)),
    }


def _coalitions(given: Case) -> Case:
    worth = np.array([Fraction(one) for one in given["v_bitorder"]], dtype=object)
    banzhaf = banzhaf_value(worth)
    division = nucleolus(worth)
    assert division.certified
    return {
        "shapley": _fractions(shapley_value(worth)),
        "banzhaf_normalised": _fractions(banzhaf / banzhaf.sum()),
        "nucleolus": _fractions(division.allocation),
    }


def _core(given: Case) -> Case:
    worth = np.zeros(2 ** given["n"])
    for coalition, value in given["v"].items():
        worth[sum(2 ** (int(player) - 1) for player in coalition)] = value
    core, division = least_core(worth), nucleolus(worth)
    assert division.certified
    return {
        "shapley": shapley_value(worth).tolist(),
        "least_core_eps": core.excess,
        "core_nonempty": core.core,
        "nucleolus": division.allocation.tolist(),
    }


def _votes(given: Case) -> Case:
    found = weighted_voting(given["weights"], given["quota"])
    return {"shapley": _fractions(found.shapley), "banzhaf_normalised": _fractions(found.banzhaf_normalised)}


def _voting_power(given: Case) -> Case:
    found = weighted_voting(given["weights"], given["quota"])
    ends = [*found.shapley[[0, -1]], *found.banzhaf_normalised[[0, -1]]]
    names = ("shapley_P5", "shapley_E10", "banzhaf_norm_P5", "banzhaf_norm_E10")
    return {
        "shapley_shubik": [float(one) for one in found.shapley],
        "shapley_exact": _fractions(found.shapley),
        "banzhaf_absolute": [float(one) for one in found.banzhaf],
        "banzhaf_normalised": [float(one) for one in found.banzhaf_normalised],
        **{name: float(one) for name, one in zip(names, ends, strict=True)},
        "exact": _fractions(ends),
    }


def _graph(given: Case) -> Case:
    states, makers = len(given["states"]), len(given["dms"])
    moves = np.zeros((makers, states, states), dtype=bool)
    for maker, reach in enumerate(given["moves"]):
        for state, ends in reach.items():
            moves[maker, int(state), ends] = True
    if "payoffs" in given:
        payoff = np.array(given["payoffs"], dtype=float)
    else:
        payoff = -np.argsort(given["preference_best_to_worst"], axis=1).astype(float)
    found = graph_model(moves, payoff).equilibria()
    names = {"nash": "nash", "gmr": "general", "smr": "symmetric", "seq": "sequential"}
    return {"equilibria": {short: np.flatnonzero(found[name][0]).tolist() for short, name in names.items()}}


def _reliability(given: Case) -> Case:
    return {
        measurement: krippendorff_alpha(given["data"], measurement)
        for measurement in ("nominal", "ordinal", "interval", "ratio")
    }


def _replicator(given: Case) -> Case:
    time = math.inf if given["T"] == "inf" else given["T"]
    if "B" in given:
        pair = replicator_pair([given["A"], given["B"]], (given["x0"], given["y0"]), time)
        return {"x": None, "y": None} if pair is None else {"x": pair[0].tolist(), "y": pair[1].tolist()}
    shares = replicator(given["A"], given["x0"], time)
    if shares is None:
        return {"x": None}
    return {"x": shares.tolist(), "conserved_product": float(shares.prod())}


def _quantal(given: Case) -> Case:
    p, q = logit_qre([given["A"], given["B"]], given["lam"])
    return {"p": p.tolist(), "q": q.tolist()}


def _fictitious(given: Case) -> Case:
    games = [given["A"], given["B"]]
    start = tuple(given["start"]) if "start" in given else None
    found = fictitious_play(games, int(given.get("T", PATIENCE)), start)
    converges = bool(found.gain < LEFT_TO_GAIN)
    played = {"p": found.row.tolist(), "q": found.column.tolist(), "converges": converges}
    if converges:
        return played | {"nash": [found.row.tolist(), found.column.tolist()]}
    extreme = nash_equilibria(games).extreme
    return played | {"nash": [one.tolist() for one in extreme[0]] if len(extreme) == 1 else None}


def _alpha(given: Case) -> Case:
    if "B" in given:
        shares = alpha_rank_populations([given["A"], given["B"]], given["alpha"], given["m"])
        listed = given.get("profiles") or [list(one) for one in np.ndindex(shares.shape)]
        return {"pi": [float(shares[tuple(profile)]) for profile in listed]}
    return {"pi": alpha_rank(given["A"], given["alpha"], given["m"]).tolist()}


ANSWERS: dict[str, Callable[[Case], Case]] = {
    "B4_weighted_voting": _voting_power,
    "B5_core_nucleolus": _core,
    "D6_replicator": _replicator,
    "D7_logit_qre": _quantal,
    "D8_fictitious_play": _fictitious,
    "D9_alpha_rank": _alpha,
    "bimatrix": _bimatrix,
    "nplayer": _players,
    "fair_division": _fair_division,
    "tu": _coalitions,
    "weighted_voting": _votes,
    "gmcr": _graph,
    "reliability": _reliability,
}
