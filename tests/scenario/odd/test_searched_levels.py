"""Very fine issues where the deals are too many to count out."""

import pytest

from sim.foundations import InputError
from sim.scenario.deal_count import SEARCHED_LEVELS
from sim.scenario.reading import read_scenario


def written(tmp_path, points, days):
    """A purchase with a price of so many points, and so many days of delivery."""
    number = '{ value = 0.9, range = [0.8, 0.95], assumed = "toy" }'
    actors = "".join(
        f"""
[actors.{name}]
patience = {number}
salience = {{ price = {number}, days = {number} }}
position = {{ price = {{ value = {price}, assumed = "toy" }}, days = {{ value = {day}, assumed = "toy" }} }}
"""
        for name, price, day in (("buyer", 0, 0), ("seller", 1000, 1000))
    )
    file = tmp_path / "scenario.toml"
    file.write_text(
        f"""
title = "Sale"
[issues.price]
kind = "numeric"
low = 0
high = 1000
points = {points}
status_quo = 0
[issues.days]
kind = "numeric"
low = 0
high = 1000
points = {days}
status_quo = 0
{actors}"""
    )
    return file


def test_an_issue_that_no_search_could_look_at_is_refused(tmp_path):
    """With file and line, what there is, what is allowed, and an example."""
    with pytest.raises(InputError) as refused:
        read_scenario(written(tmp_path, 2_000_001, 11))
    text = str(refused.value)
    assert "scenario.toml:" in text
    assert 'issue "price" has 2,000,001 levels on offer' in text
    assert f"looks at {SEARCHED_LEVELS:,} levels of an issue at most" in text
    assert "fewer `points`" in repr(refused.value.problems)


def test_the_same_points_are_no_fault_where_deals_can_be_counted_out(tmp_path):
    """A fine price beside few days is a matter of arithmetic."""
    scenario = read_scenario(written(tmp_path, 100_001, 11))
    assert scenario.issues["price"].points == 100_001
