"""Groups of worlds, their words and the lengths of error bars."""

import numpy as np
import pytest

from sim.plots.frame.world_groups import bar_lengths, error_note, focus, world_groups, worlds_note
from sim.words import Proportion


def test_a_single_world_has_no_error_bar():
    """One world is told as it is."""
    share, error = bar_lengths(np.array([1.0, 0.0]), 1)
    assert share.tolist() == [100.0, 0.0]
    assert not error.any()
    assert error_note(1) == ""


@pytest.mark.parametrize(("count", "size"), [(1, 30), (0, 20), (20, 20), (520, 1000)])
def test_bars_end_where_the_interval_in_the_text_ends(count, size):
    """One interval for figures and answers."""
    share, error = bar_lengths(np.array([float(count)]), size)
    low, high = Proportion(count, size).interval
    np.testing.assert_allclose([share[0] - error[0, 0], share[0] + error[1, 0]], [100 * low, 100 * high])


def test_groups_follow_the_observations(ceasefire, labour, nobody_agrees):
    """All worlds and those that fit where they differ; all alone where nothing or everything fits."""
    fit = int(ceasefire["consistent"].sum())
    assert [group.count for group in world_groups(ceasefire)] == [ceasefire.sizes["draw"], fit]
    assert focus(ceasefire).noun == "worlds that fit the observations"
    assert focus(ceasefire).counted == f"{fit} worlds that fit the observations"
    assert len(world_groups(labour)) == len(world_groups(nobody_agrees)) == 1
    assert "none fits the observations" in worlds_note(nobody_agrees)


def test_one_world_is_singular(one_draw):
    """In the words of captions and titles."""
    assert worlds_note(one_draw) == "One world only, so no error can be given; it does not fit the observations."
    assert focus(one_draw).every_world == "the only world"
