"""Where no ending varies, an analysis is of the first outcome of the headline that does."""

import numpy as np
import pytest

from sim import analyse
from sim.ensemble import Design, play
from sim.ensemble.condition import Column
from sim.ensemble.named_outcomes import outcomes_of
from sim.ensemble.varying_outcome import any_varies, first_varying, varying_outcome
from tests.shipped import shipped


@pytest.mark.parametrize(
    ("case", "taken"),
    [
        pytest.param("labour", "time", marks=pytest.mark.slow),
        pytest.param("buyer_seller", "surplus_share.buyer", marks=pytest.mark.slow),
        ("pie", ""),
        ("monitored_deal", ""),
    ],
)
def test_it_is_the_first_of_the_headline_that_varies(case, taken):
    """A strike that always ends in a deal is asked how long it lasts; nothing varies in a fixed pie."""
    assert varying_outcome(shipped(case)) == taken


def test_a_drawn_number_is_never_taken():
    """The headline of the pie names its patience too, which would explain itself."""
    scenario = shipped("pie")
    columns = outcomes_of(play(Design.of_draws(scenario, 40)))
    flat = {**columns, "terms.share": Column(np.ones(40))}
    assert "first.patience" in flat
    assert first_varying(scenario, flat) == ""


def test_a_hair_s_breadth_is_no_variation():
    """One world of two hundred is noise; two of two hundred vary."""
    one, two = (Column(np.arange(200.0) < count) for count in (1, 2))
    assert not any_varies(["rare"], {"rare": Column(one.values.astype(float))})
    assert any_varies(["rare"], {"rare": Column(two.values.astype(float))})


def test_without_a_scenario_numeric_terms_come_first():
    """Arrays alone know the terms, who signs, and the round."""
    spread = Column(np.arange(10.0))
    coded = Column(np.arange(10.0) % 2, ("low", "high"))
    assert first_varying(None, {"terms.a": coded, "terms.b": spread, "round": spread}) == "terms.b"
    assert first_varying(None, {"round": spread}) == "round"
    assert first_varying(None, {}) == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "draws"), [("tornado", 6), ("morris", 4), ("delta", 100), ("flip", 6), ("null-coding", 20)]
)
def test_every_question_falls_back_and_says_so(question, draws):
    """Each measure is of the time of signature, and varies; an outcome that is asked for is left alone."""
    scenario = shipped("labour")
    moved = {"paths": ["union.patience", "firm.patience"]} if question in {"flip", "tornado"} else {}
    found = analyse(question, scenario, draws=draws, **moved)
    assert found.attrs["taken"] == "time"
    assert found.attrs["taken_from_headline"] == 1
    if question == "flip":
        assert found.attrs["of"].startswith("time >")
    else:
        assert [str(name).startswith("time >") for name in found["measure"].values] == [True]
    if question == "delta":
        assert 0 < float(found["mean"].values[0]) < 1
        assert "taken" not in analyse(question, scenario, draws=draws, of=["terms.wage"]).attrs
