"""Sliders: every number with a range has one, and each stop is what it says."""

import numpy as np
import pytest

from sim.evidence import Article, Claim
from sim.scenario import change
from sim.scenario.draws import ends
from sim.scenario.draws import place as place_of
from sim.view.sliders import grounds, make_slider, most_important, movable


def test_every_number_with_a_range_has_a_slider_over_it(session):
    """From the low to the high end of the scenario, rising, with the central value among the stops."""
    scenario = session.opened.scenario
    assert set(session.sliders) == set(movable(scenario))
    for path, slider in session.sliders.items():
        number = scenario.numbers[path]
        places = [stop.place for stop in slider.stops]
        assert all(np.diff(places) > 0)
        assert (places[0], places[-1]) == pytest.approx(ends(scenario, number))
        middle = place_of(scenario, number, number.quantity.value)
        assert slider.stops[slider.central].place == pytest.approx(middle)


def test_a_stop_is_drawn_where_the_file_would_put_it(session):
    """What a stop writes into a file is the very place it fixes the draw at, bit for bit."""
    scenario = session.opened.scenario
    for path, slider in session.sliders.items():
        for stop in slider.stops:
            assert place_of(scenario, scenario.numbers[path], stop.written) == stop.place


def test_levels_are_named_and_what_lies_between_says_so(session):
    """A place on an issue has the name of its level, or of the two around it."""
    stops = session.sliders["north.position.status"].stops
    assert (stops[0].text, stops[-1].text) == ("bound", "neutral")
    assert stops[10].text == "50 % of the way from “bound” to “neutral”"
    assert session.sliders["south.position.price"].stops[0].written == 5


def test_fixed_and_mirrored_numbers_have_none(session):
    """Nothing to move where there is no range, and a mirror follows its number."""
    assert "north.power" not in session.sliders
    assert "south.power_shift" not in session.sliders


def test_grounds_are_the_claim_in_our_words_or_the_assumption(session):
    """Every slider can show what stands behind it."""
    scenario = session.opened.scenario
    assert grounds(scenario, "north.patience", None) == ("ASSUMED: x",)
    claim = Claim(paragraph=3, speaker="a minister", about=["north"], says="it can wait", kind="stated")
    article = Article(title="t", sha256="0" * 64, claims={"waits": claim})
    sure = change(scenario, {"north.patience": {"value": 0.8, "low": 0.6, "high": 0.9, "claims": ["waits"]}})
    told = make_slider(sure, "north.patience", article)
    assert told.grounds == ("Claim (a minister, paragraph 3, stated): it can wait",)
    assert told.ground == "claim"


def test_the_numbers_that_matter_most_come_first(session):
    """The number that decides the ending is first, whatever its place in the file; at most so many."""
    results = session.play(60).results.copy(deep=True)
    results = results.isel(draw=np.tile(np.arange(60), 10))
    chosen = [str(path) for path in results["path"].values].index("south.patience")
    results["ending"].values[:] = results["number"].values[:, chosen] > 0.8
    found = most_important(results, session.opened.scenario, 3)
    assert found[0] == "south.patience"
    assert len(found) == 3
