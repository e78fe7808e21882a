"""What happens while there is no deal, round by round, draw by draw."""

from types import SimpleNamespace

import numpy as np

from sim.engine.played_story import PlayedStory
from sim.engine.without_deal import end_from_outside, reopen_after_failure
from sim.foundations import NO_DEAL, Dice


def world(draws, **no_deal):
    """Draws in which whatever may come from outside, or open talks again, is certain to."""
    none = {"by_arms": False, "ends": np.ones(draws), "last": False} | no_deal
    reopening = SimpleNamespace(failed=np.ones(draws))
    dice = Dice("without a deal", np.arange(draws))
    return SimpleNamespace(no_deal=SimpleNamespace(**none), reopening=reopening, draws=SimpleNamespace(dice=dice))


def test_only_those_who_wait_are_ended_from_outside():
    """Who has signed is safe, and so is a draw that has not begun: what has come before is not its own."""
    story = PlayedStory.begin(3, 2, 9)
    story.deal[1] = 4
    end_from_outside(world(3), story, 2, np.array([True, True, False]))
    assert story.over.tolist() == [True, False, False]
    assert story.deal.tolist() == [NO_DEAL, 4, NO_DEAL]


def test_talks_that_fail_open_again_with_the_round_after_their_last():
    """Over with round 4: at the end of round 3 the next round has none left. Who is still talking goes on."""
    story = PlayedStory.begin(5, 2, 9)
    story.talks_over[:] = 2, 3, 4, 5, 4
    story.first_deal[4] = 0
    assert reopen_after_failure(world(5), story, 3, np.ones(5, bool)).tolist() == [0, 1, 2]
