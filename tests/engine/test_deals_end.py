"""Which deals are fragile when they come."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.engine.deals_end import draw_sort
from sim.engine.played_story import PlayedStory
from sim.foundations import Dice
from sim.table.lifetimes import Lifetimes


def test_pressure_makes_what_is_signed_fragile_and_not_what_it_becomes():
    """Odds of 1 to 4, and a factor beyond all bounds where somebody was pressed to sign; a settlement has its own."""
    draws, one = 2_000, np.ones((2_000, 1))
    life = Lifetimes(0.1 * one, None, 0.2 * one, 0.5 * one, 1e12 * one, one, 0)
    worlds = SimpleNamespace(
        documents=SimpleNamespace(true=life), pressed=np.array([[True, False]] * draws),
        space=SimpleNamespace(durability_classes=(np.zeros(1, int), np.zeros(2, int))),
        draws=SimpleNamespace(dice=Dice("sorts", np.arange(draws))),
    )  # fmt: skip
    story, where = PlayedStory.begin(draws, 2, 9), np.arange(draws)
    for deal, converted, share in ((0, False, 1.0), (1, False, 0.2), (0, True, 0.2)):
        story.deal[:] = deal
        if converted:
            draw_sort(worlds, story, where, 0, converted=True)
        else:
            draw_sort(worlds, story, where, 0)
        assert story.fragile.mean() == pytest.approx(share, abs=0.03)
