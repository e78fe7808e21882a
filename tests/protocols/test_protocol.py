"""Every registered protocol keeps what all of them promise, and talks end once."""

import numpy as np
import pytest

from sim.contracts import contracts_of
from sim.contracts.protocol_contract import protocol_on
from sim.engine import negotiate
from sim.foundations import NO_DEAL, Dice
from sim.protocols import PROTOCOLS, TalksState
from sim.table import BargainingTable, SigningRule
from tests.protocols.talking import play

EVERY = pytest.mark.parametrize("name", PROTOCOLS.names)


@EVERY
@pytest.mark.parametrize("contract", contracts_of("protocol")[2:], ids=lambda contract: contract.__name__)
def test_contract(contract, name):
    """What the contract says of any protocol holds for this one."""
    contract(PROTOCOLS[name])


@pytest.mark.slow
@EVERY
@pytest.mark.parametrize("contract", contracts_of("protocol")[:2], ids=lambda contract: contract.__name__)
def test_contract_on_random_tables(contract, name):
    """What the contract says holds on tables of all sorts."""
    contract(PROTOCOLS[name])


@pytest.mark.parametrize("name", ["alternating-offers", "single-text", "strategic-alternating-offers", "zeuthen"])
def test_what_is_said_is_logged(name):
    """Whoever offers, proposes or accepts is in the log."""
    table = BargainingTable.of_payoffs(np.tile([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]], (2, 1, 1)), 0.1)
    assert play(name, table, keep_log=True).log


@EVERY
def test_what_is_said_in_a_draw_is_said_there_alone(name):
    """Held beside other talks or by themselves, talks go through the same words; what others do leaves no trace."""
    rng = np.random.default_rng(8)
    table = BargainingTable.of_payoffs(rng.random((6, 2, 9)), rng.random((6, 2)) * 0.4)
    protocol = protocol_on(PROTOCOLS[name], table, 6)

    def words(rows):
        """What is said in each of these draws: round, actor, deal and act."""
        some = table.select(rows)
        talks = negotiate(protocol.select(rows), some, Dice("talks", rows), keep_log=True)
        said = [(one.round, one.actor, one.deal, one.act) for one in talks.log]
        return [[(n, who, deal[b], act) for n, who, deal, act in said if deal[b] != NO_DEAL] for b in range(len(rows))]

    together = words(np.arange(6))
    assert any(together)
    assert together == [words(np.array([b]))[0] for b in range(6)]


@EVERY
def test_the_deal_an_outsider_allows_is_signed(name):
    """Of two deals that suit the signers, the one to which he consents."""
    rule = SigningRule.unanimity(3, np.array([True, True, False]))
    table = BargainingTable.of_payoffs([[1.0, 0.6], [1.0, 0.6], [0.0, 1.0]], 0.5, rule=rule)
    table.consent[2] = True
    assert play(name, table.replace(order=np.array([0, 1]))).deal.tolist() == [1]


def test_agreement_happens_once():
    """Closing a draw twice keeps the first deal."""
    talks = TalksState.begin(2)
    talks.close(np.array([True, False]), np.array([3, 3]), 1, 0)
    talks.close(np.array([True, True]), np.array([5, 5]), 2, np.array([1, 1]))
    assert (talks.deal.tolist(), talks.round.tolist(), talks.by.tolist()) == ([3, 5], [1, 2], [0, 1])
