"""Known answers on strategic bargaining: two players and many, with a stake to divide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.equilibria import (
    banks_duggan,
    banks_duggan_limit,
    baron_ferejohn,
    breakdown,
    breakdown_curved,
    eraslan,
    issue_by_issue,
    issue_by_issue_apart,
    outside_options,
    package_deal,
    package_deal_limit,
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


def _baron_ferejohn(given: Case) -> Case:
    shares = baron_ferejohn(given["n"], given["q"], given["delta"])
    return {
        "proposer": shares.proposer,
        "partner": shares.partner,
        "n_partners": shares.partners,
        "ex_ante": shares.value,
    }


def _eraslan(given: Case) -> Case:
    shares = eraslan(given["p"], given["delta"], given["q"])
    return {
        "values": shares.value.tolist(),
        "inclusion_probability_as_nonproposer": shares.included.tolist(),
        "marginal_price": shares.price,
        "price_partition": shares.standing,
    }


def _three_on_a_line(given: Case) -> Case:
    bargain = banks_duggan([0, 0.5, 1], [1 / 3] * 3, given["delta"], 2, given["k"])
    return {"acceptance_radius": bargain.high - 0.5, "proposals": bargain.proposals.tolist()}


def _on_a_line(given: Case) -> Case:
    bargain = banks_duggan(given["ideals"], given["p"], given["delta"], given["q"], power=2)
    return {"proposals": bargain.proposals.tolist()}


def _unanimity_on_a_line(given: Case) -> Case:
    ideals, chances = np.array(given["ideals"]), np.array(given["p"])
    bargain = banks_duggan(ideals, chances, given["delta"], len(ideals))
    policies = np.linspace(ideals.min(), ideals.max(), 100_001)[1:-1]
    product = chances @ np.log(1 - np.abs(policies - ideals[:, None]))
    return {
        "offer_left": bargain.low,
        "offer_right": bargain.high,
        "limit": banks_duggan_limit(ideals, chances, len(ideals)),
        "three_player_weighted_nash": float(policies[product.argmax()]),
    }


def _agenda(given: Case) -> Case:
    a, b, delta = given["a"], given["b"], given["delta"]
    limit, offers = package_deal_limit(a, b), package_deal(a, b, delta)
    apart = issue_by_issue_apart(a, b)
    sequence = issue_by_issue(a, b, delta)
    return {
        "package_nash_limit": {
            "shareA": limit.shares.tolist(),
            "uA": float(limit.values[0]),
            "uB": float(limit.values[1]),
        },
        "package_spe_A_proposes": offers.first.values.tolist(),
        "package_spe_B_proposes": offers.second.values.tolist(),
        "separate_limit": {"uA": apart[0], "uB": apart[1]},
        "sequential_A_proposes_first": {
            "values": list(sequence.values),
            "shareA_issue1": sequence.share,
            "closed_form_interior": sequence.interior,
        },
        "sequential_delta_0_999_order_12": list(issue_by_issue(a, b, 0.999).values),
        "sequential_delta_0_999_order_21": list(issue_by_issue(a[::-1], b[::-1], 0.999).values),
    }


ANSWERS: dict[str, Callable[[Case], Case]] = {
    "A1_rubinstein": _rubinstein,
    "A2_stahl": _stahl,
    "A3_outside_options": _outside_options,
    "A4_brw_linear": _breakdown,
    "A4_brw_nonlinear": _breakdown_curved,
    "A5_rotating_unanimity": _rotating,
    "A6_random_unanimity": _random,
    "A7_baron_ferejohn_sym": _baron_ferejohn,
    "A8_eraslan": _eraslan,
    "A9_banks_duggan_1d": _three_on_a_line,
    "A9_banks_duggan_1d_numeric": _on_a_line,
    "A9b_unanimity_1d": _unanimity_on_a_line,
    "A10_multi_issue": _agenda,
}
