"""Odd inputs by the hundred: a refusal in words or a story, never a traceback.

Many more are tried by a command of its own, for a night: ``python -m tests.robustness.fuzz --count 100000``.
"""

import json
import tomllib

import pytest

from sim.foundations import ResultsError
from sim.scenario.schema_keys import keys_in, schema_keys
from sim.store import Manifest
from tests.robustness.fuzz import CASES, folders, fuzz
from tests.robustness.test_borders import told

#: A manifest as short as can be.
WHOLE = {
    **dict.fromkeys(("case", "title", "fingerprint", "seed", "started"), "x"),
    **{key: {} for key in ("changes", "numbers", "talks", "conventions", "packages")},
    "program": "negotiation-sim",
    "overlay": None,
    "draws": 1,
    "central": False,
    "inputs": [],
    "code": None,
    "argv": [],
}
#: Inputs of the slow suite, in parts that can be run side by side.
PARTS, EACH = 10, 250
#: One of so many is a results folder: they take ten times as long as a case.
EVERY = 40
#: All are checked, so none is refused without words; of those that are sound one of so many is played.
PLAYS = 8


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    """Sound results folders of every kind."""
    return folders(tmp_path_factory.mktemp("kinds"))


def assert_nothing_found(numbers, seed, **how):
    """No finding, and some of every kind of answer."""
    counts, findings = fuzz(numbers, seed, **how)
    listed = "\n".join(f"{finding}\n    {inputs[0]}" for finding, inputs in findings.items())
    assert not findings, f"seed {seed}:\n{listed}"
    assert counts["refused"]
    assert counts["sound"]


def test_every_key_of_the_schema_is_made_odd():
    """What no input holds is never altered: a key that is added stands in one of them."""
    held = {key.dotted for text in CASES.values() for key in keys_in(tomllib.loads(text))}
    assert {key.dotted for key in schema_keys()} <= held


@pytest.mark.slow
def test_odd_inputs(kinds):
    """A sample, with results folders."""
    assert_nothing_found(range(24), "sample", kinds=kinds)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_odd_inputs(part, kinds):
    """Fresh ones at every change of this number."""
    assert_nothing_found(range(part * EACH, (part + 1) * EACH), "2", every=EVERY, plays=PLAYS, kinds=kinds)


def test_the_messages_of_odd_files_are_told(tmp_path):
    """In a terminal of any kind, with an excerpt no longer than a line of it."""
    (tmp_path / "long.toml").write_text(f'title = "{"x" * 5000}"\nissues = 3\n', encoding="utf-8")
    code, output = told("check", tmp_path / "long.toml")
    assert code == 2
    assert max(map(len, output.splitlines())) < 700


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "number"),
    [("a", 71), ("a", 83), ("b", 192), ("b", 595), ("b", 1428), ("c", 183)],
)
def test_what_was_found_before(seed, number, kinds):
    """Tables where levels belong, arrays and manifests with other names and types: each is refused in words now."""
    assert not fuzz([number], seed, kinds=kinds)[1]


def test_a_manifest_is_checked_field_by_field():
    """A field of another type is named, however deep it lies."""
    with pytest.raises(ResultsError, match=r"sweep.*axes.0.name"):
        Manifest.from_json(json.dumps({**WHOLE, "sweep": {"design": "grid", "axes": [{"name": {}, "title": "x"}]}}))
    with pytest.raises(ResultsError, match=r"numbers.p.words"):
        Manifest.from_json(json.dumps({**WHOLE, "numbers": {"p": {"value": 1}}}))
