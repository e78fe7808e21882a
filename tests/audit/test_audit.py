"""The experiments at a size that a test can bear; ``python -m tests.audit`` runs them at theirs."""

import numpy as np
import pytest

from sim.foundations import NO_DEAL
from sim.protocols.protocol import Offer
from sim.scenario import change, read_case
from sim.table import BargainingTable
from tests.audit import (
    across_lines,
    boxes,
    durability,
    observation_in_play,
    readings,
    single_text,
    tactics,
    trade_off_frontier,
    undone,
)


def held(findings):
    """Every finding, by what it says; none is against what is stated."""
    found = list(findings)
    assert found
    assert not [one for one in found if one.holds is False]
    return {one.what: one for one in found}


def test_takebacks_are_counted_by_hand():
    """He goes 2, 1, 2 toward 0: one step back; from 2 to 3 he has not moved before; silence counts for nothing."""
    table = BargainingTable.of_payoffs(np.zeros((1, 2, 4)), deals=np.array([[0], [1], [2], [3]]))
    said = [(0, 2), (1, 0), (0, 1), (0, NO_DEAL), (0, 2), (1, 0)]
    log = [Offer(n, actor, np.array([deal])) for n, (actor, deal) in enumerate(said)]
    assert tactics.takebacks(table, log).tolist() == [1]
    risen = [Offer(n, actor, np.array([deal])) for n, (actor, deal) in enumerate([(0, 2), (1, 0), (0, 3)])]
    assert tactics.takebacks(table, risen).tolist() == [0]


@pytest.mark.slow
def test_no_kept_world_contradicts_what_was_observed():
    """Bluffs aside none does, by values and red lines alone; judged without the pressure that was there, many would."""
    found = held(observation_in_play.findings(150))
    assert len(found) >= 4
    without = observation_in_play.shares(observation_in_play.played(150, "none"))
    assert without["moscow_refuses_quick_truce"] > 0.05


@pytest.mark.slow
@pytest.mark.parametrize("name", tactics.CASES)
def test_talks_read_as_negotiations(name):
    """No more is missed or taken back than was asked for, and what is agreed is as efficient, in worlds not seen."""
    draws, *marks, early = tactics.CASES[name]
    worlds = tactics.fitting_worlds(name, draws // 2)
    ours = tactics.manners(worlds, early=early)
    assert not ours.proven(*marks)
    curve = tactics.manners(worlds, tactics.published(worlds), early=early)
    assert ours.early < curve.early / 2
    assert ours.takebacks < curve.takebacks / 2


def test_offers_across_a_line_are_counted_in_a_row():
    """B bars the second deal: A makes it twice, leaves it, and makes it three times; B never offers what A bars."""
    free = np.ones((1, 2, 3), bool)
    free[:, 1, 1] = False
    said = [1, 1, 2, 1, 1, 1]
    log = [Offer(n, actor, np.array([deal if actor == 0 else 0])) for n, deal in enumerate(said) for actor in (0, 1)]
    longest, deal = across_lines.in_a_row(log, free, (0, 1))
    assert longest.tolist() == [[3, 0]]
    assert deal.tolist() == [[1, NO_DEAL]]


@pytest.mark.slow
def test_every_part_that_is_undone_is_there():
    """Each of its settings takes, and makes another case of the ceasefire case."""
    case = read_case("scenarios/ceasefire").scenario
    made = [change(case, changes).model_dump() for changes in undone.PARTS.values()]
    assert [one == case.model_dump() for one in made] == [True] + [False] * (len(made) - 1)


@pytest.mark.slow
def test_who_repacks_sooner_misses_less_and_takes_back_more():
    """The price of agreement is in transcripts, and no setting is without it."""
    held(trade_off_frontier.findings(500))


@pytest.mark.slow
def test_one_text_finds_what_both_could_sign():
    """Lines that the first text crosses are mended one at a time."""
    held(single_text.findings(300))


@pytest.mark.slow
def test_the_panel_is_what_the_stories_say():
    """Counted by hand it is the same, in all worlds and in those that fit."""
    held(durability.findings(100))


@pytest.mark.slow
def test_few_boxes_in_noise_and_most_that_are_planted():
    """At the size of the case; more sets are in ``tests/discovery``."""
    held(boxes.findings(5))


@pytest.mark.slow
def test_joint_readings_are_many_and_named():
    """At least 24, with spans, a worst pair and what flips; of a case that is quickly played."""
    found = held(readings.findings(8, "river_dam"))
    assert int(found["readings played"].measured) >= 24
