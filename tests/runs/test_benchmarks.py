"""Talks that miss nothing beside those that are played."""

import numpy as np
import pytest

from sim.runs import run
from sim.runs.benchmarks import benchmarks
from sim.scenario import change, read_case
from tests.runs.test_openings import toy


def test_efficient_talks_miss_nothing():
    """In worlds with one deal that suits both, talks too short to find it miss it; the benchmarks never do."""
    slow = {"exponent": {"value": 0.02, "assumed": "toy"}}
    case = change(
        toy(lines=()), {f"talks.strategies.{name}": {"settings": slow, "acceptance": "ac-const"} for name in "pq"}
    )
    found = benchmarks(case, 20)
    assert found.worlds == 20
    assert {one.name for one in found.efficient} == {"strategic-alternating-offers", "zeuthen", "best-for-others"}
    strict = [one for one in found.efficient if one.name != "best-for-others"]
    assert all(one.talks_failed_at_table == 0 and one.in_force == 1 for one in strict)
    assert all(one.efficient == 1 for one in strict)
    low, high = found.span("in_force")
    assert low <= high


def test_benchmarks_of_a_run_that_was_played_are_the_same():
    """The first worlds of a longer run stand for the talks as they are played, to the last bit."""
    case = toy(lines=())
    again = benchmarks(case, 10, played=run(case, 12))
    assert again == benchmarks(case, 10)


def test_benchmarks_leave_out_the_protocol_of_the_case():
    """A case that is played strategically has that as its own talks."""
    case = change(toy(lines=()), {"talks.protocol": "zeuthen"})
    found = benchmarks(case, 10)
    assert [one.name for one in found.efficient] == ["strategic-alternating-offers"]
    assert found.as_played.name == ""


@pytest.mark.slow
def test_what_talks_of_the_ceasefire_miss():
    """Nothing at the table, as efficient talks do; were they over after twenty rounds, they would in some worlds."""
    case = read_case("scenarios/ceasefire").scenario
    found = benchmarks(case, 300)
    assert all(one.talks_failed_at_table == 0 for one in (found.as_played, *found.efficient))
    assert all(np.isclose(one.efficient, 1) for one in found.efficient)
    assert found.as_played.efficient < 1
    assert found.span("no_deal")[1] < found.as_played.no_deal
    assert benchmarks(change(case, {"talks.rounds": 20}), 150).as_played.talks_failed_at_table > 0
