"""What is told of events: how often they come, what is signed after them, and whose moves are not made."""

import numpy as np

from sim.ensemble import Design, play
from sim.ensemble.named_outcomes import outcome
from sim.report.case_words import ToldCase
from sim.report.event_findings import EventShare, event_sentences, event_shares
from sim.report.pieces import Sentence
from tests.table.test_events_ahead import dispute, number

THAW = {"on": 3, "title": "a thaw", "chance": number(0.5), "foreseen": False}
STUBBORN = {"sets": {"one.reservation": number(0.2), "two.reservation": number(0.2)}}


def stubborn():
    """Two who can agree on nothing, until a thaw that comes in half of the worlds."""
    raw = dispute({"thaw": THAW | STUBBORN}).model_dump()
    for name in ("one", "two"):
        raw["actors"][name]["reservation"] = number(0.9)
    return type(dispute({"thaw": THAW | STUBBORN})).model_validate(raw)


def test_what_is_signed_after_an_event_and_without_it():
    """They sign in every world with the thaw, and in no other."""
    scenario = stubborn()
    results = play(Design.of_draws(scenario, 60))
    came = outcome(results, "event.thaw").values.astype(bool)
    assert (came == (results["deal"].values >= 0)).all()
    assert 10 < came.sum() < 50
    (found,) = event_shares(results, np.ones(60, bool))
    assert found == EventShare("thaw", 60, int(came.sum()), int(came.sum()), int(came.sum()), 0)
    (told,) = event_sentences(ToldCase(scenario), scenario, [found])
    assert isinstance(told, Sentence)
    assert str(told.words).startswith("A thaw comes in ")
    assert str(told.words).endswith("a deal is signed in 100 % of these, and in 0 % of the others (+100.0 points).")


def test_a_move_that_does_not_pay_is_told_as_such():
    """Whoever would be worse off by it does not make it."""
    scenario = dispute({"fill": {"on": 1, "by": "two", "status_quo": {"cake": 6}}}, model="status-quo")
    results = play(Design.of_draws(scenario, 3))
    (told,) = event_sentences(ToldCase(scenario), scenario, event_shares(results, np.ones(3, bool)))
    assert told.words == "“fill” comes in no world: two has nothing to gain by it."


def test_cases_without_events_say_nothing():
    """There is nothing to count."""
    assert event_shares(play(Design.of_draws(dispute({}), 2)), np.ones(2, bool)) is None
