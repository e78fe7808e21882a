"""Intervals and words of shares."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.plots.frame.shares import bars, counted, draws_note, focus, groups, percent, wilson, with_error


@settings(max_examples=40, deadline=None)
@given(size=st.integers(1, 5000), part=st.floats(0, 1))
def test_wilson_is_scipys(size, part):
    """Same ends as scipy's interval of a proportion."""
    count = round(part * size)
    low, high = wilson(float(count), size)
    expected = stats.binomtest(count, size).proportion_ci(0.95, method="wilson")
    assert float(low) == pytest.approx(expected.low, abs=1e-12)
    assert float(high) == pytest.approx(expected.high, abs=1e-12)
    assert low <= count / size <= high


def test_no_draws_say_nothing():
    """Without draws the interval is everything and the share is nothing."""
    assert [float(end) for end in wilson(0.0, 0)] == [0.0, 1.0]
    assert with_error(0, 0) == "0 %"


def test_a_single_draw_has_no_error_bar():
    """One draw is told as it is."""
    share, error = bars(np.array([1.0, 0.0]), 1)
    assert share.tolist() == [100.0, 0.0]
    assert not error.any()


def test_words():
    """Certainty is never claimed by rounding."""
    assert (percent(0.0), percent(0.004), percent(0.996), percent(1.0)) == ("0 %", "<1 %", ">99 %", "100 %")
    assert with_error(1049, 2000) == "52 ± 2 %"
    assert counted(1, "draws") == "1 draw"


def test_groups_follow_the_observations(ceasefire, labour, nobody_agrees):
    """All and consistent where they differ; all alone where nothing or everything is consistent."""
    assert [group.count for group in groups(ceasefire)] == [120, int(ceasefire["consistent"].sum())]
    assert focus(ceasefire).noun == "consistent draws"
    assert len(groups(labour)) == len(groups(nobody_agrees)) == 1
    assert "none is consistent" in draws_note(nobody_agrees)
