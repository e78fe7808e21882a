"""A crisis in which audiences watch who gives way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import escalating_crisis
from sim.foundations import InputError

POSITIVE = st.floats(0.05, 5)


def stands(found, prize, slopes, side, time):
    """Chance that one side has not given way by a time before the horizon."""
    return (1 - found.at_once[side]) * prize / (prize + slopes[1 - side] * time)


@given(POSITIVE, st.tuples(POSITIVE, POSITIVE), st.tuples(POSITIVE, POSITIVE))
def test_waiting_longer_pays_neither_more_nor_less(prize, slopes, lowest):
    """Whoever gives way at any time before the horizon expects the same, which makes waiting a best reply."""
    found = escalating_crisis(prize, slopes, lowest)
    for side in (0, 1):
        for time in np.linspace(1e-9, found.horizon, 5):
            other = stands(found, prize, slopes, 1 - side, time)
            expects = prize * (1 - other) - slopes[side] * time * other
            assert expects == pytest.approx(found.expects[side], abs=1e-9)


@given(POSITIVE, st.tuples(POSITIVE, POSITIVE), st.tuples(POSITIVE, POSITIVE))
def test_those_left_at_the_horizon_would_rather_fight(prize, slopes, lowest):
    """At the horizon just those are left to whom attacking is worth more than giving way."""
    found = escalating_crisis(prize, slopes, lowest)
    for side in (0, 1):
        fights = slopes[side] * found.horizon / lowest[side]
        assert stands(found, prize, slopes, side, found.horizon) == pytest.approx(fights)
        assert found.backs_down[side] == pytest.approx(1 - fights)
        assert 0 <= found.backs_down[side] <= 1
    assert min(found.at_once) == pytest.approx(0.0, abs=1e-12)


@given(POSITIVE, POSITIVE, st.floats(1.01, 5), POSITIVE)
def test_the_steeper_audience_gives_way_less(prize, slope, times, lowest):
    """Of two alike in all else, the one whose audience costs rise faster backs down less often (Fearon 1994)."""
    found = escalating_crisis(prize, (times * slope, slope), (lowest, lowest))
    assert found.backs_down[0] < found.backs_down[1]


def test_played_many_times():
    """Two with drawn resolve, each waiting as long as his resolve says, fight and give way as often as is told."""
    prize, slopes, lowest = 1.0, (2.0, 1.0), (1.0, 1.5)
    found = escalating_crisis(prize, slopes, lowest)
    rng = np.random.default_rng(3)
    times = []
    for side in (0, 1):
        place = rng.uniform(size=200_000)  # 0 the least resolved
        with np.errstate(divide="ignore"):
            waits = prize / slopes[1 - side] * ((1 - found.at_once[side]) / (1 - place) - 1)
        waits = np.where(place < found.at_once[side], 0.0, waits)
        times.append(np.where(place > found.backs_down[side], np.inf, waits))
    assert np.isinf(np.minimum(*times)).mean() == pytest.approx(found.war, abs=0.005)
    assert np.isfinite(times[0]).mean() == pytest.approx(found.backs_down[0], abs=0.005)
    assert times[0][np.isfinite(times[0])].max() <= found.horizon + 1e-9


def test_what_is_no_crisis():
    """Without a prize, or with an audience that does not mind, there is nothing to wait for."""
    with pytest.raises(InputError):
        escalating_crisis(0.0, (1.0, 1.0), (1.0, 1.0))
    with pytest.raises(InputError):
        escalating_crisis(1.0, (0.0, 1.0), (1.0, 1.0))
