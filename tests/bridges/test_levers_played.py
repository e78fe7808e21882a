"""Uses of levers that are expected are played in the same blocks, and come to what they come to alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.bridges.goal import Goal
from sim.bridges.levers_played import Stage
from sim.bridges.remembered import Memory, RememberedDice
from sim.foundations import Dice
from tests.shipped import shipped


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(st.data())
def test_uses_played_together_are_those_played_alone(data):
    """Whether a draw reaches what is wanted, and what it is worth to whom, to the last bit."""
    scenario = shipped("ceasefire")
    levers, worlds = tuple(scenario.levers), np.arange(data.draw(st.integers(1, 12)))
    amounts = st.sampled_from([0.0, 0.25, 0.5, 1.0])
    uses = data.draw(st.lists(st.lists(amounts, min_size=len(levers), max_size=len(levers)), min_size=2, max_size=5))
    goal = Goal("truce", "declared", 0.5)
    together = Stage(scenario, levers, goal, worlds)
    together.expect(np.array(use) for use in uses)
    for use in uses:
        alone = Stage(scenario, levers, goal, worlds).play(np.array(use))
        found = together.play(np.array(use))
        assert np.array_equal(found.reached, alone.reached)
        assert np.array_equal(found.utility, alone.utility)


def test_streams_that_are_asked_for_together_are_those_of_plain_dice():
    """Many at once, of some of the draws, again and again."""
    numbers = np.array([3, 5, 8])
    dice = RememberedDice("test", numbers, np.arange(3), Memory(numbers)).select(np.array([2, 0, 2]))
    purposes = [("a", 1), ("a", 2), ("b",)]
    plain = Dice("test", np.array([8, 3, 8])).several(purposes)
    for _ in range(2):
        assert np.array_equal(dice.several(purposes), plain)
    assert np.array_equal(plain[1], Dice("test", np.array([8, 3, 8])).uniform("a", 2))
