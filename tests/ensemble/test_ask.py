"""What is asked is made once, and comes back from the manifest as it was."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.ensemble.ask import ask, ask_beside, ask_scenario
from sim.foundations import InputError
from sim.scenario import read_case
from sim.store import ask_again, begin_run, fingerprint
from tests.scenario.small_case import write_case

OVER = 'extends = "../scenario.toml"\ntitle = "over"\n[actors.north]\nwar_cost = { value = 0.3, assumed = "x" }\n'


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The small case with two overlays."""
    return write_case(tmp_path_factory.mktemp("cases") / "small", over=OVER, other=OVER.replace("0.3", "0.05"))


CHANGES = {
    "north.patience": st.floats(0.3, 0.98),
    "talks.rounds": st.integers(1, 20),
    "seed": st.text("abcü \"'\\", min_size=1, max_size=8),
    "south.war_cost": st.fixed_dictionaries(
        {"value": st.just(0.2), "low": st.floats(0, 0.19), "high": st.floats(0.21, 1), "assumed": st.just("why")}
    ),
}


def hashes(asked):
    """Hash of every scenario that is asked of."""
    found = {"": asked.scenario, "judge": asked.judge, **asked.overlays}
    return {name: fingerprint(scenario, 1) for name, scenario in found.items()}


@pytest.mark.slow
@given(data=st.data())
def test_what_is_asked_comes_back_from_its_manifest(case, tmp_path_factory, data):
    """By its description, and by the folder alone: the same scenarios, overlays, changes, draws."""
    chosen = data.draw(st.lists(st.sampled_from(sorted(CHANGES)), unique=True))
    overlay = data.draw(st.sampled_from([None, "over"]))
    asked = ask(
        case,
        overlay=overlay,
        overlays=() if overlay else data.draw(st.sampled_from([(), "all", ("other",)])),
        changes={path: data.draw(CHANGES[path]) for path in chosen},
        widen=data.draw(st.sampled_from([None, 1, 1.29, 3])),
        draws=data.draw(st.one_of(st.none(), st.integers(1, 10**6))),
        central=data.draw(st.booleans()),
    )
    described = json.loads(json.dumps(asked.describe()))
    folder, _ = begin_run(asked, out=tmp_path_factory.mktemp("kept") / "run")
    for again in (ask(case, **described), ask_again(folder)):
        assert again.describe() == asked.describe()
        assert (again.case.name, again.seed, again.protocol) == (asked.case.name, asked.seed, asked.protocol)
        assert hashes(again) == hashes(asked)


def test_base_and_overlays_are_changed_alike(case):
    """What was observed was observed in the world without the overlay, changed as it is."""
    under = ask(case, overlay="over", changes={"north.patience": 0.7})
    assert under.base is not None
    assert under.judge is under.base
    assert {found.numbers["north.patience"].quantity.value for found in (under.scenario, under.judge)} == {0.7}
    beside = ask(case, overlays="all", changes={"north.patience": 0.7})
    assert beside.judge is beside.scenario
    assert [found.numbers["north.patience"].quantity.value for found in beside.overlays.values()] == [0.7, 0.7]
    one = ask_beside(ask(case, changes={"north.patience": 0.7}), read_case(case, overlay="over"))
    assert hashes(one)["over"] == hashes(beside)["over"]
    assert ask_beside(one, one.cases[-1]) is one


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"draws": 0}, "whole number from 1 up"),
        ({"draws": 2.5}, "whole number from 1 up"),
        ({"draws": True}, "whole number from 1 up"),
        ({"widen": float("nan")}, "above 0"),
        ({"widen": float("inf")}, "above 0"),
        ({"widen": -1}, "above 0"),
        ({"overlays": ["ovr"]}, 'no overlay "ovr"'),
        ({"overlay": "over", "overlays": "all"}, "give one"),
        ({"changes": {"north.patiense": 0.5}}, "north.patience"),
        ({"changes": {"talks.protocol": "alternating"}}, "protocol"),
        ({"protocol": "singel-text"}, "single-text"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_anything_is_played(case, given, said):
    """Draws, factors, names, paths and protocols."""
    with pytest.raises(InputError) as caught:
        ask(case, **given)
    assert said in str(caught.value)


def test_a_scenario_without_a_file_can_be_asked(case):
    """It has no case, no overlay, and its own draws."""
    scenario = read_case(case).scenario
    asked = ask_scenario(scenario)
    assert (asked.overlay, asked.draws, asked.judge) == (None, scenario.draws, scenario)
    assert "nash" in asked.members["solutions"]
