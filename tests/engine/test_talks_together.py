"""Stories of several readings told side by side."""

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import simulate, simulate_together, talks_together
from sim.engine.joined_values import ApartError
from sim.foundations import InputError
from sim.scenario import change, draw
from sim.table import DealSpace
from tests.shipped import shipped

WORLDS = np.arange(24)


def part(scenario):
    """Some worlds of a scenario."""
    return DealSpace.of(scenario), draw(scenario, WORLDS)


@pytest.fixture
def readings():
    """A case whose talks throw dice and one whose talks do not, each with deals worth what they were and less."""
    budget = shipped("budget")
    text = change(budget, {"talks.protocol": "single-text", "talks.settings": {}, "talks.strategies": {}})
    return [change(one, {"north.patience": patience}) for one in (budget, text) for patience in (0.9, 0.6)]


def test_each_comes_out_as_by_itself_and_talks_of_a_kind_are_held_once(readings, monkeypatch):
    """Bit for bit, though the talks of each protocol go together."""
    held = []

    def watched(parts):
        held.append(len(parts))
        return together(parts)

    together = talks_together.held_together
    monkeypatch.setattr(talks_together, "held_together", watched)
    blocks = simulate_together(map(part, readings))
    for reading, block in zip(readings, blocks, strict=True):
        alone = simulate(*part(reading)).outcome
        for name in ("ending", "deal", "round", "by", "signed_by", "utility", "collapses"):
            assert getattr(block.outcome, name).tolist() == getattr(alone, name).tolist(), name
    assert sorted(held[:2]) == [2, 2]


def test_what_breaks_down_is_told_and_the_others_are_played(readings):
    """A payoff that is not finite stops its own story alone."""
    space, draws = part(readings[0])
    broken = replace(draws, values={path: np.full(len(WORLDS), np.nan) for path in draws.values})
    found, other = simulate_together([(space, broken), part(readings[1])])
    assert isinstance(found, InputError)
    assert other.outcome.utility.tolist() == simulate(*part(readings[1])).outcome.utility.tolist()


def seated(*scenarios):
    """The first talks of some scenarios, before they are held."""
    return [talks_together.TalksHolder(simulate(*part(one)).worlds).seated(WORLDS, 0, 0) for one in scenarios]


def reordered(scenario):
    """Somebody else opens."""
    return change(scenario, {"talks.order": list(reversed(scenario.order))})


def test_another_order_keeps_talks_by_turns_apart(readings):
    """Only what each draw holds may differ, and what the rules do not look at."""
    offers = readings[0]
    both = seated(offers, reordered(offers))
    with pytest.raises(ApartError):
        talks_together.joined_talks(both)
    apart = talks_together.held_together(both)
    assert [one.deal.tolist() for one in apart] == [one.held().deal.tolist() for one in both]


@pytest.mark.parametrize("other", [reordered, lambda text: change(text, {"talks.round": "1 week"})])
def test_a_text_goes_together_whoever_would_open_and_however_long_a_round_is(readings, other):
    """A mediator asks everybody, round by round, so neither decides what comes of it."""
    text = change(readings[2], {"talks.settings": {"sessions": 4}})  # in either case of as many rounds
    both = seated(text, other(text))
    one, two = (talks.table for talks in both)
    assert (one.order.tolist(), one.round_years) != (two.order.tolist(), two.round_years)
    talks_together.joined_talks(both)
    for found, alone in zip(talks_together.held_together(both), both, strict=True):
        expected = alone.held()
        for name in ("deal", "round", "by", "accepted"):
            assert getattr(found, name).tolist() == getattr(expected, name).tolist(), name
