"""Play by the strategies of a theory reproduces its prediction: rotation, breakdown, recognition by lot."""

import numpy as np
import pytest

from sim.engine import negotiate
from sim.equilibria import backward_induction, breakdown, eraslan, rotating_proposer, rotating_proposer_shares
from sim.foundations import Dice
from sim.protocols import StrategicAlternatingOffers, StrategicRandomProposer
from sim.table import BargainingTable, LotPlan, RoundPlan, SigningRule
from sim.table.lot_plan import proposals
from tests.equilibria.test_recognition_by_lot import cake


@pytest.mark.parametrize("patience", [[0.9, 0.9, 0.9], [0.9, 0.8, 0.95]])
def test_three_who_rotate(patience):
    """In the stationary equilibrium the first proposal is accepted, and nobody can do better at his turn."""
    keeps = rotating_proposer(patience)
    divisions = np.array([np.roll(rotating_proposer_shares(np.roll(patience, -i)), i) for i in range(3)])
    assert np.diagonal(divisions) == pytest.approx(keeps)
    grid = cake(40, patience).payoff[0].T
    table = BargainingTable.of_payoffs(np.concatenate([divisions, grid]).T, discount=[patience])
    waiting = np.stack([np.array(patience) * divisions[(i + 1) % 3] for i in range(3)], axis=1)  # (A, round)
    rounds = 6
    proposer = np.arange(rounds) % 3
    plan = RoundPlan(proposer[None], proposer, waiting[None][:, :, proposer], np.zeros((1, 3)))
    talks = negotiate(StrategicAlternatingOffers(plan), table, Dice("rotating", np.arange(1)))
    assert talks.round.tolist() == [0]
    assert table.payoff[0, :, talks.deal[0]] == pytest.approx(rotating_proposer_shares(patience))
    for i in range(3):
        others = [j for j in range(3) if j != i]
        passes = (table.payoff[0][others] >= waiting[others, i, None] - 1e-9).all(axis=0)
        assert table.payoff[0, i, passes].max() == pytest.approx(keeps[i])
        assert keeps[i] >= waiting[i, i] - 1e-9


@pytest.mark.parametrize("gap", [0.5, 0.2])
def test_a_risk_of_breakdown(gap):
    """Offers under a risk of breakdown, each round of them worth its discount and its risk, split as theory says."""
    rates, risk, after = np.array([0.02, 0.08]), 0.1, np.array([0.3, 0.2])
    exact = breakdown(tuple(rates), risk, gap, tuple(after))
    share = np.linspace(0, 1, 4001)
    discount, rest = np.exp(-(rates + risk) * gap), risk * after / (rates + risk)
    assert rest == pytest.approx(exact.disagreement)
    table = BargainingTable.of_payoffs(np.stack([share, 1 - share]), rest, discount=discount)
    plan = backward_induction(table, int(150 / gap))
    talks = negotiate(StrategicAlternatingOffers(plan), table, Dice("breakdown", np.arange(1)))
    assert table.payoff[0, 0, talks.deal[0]] == pytest.approx(exact.first, abs=0.004)
    assert abs(exact.first - exact.limit) < abs(
        breakdown(tuple(rates), risk, 2 * gap, tuple(after)).first - exact.limit
    )


def stationary(chances, patience, quota, parts):
    """A cake, its stationary plan by Eraslan, and what she says."""
    found = eraslan(chances, patience, quota)
    table = cake(parts, patience, SigningRule.k_of_n(3, quota))
    least = np.repeat((np.array(patience) * found.value)[None, :, None], 3, axis=2)
    return table, LotPlan(least, found.value[None], np.array(chances)), found


@pytest.mark.slow
def test_recognition_that_differs():
    """With chances .8, .1, .1 the play of the stationary plan is worth (.6875, .15625, .15625) (Eraslan 2002)."""
    table, plan, found = stationary([0.8, 0.1, 0.1], [0.9] * 3, 2, 32)
    draws, none = 1500, np.zeros(1500, np.int64)
    protocol = StrategicRandomProposer(plan.select(none))
    many = table.select(none)
    talks = negotiate(protocol, many, Dice("eraslan", np.arange(draws)))
    assert set(talks.round.tolist()) == {0}
    mean = many.payoff[np.arange(draws), :, talks.deal].mean(axis=0)
    assert mean == pytest.approx(found.value, abs=0.035)


@pytest.mark.parametrize("chances", [[0.5, 0.3, 0.2], [0.8, 0.1, 0.1], [0.4, 0.3, 0.3]])
def test_nobody_would_propose_otherwise(chances):
    """At Eraslan's prices each proposer buys the cheapest other; what he keeps adds up to what he is said to get."""
    table, plan, found = stationary(chances, [0.9] * 3, 2, 100)
    prices = 0.9 * found.value
    kept = []
    for i in range(3):
        best = proposals(table, plan.reservation[:, :, 0], i)[0]
        kept.append(float(table.payoff[0, i, best][0]))
        assert kept[i] == pytest.approx(1 - np.delete(prices, i).min(), abs=0.01)
    worth = np.array(chances) * np.array(kept) + np.array(found.included) * prices
    assert worth == pytest.approx(found.value, abs=0.01)
