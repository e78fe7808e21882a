"""Odd inputs by the hundred: a refusal in words or a story, never a traceback; a night's work: ``fuzz.py``."""

import pytest

from tests.robustness.fuzz import fuzz
from tests.robustness.test_borders import told

#: Inputs of the slow suite, in parts that can be run side by side.
PARTS, EACH = 10, 500


def assert_nothing_found(numbers, seed):
    """No finding, and some of every kind of answer."""
    counts, findings = fuzz(numbers, seed)
    listed = "\n".join(f"{finding}\n    {inputs[0]}" for finding, inputs in findings.items())
    assert not findings, f"seed {seed}:\n{listed}"
    assert counts["refused"]
    assert counts["sound"]


def test_odd_inputs():
    """A sample."""
    assert_nothing_found(range(60), "sample")


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_many_odd_inputs(part):
    """Fresh ones at every change of this number."""
    assert_nothing_found(range(part * EACH, (part + 1) * EACH), "2")


def test_the_messages_of_odd_files_are_told(tmp_path):
    """In a terminal of any kind, with an excerpt no longer than a line of it."""
    (tmp_path / "long.toml").write_text(f'title = "{"x" * 5000}"\nissues = 3\n', encoding="utf-8")
    code, output = told("check", tmp_path / "long.toml")
    assert code == 2
    assert max(map(len, output.splitlines())) < 700
