"""Conflicts from a file: what is wrong with one is told with its place, all at once."""

import pytest

from sim.formats.conflict_toml import read_conflict
from sim.foundations import InputError

GOOD = """title = "Two"
states = ["Y", "N"]
names = ["peace", "strife"]
irreversible = ["a.yield"]
[options]
a = ["yield"]
[preferences]
a = [["strife", "peace"]]
"""


def written(tmp_path, text):
    """A file with this text."""
    path = tmp_path / "conflict.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read(tmp_path):
    """Names, ties, and what cannot be taken back."""
    found = read_conflict(written(tmp_path, GOOD))
    assert (found.makers, found.names, found.once) == (("a",), ("peace", "strife"), (True,))
    assert found.payoff.tolist() == [[0, 0]]
    assert found.moves()[0].tolist() == [[False, False], [True, False]]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "Two"', 'titel = "Two"', "titel"),
        ('a = ["yield"]', "a = 3", "options"),
        ('["Y", "N"]', '["Y", "NN"]', "pattern"),
        ('["peace", "strife"]', '["peace"]', "names"),
        ('"a.yield"', '"b.yield"', "b.yield"),
        ('[["strife", "peace"]]', '["strife"]', "peace is missing"),
        ('[["strife", "peace"]]', '["strife", "strife", "peace"]', "twice"),
        ('[["strife", "peace"]]', '["war", "peace"]', "war"),
        ('[["strife", "peace"]]', "3", "list"),
        ('["Y", "N"]', "7", "states"),
        ("[options]", "[options", "conflict.toml"),
    ],
)
def test_what_is_wrong_is_told(tmp_path, old, new, told):
    """A message with the file, never a traceback."""
    with pytest.raises(InputError, match=told) as error:
        read_conflict(written(tmp_path, GOOD.replace(old, new)))
    assert "conflict.toml" in str(error.value)


def test_two_faults_at_once(tmp_path):
    """Both are told."""
    text = GOOD.replace('title = "Two"', "titel = 1").replace('"a.yield"', '"x"')
    with pytest.raises(InputError) as error:
        read_conflict(written(tmp_path, text))
    assert len(error.value.problems) == 2
