"""Reading cases: which file is meant, overlays, and everything wrong at once."""

import copy
import tomllib

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from sim.foundations import InputError
from sim.scenario import deal_count, find_cases, read_case, read_scenario
from tests.scenario.small_case import SMALL, write_case

BOLD = """
extends = "../scenario.toml"
title = "bold"
[actors.north.patience]
value = 0.5
assumed = "y"
[actors.north.salience]
line = { value = 0.9, assumed = "y" }
"""


def test_a_case_is_meant_by_folder_file_or_name(tmp_path, monkeypatch):
    """Folder, scenario file, and the bare name under scenarios/ are the same case."""
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "scenarios" / "small", bold=BOLD)
    for path in ("scenarios/small", "scenarios/small/", "scenarios/small/scenario.toml", "small"):
        case = read_case(path)
        assert (case.name, case.overlay, case.overlays) == ("small", None, ("bold",))
        assert str(case.folder) == "scenarios/small"
        assert [str(file.path) for file in case.files] == ["scenarios/small/scenario.toml"]
        assert all(len(value) == 64 for value in case.hashes.values())
    assert read_scenario("small").title == "small"
    assert [str(path) for path in find_cases(tmp_path / "scenarios")] == [str(tmp_path / "scenarios" / "small")]


def test_an_unknown_case_is_answered_with_the_nearest(tmp_path, monkeypatch):
    """No traceback, but the right name."""
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "scenarios" / "ceasefire")
    with pytest.raises(InputError) as caught:
        read_case("scenarios/cesefire")
    assert caught.value.problems[0].nearest == "scenarios/ceasefire"
    with pytest.raises(InputError, match=r"has no scenario\.toml"):
        read_case(tmp_path)


@pytest.mark.parametrize("place", [".", "./", "scenario.toml", "scenario"])
def test_a_case_is_read_from_inside(tmp_path, monkeypatch, place):
    """The folder itself has a name, even where it is written as a dot."""
    monkeypatch.chdir(write_case(tmp_path / "small", bold=BOLD))
    assert (read_case(place).name, read_case(place, overlay="bold").overlay) == ("small", "bold")


@pytest.mark.parametrize("place", ["", " ", "nothing", "/"])
def test_what_is_no_case_is_told_with_where_cases_are(tmp_path, monkeypatch, place):
    """An empty name, a name of nothing, a folder without a scenario: no traceback, and what to do."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        read_case(place)
    assert "no folder scenarios/ here" in caught.value.problems[0].allowed
    write_case(tmp_path / "scenarios" / "small")
    with pytest.raises(InputError) as caught:
        read_case(place)
    assert caught.value.problems[0].allowed.endswith("or one of small")


def test_an_overlay_from_elsewhere_is_laid_over_the_case_that_is_named(tmp_path, monkeypatch):
    """As a viewer saves it, far from its scenario; nothing differs but the note, and the case must be named."""
    monkeypatch.chdir(tmp_path)
    write_case(tmp_path / "scenarios" / "small", bold=BOLD)
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "far.toml").write_text(BOLD, encoding="utf-8")
    far, near = read_case("small", overlay="downloads/far.toml"), read_case("small", overlay="bold")
    assert far.scenario.model_dump() == near.scenario.model_dump()
    assert far.overlay == "far"
    assert far.note.startswith('downloads/far.toml is laid over scenarios/small/scenario.toml; the "../scenario.toml" ')
    assert near.note == ""
    with pytest.raises(InputError) as caught:
        read_case("downloads/far.toml")
    assert "put this file into overlays/" in caught.value.problems[0].allowed
    write_case(tmp_path, SMALL.replace("small", "another"))  # now what it names is there, and is another case
    with pytest.raises(InputError, match="does not extend scenarios/small"):
        read_case("small", overlay="downloads/far.toml")


def told(tmp_path, overlay):
    """What is wrong with an overlay: (file, line, column), message, nearest."""
    write_case(tmp_path, over='extends = "../scenario.toml"\n' + overlay)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path, overlay="over")
    return [
        (problem.file.rsplit("/")[-1], problem.line, problem.column, problem.message)
        for problem in caught.value.problems
    ]


@pytest.mark.parametrize(
    ("overlay", "place", "words"),
    [
        (
            '[actors.nort]\npower = { value = 1, assumed = "x" }',
            (2, 9),
            'actor "nort" in the base; did you mean "north"?',
        ),
        ('[issues.statu]\navailable = ["free"]', (2, 9), 'issue "statu" in the base; did you mean "status"?'),
        (
            '[actors.south.red_lines.lin]\nfirmness = { value = 0.1, assumed = "x" }',
            (2, 25),
            'red line "lin" in the base; did you mean "line"?',
        ),
    ],
)
def test_a_misspelt_name_is_told_alone(tmp_path, overlay, place, words):
    """Not what an actor lacks that nobody meant to add."""
    assert told(tmp_path, overlay) == [("over.toml", *place, f"there is no {words}")]


def test_what_is_wrong_besides_a_misspelt_name_is_told_too(tmp_path):
    """At its own place, under the name as it was written."""
    found = told(tmp_path, '[actors.nort]\nposture = { value = 3, assumed = "x" }\n[talks]\nrounds = 0.5\n')
    assert [place[:3] for place in found] == [("over.toml", 2, 9), ("over.toml", 3, 21), ("over.toml", 5, 10)]


def test_a_new_thing_with_a_similar_name_is_new(tmp_path):
    """Whole, it is nobody's misspelling."""
    line = 'issue = "line"\nrejects = "old"\nbegins = { value = "old", assumed = "x" }\n'
    overlay = f'[actors.south.red_lines.lines]\n{line}firmness = {{ value = 0.1, assumed = "x" }}\n'
    write_case(tmp_path, over='extends = "../scenario.toml"\n' + overlay)
    assert set(read_case(tmp_path, overlay="over").scenario.actors["south"].red_lines) == {"line", "lines"}


def test_an_unknown_level_hides_what_follows_from_it(tmp_path):
    """While it is unknown which levels are on offer, no deal is missed."""
    seen = 'says = "accepts"\nactor = "north"\ndeals = { kind = "truce" }\nbluff = { value = 0.1, assumed = "x" }'
    overlay = f'[issues.status]\navailable = ["fre"]\n[observations.seen]\n{seen}\nclaims = ["c"]\n'
    found = [message for *_, message in told(tmp_path, overlay)]
    assert found[0] == 'issue "status" has no level "fre"'
    assert not any("deal" in message for message in found)


def test_an_overlay_changes_only_what_it_names(tmp_path):
    """Tables merge by key, numbers are replaced as a whole, and each key knows its file."""
    write_case(tmp_path, bold=BOLD)
    by_name = read_case(tmp_path, overlay="bold")
    by_file = read_case(tmp_path / "overlays" / "bold.toml")
    for case in (by_name, by_file):
        assert case.overlay == "bold"
        assert case.name == tmp_path.name
        assert case.scenario.title == "bold"
        patience = case.scenario.numbers["north.patience"].quantity
        assert (patience.value, patience.low, patience.assumed) == (0.5, None, "y")
        assert case.scenario.numbers["north.salience.line"].quantity.value == 0.9
        assert case.scenario.numbers["north.salience.status"].quantity.value == 0.5
        assert case.origin["actors", "north", "patience", "value"].name == "bold.toml"
        assert case.origin["actors", "north", "salience", "status"].name == "scenario.toml"
        assert ("actors", "north", "patience", "low") not in case.origin
        assert "extends" not in case.raw
    assert deal_count(by_name.scenario) == deal_count(read_scenario(tmp_path))


def test_overlays_may_extend_overlays(tmp_path):
    """The chain is read from the base up."""
    bolder = 'extends = "bold.toml"\n[actors.north.salience]\nline = { value = 0.1, assumed = "z" }'
    case = read_case(write_case(tmp_path, bold=BOLD, bolder=bolder), overlay="bolder")
    assert case.scenario.numbers["north.salience.line"].quantity.value == 0.1
    assert case.scenario.title == "bold"
    assert [file.path.name for file in case.files] == ["scenario.toml", "bold.toml", "bolder.toml"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('extends = "loop.toml"', "circle"),
        ('extends = "../scenari.toml"', "no file"),
        ("extends = 3", "path of a file"),
        ('title = "lost"', "does not extend"),
    ],
)
def test_broken_chains_are_told(tmp_path, text, words):
    """Circles, missing files, and overlays that forget to say what they extend."""
    write_case(tmp_path, loop=text)
    with pytest.raises(InputError, match=words):
        read_case(tmp_path, overlay="loop")


def test_an_unknown_overlay_is_answered_with_the_nearest(tmp_path):
    """The names that exist are listed."""
    write_case(tmp_path, bold=BOLD)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path, overlay="blod")
    assert (caught.value.problems[0].nearest, caught.value.problems[0].allowed) == ("bold", "bold")


def test_mistakes_of_an_overlay_are_located_in_it(tmp_path):
    """Problems name the file that their key comes from."""
    write_case(tmp_path, bold=BOLD.replace("value = 0.5", "value = 1.5") + 'lin = { value = 1, assumed = "y" }')
    with pytest.raises(InputError) as caught:
        read_case(tmp_path, overlay="bold")
    assert {(problem.file.rsplit("/")[-1], problem.line) for problem in caught.value.problems} == {
        ("bold.toml", 5),
        ("bold.toml", 9),
    }


def test_rules_are_checked_beside_broken_fields(tmp_path):
    """A bare number here does not hide an unknown actor there, nor an evidence file that is missing."""
    text = SMALL.replace('patience = { value = 0.8, low = 0.6, high = 0.95, assumed = "x" }', "patience = 0.8")
    text = text.replace('"north", "south"]', '"north", "soth"]').replace('levels = ["red", "blue"]', "levels = []")
    write_case(tmp_path, 'evidence = "none.toml"\n' + text)
    with pytest.raises(InputError) as caught:
        read_case(tmp_path)
    paths = [".".join(map(str, problem.path)) for problem in caught.value.problems]
    assert paths == [
        "evidence",
        "issues.colour",
        "actors.north.patience",
        "actors.south.patience",
        "talks.order.1",
    ]


def test_mistakes_of_the_evidence_file_are_located_in_it(tmp_path):
    """Its syntax and its fields."""
    write_case(tmp_path, 'evidence = "seed.toml"\n' + SMALL)
    for text, line in (('[article]\ntitle = "t"\nsha256 = "x"\n', 3), ("[article\n", 1)):
        (tmp_path / "seed.toml").write_text(text, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_case(tmp_path)
        assert {problem.file for problem in caught.value.problems} == {str(tmp_path / "seed.toml")}
        assert line in {problem.line for problem in caught.value.problems}


def spots(found, path=()):
    """Every key path of a document."""
    items = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for key, value in items:
        yield (*path, key)
        yield from spots(value, (*path, key))


def toml(value):
    """A value as TOML."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {toml(item)}' for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


WHOLE = tomllib.loads(SMALL)
JUNK = st.sampled_from(
    [0, -1, 7, 0.5, float("nan"), float("inf"), "", "north", "line", True, [], ["x"], {}, {"value": 1}]
)


@pytest.mark.slow
@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(spots(WHOLE))), st.none() | JUNK), min_size=1, max_size=3))
def test_any_damage_ends_in_located_problems(tmp_path_factory, damage):
    """Keys dropped or filled with junk: the file is accepted, or every problem has its place."""
    raw = copy.deepcopy(WHOLE)
    for path, junk in damage:
        table = raw
        try:
            for key in path[:-1]:
                table = table[key]
            if junk is None:
                del table[path[-1]]
            else:
                table[path[-1]] = copy.deepcopy(junk)
        except (KeyError, IndexError, TypeError):
            continue
    folder = tmp_path_factory.mktemp("damage")
    write_case(folder, "".join(f'"{key}" = {toml(value)}\n' for key, value in raw.items()))
    try:
        read_case(folder)
    except InputError as error:
        for problem in error.problems:
            assert problem.line >= 1
            assert problem.column >= 1


def test_a_case_that_comes_along_is_found_from_anywhere(tmp_path, monkeypatch):
    """By its bare name, where no case of one's own is called so; a misspelt one is answered with the nearest."""
    monkeypatch.chdir(tmp_path)
    assert read_case("ceasefire").article is not None
    with pytest.raises(InputError, match="no scenario") as caught:
        read_case("ceasfire")
    assert caught.value.problems[0].nearest == "ceasefire"
    mine = tmp_path / "scenarios" / "pie" / "scenario.toml"
    mine.parent.mkdir(parents=True)
    mine.write_text(read_case("pie").files[0].text.replace("Two people", "My people"), encoding="utf-8")
    assert read_case("pie").files[0].path.resolve() == mine
