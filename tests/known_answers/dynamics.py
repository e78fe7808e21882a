"""Known answers of strategies and protocols: published formulas, duels, concessions, texts, sessions."""

from collections.abc import Callable
from typing import Any

import numpy as np

from sim.engine import negotiate
from sim.foundations import NO_DEAL, Dice
from sim.protocols import AlternatingOffers, Zeuthen, exact_text
from sim.strategies import (
    AcNext,
    HardLiner,
    Micro,
    MicroOffering,
    NearestToAspiration,
    Negotiator,
    OwnCurve,
    TimeDependent,
    averaged,
    exponential,
    issue_offer,
    polynomial,
    random_absolute,
    relative,
    scarcity,
)
from sim.table import BargainingTable

ONE = np.arange(1)


def faratin_time(inputs: dict[str, Any]) -> dict[str, Any]:
    """Time- and resource-dependent curves and the offers on a single issue."""
    if "resource" in inputs:
        return {"alpha": scarcity(np.array(inputs["resource"], float), inputs["kappa"]).tolist()}
    time = np.array(inputs["times"], float) / inputs["t_max"]
    low, high = inputs["issue_min"], inputs["issue_max"]
    alpha = polynomial(time, inputs["beta"], inputs["kappa"])
    answer = {
        "alpha_poly": alpha.tolist(),
        "offers_poly_decreasing_value": issue_offer(alpha, low, high, increasing=False).tolist(),
        "offers_poly_increasing_value": issue_offer(alpha, low, high, increasing=True).tolist(),
    }
    if inputs["kappa"] > 0:
        answer["alpha_exp"] = exponential(time, inputs["beta"], inputs["kappa"]).tolist()
    return answer


def faratin_tit_for_tat(inputs: dict[str, Any]) -> dict[str, Any]:
    """Behaviour-dependent offers on a single issue; None where too little has been heard."""
    own, offers = inputs["own_prev"], np.array(inputs["opponent_offers"], float)
    lag, window, limits = inputs["delta"], inputs["gamma"], (inputs["min"], inputs["max"])

    def absolute(noise: float, *, increasing: bool) -> float:
        return random_absolute(own, offers, lag, noise, low=limits[0], high=limits[1], increasing=increasing)

    lagged = {
        "relative": lambda: relative(own, offers, lag, *limits),
        "random_absolute_R0_increasing": lambda: absolute(0.0, increasing=True),
        "random_absolute_R0_decreasing": lambda: absolute(0.0, increasing=False),
        "random_absolute_R2_increasing": lambda: absolute(2.0, increasing=True),
        "random_absolute_R2_decreasing": lambda: absolute(2.0, increasing=False),
    }
    answers = {name: tactic() if len(offers) > lag else None for name, tactic in lagged.items()}
    return {**answers, "averaged": averaged(own, offers, window, *limits) if len(offers) > window else None}


def faratin_duel(inputs: dict[str, Any]) -> dict[str, Any]:
    """Two time-dependent negotiators in turns on a grid that holds every offer they can make."""
    horizon = int(inputs["t_max"])
    time = np.arange(horizon + 1) / horizon
    beta, kappa = (inputs["betaA"], inputs["betaB"]), (inputs["kappaA"], inputs["kappaB"])
    shares = np.concatenate(
        [[0.0, 1.0], 1.0 - polynomial(time, beta[0], kappa[0]), polynomial(time, beta[1], kappa[1])]
    )
    shares = np.unique(shares)
    table = BargainingTable.of_payoffs(np.stack([shares, 1.0 - shares]))
    pair = tuple(Negotiator(TimeDependent(beta[i], kappa[i]), NearestToAspiration(), AcNext()) for i in range(2))
    talks = negotiate(AlternatingOffers(horizon + 1, pair, time_scale="turns"), table, Dice("duel", ONE))
    if talks.deal[0] == NO_DEAL:
        return {"agreement_round": None, "x_share_A": None, "how": None}
    accepts = "B accepts" if talks.by[0] == 0 else "A accepts"
    share = float(shares[talks.deal[0]])
    return {"agreement_round": int(talks.round[0]), "x_share_A": share, "how": accepts}


def zeuthen(inputs: dict[str, Any]) -> dict[str, Any]:
    """Deal and path of monotonic concession, one step or the least sufficient one at a time."""
    table = BargainingTable.of_payoffs(np.array(inputs["deals"], float).T, inputs["d"])
    deal, steps = _concessions(table, "one-step")
    _, leaps = _concessions(table, "minimal-sufficient")
    agreement = None if deal == NO_DEAL else [float(value) for value in inputs["deals"][deal]]
    return {"agreement": agreement, "path_one_step": steps, "path_min_sufficient": leaps, "path": steps}


def _concessions(table: BargainingTable, concession: Any) -> tuple[int, list[list[int]]]:
    protocol = Zeuthen(len(table.deals) + 1, concession, per_round=1)
    dice = Dice("zeuthen", ONE)
    frontier = [int(deal) for deal in protocol.start(table, dice).deals[0] if deal != NO_DEAL]
    talks = negotiate(protocol, table, dice, keep_log=True)
    path: list[list[int]] = []
    here = [-1, -1]
    for number, entry in enumerate(talks.log):
        if entry.deal[0] == NO_DEAL:
            continue
        here[entry.actor] = frontier.index(int(entry.deal[0]))
        if number > 0:  # the first entry is half of the opening
            path.append(list(here))
    return int(talks.deal[0]), path


def single_text(inputs: dict[str, Any]) -> dict[str, Any]:
    """Expected utilities of a mediated single text on binary issues, from the exact chain."""
    forms = np.array([inputs["H1"], inputs["H2"]], float)
    issues = forms.shape[1]
    deals = (np.arange(2**issues)[:, None] >> np.arange(issues)[::-1]) & 1
    payoff = np.einsum("ki,aij,kj->ak", deals, forms, deals)
    start = int(np.flatnonzero((deals == inputs["start"]).all(axis=1))[0])
    heat = np.where(inputs["anneal"], 2.0, 0.0)
    chances = exact_text(payoff, deals, heat, start, int(inputs["rounds"]))
    expected = payoff @ chances
    return {
        "EU1": float(expected[0]),
        "EU2": float(expected[1]),
        "E_joint": float(expected.sum()),
        "max_joint": float(payoff.sum(axis=0).max()),
    }


def sao_session(inputs: dict[str, Any]) -> dict[str, Any]:
    """One session of stacked alternating offers under the conventions of NegMAS."""
    names = tuple(inputs["issues"])
    levels = tuple(tuple(inputs["issues"][name]) for name in names)
    grids = np.meshgrid(*(np.arange(len(level)) for level in levels), indexing="ij")
    deals = np.stack([grid.ravel() for grid in grids], axis=1)
    agents = {agent["name"]: agent for agent in inputs["agents"]}
    actors = tuple(agents)
    payoff = np.array([_utility(agent, names, levels, deals) for agent in agents.values()])
    # No reservation value: anything beats no deal, so no deal is worth less than the worst deal.
    lowest = payoff.min(axis=1) - 1.0
    reserved = [agent.get("reserved") for agent in agents.values()]
    disagreement = [
        low if own is None or not np.isfinite(own) else own for own, low in zip(reserved, lowest, strict=True)
    ]
    table = BargainingTable.of_payoffs(
        payoff,
        disagreement,
        actors=actors,
        issues=names,
        levels=levels,
        deals=deals,
        order=np.array([actors.index(name) for name in inputs["offering_order"]]),
    )
    negotiators = tuple(_behaviour(agent.get("strategy", {})) for agent in agents.values())
    protocol = AlternatingOffers(int(inputs["n_rounds"]), negotiators, responses="stacked", time_scale="negmas")
    talks = negotiate(protocol, table, Dice("session", ONE))
    deal = int(talks.deal[0])
    if deal == NO_DEAL:
        return {"agreement": None, "rounds": int(inputs["n_rounds"]), "utilities": None}
    return {
        "agreement": [level[index] for level, index in zip(levels, deals[deal], strict=True)],
        "rounds": int(talks.round[0]) + 1,
        "utilities": [float(value) for value in payoff[:, deal]],
    }


def _utility(agent: dict[str, Any], names: Any, levels: Any, deals: Any) -> Any:
    total = np.zeros(len(deals))
    for i, name in enumerate(names):
        values = np.array([agent["values"][name][level] for level in levels[i]], float)
        total += agent["weights"][name] * values[deals[:, i]]
    return total


def _behaviour(strategy: dict[str, Any]) -> Negotiator:
    kind = strategy.get("type", "time_based")
    if kind == "micro":
        return Negotiator(Micro(), MicroOffering(), OwnCurve())
    near = NearestToAspiration(slack=1e-6)
    if kind == "tough":
        return Negotiator(HardLiner(), near, OwnCurve())
    curve = TimeDependent(strategy.get("faratin_e", 1.0), 1.0 - strategy.get("start", 1.0))
    return Negotiator(curve, near, OwnCurve(), tolerance=strategy.get("tolerance", 0.0))


ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "D1_faratin_time": faratin_time,
    "D2_faratin_tft": faratin_tit_for_tat,
    "D3_faratin_duel": faratin_duel,
    "D4_zeuthen": zeuthen,
    "D5_mediated_single_text": single_text,
    "sao_session": sao_session,
}
