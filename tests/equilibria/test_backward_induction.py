"""Backward induction on a table of deals, against closed forms and a slow reference."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, backward_induction, rubinstein, stahl, terms_under_fire
from sim.foundations import NO_DEAL, TOLERANCE
from sim.table import BargainingTable, SigningRule


def pie(size, discount, low=0.0, high=1.0):
    """A stake cut into equal steps; A's premium is x - low, B's high - x."""
    x = np.linspace(min(0.0, low), max(1.0, high), size)
    return x, BargainingTable.of_payoffs(np.stack([x - low, high - x]), discount=[discount])


@pytest.mark.parametrize("rounds", [1, 2, 3, 10, 11])
def test_stahl(rounds):
    """A finely cut pie is shared as in Stahl 1972."""
    _, table = pie(50_001, (0.9, 0.8))
    assert backward_induction(table, rounds).value[0, 0] == pytest.approx(stahl(0.9, 0.8, rounds), abs=1e-4)


def test_rubinstein():
    """Long talks over a finely cut pie end as in Rubinstein 1982."""
    _, table = pie(20_001, (0.9, 0.8))
    solved = backward_induction(table, 101)
    assert solved.value[0, 0] == pytest.approx(rubinstein(0.9, 0.8), abs=1e-3)
    assert solved.proposer[:3].tolist() == [0, 1, 0]


def test_terms_under_fire():
    """War as the inside payoff: the offer is that of the closed form with survival as discount."""
    dispute, document, m = Dispute(0.5, (0.1, 0.2), (0.95, 0.9)), Document(0.05, 0.5, -0.05), 0.02
    terms = terms_under_fire(dispute, document, m)
    gammas = [delta * (1 - m) for delta in dispute.patience]
    x, table = pie(40_001, gammas, terms.x_min, terms.x_max)
    solved = backward_induction(table, 101)
    assert x[solved.proposal[0, 0]] == pytest.approx(terms.first, abs=1e-3)
    assert x[solved.proposal[0, 1]] == pytest.approx(terms.second, abs=1e-3)


def reference(table, rounds):
    """The same by plain loops over draws and deals."""
    draws, actors, deals = table.payoff.shape
    proposal = np.full((draws, rounds), NO_DEAL)
    reservation = np.zeros((draws, actors, rounds))
    value = np.zeros((draws, actors))
    for b in range(draws):
        premium = table.premium[b]
        following = np.zeros(actors)
        for t in reversed(range(rounds)):
            speaker = table.order[t % len(table.order)]
            waiting = table.discount[b] * following
            reservation[b, :, t] = np.maximum(waiting, 0) + table.disagreement[b]
            yes = table.permitted[b] & (premium >= -TOLERANCE) & (premium >= waiting[:, None] - TOLERANCE)
            best = None
            for k in range(deals):
                accept = np.zeros((draws, actors, deals), bool)
                accept[b] = yes
                if not table.agreed(accept)[b, k] or not yes[speaker, k]:
                    continue
                others = premium[:, k].sum() - premium[speaker, k]
                key = (round(premium[speaker, k], 12), round(others, 12), -k)
                best = key if best is None or key > best else best
            proposal[b, t] = NO_DEAL if best is None else -best[2]
            following = waiting if best is None else premium[:, -best[2]]
        value[b] = following + table.disagreement[b]
    return proposal, reservation, value


@given(st.integers(0, 2**31), st.integers(1, 4), st.integers(0, 12), st.integers(1, 6), st.booleans())
def test_equals_the_slow_reference(seed, actors, deals, rounds, coarse):
    """Any rule, consent, red lines, order and ties: the same plan as by plain loops."""
    rng = np.random.default_rng(seed)
    payoff = rng.normal(size=(3, actors, deals))
    if coarse:
        payoff = payoff.round(0)  # many ties
    weights = rng.integers(0, 3, actors).astype(float)
    veto = rng.random(actors) < 0.4
    weights[0] = max(1.0, weights[0])
    base = BargainingTable.of_payoffs(
        payoff,
        rng.normal(size=(3, actors)) - 0.5,
        discount=rng.random((3, actors)),
        rule=SigningRule(weights, float(rng.integers(1, int(weights.sum()) + 1)), veto),
        order=rng.permutation(actors)[: rng.integers(1, actors + 1)],
    )
    from dataclasses import replace

    table = replace(
        base,
        permitted=rng.random(payoff.shape) < 0.8,
        consent=rng.random((actors, deals)) < 0.2,
    )
    solved = backward_induction(table, rounds)
    proposal, reservation, value = reference(table, rounds)
    assert solved.proposal.tolist() == proposal.tolist()
    assert solved.reservation == pytest.approx(reservation)
    assert solved.value == pytest.approx(value)


def test_draws_do_not_know_each_other(monkeypatch):
    """The plan of some draws is the same alone, in company and in small chunks."""
    rng = np.random.default_rng(5)
    table = BargainingTable.of_payoffs(rng.normal(size=(20, 3, 30)), discount=0.95)
    whole = backward_induction(table, 9)
    some = np.array([3, 11, 4])
    assert backward_induction(table.select(some), 9).proposal.tolist() == whole.select(some).proposal.tolist()
    monkeypatch.setattr(sys.modules[backward_induction.__module__], "_CHUNK", 1)
    assert backward_induction(table, 9).value.tolist() == whole.value.tolist()


def test_proposals_pass():
    """Everybody who must sign reaches his reservation payoff in every deal proposed."""
    rng = np.random.default_rng(7)
    table = BargainingTable.of_payoffs(rng.normal(size=(50, 3, 40)), discount=0.9)
    solved = backward_induction(table, 12)
    for t in range(12):
        made = np.flatnonzero(solved.proposal[:, t] != NO_DEAL)
        offered = table.payoff[made, :, solved.proposal[made, t]]
        assert (offered >= solved.reservation[made, :, t] - TOLERANCE).all()


def test_no_round():
    """Zero rounds are refused."""
    with pytest.raises(ValueError, match="at least one"):
        backward_induction(pie(3, (0.9, 0.9))[1], 0)


def test_leaving_for_an_outside_offer_is_binmore_shaked_sutton():
    """An offer from outside binds only where it beats what the talks give, and then decides (A3 of the literature)."""
    share = np.linspace(0, 1, 2001)
    for option, expected in ((0.3, 1 / 1.9), (0.6, 0.4)):
        table = BargainingTable.of_payoffs(np.stack([share, 1 - share]), [0.0, option], discount=0.9)
        found = backward_induction(table, 121, leaving=True)
        assert found.value[0, 0] == pytest.approx(expected, abs=2e-3)
        inside = backward_induction(table, 121)
        assert inside.value[0, 1] > option  # what pays while the talks last is topped up, not only matched


def test_who_can_leave_does_where_nothing_is_left_to_gain():
    """Two offers from outside that add up to more than there is end the talks."""
    share = np.linspace(0, 1, 11)
    table = BargainingTable.of_payoffs(np.stack([share, 1 - share]), [0.7, 0.6], discount=0.9)
    found = backward_induction(table, 5, leaving=True)
    assert found.value[0].tolist() == [0.7, 0.6]
    assert set(found.proposal[0].tolist()) == {-1}
