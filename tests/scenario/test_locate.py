"""Places in TOML texts, against the standard library's parser."""

import tomllib
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from sim.foundations import Problem
from sim.scenario.locate import Locator

EVERYTHING = '''
# comment [not.a.table]
title = "a \\"quoted\\" # text"   # comment
"odd key" = 'C:\\path'
dotted . "in side" . deep = 1
long = """
line = 1
[x]
still "" text"""""
literal = \'\'\'
it's [ok]\'\'\'
when = 1979-05-27 07:32:00.5
day = 1979-05-27
big = [
  1, 2.5e3, # comment ]
  [true, "]"],
  { a = 1, b.c = "}" },
]

[a.b]
c = inf
"d.e" = { x = [ { y = -1 } ] }
[a]
z = 0x1F
[[fruit]]
name = "apple"
[fruit.physical]
color = "red"
[[fruit.variety]]
name = "red"
[[fruit.variety]]
name = "granny"
[[fruit]]
name = "banana"
[[fruit.variety]]
name = "plantain"
'''


def paths(found, path=()):
    """Every key path of a parsed document with its value."""
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in items:
        yield (*path, key), value
        yield from paths(value, (*path, key))


def assert_all_found(text):
    """Each path is found, and the text at its place means its value."""
    locator = Locator(text)
    for path, value in paths(tomllib.loads(text)):
        assert path in locator.marks, path
        if locator.value(path):
            assert repr(tomllib.loads(f"x = {locator.value(path)}")["x"]) == repr(value), path
        else:
            assert isinstance(value, dict | list), path
        line, column = locator.place(path)
        here = text.split("\n")[line - 1][column - 1 :]
        if isinstance(path[-1], str) and here[0] not in "\"'":
            assert here.startswith(path[-1]), path


def test_every_kind_of_syntax_is_found():
    """Tables, dotted keys, inline tables, arrays of tables, arrays, strings and comments."""
    assert_all_found(EVERYTHING)


def test_places_are_one_based():
    """The first character is line 1, column 1; a header's place is its last key."""
    locator = Locator("a = 1\n  [actors.russia]\n  patience = { value = 2 }")
    assert locator.place(("a",)) == (1, 1)
    assert locator.place(("actors", "russia")) == (2, 11)
    assert locator.place(("actors", "russia", "patience", "value")) == (3, 16)
    assert locator.place(("actors", "russia", "absent", "deeper")) == (2, 11)
    assert locator.place(()) == (1, 1)


def test_what_is_wrong_is_pointed_at():
    """The value where one stands there; the key of a table, of what is missing, and where the key is wrong."""
    locator = Locator('says = "reject"\nlevels = [20, 40]\n[a]\nb = { value = 3 }\n')
    assert locator.spot(("says",)) == (1, 8)
    assert locator.spot(("says",), of_key=True) == (1, 1)
    assert locator.spot(("levels",)) == (2, 10)
    assert locator.spot(("levels", 1)) == (2, 15)
    assert locator.spot(("a", "b")) == (4, 1)
    assert locator.spot(("a", "c")) == (3, 2)
    located = locator.locate(Problem("value 3 is too much", ("a", "b")), "x.toml")
    assert (located.line, located.column, located.path) == (4, 15, ("a", "b"))


def test_real_files_are_found():
    """All TOML files of this project."""
    root = Path(__file__).resolve().parents[2]
    files = [root / "pyproject.toml", *root.glob("seeds/*.toml"), *root.glob("scenarios/**/*.toml")]
    for file in files:
        if file.exists():
            assert_all_found(file.read_text(encoding="utf-8"))


KEYS = st.text("ab-_. \"'#=[]é", max_size=4)
SCALARS = st.one_of(
    st.integers(-(10**6), 10**6).map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from(["true", "false", "1979-05-27", "1979-05-27 07:32:00Z", "07:32:00", "nan", "-inf"]),
    st.text("ab'#=[]{},é ", max_size=6).map(lambda text: f'"{text}"'),
    st.text('ab"#=[]{},\\ ', max_size=6).map(lambda text: f"'{text}'"),
    st.text("ab#=[]{},' \n", max_size=6).map(lambda text: f'"""{text}"""'),
)


def quoted(key):
    """A key in the shortest spelling that TOML takes."""
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline(items):
    """An inline table."""
    return "{ " + ", ".join(f"{quoted(key)} = {value}" for key, value in items.items()) + " }"


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[" + " ,\n # x]\n".join(items) + "]"),
        st.dictionaries(KEYS, inner, max_size=3).map(
            lambda items: inline({k: v for k, v in items.items() if "\n" not in v})
        ),
    ),
    max_leaves=6,
)
SECTIONS = st.lists(
    st.tuples(
        st.sampled_from(["[{}]", "[[{}]]"]),
        st.lists(KEYS, min_size=1, max_size=3),
        st.dictionaries(KEYS, VALUES, max_size=3),
    ),
    max_size=4,
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(SECTIONS)
def test_generated_files_are_found(sections):
    """Whatever the parser accepts, the locator finds all of."""
    text = ""
    for header, names, pairs in sections:
        text += header.format(" . ".join(quoted(name) for name in names)) + "  # header\n"
        text += "".join(f"{quoted(key)}= {value} # end\n" for key, value in pairs.items())
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert_all_found(text)


def test_text_that_is_no_toml_is_refused():
    """The locator is for accepted text only."""
    with pytest.raises(ValueError):
        Locator("= 1")
