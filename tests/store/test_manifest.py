"""What a manifest says, and what it is a hash of."""

import json

import pytest

from sim.ensemble.ask import ask
from sim.foundations import ResultsError
from sim.scenario import change, read_case
from sim.store import Manifest, begin_run, fingerprint
from sim.store.manifest import resolved_numbers, resolved_talks
from tests.scenario.small_case import SMALL, write_case


@pytest.fixture
def case(tmp_path):
    """The small case on disk."""
    return read_case(write_case(tmp_path / "small"))


def test_every_number_is_there_with_its_range_and_its_ground(case):
    """Value, range, claims, reason, words; mirrored numbers say what they follow."""
    numbers = resolved_numbers(case.scenario)
    assert list(numbers) == list(case.scenario.numbers)
    assert numbers["north.patience"] == {
        "value": 0.8,
        "low": 0.6,
        "high": 0.95,
        "distribution": "uniform",
        "claims": [],
        "assumed": "x",
        "words": "0.8 (0.6 to 0.95)",
    }
    assert numbers["south.power_shift"]["mirrors"] == "north.power_shift"


def test_the_rules_of_the_talks_are_spelled_out(case):
    """Defaults included."""
    found = resolved_talks(case.scenario)
    assert found["protocol"] == "alternating-offers"
    assert (found["rounds"], found["horizon"]) == (12, 60)
    assert found["order"] == ["north", "south"]


def test_it_survives_json(case, tmp_path):
    """To text and back nothing is lost."""
    _, manifest = begin_run(ask(case, draws=7), out=tmp_path / "out", argv=("sim", "run"))
    again = Manifest.from_json(manifest.to_json())
    assert again == manifest


@pytest.mark.parametrize("text", ["", "[]", '{"program": "other"}', '{"program": "negotiation-sim"}'])
def test_other_files_are_refused(text):
    """They are no manifests of ours."""
    with pytest.raises(ResultsError):
        Manifest.from_json(text)


@pytest.mark.parametrize(
    ("path", "value"),
    [("north.patience", 0.7), ("talks.rounds", 11), ("seed", "9"), ("conventions.red_line", "any step")],
)
def test_whatever_changes_numbers_changes_the_fingerprint(case, path, value):
    """Numbers, rules, seed, conventions."""
    assert fingerprint(change(case.scenario, {path: value}), 5) != fingerprint(case.scenario, 5)


def test_words_do_not_change_the_fingerprint(case, tmp_path):
    """Titles and reasons are for people."""
    reworded = SMALL.replace('title = "small"', 'title = "other"').replace('"x"', '"because"')
    other = read_case(write_case(tmp_path / "other", reworded))
    assert fingerprint(other.scenario, 5) == fingerprint(case.scenario, 5)


def test_it_names_nobodys_folders(case, tmp_path):
    """No absolute path stands in it, whatever was typed."""
    argv = ("sim", "run", str(tmp_path / "small"), f"--out={tmp_path / 'out'}")
    _, manifest = begin_run(ask(case, draws=7), out=tmp_path / "out", argv=argv)
    text = manifest.to_json()
    assert str(tmp_path.parent) not in text
    assert json.loads(text)["argv"] == ["sim", "run", "small", "--out=out"]
