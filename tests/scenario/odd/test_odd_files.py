"""Files that nobody would write on purpose: told in a sentence, at their place, without a traceback."""

import tomllib

import numpy as np
import pytest
from click.testing import CliRunner

from sim import check
from sim.cli.main import main
from sim.engine import simulate
from sim.foundations import InputError
from sim.scenario import draw
from sim.table import DealSpace
from tests.scenario.odd.sale import SALE, replaced
from tests.scenario.small_case import SMALL, write_case

LONG = "o" * 9000
BESIDE = 'extends = "../scenario.toml"\n'

FILES = [
    ("[" * 2000 + "]" * 2000, "", "nested too deeply", 1, 51),
    (f"title = {'[' * 900}{']' * 900}\n{SALE}", "", "nested too deeply", 1, 59),
    (f"{'.'.join('a' * 400)} = 1\n{SALE}", "", "nested too deeply", 1, 1),
    (replaced(('seed = "sale"', "seed = " + "9" * 5000)), "", "not TOML: Exceeds the limit", 3, 8),
    (replaced(("rounds = 10", f"rounds = {'7' * 400}")), "", "above the limit of 100,000", None, None),
    (replaced(("horizon = 10", "horizon = 10000000")), "", "above the limit of 100,000", None, None),
    (replaced(("horizon = 10", f'horizon = "{"9" * 400} years"')), "", "no length of time", None, None),
    (f'evidence = "{LONG}.toml"\n{SALE}', "", "no evidence file", 1, 12),
    (f'evidence = "a\\u0000b.toml"\n{SALE}', "", "no evidence file", 1, 12),
    (f'evidence = "."\n{SALE}', "", "no evidence file", 1, 12),
    (f'extends = "{LONG}.toml"\n{SALE}', "", "to extend", 1, 11),
    (f'extends = "a\\u0000b.toml"\n{SALE}', "", "to extend", 1, 11),
    (f"extends = 7\n{SALE}", "", "must be the path of a file", 1, 11),
    (SALE, 'title = "alone"\n', "does not extend", 1, 1),
    (SALE, f'{BESIDE}evidence = "{LONG}"\n', "no evidence file", 2, 12),
    (replaced(("status_quo = 40", f'status_quo = "{LONG}"')), "", "status_quo of a numeric issue", None, None),
    (replaced(("rounds = 10", f'protocol = "{LONG}"')), "", "no protocol is called", None, None),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("base", "overlay", "words", "line", "column"), FILES)
def test_it_is_told_at_its_place_in_a_few_lines(tmp_path, base, overlay, words, line, column):
    """Exit code 2, what is wrong, file with line and column, and no more of a long line than helps."""
    case = write_case(tmp_path / "case", base, **({"over": overlay} if overlay else {}))
    with pytest.raises(InputError) as caught:
        check(case, overlay="over" if overlay else None)
    problem = next(problem for problem in caught.value.problems if words in problem.message)
    assert problem.line
    assert problem.column
    assert (line, column) in {(None, None), (problem.line, problem.column)}
    done = CliRunner().invoke(main, ["check", str(case), *(["--overlay", "over"] if overlay else [])])
    assert done.exit_code == 2
    assert words in done.output
    assert max(map(len, done.output.splitlines())) < 900


@pytest.mark.parametrize("name", [LONG, "a\0b", f"x/{LONG}/y", "x" * 300 + ".toml"])
def test_names_that_lead_nowhere(name):
    """A case and an overlay of such a name are not there; nothing more."""
    for words in (["check", name], ["run", name], ["run", "pie", "--overlay", name]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2, done.output
        assert "rror: " in done.output
        assert max(map(len, done.output.splitlines())) < 900


ODD = [
    0, -1, 0.5, 1e30, 1e308, -1e308, 1e-320, float("nan"), float("inf"), True, "", "x", "1e6", "nan", [], [1], {},
    {"at_least": 1}, {"between": [0, 1]}, {"value": 1}, {"mirrors": "x"}, {"value": 1, "options": {"1": 1}},
    10**400, "o" * 5000, "a\0b", "$x_1$", "0 days",
]  # fmt: skip


def _places(found, place=()):
    """Keys of everything in a file."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [*([place] if place else []), *(deep for key, value in inside for deep in _places(value, (*place, key)))]


def _changed(seed):
    """A sound file with one thing in it replaced, dropped or called otherwise."""
    rng = np.random.default_rng(seed)
    raw = tomllib.loads((SMALL, SALE)[rng.integers(2)])
    places = _places(raw)
    *front, last = places[rng.integers(len(places))]
    table = raw
    for key in front:
        table = table[key]
    if rng.random() < 0.7 or not isinstance(table, dict):
        table[last] = ODD[rng.integers(len(ODD))]
    else:
        value = table.pop(last)
        if rng.random() < 0.5:
            table[str(rng.choice(["x", "value", "low", "levels", "at_least", "0"]))] = value
    return "\n".join(f"{_toml(key)} = {_toml(value)}" for key, value in raw.items())


def _toml(found):
    if isinstance(found, dict):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(value)}" for key, value in found.items()) + "}"
    if isinstance(found, list):
        return "[" + ", ".join(map(_toml, found)) + "]"
    if isinstance(found, str):
        return '"' + found.replace("\\", "\\\\").replace('"', '\\"').replace("\0", "\\u0000") + '"'
    return str(found).lower() if isinstance(found, bool) else repr(found)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "seeds",
    [range(40), *(pytest.param(range(one, one + 146), marks=pytest.mark.slow) for one in range(40, 1500, 146))],
    ids=str,
)
def test_what_check_calls_sound_is_played_and_the_rest_is_told_with_its_place(tmp_path, seeds):
    """Hundreds of files with one odd thing in them: refused at a line, or played to the end with finite values."""
    path = tmp_path / "scenario.toml"
    for seed in seeds:
        path.write_text(_changed(seed), encoding="utf-8")
        scenario, problems = _checked(path)
        assert all(problem.line and problem.column for problem in problems), seed
        if scenario is not None and scenario.talks.horizon_rounds <= 1000:
            block = simulate(DealSpace.of(scenario), draw(scenario, np.arange(4)))
            assert np.isfinite(block.outcome.utility).all(), seed


def _checked(path):
    """The scenario of a sound file and no problems, or problems."""
    try:
        return check(path, quick=True).cases[0].scenario, ()
    except InputError as error:
        return None, error.problems
