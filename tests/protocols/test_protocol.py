"""Contracts that every registered protocol keeps."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import negotiate
from sim.foundations import NO_DEAL
from sim.protocols import PROTOCOLS, TalksState
from sim.table import BargainingTable, SigningRule
from tests.protocols.talking import dice, protocol_for
from tests.strategies.hearings import tables

EVERY = pytest.mark.parametrize("name", PROTOCOLS.names)


def play(name, table, rounds=8):
    """The closed talks of a whole block."""
    return negotiate(protocol_for(name, table, rounds), table, dice(table))


@pytest.mark.slow
@EVERY
@settings(max_examples=30, deadline=None)
@given(table=tables(), k=st.integers(1, 4))
def test_signed_deals_have_every_yes_they_need(name, table, k):
    """A deal is signed only if it could be: acceptable to enough signers, consented to, red lines kept."""
    actors = len(table.actors)
    for rule in (SigningRule.unanimity(actors), SigningRule.k_of_n(actors, min(k, actors))):
        now = dataclasses.replace(table, rule=rule)
        talks = play(name, now)
        signed = talks.deal != NO_DEAL
        assert (now.signable & now.offerable)[np.arange(now.draws), talks.deal][signed].all()
        assert not (talks.open & signed).any()
        assert (talks.open | signed).all()
        assert (talks.round <= 8).all()


@pytest.mark.slow
@EVERY
@settings(max_examples=20, deadline=None)
@given(table=tables(draws=(2, 4)), data=st.data())
def test_draw_alone_is_draw_in_a_block(name, table, data):
    """Playing some of the draws, in any order, gives what they gave in the whole block."""
    order = data.draw(st.permutations(range(table.draws)))
    chosen = np.array(order[: data.draw(st.integers(1, table.draws))])
    protocol = protocol_for(name, table)
    whole = negotiate(protocol, table, dice(table))
    part = negotiate(protocol.select(chosen), table.select(chosen), dice(table).select(chosen))
    assert part.deal.tolist() == whole.deal[chosen].tolist()
    assert part.round.tolist() == whole.round[chosen].tolist()
    assert part.by.tolist() == whole.by[chosen].tolist()


@EVERY
def test_pressure_makes_a_deal_possible(name):
    """A payoff raised above no deal for some deals makes agreement possible where there was none."""
    payoff = np.array([[[1.0, 0.9, 0.8, 0.1], [0.0, 0.1, 0.2, 1.0]]])
    before = BargainingTable.of_payoffs(payoff, [0.5, 0.3])
    assert play(name, before).deal.tolist() == [NO_DEAL]
    pressed = payoff.copy()
    pressed[:, 1, 1:3] += 0.3
    talks = play(name, BargainingTable.of_payoffs(pressed, [0.5, 0.3]))
    assert talks.deal[0] in {1, 2}


@EVERY
def test_nobody_outside_is_overruled(name):
    """A deal that an outsider refuses his consent to is not signed, one he allows is."""
    table = BargainingTable.of_payoffs(
        [[1.0, 0.6], [1.0, 0.6], [0.0, 1.0]],
        0.5,
        rule=SigningRule.unanimity(3, np.array([True, True, False])),
    )
    table.consent[2] = True
    assert play(name, table.replace(order=np.array([0, 1]))).deal.tolist() == [1]


@EVERY
def test_no_signer_whose_consent_is_needed_is_outvoted(name):
    """Two of three may sign for all, but not a deal that needs the third one's consent and lacks it."""
    payoff = [[1.0, 0.6], [1.0, 0.6], [0.0, 1.0]]
    table = BargainingTable.of_payoffs(payoff, 0.5, rule=SigningRule.k_of_n(3, 2))
    table.consent[2, 0] = True
    assert play(name, table).deal[0] != 0
    assert play(name, table.replace(permitted=np.array([[[True, False]] * 3]))).deal.tolist() == [NO_DEAL]


@EVERY
def test_closed_draws_stay_closed(name):
    """Steps after the agreement change nothing in a draw that has agreed."""
    table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]], 0.1)
    protocol = protocol_for(name, table)
    talks = protocol.start(table, dice(table))
    talks.close(np.array([True]), np.array([2]), 0, 1)
    for round_ in range(protocol.rounds):
        protocol.step(table, talks, dice(table), round_)
    protocol.finish(table, talks, dice(table))
    assert (talks.deal.tolist(), talks.round.tolist(), talks.by.tolist()) == ([2], [0], [1])


@EVERY
def test_no_deal_without_a_common_deal(name):
    """Where nothing is acceptable to all, talks lapse and say how many rounds were held."""
    talks = play(name, BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]], 0.5))
    assert talks.deal.tolist() == [NO_DEAL]
    assert talks.round.tolist() == [8]


@EVERY
def test_log_only_speaks_of_open_draws(name):
    """With a log kept, a draw closed beforehand has no entry."""
    table = BargainingTable.of_payoffs(np.tile([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]], (2, 1, 1)), 0.1)
    talks = negotiate(protocol_for(name, table), table, dice(table), keep_log=True)
    assert talks.log
    for entry in talks.log:
        assert entry.act in {"offer", "accept", "text"}
        assert ((entry.deal == NO_DEAL) | (talks.round >= entry.round)).all()


@EVERY
def test_members_say_what_they_are(name):
    """Every protocol has a summary, a source, and every setting in its docstring."""
    entry = PROTOCOLS.entry(name)
    assert entry.summary.endswith(".")
    assert "Source:" in entry.member.__doc__
    for field in dataclasses.fields(entry.member):
        assert f"{field.name}:" in entry.member.__doc__


def test_agreement_happens_once():
    """Closing a draw twice keeps the first deal."""
    talks = TalksState.begin(2)
    talks.close(np.array([True, False]), np.array([3, 3]), 1, 0)
    talks.close(np.array([True, True]), np.array([5, 5]), 2, np.array([1, 1]))
    assert (talks.deal.tolist(), talks.round.tolist(), talks.by.tolist()) == ([3, 5], [1, 2], [0, 1])
