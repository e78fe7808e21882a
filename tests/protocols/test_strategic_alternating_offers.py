"""Alternating offers by parties who follow a plan."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import negotiate
from sim.equilibria import backward_induction
from sim.foundations import NO_DEAL, InputError
from sim.protocols import StrategicAlternatingOffers
from sim.table import BargainingTable, RoundPlan, SigningRule
from tests.protocols.talking import dice
from tests.strategies.hearings import pie, tables


def stahl(rounds=3, first=0.9, second=0.8, size=101):
    """Plan of Stahl's game on a pie in hundredths: the last proposer takes all, others wait if it pays."""
    proposer = np.arange(rounds) % 2
    reservation, proposal = np.zeros((1, 2, rounds)), np.zeros((1, rounds), np.int64)
    ahead = np.zeros(2)
    for t in reversed(range(rounds)):
        me, other = proposer[t], 1 - proposer[t]
        reservation[0, :, t] = np.array([first, second]) * ahead
        keep = 1.0 - reservation[0, other, t]
        share = keep if me == 0 else 1.0 - keep
        proposal[0, t] = round(share * (size - 1))
        ahead = np.array([share, 1.0 - share])
    return RoundPlan(proposal, proposer, reservation, ahead[None])


def test_stahl_three_rounds():
    """With patience 0.9 and 0.8 and three rounds the first proposer gets 0.92 at once."""
    table = pie(101)
    talks = negotiate(StrategicAlternatingOffers(stahl()), table, dice(table))
    assert talks.deal.tolist() == [92]
    assert (talks.round.tolist(), talks.by.tolist()) == ([0], [0])


def test_waiting_and_refusing():
    """A round without a proposal passes, and so does one whose proposal is below a reservation."""
    plan = RoundPlan(np.array([[NO_DEAL, 9, 5]]), np.array([0, 0, 1]), np.full((1, 2, 3), 0.3), np.zeros((1, 2)))
    table = pie()
    talks = negotiate(StrategicAlternatingOffers(plan), table, dice(table), keep_log=True)
    assert (talks.deal.tolist(), talks.round.tolist(), talks.by.tolist()) == ([5], [2], [1])


def test_red_lines_hold_whatever_the_plan():
    """A plan cannot make anybody sign across his red line or below no deal."""
    plan = RoundPlan(np.array([[5]]), np.array([0]), np.full((1, 2, 1), -9.0), np.zeros((1, 2)))
    table = pie(disagreement=0.6)
    assert negotiate(StrategicAlternatingOffers(plan), table, dice(table)).deal.tolist() == [NO_DEAL]
    table = pie()
    table.permitted[0, 1, 5] = False
    assert negotiate(StrategicAlternatingOffers(plan), table, dice(table)).deal.tolist() == [NO_DEAL]


def test_budget_within_the_plan():
    """Fewer rounds than the plan are fine, more are refused."""
    assert StrategicAlternatingOffers(stahl(3), rounds=2).rounds == 2
    with pytest.raises(InputError, match="covers 3"):
        StrategicAlternatingOffers(stahl(3), rounds=4)


@given(table=tables(), discount=st.floats(0.5, 1.0), rounds=st.integers(1, 5))
def test_play_of_the_equilibrium_is_worth_its_value(table, discount, rounds):
    """Playing the plan of backward induction gives everybody what the theory says he gets."""
    table = dataclasses.replace(table, discount=np.full_like(table.discount, discount))
    plan = backward_induction(table, rounds)
    talks = negotiate(StrategicAlternatingOffers(plan), table, dice(table))
    rows = np.arange(table.draws)
    premium = np.where(talks.deal[:, None] == NO_DEAL, 0.0, table.premium[rows, :, talks.deal])
    got = table.disagreement + table.discount ** talks.round[:, None] * premium
    assert got == pytest.approx(plan.value, abs=1e-7)


@pytest.mark.parametrize(
    ("consenting", "rule", "order"),
    [
        (2, SigningRule.k_of_n(3, 2), [0, 1, 2]),  # a signer who cannot be outvoted on this deal
        (2, SigningRule.unanimity(3, np.array([True, True, False])), [0, 1]),  # somebody outside
        (None, SigningRule.unanimity(3), [0, 1, 2]),  # a signer who would rather have no deal
    ],
)
def test_a_careless_plan_signs_nothing_that_lacks_a_yes(consenting, rule, order):
    """Whatever the plan proposes and expects, a deal without a yes that it needs is not signed."""
    table = BargainingTable.of_payoffs([[1.0, 0.6], [1.0, 0.6], [0.0, 1.0]], 0.5, rule=rule, order=np.array(order))
    if consenting is not None:
        table.consent[consenting, 0] = True
    careless = RoundPlan(np.array([[0]]), np.array([0]), np.full((1, 3, 1), -9.0), np.zeros((1, 3)))
    talks = negotiate(StrategicAlternatingOffers(careless), table, dice(table), keep_log=True)
    assert talks.deal.tolist() == [NO_DEAL]
    made = [entry for entry in talks.log if entry.act == "offer" and entry.deal[0] != NO_DEAL]
    assert len(made) == (len(order) == 3)  # what lacks consent from outside is not even proposed
