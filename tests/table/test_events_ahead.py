"""Events that are still to come: when they come, what no deal is worth beforehand, and what the world is after them."""

import numpy as np
import pytest

from sim.foundations import Dice
from sim.scenario import Scenario, draw
from sim.scenario.draws import Draws
from sim.table import DealSpace, build
from sim.table.events_ahead import NEVER, SoFar, after, come

SURE = {"value": 0.0, "assumed": "toy"}


def number(value, **more):
    """A number without a range."""
    return {"value": value, "assumed": "toy", **more}


def dispute(events, *, model="reservation", patience=0.5, **more):
    """Two who share a cake that stands at `low`, in rounds of a year."""
    actors = {
        name: {"patience": number(patience), "position": {"cake": number(ideal)}, "salience": {"cake": number(1.0)}}
        for name, ideal in (("one", 10.0), ("two", 0.0))
    }
    if model == "reservation":
        for actor in actors.values():
            actor["reservation"] = number(0.4)
    cake = {"kind": "numeric", "low": 0, "high": 10, "points": 11, "status_quo": 2}
    raw = {
        "title": "cake",
        "issues": {"cake": cake},
        "actors": actors,
        "events": events,
        "no_deal": {"model": model},
        "talks": {"round": "1 year", "rounds": 8, "horizon": 12},
    }
    return Scenario.model_validate({**raw, **more})


def worlds(scenario, draws=1):
    """The core model of some draws."""
    return build(DealSpace.of(scenario), draw(scenario, np.arange(draws)))


def test_a_day_that_is_sure():
    """In 3 years one's reservation rises from .4 to .8: now no deal is worth .4 + .5**3 x .4 = .45."""
    found = worlds(dispute({"rise": {"on": 3, "adds": {"one.reservation": number(0.4)}}}))
    np.testing.assert_allclose(found.no_deal.value, [[0.45, 0.4]])
    assert found.due.tolist() == [[3]]


def test_a_chance_per_year():
    """With a chance of .2 a year and patience .5 it weighs .5 x .2 / (1 - .5 x .8) = 1/6."""
    event = {"chance": number(0.2), "sets": {"one.reservation": number(1.0)}}
    found = worlds(dispute({"rise": event}))
    np.testing.assert_allclose(found.no_deal.value, [[0.4 + 0.6 / 6, 0.4]])


def test_a_move_that_nobody_reckons_with():
    """What is not foreseen changes nothing beforehand."""
    event = {"on": 3, "adds": {"one.reservation": number(0.4)}, "foreseen": False}
    np.testing.assert_allclose(worlds(dispute({"rise": event})).no_deal.value, [[0.4, 0.4]])


@pytest.mark.parametrize(("mover", "comes"), [("one", True), ("two", False)])
def test_a_move_of_ones_own_is_made_if_it_pays(mover, comes):
    """Raising what stands without a deal from 2 to 6 helps one, who wants 10, and not two, who wants 0."""
    found = worlds(dispute({"fill": {"on": 1, "by": mover, "status_quo": {"cake": 6}}}, model="status-quo"))
    assert (found.due[0, 0] == 1) == comes
    then = 0.5 if comes else 0.0
    np.testing.assert_allclose(found.no_deal.value, [[0.2 + 0.4 * then, 0.8 - 0.4 * then]])


def test_how_often_a_chance_comes_in_time():
    """With .3 a year it has come before round 4 in 1 - .7**4 of many draws, four rounds being four years."""
    event = {"chance": number(0.3), "adds": {"one.reservation": number(0.1)}}
    dice = Dice("s", np.arange(20_000))
    rounds = come(dispute({"strike": event}), Draws({"events.strike.chance": np.full(20_000, 0.3)}, dice))
    assert (rounds <= 4).mean() == pytest.approx(1 - 0.7**4, abs=0.012)
    assert rounds.min() == 1


def test_what_never_comes():
    """A chance of nothing is never."""
    scenario = dispute({"strike": {"chance": SURE, "adds": {"one.reservation": number(0.1)}}})
    assert (worlds(scenario, 20).due == NEVER).all()


def test_numbers_after_an_event():
    """Added to within what is allowed, in the units of an issue, and followed by what mirrors them."""
    events = {
        "one": {"on": 1, "adds": {"one.reservation": number(0.9), "two.position.cake": number(2.0)}},
        "two": {"on": 2, "sets": {"one.position.cake": number(4)}, "status_quo": {"cake": 7}},
    }
    scenario = dispute(events)
    space, draws = DealSpace.of(scenario), draw(scenario, np.arange(3))
    news = np.array([[True, False], [True, True], [False, False]])
    found = {}
    for where, standing, then in after(space, draws, news):
        for n, row in enumerate(where):
            stands = standing.scenario.issues["cake"].status_quo
            moved = [then[path][n] for path in ("one.reservation", "two.position.cake", "one.position.cake")]
            found[int(row)] = (*moved, stands)
    assert found == {0: (1.0, 0.2, 1.0, 2), 1: (1.0, 0.2, 0.4, 7), 2: (0.4, 0.0, 1.0, 2)}
    assert (space.with_status_quo({"cake": 7}).deals == space.deals).all()


def test_what_has_come_does_not_come_again():
    """Once it has happened its weight is 0, and so is it once its day has passed."""
    scenario = dispute({"rise": {"on": 3, "adds": {"one.reservation": number(0.4)}}})
    space, draws = DealSpace.of(scenario), draw(scenario, np.arange(2))
    so_far = SoFar(np.array([3, 4]), np.array([[True], [False]]), np.array([0, 0]))
    found = build(space, draws, so_far)
    np.testing.assert_allclose(found.no_deal.value[:, 0], 0.4)
    assert (found.due == NEVER).all()
