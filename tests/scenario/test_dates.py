"""Talks and stories that end on a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import Talks
from sim.scenario.rules_talks import MOST_ROUNDS


@given(st.integers(1, 2000), st.sampled_from(["1 day", "1 week", "1 month"]))
def test_a_last_day_is_the_length_until_then(days, length):
    """So many days after the start are as many rounds as a length of so many days, also where they are quoted."""
    start = dt.date(2026, 1, 1)
    end = start + dt.timedelta(days=days)
    dated = Talks(round=length, start=start, rounds=end, horizon=str(end))
    said = Talks(round=length, rounds=f"{days} days", horizon=f"{days} days")
    assert dated.talk_rounds == said.talk_rounds <= MOST_ROUNDS
    assert dated.horizon_rounds == said.horizon_rounds


@pytest.mark.parametrize(
    ("talks", "message"),
    [
        ({"rounds": dt.date(2026, 1, 1)}, "start is needed"),
        ({"start": dt.date(2026, 2, 1), "horizon": dt.date(2026, 1, 1)}, "before the talks begin"),
    ],
)
def test_days_need_a_start_before_them(talks, message):
    """A day alone says no length, and none ends before it begins."""
    with pytest.raises(ValueError, match=message):
        Talks(**talks)


def test_hours_are_a_length():
    """Four rounds of six hours are a day."""
    assert Talks(round="6 hours", rounds="1 day").talk_rounds == 4
