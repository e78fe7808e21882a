"""What is asked of an overlay counts the worlds that fit what was observed in the world before it."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.ensemble import Judge, Rows
from sim.jobs.questions import QUESTIONS, find_question
from sim.jobs.splitting import split_bridge
from sim.jobs.steps import silent
from sim.sensitivity import IncompleteError
from sim.sensitivity.nearest_flip import under_settings as played
from tests.engine.staged import with_numbers
from tests.ensemble.refused_half import refused_half
from tests.table.dispute import number

DRAWS = 30


@pytest.fixture(scope="module")
def base():
    """A was seen to refuse half of the pie."""
    return refused_half()


@pytest.fixture(scope="module")
def overlay(base):
    """Nobody would refuse it now."""
    return with_numbers(base, {"actors.A.reservation": number(0.1, 0.0, 0.2)})


@pytest.fixture(scope="module")
def fitting(base):
    """How many of the worlds fit what was seen."""
    count = int(Judge(base).fitting(Rows(np.arange(DRAWS))).sum())
    assert 0 < count < DRAWS
    return count


def answered(name, overlay, base):
    """What a question says of the overlay."""
    return find_question(name).answer(overlay, None, draws=DRAWS, of=["signed"], judge=base)


def test_a_tornado_begins_from_the_worlds_of_the_base(overlay, base, fitting):
    """What the overlay makes of their positions is no news about what they were."""
    assert answered("tornado", overlay, base).attrs["consistent"] == fitting
    assert answered("tornado", overlay, None).attrs["consistent"] == 0


def test_what_the_answer_rests_on_is_compared_in_these_worlds(overlay, base, fitting):
    """In the first setting nothing is moved; without the only claim nothing was observed, so that all worlds fit."""
    out = answered("leave-one-out", overlay, base)
    assert out["kept"].values[0] == pytest.approx(fitting / DRAWS)
    assert out["kept"].sel(setting="c").item() == 1
    assert answered("null-coding", overlay, base)["kept"].values[0] == pytest.approx(fitting / DRAWS)


def test_every_question_that_plays_settings_is_told_whose_worlds(overlay, base, monkeypatch):
    """A flip too counts the worlds of the base at every value that it tries."""
    seen = []

    def watched(*given, judge=None, **more):
        seen.append(judge)
        return played(*given, judge=judge, **more)

    monkeypatch.setattr("sim.sensitivity.nearest_flip.under_settings", watched)
    answered("flip", overlay, base)
    assert seen
    assert all(one is base for one in seen)
    assert {one.name for one in QUESTIONS.values() if one.judged} == {
        "tornado",
        "flip",
        "spread",
        "null-coding",
        "leave-one-out",
    }


def test_the_spread_of_a_bridge_is_that_of_the_worlds_it_was_looked_for_in(overlay, base, monkeypatch):
    """Those that fit before any lever is used: in the base of an overlay, else in the scenario itself."""
    seen = []

    def watched(*_given, judge, **_more):
        seen.append(judge)
        raise IncompleteError("the split of the spread", 1, 1, [0])

    monkeypatch.setattr("sim.jobs.splitting.split_spread", watched)
    nothing = SimpleNamespace(found=None)
    for judge in (base, None):
        split_bridge(nothing, overlay, silent, judge=judge)
    assert seen[0] is base
    assert seen[1] is overlay
