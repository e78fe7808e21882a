"""Known answers on conflict bargaining: private costs, power that shifts, ratification, mediators, spoilers."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.equilibria import (
    audience_cost,
    biased_mediator,
    crisis_ultimatum,
    crisis_ultimatum_two_types,
    indivisible_prize,
    mutual_optimism,
    power_shift,
    ratification,
    ratification_floors,
    screening_while_fighting,
    shifting_power,
    spoilers,
    status_quo_bargaining,
    truce_survival,
)

Case = dict[str, Any]


def _ultimatum(given: Case) -> Case:
    found = crisis_ultimatum(given["p"], given["cA"], given["cB_low"], given["cB_high"])
    return {
        "demand": float(found.demand),
        "war_prob": float(found.war),
        "value_A": float(found.value),
        "complete_info_range": [float(found.low), float(found.high)],
    }


def _two_types(given: Case) -> Case:
    found = crisis_ultimatum_two_types(given["p"], given["cA"], given["c_low"], given["c_high"], given["q"])
    return {
        "q_star": float(found.critical),
        "demand": float(found.demand),
        "war_prob": float(found.war),
        "value_A": float(found.value),
    }


def _status_quo(given: Case) -> Case:
    found = status_quo_bargaining(given["p"], given["status_quo"], given["s"], given["d_low"], given["d_high"])
    return {"offer": float(found.offer), "war_prob": float(found.war), "value_S": float(found.value)}


def _commitment(given: Case) -> Case:
    found = shifting_power(given["p"], given["p_next"], given["cA"], given["cB"], given["delta"])
    return {
        "lockin_lhs": float(found.locked_in),
        "powell_sufficient": bool(found.no_peace),
        "war_exact_A_proposes": bool(found.war),
    }


def _screening(given: Case) -> Case:
    found = screening_while_fighting(given["C"], given["cA"], given["gamma"], given["N"])
    offers, fighting = found.offers.tolist(), found.fighting.tolist()
    answer = {
        "offers_z": offers,
        "prob_still_fighting_after_offer": fighting,
        "prob_first_round_fighting": fighting[0],
        "prob_fight_to_finish": fighting[-1],
        "premium_A": found.premium,
    }
    if len(offers) == 2:
        answer |= {"cutoff1": float(found.cutoffs[0]), "z1": offers[0], "z2": offers[1]}
    return answer


def _ratification(given: Case) -> Case:
    found = ratification(given["dA"], given["k0"], given["k1"])
    return {
        "offer_B": float(found.offer),
        "prob_fail": float(found.fails),
        "value_A_over_disagreement": float(found.gain),
    }


def _floors(given: Case) -> Case:
    share = float(ratification_floors((given["dA"], given["dB"]), (given["kA"], given["kB"]), given["w"]))
    return {"x": None if math.isnan(share) else share}


def _mediator(given: Case) -> Case:
    return {
        "beta_star": float(biased_mediator(given["kappa"], given["eps"], given["cA"], given["c_low"], given["c_high"]))
    }


def _spoilers(given: Case) -> Case:
    found = spoilers(given["t"], given["s"], given["s0"], given["k"])
    return {
        "posterior_after_attack": float(found.attacked),
        "posterior_after_quiet": float(found.quiet),
        "s_star": float(found.critical),
        "peace_survives_attack": bool(found.survives),
    }


def _audience(given: Case) -> Case:
    share = audience_cost(given["x_min"], given["promise"], given["alpha"], given["peace_weight"])
    return {"x_min_with_audience": float(share)}


def _duration(given: Case) -> Case:
    ages = np.arange(1, 101)
    found = truce_survival(ages, given["lam0"], given["k"], given["linpred"])
    hazards = {f"h_{age}": float(hazard) for age, hazard in zip(ages, found.hazard, strict=True)}
    return hazards | {f"S_{age}": float(survival) for age, survival in zip(ages, found.survival, strict=True)}


def _contest(given: Case) -> Case:
    found = power_shift((given["mA"], given["mB"]), (given["gA"], given["gB"]), (given["a"], given["b"]), given["s"])
    return {"p0": float(found.before), "p_inf": float(found.after), "D": float(found.shift)}


def _indivisible(given: Case) -> Case:
    found = indivisible_prize(given["p"], given["cA"], given["cB"])
    return {
        "lottery_range": [float(found.low), float(found.high)],
        "award_to_A_ok": bool(found.to_a),
        "award_to_B_ok": bool(found.to_b),
    }


def _optimism(given: Case) -> Case:
    found = mutual_optimism(given["pA"], given["pB"], given["cA"], given["cB"])
    return {"range": [float(found.low), float(found.high)], "zopa": bool(found.open)}


ANSWERS: dict[str, Callable[[Case], Case]] = {
    "C1_fearon_uniform": _ultimatum,
    "C2_fearon_two_types": _two_types,
    "C3_status_quo_bargaining": _status_quo,
    "C4_powell_commitment": _commitment,
    "C5_screening_while_fighting": _screening,
    "C6_ratification_uniform": _ratification,
    "C6b_ratification_nash": _floors,
    "C7_biased_mediator": _mediator,
    "C8_spoilers": _spoilers,
    "C9_audience_commitment": _audience,
    "C10_hazard_cloglog": _duration,
    "C11_power_shift_contest": _contest,
    "C12_indivisible": _indivisible,
    "C13_mutual_optimism": _optimism,
}
