"""Known answers on strategic bargaining: two players and many, with a stake to divide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.equilibria import (
    breakdown,
    breakdown_curved,
    outside_options,
    random_proposer,
    random_proposer_limit,
    rotating_proposer,
    rotating_proposer_shares,
    rubinstein,
    rubinstein_limit,
    stahl,
)

Case = dict[str, Any]


def _rubinstein(given: Case) -> Case:
    if "r1" in given:
        return {"share1_limit": rubinstein_limit(given["r1"], given["r2"])}
    first = rubinstein(given["delta1"], given["delta2"])
    return {
        "share1_when_1_proposes": first,
        "share2_when_1_proposes": 1 - first,
        "share1_when_2_proposes": given["delta1"] * first,
    }


def _stahl(given: Case) -> Case:
    share = stahl(given["delta1"], given["delta2"], given["N"])
    return {"share1": share, "share2": 1 - share}


def _outside_options(given: Case) -> Case:
    shares = outside_options(given["delta1"], given["delta2"], given["o1"], given["o2"])
    return {
        "share1_when_1_proposes": shares.first,
        "share2_when_1_proposes": 1 - shares.first,
        "share2_when_2_proposes": shares.second,
        "share1_when_2_proposes": 1 - shares.second,
    }


def _breakdown(given: Case) -> Case:
    split = breakdown((given["r1"], given["r2"]), given["lam"], given["dt"], tuple(given["b"]), tuple(given["g"]))
    return {
        "share1_at_dt": split.first,
        "disagreement_point": list(split.disagreement),
        "weight1_limit": split.weight,
        "share1_limit": split.limit,
    }


def _breakdown_curved(given: Case) -> Case:
    split = breakdown_curved((given["a1"], given["a2"]), (given["k1"], given["k2"]), given["dt"])
    return {
        "share1_when_1_proposes": split.first,
        "share1_when_2_proposes": split.second,
        "share1_limit": split.limit,
        "weight1": split.weight,
    }


def _rotating(given: Case) -> Case:
    return {
        "shares_when_1_proposes": rotating_proposer_shares(given["deltas"]).tolist(),
        "own_share_when_proposing": rotating_proposer(given["deltas"]).tolist(),
    }


def _random(given: Case) -> Case:
    if "r" in given:
        return {"ex_ante_values_limit": random_proposer_limit(given["p"], given["r"]).tolist()}
    shares = random_proposer(given["p"], given["delta"])
    return {
        "proposer_surplus": shares.surplus,
        "ex_ante_values": shares.value.tolist(),
        "share_when_proposing": shares.proposing.tolist(),
        "share_when_responding": shares.responding.tolist(),
    }


ANSWERS: dict[str, Callable[[Case], Case]] = {
    "A1_rubinstein": _rubinstein,
    "A2_stahl": _stahl,
    "A3_outside_options": _outside_options,
    "A4_brw_linear": _breakdown,
    "A4_brw_nonlinear": _breakdown_curved,
    "A5_rotating_unanimity": _rotating,
    "A6_random_unanimity": _random,
}
