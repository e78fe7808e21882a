"""Play by lot with the plan of the theory reproduces the theory."""

import numpy as np
import pytest

from sim.engine import negotiate
from sim.engine.seating import seat
from sim.equilibria import baron_ferejohn, recognition_by_lot
from sim.foundations import NO_DEAL, Dice, InputError
from sim.protocols import StrategicRandomProposer
from sim.scenario import change, draw
from sim.table import BargainingTable, DealSpace, LotPlan, SigningRule, build
from tests.engine.staged import with_numbers
from tests.equilibria.test_recognition_by_lot import cake
from tests.protocols.test_who_stays_and_speaks import three
from tests.shipped import shipped


def played(table, rounds, draws, chances=None):
    """Talks of many draws of one table."""
    plan = recognition_by_lot(table, rounds, chances)
    many = table.select(np.zeros(draws, np.int64))
    protocol = StrategicRandomProposer(plan.select(np.zeros(draws, np.int64)))
    return negotiate(protocol, many, Dice("lot", np.arange(draws)), keep_log=True)


@pytest.mark.slow
def test_play_is_baron_and_ferejohn():
    """Agreement at once; proposers keep 0.7, one of two partners gets 0.3, drawn by lot, and all are drawn alike."""
    table = cake(30, [0.9] * 3, SigningRule.k_of_n(3, 2))
    talks = played(table, 40, 3000)
    assert set(talks.round.tolist()) == {0}
    got = table.payoff[0][:, talks.deal]
    expected = baron_ferejohn(3, 2, 0.9)
    assert got[talks.by, np.arange(3000)] == pytest.approx(np.full(3000, expected.proposer))
    assert got.mean(axis=1) == pytest.approx([1 / 3] * 3, abs=0.03)
    assert np.bincount(talks.by, minlength=3) / 3000 == pytest.approx([1 / 3] * 3, abs=0.03)
    assert talks.accepted.sum(axis=1).tolist() == [2] * 3000


def test_chances_of_being_drawn_count():
    """Who is drawn in proportion to his votes proposes as often."""
    talks = played(cake(12, [0.5] * 3), 10, 2000, [0.6, 0.3, 0.1])
    assert np.bincount(talks.by, minlength=3) / 2000 == pytest.approx([0.6, 0.3, 0.1], abs=0.04)


def test_votes_are_chances_of_being_drawn_whatever_they_add_up_to():
    """Votes in parts of one and votes in parts of ten are the same; by lot all are drawn alike."""
    chances = []
    for recognition, unit in (("votes", 1.0), ("votes", 10.0), ("equal", 1.0)):
        changes = {f"actors.{name}.capability": {"value": votes * unit, "assumed": "test"}
                   for name, votes in (("a", 0.5), ("b", 0.3), ("c", 0.2))}  # fmt: skip
        talks = {"protocol": "strategic-random-proposer", "settings": {"recognition": recognition}}
        talks["sign"] = {"rule": "weighted", "quota": 0.6 * unit}
        scenario = with_numbers(three(), changes, **talks)
        chances.append(seat(build(DealSpace.of(scenario), draw(scenario, np.arange(1)))).lot_plan.chances.tolist())
    assert chances == [pytest.approx([0.5, 0.3, 0.2])] * 2 + [pytest.approx([1 / 3] * 3)]


def test_red_lines_hold():
    """Nobody signs what crosses his hard red line, whatever the plan says."""
    table = BargainingTable.of_payoffs([[0.7, 0.4], [0.3, 0.6]])
    table.permitted[0, 1, 0] = False
    plan = LotPlan(np.zeros((1, 2, 1)), np.zeros((1, 2)), np.array([1.0, 0.0]))
    talks = negotiate(StrategicRandomProposer(plan), table, Dice("a", np.arange(1)))
    assert talks.deal.tolist() == [1]


@pytest.mark.slow
def test_a_case_is_played_by_lot():
    """The budget's three parties are left out alike, and settings that make no sense are refused."""
    from sim.runs import run

    scenario = change(shipped("budget"), {"talks.protocol": "strategic-random-proposer"})
    found = run(scenario, 200)
    assert float((found["deal"].values >= 0).mean()) == 1.0
    assert found["signed_by"].values.mean(axis=0) == pytest.approx([2 / 3] * 3, abs=0.1)
    with pytest.raises(InputError):
        run(change(scenario, {"talks.settings": {"recognition": "beauty"}}), 3)


def test_the_log_tells_the_yes_of_the_others_alone():
    """Who was drawn has said his by proposing, and who refuses says nothing."""
    talks = played(cake(6, [0.5] * 3, SigningRule.k_of_n(3, 2)), 3, 40)
    told = np.zeros((40, 3), bool)
    for offer in talks.log:
        if offer.act == "accept":
            told[:, offer.actor] |= np.asarray(offer.deal) != NO_DEAL
    others = talks.accepted.copy()
    others[np.arange(40), talks.by] = False
    assert others.any()
    assert told.tolist() == others.tolist()
