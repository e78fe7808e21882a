"""A mediator who learns from yes and no what the parties are like."""

import numpy as np
import pytest

from sim.engine.seating import seat
from sim.ensemble import Design, play
from sim.foundations import NO_DEAL
from sim.protocols.text_beliefs import TextBeliefs
from sim.protocols.text_changes import chance_of_yes
from sim.scenario import change, draw
from sim.table import DealSpace, TypeGrid, build
from tests.shipped import shipped

RNG = np.random.default_rng(7)
#: Three types of two who sign, and five deals, in two draws.
VALUES = RNG.uniform(0, 1, (2, 2, 3, 5))


def beliefs(heat=0.5):
    """Nobody has said anything yet."""
    types = TypeGrid(np.arange(2), VALUES, np.zeros((2, 2, 3)), np.ones(VALUES.shape, bool))
    return TextBeliefs.even(types, np.full((2, 2), heat))


def test_answers_are_weighed_by_bayes():
    """After some answers the belief is the product of what each type would have said, counted out type by type."""
    found = beliefs()
    said = [(0, 1, (True, False)), (1, 3, (False, True)), (1, 4, (True, True))]
    expected = np.ones((2, 2, 3))
    for before, after, answers in said:
        found.learn(np.full(2, before), np.full(2, after), np.array([answers] * 2), 0.8, np.ones(2, bool))
        for b in range(2):
            for s in range(2):
                for g in range(3):
                    gain = VALUES[b, s, g, after] - VALUES[b, s, g, before]
                    chance = float(chance_of_yes(np.array(gain), np.array(0.4 * np.ptp(VALUES[b, s, g]))))
                    chance = min(max(chance, 0.01), 0.99)
                    expected[b, s, g] *= chance if answers[s] else 1 - chance
    assert found.belief == pytest.approx(expected / expected.sum(axis=2, keepdims=True))


def test_where_nothing_is_put_forward_nothing_is_learnt():
    """No change, and talks that are closed, leave beliefs as they are."""
    found = beliefs()
    found.learn(np.zeros(2, int), np.array([NO_DEAL, 1]), np.ones((2, 2), bool), 1.0, np.array([True, False]))
    assert (found.belief == 1 / 3).all()


def test_the_change_that_all_most_likely_take():
    """Of several changes the one with the largest product of chances; what may not be written is left out."""
    found = beliefs()
    changes = np.array([[1, 2, 3, NO_DEAL]] * 2)
    chances = (found.belief[..., None] * found.yes(np.zeros(2, int), changes, 0.5)).sum(axis=2).prod(axis=1)
    everything = np.ones((2, 5), bool)
    chosen = found.most_hopeful(np.zeros(2, int), changes, everything, 0.5, np.zeros(2))
    assert chosen.tolist() == (chances[:, :3].argmax(axis=1) + 1).tolist()
    nothing = found.most_hopeful(np.zeros(2, int), changes, ~everything, 0.5, np.zeros(2))
    assert (nothing == NO_DEAL).all()


def labour(**settings):
    """The labour case, about one text, with few changes; wages and hours mean more or less to each, in secret."""
    case = shipped("labour")
    few = {"sessions": 4, "texts": 6, "first_text": "status quo", **settings}
    return change(case, {"talks.protocol": "single-text", "talks.settings": few})


def test_who_is_asked_is_told_apart():
    """In a case the belief moves to types like the real one, on average over worlds."""
    case = labour(learning=True)
    worlds = build(DealSpace.of(case), draw(case, np.arange(60)))
    protocol = seat(worlds)
    dice = worlds.draws.dice.child("talks", 0)
    talks = protocol.start(worlds.table, dice)
    for round_ in range(protocol.rounds):
        protocol.step(worlds.table, talks, dice, round_)
    grid = talks.beliefs.types
    away = np.abs(grid.payoff - worlds.table.payoff[:, grid.actors, None]).mean(axis=3)
    assert (talks.beliefs.belief * away).sum(axis=2).mean() < away.mean() * 0.97
    assert talks.beliefs.belief.sum(axis=2) == pytest.approx(1.0)


@pytest.mark.slow
def test_learning_finds_more_deals():
    """With few changes, a mediator who learns finds texts that are worth more to those who sign."""
    found = []
    for learning in (False, True):
        case = labour(learning=learning)
        results = play(Design.of_draws(case, 300), columns=("deal", "utility"))
        found.append(results["utility"].values.sum(axis=1))
    gain = found[1] - found[0]
    assert gain.mean() > 3 * gain.std() / np.sqrt(len(gain))
