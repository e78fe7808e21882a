"""Exercises of the textbooks, each kind of them, and the command that gives the number of the book."""

import json
import shlex
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.cli.theory_arguments import what_it_takes
from sim.equilibria import EQUILIBRIA
from sim.foundations import InputError
from sim.games import GAMES
from sim.solutions import SOLUTIONS
from tests.cli.exercises.bargaining import BARGAINING
from tests.cli.exercises.coalitions import COALITION
from tests.cli.exercises.conflict import CONFLICT
from tests.cli.exercises.exercise import FOLDER
from tests.cli.exercises.games import GAME
from tests.cli.exercises.graph_model import GRAPH
from tests.cli.exercises.solutions import SOLUTION

EXERCISES = (*BARGAINING, *SOLUTION, *CONFLICT, *GAME, *COALITION, *GRAPH)
#: Theories that need the deals of a case, or a tree, or a function: the protocol or command that stands for them.
ELSEWHERE = {
    "backward-induction": "solve strategic-alternating-offers",
    "recognition-by-lot": "solve strategic-random-proposer",
    "issue-by-issue-deals": "solve issue-by-issue ",
    "screening-by-type": "solve screening-while-fighting",
    "shapley-value-sampled": "solve shapley-value ",
    "subgame-perfect": ".efg",
}


def found_at(answer, path):
    """What stands at a dotted path of nested answers."""
    for part in path.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def close(found, expected, within):
    """Whether two nested answers agree."""
    if isinstance(expected, list):
        return len(found) == len(expected) and all(close(*pair, within) for pair in zip(found, expected, strict=True))
    if isinstance(expected, float | int) and not isinstance(expected, bool):
        return found == pytest.approx(expected, abs=within, rel=0)
    return found == expected


#: Asked in Python by a test of its theory; the command that asks the same of 27 members takes long.
LONG = "the Council of the European Union"


@pytest.mark.parametrize(
    "exercise",
    [pytest.param(one, marks=pytest.mark.slow) if one.asks.startswith(LONG) else one for one in EXERCISES],
    ids=lambda one: one.asks,
)
def test_the_number_of_the_book(exercise):
    """The command ends well and its answer holds the number."""
    done = CliRunner().invoke(main, [*shlex.split(exercise.command), "--json"])
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    wrong = {
        path: (found_at(answer, path), number)
        for path, number in exercise.numbers.items()
        if not close(found_at(answer, path), number, exercise.within)
    }
    assert not wrong


def test_every_theory_has_an_exercise():
    """Each registered theory is asked for a number above, by its own name or as named in ELSEWHERE."""
    for name in [*EQUILIBRIA.names, *GAMES.names, *SOLUTIONS.names]:
        asked = ELSEWHERE.get(name, f"solve {name} ")
        assert any(asked in exercise.command for exercise in EXERCISES), name
        if name not in ELSEWHERE:
            assert what_it_takes(name).arguments, name
        else:
            with pytest.raises(InputError, match="takes no numbers"):
                what_it_takes(name)


class Played(NamedTuple):
    """An exercise as a case: file and changes; the theory that speaks of it, its number, and how close talks come."""

    asks: str
    case: str
    theory: str
    chance: float
    gains: dict
    talks: float
    within: float


PLAYED = (
    Played(
        "Rubinstein's pie, offers by turns until the tenth year: Ståhl's share in theory and in the talks",
        "scenarios/pie --draws 1 --central",
        "stahl",
        1.0,
        {"first": 0.576077312},
        0.01,
        1e-6,
    ),
    Played(
        "the same, both keeping nine tenths, without a deadline",
        "scenarios/pie --draws 1 --central --set second.patience=0.9 --set talks.horizon=60 --set talks.rounds=60",
        "rubinstein",
        1.0,
        {"first": 1 / 1.9},
        0.05,
        1e-6,
    ),
    Played(
        "a two-level game: the offer that balances greed and the ratifier, and how often he says no",
        f"{FOLDER}/two_levels.toml --draws 300",
        "ratification",
        0.625,
        {"first": 0.15625},
        0.06,
        1e-6,
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", PLAYED, ids=lambda one: one.asks)
def test_the_case_is_played_as_the_book_says(exercise):
    """`sim theory` names the number of the book, and the talks come close to it."""
    done = CliRunner().invoke(main, ["theory", *shlex.split(exercise.case), "--json"])
    assert done.exit_code == 0, done.stderr
    answer = json.loads(done.stdout)
    found = next(one["found"] for one in answer["applies"] if one["found"]["name"] == exercise.theory)
    assert found["deal"] == pytest.approx(exercise.chance, abs=exercise.within)
    for name, gain in exercise.gains.items():
        assert found["gains"][name]["median"] == pytest.approx(gain, abs=exercise.within)
    assert answer["talks"]["deal"] == pytest.approx(exercise.chance, abs=exercise.talks)
    if exercise.chance == 1.0:
        for name, gain in exercise.gains.items():
            assert answer["talks"]["gains"][name]["median"] == pytest.approx(gain, abs=exercise.talks)
