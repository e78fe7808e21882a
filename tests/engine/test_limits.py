"""Textbook limits of the core model, played through the simulation."""

import numpy as np
import pytest

from sim.engine import simulate
from sim.equilibria.rubinstein import rubinstein
from sim.scenario import draw
from sim.table import DealSpace, build
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number


@pytest.mark.parametrize(("first", "second"), [(0.9, 0.8), (0.8, 0.9), (0.9, 0.9), (0.5, 0.95)])
def test_rubinstein(first, second):
    """Strategic offers on a fine grid give the first speaker (1 - d2) / (1 - d1 d2), at once."""
    scenario = with_numbers(
        shipped("pie"),
        {
            "actors.first.patience": number(first),
            "actors.second.patience": number(second),
            "issues.share.points": 2001,
        },
        rounds=150,
        horizon=150,
    )
    space = DealSpace.of(scenario)
    outcome = simulate(space, draw(scenario, np.arange(1))).outcome
    share = float(space.describe(int(outcome.deal[0]))["share"])
    assert share == pytest.approx(rubinstein(first, second), abs=0.006)
    assert outcome.round[0] == 0
    assert outcome.by[0] == 0


def test_rubinstein_while_war_goes_on():
    """With W as inside payoff and arms that may decide, the first offer is x_min + L (1 - g_B)/(1 - g_A g_B)."""
    p, costs, m, delta = 0.5, (0.1, 0.2), 0.02, (0.95, 0.9)
    W = [p - costs[0], 1 - p - costs[1]]
    scenario = dispute(
        {"W": W[0], "delta": delta[0]},
        {"W": W[1], "delta": delta[1]},
        shares=tuple(np.round(np.linspace(0, 1, 801), 6)),
        m=m,
        protocol="strategic-alternating-offers",
        rounds=200,
        horizon=200,
        order=["A", "B"],
    )
    scenario = with_numbers(scenario, {"issues.causes.available": ["1.0"], "issues.watch.available": ["unwatched"]})
    space = DealSpace.of(scenario)
    block = simulate(space, draw(scenario, np.arange(1)))
    gamma = [d * (1 - m) for d in delta]
    np.testing.assert_allclose(block.worlds.gamma[0], gamma)
    expected = W[0] + (1 - W[0] - W[1]) * (1 - gamma[1]) / (1 - gamma[0] * gamma[1])
    share = float(space.describe(int(block.outcome.deal[0]))["share"])
    assert share == pytest.approx(expected, abs=0.008)


@pytest.mark.parametrize(("p", "cost_a", "cost_b"), [(0.55, 0.12, 0.18), (0.3, 0.05, 0.3), (0.7, 0.4, 0.05)])
@pytest.mark.parametrize("h", [0.0, 0.3])
def test_fearon(p, cost_a, cost_b, h):
    """War by power and costs, nothing else: the deals both accept are the shares from p - c_A to p + c_B.

    The flow cost k of a war that arms decide with chance m a round is Fearon's lump c = (1 - mu) k.
    """
    delta, m = 0.9, 0.1
    mu = delta * m / (1 - delta * (1 - m))
    shares = tuple(np.round(np.linspace(0, 1, 201), 3))
    scenario = dispute({"W": 0, "delta": delta}, {"W": 0, "delta": delta}, shares=(*shares, p), m=m, hazards=(h, h))
    scenario = with_numbers(
        scenario,
        {
            "issues.share.status_quo": str(p),
            "issues.causes.available": ["1.0"],
            "issues.watch.available": ["unwatched"],
            "actors.A.reservation": None,
            "actors.A.power": number(p),
            "actors.A.war_cost": number(cost_a / (1 - mu)),
            "actors.B.reservation": None,
            "actors.B.power": number(1 - p),
            "actors.B.war_cost": number(cost_b / (1 - mu)),
        },
    )
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(1)))
    np.testing.assert_allclose(worlds.no_deal.value[0], [p - cost_a, 1 - p - cost_b], atol=1e-12)
    x = np.array([float(space.describe(deal)["share"]) for deal in range(len(space))])
    low, high = p - cost_a, p + cost_b
    clear = (np.abs(x - low) > 1e-6) & (np.abs(x - high) > 1e-6)
    joint = worlds.table.agreed(worlds.accepts)[0]
    assert (joint == ((x > low) & (x < high)))[clear].all()
    assert joint[np.abs(x - low) < 1e-12].all()  # who is indifferent signs


def test_a_deal_less_good_than_the_status_quo_can_still_be_signed():
    """With m = 0 war is the status quo less its cost for ever, so any deal that costs less than that will do."""
    scenario = dispute({"W": 0, "delta": 0.9}, {"W": 0, "delta": 0.9}, shares=(0.4, 0.5))
    changes = {"issues.share.status_quo": "0.5"}
    for name in "AB":
        changes |= {f"actors.{name}.reservation": None, f"actors.{name}.war_cost": number(0.15)}
    scenario = with_numbers(scenario, changes)
    space = DealSpace.of(scenario)
    worlds = build(space, draw(scenario, np.arange(1)))
    np.testing.assert_allclose(worlds.no_deal.value[0], 0.35)
    wanted = space.select((), {"share": ("0.4",)})
    assert worlds.accepts[0][:, wanted].all()
