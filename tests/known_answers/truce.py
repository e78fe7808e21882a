"""Known answers on truces: a truce now, a settlement later, or fighting on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.equilibria import (
    Dispute,
    Document,
    DocumentDesign,
    DriftingWar,
    Fork,
    Loading,
    bargaining_range,
    battlefield_drift,
    best_document,
    continuous_durability,
    convergence,
    costly_lottery,
    critical_salience,
    endogenous_hazard,
    enforcement_interval,
    impatient_mediator,
    preventive_war,
    random_closing,
    screening,
    stalemate_frontier,
    talks_under_truce,
    terms_under_fire,
    truce_or_settlement,
    worst_hazard,
)
from sim.foundations import TOLERANCE
from sim.table.durability import durability, value_of_document
from sim.table.war import delayed, fighting_survival, war_value

Case = dict[str, Any]


def _pair(given: Case, name: str, default: float = 0.0) -> tuple[float, float]:
    """The numbers of A and B; one number stands for both."""
    both = given.get(name, default)
    both = both if isinstance(both, list) else [both, both]
    return given.get(f"{name}A", both[0]), given.get(f"{name}B", both[1])


def _dispute(given: Case) -> Dispute:
    return Dispute(given["p"], _pair(given, "c"), _pair(given, "d"))


def _document(given: Case) -> Document:
    return Document(given["h"], given["theta"], given.get("D", 0.0), _pair(given, "g"), _pair(given, "eta"))


def _fork(given: Case) -> Fork:
    documents = {
        kind: Document(
            given[f"h{kind}"],
            given[f"theta{kind}"],
            given[f"D{kind}"],
            (given["rA"] * (1 - given[f"rho{kind}"]), given["zB"] * given[f"rho{kind}"]),
            _pair(given, "eta"),
        )
        for kind in "TS"
    }
    return truce_or_settlement(_dispute(given), documents["T"], given["y0"], documents["S"], given["xS"], m=given["m"])


def _values(given: Case) -> Case:
    weights = durability(given["delta"], given["h"], given["q"], given["theta"])
    value = value_of_document(
        given["u"], given["W"], given["eta"], given["signedD"], weights, s0=given["s0"], lam=given["lam"]
    )
    return {
        "value": float(value),
        "premium_over_fighting": float(value) - given["W"],
        "wI": float(weights.w_interim),
        "wW": float(weights.omega),
        "wC": float(weights.w_conversion),
        "phiW": float(weights.phi),
        "phiC": float(weights.phi_conversion),
    }


def _continuous(given: Case) -> Case:
    weights = continuous_durability(given["r"], given["lam"], given["nu"])
    return {
        "omega": weights.omega,
        "chi": weights.chi,
        "phi": weights.phi,
        "psi": weights.psi,
        "worst_rate": weights.worst_rate,
    }


def _war_and_delay(given: Case) -> Case:
    delta, m = given["delta"], given["m"]
    war = war_value(given["holdings"] - given["flow_cost"], given["p"], delta, m)
    gamma = float(fighting_survival(delta, m))
    return {
        "W": float(war),
        "value_fight_n_then_sign": float(delayed(given["V"], war, gamma, given["n"])),
        "gamma": gamma,
        "E_gammaN_geometric_0_2": random_closing(gamma, 0.2),
        "fearon_cost_c": costly_lottery(given["flow_cost"], delta, m),
    }


def _drift(given: Case) -> Case:
    names = ("holdings", "flow_cost", "delta", "m", "p", "b", "kap")
    war = DriftingWar(*(given[name] for name in names))
    return {
        "W0": war.value(0),
        "Wn": war.value(given["n"]),
        "value": battlefield_drift(war, given["n"], given["V"]),
    }


def _range(given: Case) -> Case:
    found = bargaining_range(_dispute(given), _document(given))
    a, b = found.loading
    return {
        "x_min": found.x_min,
        "x_max": found.x_max,
        "L": found.length,
        "omega_A": a.omega,
        "omega_B": b.omega,
        "chi_A": a.chi,
        "psi_A": a.psi,
        "psi_B": b.psi,
    }


def _preventive(given: Case) -> Case:
    found = preventive_war(given["delta"], given["p1"], given["p2"], given["cB_fearon"])
    return {
        "psi": found.psi,
        "x_max": found.x_max,
        "war": found.war,
        "fearon_lhs": found.gain,
        "fearon_rhs": found.price,
    }


def _interval(given: Case) -> Case:
    found = enforcement_interval(given["a"], given["eta"], given["signedD"], given["delta"], given["theta"])
    return {"h_interval": None if found is None else list(found)}


def _worst(given: Case) -> Case:
    found = worst_hazard(given["delta"], given["theta"])
    return {"h0": found.hazard, "phi_max": found.loading}


def _root_causes(given: Case) -> Case:
    numbers = given["rA"], given["zB"], given["C_total_war_cost"]
    whole, divided = stalemate_frontier(*numbers), stalemate_frontier(*numbers, divisible=True)
    return {
        "min_loss_linear": whole.loss,
        "zopa_linear": whole.deal_exists,
        "min_loss_quadratic": divided.loss,
        "rho_star_quadratic": divided.resolved,
        "zopa_quadratic": divided.deal_exists,
        "L_quadratic": divided.surplus,
    }


def _truce_or_settlement(given: Case) -> Case:
    fork = _fork(given)
    truce, settlement = fork.truce_range, fork.settlement_range
    now, later = truce.premium(fork.line), settlement.premium(fork.terms)
    joint = fork.dispute.equally_patient
    sides = {
        name: {
            "W": fork.dispute.war[side],
            "v_truce": fork.dispute.war[side] + now[side],
            "G_truce": now[side],
            "G_settlement_at_signing": later[side],
            "gamma": fork.gamma(side),
            "n_threshold": fork.delay_threshold(side),
            "accepts_truce_vs_fighting": now[side] >= -TOLERANCE,
            "accepts_settlement_vs_fighting": later[side] >= -TOLERANCE,
        }
        for side, name in enumerate("AB")
    }
    return sides | {
        "range_T": [truce.x_min, truce.x_max, truce.length],
        "peace_weight_T": truce.loading[0].peace if joint else None,
        "range_S": [settlement.x_min, settlement.x_max, settlement.length],
        "peace_weight_S": settlement.loading[0].peace if joint else None,
        "J_truce": truce.joint_premium if joint else None,
        "J_settlement_at_signing": settlement.joint_premium if joint else None,
        "n_joint": fork.joint_delay_threshold,
        "regime": fork.regime,
    }


def _critical_salience(given: Case) -> Case:
    documents = [Document(given[f"h{kind}"], given[f"theta{kind}"]) for kind in "TS"]
    truce, settlement = (Loading.of(given["dA"], document) for document in documents)
    found = critical_salience(
        war=given["p"] - given["cA"],
        shares=(given["y0"], given["xS"]),
        resolved=(given["rhoT"], given["rhoS"]),
        loadings=(truce, settlement),
        shifts=(given["DT"], given["DS"]),
        damage=given["etaA"],
        discount=float(fighting_survival(given["dA"], given["m"])) ** given["n"],
    )
    return {
        "rA_star": found.salience,
        "denominator": found.slope,
        "prefers_truce_iff": "rA<=rA_star" if found.truce_below else "rA>=rA_star",
    }


def _mediator(given: Case) -> Case:
    return {"delta_star": impatient_mediator(given["hT"], given["hS"], given["m"], given["n"])}


def _terms(given: Case) -> Case:
    found = terms_under_fire(_dispute(given), _document(given), given["m"], (given["x_lo"], given["x_hi"]))
    return {
        "x_min": found.x_min,
        "x_max": found.x_max,
        "x_when_A_offers": found.first,
        "x_when_B_offers": found.second,
        "unconstrained_formula": found.unlimited,
    }


def _convergence(given: Case) -> Case:
    found = convergence(given["s"], (given["alpha_A"], given["alpha_B"]), given["L0"])
    return {"o0": found.optimism, "n_star": found.rounds, "gap_at_n": found.gap}


def _endogenous_hazard(given: Case) -> Case:
    found = endogenous_hazard(_pair(given, "b"), _pair(given, "E"), _pair(given, "s"), given["delta"])
    plays = {
        name: {
            "aA": play.breaks[0],
            "aB": play.breaks[1],
            "yA": play.value[0],
            "yB": play.value[1],
            "h": play.hazard,
        }
        for name, play in (("low_hazard_eq", found.calm), ("high_hazard_eq", found.fragile))
    }
    return plays | {"multiple": found.multiple}


def _bridge(given: Case) -> Case:
    found = talks_under_truce(
        flow=given["u"],
        war=given["W"],
        settlement_premium=given["settlement_premium"],
        damage=given["eta"],
        shift=given["signedD"],
        tracking=given["lam"],
        delta=given["delta"],
        hazard=given["h"],
        theta=given["theta"],
        closing=(given["qT"], given["qF"]),
        m=given["m"],
    )
    return {
        "G_talk_under_truce": found.under_truce,
        "G_talk_under_fire": found.under_fire,
        "prefers_truce": found.truce_first,
    }


def _screening(given: Case) -> Case:
    found = screening(_dispute(given), _document(given), given["Cbar"])
    return {"x_star": found.share, "reject_prob": found.refused, "G": found.burden}


def _best_document(given: Case) -> Case:
    names = ("lam0", "ae", "ar", "d", "C", "rA", "zB", "eta", "kap")
    found = best_document(DocumentDesign(*(given[name] for name in names)))
    return {
        "rho_star": found.resolved,
        "e_star": found.enforcement,
        "h": found.hazard,
        "L": found.length,
        "J": found.joint_premium,
        "any_document": found.any_document,
    }


def _crowding_out(given: Case) -> Case:
    fork, rounds = _fork(given), given["n"]
    joint = fork.dispute.equally_patient
    later = fork.gamma(0) ** rounds * fork.settlement_range.joint_premium
    return {
        "pressure_A": fork.pressure_terminal(0, rounds),
        "pressure_B": fork.pressure_terminal(1, rounds),
        "truce_zopa_free_x": fork.truce_survives_prospect(rounds),
        "J_truce": fork.truce_range.joint_premium if joint else None,
        "discounted_J_settlement": later if joint else None,
    }


def _master_inequality(given: Case) -> Case:
    fork, rounds = _fork(given), given["n"]
    sides = {
        name: {
            "O": fork.alternative(side, rounds),
            "v_truce": fork.recursive_value(side, rounds),
            "slack": fork.slack(side, rounds),
            "accepts": fork.slack(side, rounds) >= -TOLERANCE,
            "n_rec": fork.recursive_delay_threshold(side),
            "pressure_needed": fork.pressure_recursive(side, rounds),
        }
        for side, name in enumerate("AB")
    }
    return sides | {
        "joint_truce_zopa_free_x": fork.truce_survives_recursion(rounds),
        "L_T": fork.truce_range.length,
        "discounted_settlement_surplus": fork.discounted_settlement_surplus(rounds),
    }


ANSWERS: dict[str, Callable[[Case], Case]] = {
    "T1_values": _values,
    "T1c_continuous_time": _continuous,
    "T2_war_and_delay": _war_and_delay,
    "T2b_delay_with_battlefield_drift": _drift,
    "T3_range": _range,
    "T4_shifting_power_nested": _preventive,
    "T5_enforcement_interval": _interval,
    "T5b_worst_hazard": _worst,
    "T6_root_causes": _root_causes,
    "T7_truce_vs_settlement": _truce_or_settlement,
    "T7b_critical_salience": _critical_salience,
    "T8_mediator_patience": _mediator,
    "T9_terms_rubinstein": _terms,
    "T10_convergence_time": _convergence,
    "T11_endogenous_hazard": _endogenous_hazard,
    "T12_bridge": _bridge,
    "T13_screening": _screening,
    "T14_best_document": _best_document,
    "T15_pressure_crowding_out": _crowding_out,
    "T16_master_inequality": _master_inequality,
}
