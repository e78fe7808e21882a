"""The one loop that drives every protocol."""

import itertools
from dataclasses import dataclass, replace

import numpy as np
import pytest

from sim.contracts.protocol_contract import protocol_on
from sim.contracts.random_tables import dice_of, random_tables
from sim.engine import negotiate
from sim.foundations import NO_DEAL, Dice
from sim.protocols import AbstractProtocol, AlternatingOffers, SingleText, TalksState
from sim.strategies import assemble
from sim.table import BargainingTable, SigningRule


@dataclass(frozen=True)
class Countdown(AbstractProtocol):
    """Agrees on deal 0 in draw b in round b; the last draw only when talks are finished."""

    rounds: int

    def start(self, table, dice, *, keep_log=False):
        """Nothing said."""
        return TalksState.begin(table.draws, keep_log=keep_log)

    def step(self, table, talks, dice, round_):
        """One draw agrees."""
        talks.close(np.arange(table.draws) == round_, np.zeros(table.draws, np.int64), round_, 0)


@dataclass(frozen=True)
class LastMinute(Countdown):
    """Agrees on deal 1 wherever talks are still open at the end."""

    def finish(self, table, talks, dice):
        """Everybody else agrees."""
        talks.close(talks.open, np.ones(table.draws, np.int64), self.rounds - 1, 1)


TABLE = BargainingTable.of_payoffs(np.ones((3, 2, 2)))
DICE = Dice("engine", np.arange(3))


def test_rounds_are_counted():
    """A draw that agrees keeps its round; one that does not says how many rounds were held."""
    talks = negotiate(Countdown(2), TABLE, DICE)
    assert talks.round.tolist() == [0, 1, 2]
    assert talks.deal.tolist() == [0, 0, NO_DEAL]


def test_stops_when_all_have_agreed():
    """No round is held after the last agreement."""
    assert negotiate(Countdown(1000), TABLE, DICE).round.tolist() == [0, 1, 2]


def test_finish_has_the_last_word():
    """What a protocol settles at the end counts."""
    talks = negotiate(LastMinute(2), TABLE, DICE)
    assert talks.deal.tolist() == [0, 0, 1]
    assert talks.by.tolist() == [0, 0, 1]


def test_who_does_not_tell_is_taken_to_say_yes_where_it_suits_him():
    """By the deal that was agreed, not by another; who does not sign, and where nothing is agreed, says nothing."""
    payoff = np.broadcast_to([[1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, 1.0]], (4, 4, 2))
    rule = SigningRule.k_of_n(4, 1, np.array([True, True, True, False]))
    table = BargainingTable.of_payoffs(payoff, rule=rule)
    dice = Dice("engine", np.arange(4))
    last = negotiate(LastMinute(2), table, dice)
    assert last.deal.tolist() == [0, 0, 1, 1]
    assert last.accepted.astype(int).tolist() == [[1, 1, 0, 0]] * 2 + [[0, 1, 1, 0]] * 2
    assert negotiate(Countdown(2), table, dice).accepted[2:].any(axis=1).tolist() == [False, False]


def test_draws_that_agreed_are_put_aside_and_nothing_changes():
    """The same deals, rounds, proposers and yeses as where every draw stays to the end, dice of tactics included."""
    generator = np.random.default_rng(5)
    table = BargainingTable.of_payoffs(generator.random((80, 3, 40)), 0.4)
    tactics = (
        assemble(offering="trade-off", acceptance="own-curve", settings={"exponent": generator.uniform(0.2, 3, 80)}),
        assemble("random-absolute-tit-for-tat", acceptance="ac-combi"),
        assemble("micro"),
    )
    dice = Dice("engine", np.arange(80))
    whole, parts = (negotiate(AlternatingOffers(40, tactics), table, dice, keep_log=keep) for keep in (True, False))
    for name in ("open", "deal", "round", "by", "accepted"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name)), name
    assert 0 < whole.open.sum() < 40


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        (AlternatingOffers, "all"),
        (SingleText, "most"),
        pytest.param(AlternatingOffers, "most", marks=pytest.mark.slow),
        pytest.param(SingleText, "all", marks=pytest.mark.slow),
    ],
)
def test_talks_that_can_come_to_nothing_are_not_held_and_lapse_the_same(kind, rule):
    """Where no deal suits enough signers, what comes of the talks is what comes of holding them offer by offer."""
    hopeless = 0
    for n, table in itertools.islice(enumerate(random_tables(20)), 0, None, 4):
        actors = len(table.actors)
        signing = SigningRule.unanimity(actors) if rule == "all" else SigningRule.k_of_n(actors, 1 + actors // 2)
        far = table.disagreement + np.where(np.arange(table.draws) % 2, 0.0, 0.1 * n)[:, None]
        now = replace(table, rule=signing, disagreement=far)
        protocol, dice = protocol_on(kind, now), dice_of(now)
        hopeless += int(protocol.hopeless(now).sum())
        short, held = negotiate(protocol, now, dice), negotiate(protocol, now, dice, keep_log=True)
        for name in ("open", "deal", "round", "by", "accepted"):
            assert getattr(short, name).tolist() == getattr(held, name).tolist(), (name, n)
    assert hopeless > 3


def test_other_rules_are_not_taken_to_be_hopeless():
    """A subclass that steps otherwise is held, whatever its table looks like."""

    class Generous(AlternatingOffers):
        def step(self, table, talks, dice, round_):
            talks.close(talks.open, np.zeros(table.draws, np.int64), round_, 0)

    table = BargainingTable.of_payoffs(np.zeros((3, 2, 2)), 1.0)
    assert negotiate(Generous(2, (assemble(), assemble())), table, DICE).deal.tolist() == [0, 0, 0]
