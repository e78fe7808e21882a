"""Events in the play: talks go on in a changed world, deals break, and what no deal is worth is what is paid."""

from dataclasses import fields, replace

import numpy as np
import pytest

from sim.engine import simulate, simulation
from sim.engine.changed_world import carried_on
from sim.foundations import NO_DEAL
from sim.protocols import TalksState
from sim.scenario import draw
from sim.table import DealSpace
from tests.engine.staged import Staged
from tests.table.test_events_ahead import dispute, number


def played(scenario, draws=1, **how):
    """Simulate some draws."""
    return simulate(DealSpace.of(scenario), draw(scenario, np.arange(draws)), **how)


@pytest.fixture
def nobody_agrees(monkeypatch):
    """Talks that never lead to anything."""

    class Silent:
        def __init__(self, worlds, before=0):
            del worlds, before

        def __call__(self, where, meeting, begin=0):
            del meeting, begin
            talks = TalksState.begin(len(where))
            talks.open[:] = False
            return talks

    monkeypatch.setattr(simulation, "TalksHolder", Silent)


@pytest.mark.usefixtures("nobody_agrees")
@pytest.mark.parametrize(
    ("model", "event"),
    [
        ("reservation", {"on": 3, "adds": {"one.reservation": number(0.4)}}),
        ("status-quo", {"on": 2, "by": "one", "status_quo": {"cake": 9}}),
        ("status-quo", {"on": 11, "sets": {"one.position.cake": number(2)}}),
    ],
)
def test_no_deal_is_worth_what_is_paid(model, event):
    """An event that is sure: the value at the beginning is, to the last digit, what the play adds up."""
    drift = {"drift": {"one": number(-0.02)}} if model == "status-quo" else {}
    block = played(dispute({"e": event}, no_deal={"model": model, **drift}, model=model))
    np.testing.assert_allclose(block.outcome.utility, block.worlds.no_deal.value, atol=1e-12)


@pytest.mark.usefixtures("nobody_agrees")
def test_no_deal_is_worth_what_is_paid_on_average():
    """Events by chance: within four standard errors, for two whose effects add up."""
    events = {
        "strike": {"chance": number(0.3), "adds": {"one.reservation": number(0.3), "two.reservation": number(-0.2)}},
        "vote": {"on": 4, "chance": number(0.5), "adds": {"one.reservation": number(0.2)}},
    }
    block = played(dispute(events, patience=0.8), 3000)
    apart = block.outcome.utility - block.worlds.no_deal.value
    assert (np.abs(apart.mean(axis=0)) <= 4 * apart.std(axis=0) / np.sqrt(3000)).all()


@pytest.mark.usefixtures("nobody_agrees")
def test_every_event_is_told_with_its_round_and_changes_the_world_once():
    """Two on their days and one by chance: draw by draw the rounds that were drawn, and as many changes as days."""
    events = {
        "vote": {"on": 2, "adds": {"one.reservation": number(0.1)}},
        "treaty": {"on": 4, "adds": {"two.reservation": number(0.1)}},
        "strike": {"chance": number(0.2), "adds": {"one.reservation": number(-0.1)}},
    }
    block = played(dispute(events), 60)
    due = block.worlds.due
    assert due[:, :2].tolist() == [[2, 4]] * 60
    assert len(set(due[:, 2])) > 5
    assert np.array_equal(block.outcome.event, np.where(due < 12, due, -1))
    assert block.outcome.changed.tolist() == [len({day for day in days if day < 12}) for days in due.tolist()]
    assert not block.outcome.reopened.any()


def test_talks_go_on_in_the_changed_world():
    """No cake suits both until the event; they agree after it, and within the rounds that were left."""
    event = {"on": 3, "sets": {"one.reservation": number(0.2), "two.reservation": number(0.2)}, "foreseen": False}
    hard = {"one": number(0.9), "two": number(0.9)}
    scenario = dispute({"thaw": event})
    raw = scenario.model_dump()
    for name, reserve in hard.items():
        raw["actors"][name]["reservation"] = reserve
    found = played(type(scenario).model_validate(raw))
    assert found.outcome.deal[0] != NO_DEAL
    assert 3 <= found.outcome.round[0] < 8
    assert found.outcome.changed.tolist() == [1]
    assert found.outcome.event.tolist() == [[3]]


def test_talks_that_are_over_do_not_go_on():
    """An event after the last round of talks changes what is paid, and opens nothing."""
    event = {"on": 9, "sets": {"one.reservation": number(0.2), "two.reservation": number(0.2)}, "foreseen": False}
    raw = dispute({"thaw": event}).model_dump()
    for name in ("one", "two"):
        raw["actors"][name]["reservation"] = number(0.9)
    found = played(type(dispute({"thaw": event})).model_validate(raw)).outcome
    assert found.deal.tolist() == [NO_DEAL]
    assert found.changed.tolist() == [1]


@pytest.mark.parametrize("protocol", ["alternating-offers", "zeuthen", "single-text", "strategic-alternating-offers"])
def test_an_event_that_changes_nothing_leaves_the_payoffs_of_deals(protocol):
    """Adding nothing to a number: some deal is signed all the same, under every protocol, in its rounds."""
    event = {"on": 3, "adds": {"one.reservation": number(0.0)}}
    raw = dispute({"nothing": event}).model_dump()
    raw["talks"]["protocol"] = protocol
    found = played(type(dispute({"nothing": event})).model_validate(raw), 8).outcome
    assert (found.deal != NO_DEAL).any()
    assert (found.round < 8).all()


def test_an_event_breaks_a_deal_in_force(monkeypatch):
    """Signed in round 0 and broken before round 5: it held five rounds, and no deal is in force at the end."""
    scenario = dispute({"vote": {"on": 5, "breaks": number(1.0)}})
    monkeypatch.setattr(simulation, "TalksHolder", lambda *_: Staged([4]))
    found = played(scenario).outcome
    assert found.held.tolist() == [5]
    assert found.collapses.tolist() == [1]
    assert found.final_deal.tolist() == [NO_DEAL]


def test_the_order_of_events_in_the_file_does_not_matter():
    """The same two events the other way round: the same outcomes, draw by draw."""
    events = {
        "strike": {"chance": number(0.3), "adds": {"one.reservation": number(0.3)}},
        "vote": {"on": 2, "chance": number(0.5), "adds": {"two.reservation": number(-0.2)}},
    }
    one, two = (played(dispute(dict(order)), 60).outcome for order in (events.items(), list(events.items())[::-1]))
    assert one.deal.tolist() == two.deal.tolist()
    np.testing.assert_allclose(one.utility, two.utility, atol=1e-12)
    assert one.event.tolist() == two.event[:, ::-1].tolist()


def test_what_another_world_held_in_store_is_not_told():
    """Two events of the first world come before it changes in round 5, one would have come after: that never does."""
    nothing = {"adds": {"one.reservation": number(0.0)}}
    days = {"vote": 2, "strike": 5, "treaty": 9}
    first = played(dispute({name: {"on": day} | nothing for name, day in days.items()}), 2).outcome
    assert first.event.tolist() == [[2, 5, 9]] * 2
    later = replace(first, event=np.array([[-1, -1, 7]]), **{
        name: getattr(first, name)[1:] for name in (field.name for field in fields(first)) if name != "event"
    })  # fmt: skip
    for event, told in (([[-1, -1, 7]], [2, 5, 7]), ([[-1, -1, -1]], [2, 5, -1])):
        found = carried_on(first, np.array([1]), replace(later, event=np.array(event)), np.array([5]), anew=False)
        assert found.event.tolist() == [[2, 5, 9], told]
