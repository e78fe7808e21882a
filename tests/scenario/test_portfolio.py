"""Portfolios: one party holds it, has to agree, and has all of what it is worth."""

import pytest

from sim.foundations import InputError
from sim.scenario import read_case
from sim.scenario.filled_in import filled_in
from sim.table import DealSpace

CASE = """
title = "a cabinet"
default_assumed = "toy"
[issues.tax]
levels = ["low", "high"]
status_quo = "low"
[issues.finance]
kind = "portfolio"
title = "Finance"
[defaults.actor]
reservation = "0.1"
[actors.left]
position.tax = "high"
[actors.right]
position.tax = "low"
[actors.chair]
role = "mediator"
"""


def written(tmp_path, text):
    """A file with a case."""
    folder = tmp_path / "scenarios" / "x"
    folder.mkdir(parents=True)
    file = folder / "scenario.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_deal_hands_it_to_a_party_that_agrees(tmp_path):
    """Two parties, so four deals; the holder's consent is needed, and he alone has something of it."""
    scenario = read_case(written(tmp_path, CASE)).scenario
    issue = scenario.issues["finance"]
    assert issue.levels == ("nobody", "left", "right")
    assert issue.consent == {"left": ("left",), "right": ("right",)}
    space = DealSpace.of(scenario)
    assert {space.describe(deal)["finance"] for deal in range(len(space))} == {"left", "right"}
    assert len(space) == 4
    worth = scenario.actors["left"].values["finance"]
    assert {level: float(found.value) for level, found in worth.items()} == {"nobody": 0.0, "left": 1.0, "right": 0.0}
    assert not scenario.actors["chair"].values


def test_what_is_said_of_it_holds():
    """Values of one's own and levels that are named stay."""
    raw = {
        "issues": {"finance": {"kind": "portfolio", "levels": ["left"]}},
        "actors": {"left": {"values": {"finance": {"nobody": "0", "left": "0.5"}}}, "right": {}},
    }
    found = filled_in(raw).raw
    assert found["issues"]["finance"]["levels"] == ["nobody", "left"]
    assert found["actors"]["left"]["values"]["finance"]["left"] == "0.5"
    assert found["actors"]["right"]["values"]["finance"]["left"]["value"] == 0.0


def test_holders_that_are_no_list_are_told(tmp_path):
    """Levels are a list, here as anywhere."""
    text = CASE.replace('title = "Finance"', 'levels = "left"')
    with pytest.raises(InputError):
        read_case(written(tmp_path, text))
