"""Every number of the cases does something, and one that cannot is found."""

from pathlib import Path

import numpy as np
import pytest

from sim.runs.dead_numbers import dead_numbers, decorative_numbers
from sim.scenario import Scenario
from sim.scenario.case_files import find_cases, overlays_of
from sim.scenario.draws import draw
from sim.scenario.reading import read_case
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number

CASES = Path(__file__).parents[2] / "scenarios"

OVERLAYS = [
    (case.name, overlay)
    for case in find_cases(CASES)
    if case.name != "treaty_articles"  # every number of it would be played over twenty thousand deals
    for overlay in (None, *overlays_of(case / "scenario.toml"))
]

#: Worlds of the ceasefire case in which nearly every number acts that acts in few: looked at first.
TELLING = (30, 37, 47, 54, 10)
#: Where hardly any deal is signed, what acts on a signed one acts in few worlds; numbers that move are found at once.
DRAWS = (*TELLING, *(number for number in range(256) if number not in TELLING))


@pytest.mark.parametrize(
    ("case", "overlay"),
    [pytest.param(*both, marks=pytest.mark.slow) if both[1] else both for both in OVERLAYS],
)
@pytest.mark.slow
def test_no_number_of_the_cases_is_dead(case, overlay):
    """Moving any number from its low to its high end changes some array of table or play."""
    scenario = read_case(CASES / case, overlay=overlay).scenario
    assert dead_numbers(scenario, draws=DRAWS) == ()


def test_dead_numbers_are_found():
    """The weight of a lone issue, and enforcement where nothing enforces, move nothing; other numbers do."""
    scenario = with_numbers(
        dispute({"W": 0.2, "delta": 0.9}, {"W": 0.3, "delta": 0.9}, hazards=(0.3, 0.1)),
        {
            "issues.watch.available": ["unwatched"],
            "issues.causes.available": ["0.0"],
            "actors.A.beliefs.enforcement": number(1.0, 0.0, 2.0),
            "actors.A.beliefs.resolved": number(1.0, 0.0, 2.0),
            "actors.A.beliefs.base": number(0.3, 0.1, 0.5),
            "true_hazard.base": number(0.3, 0.1, 0.5),
            "actors.A.salience.share": number(1.0, 0.5, 2.0),
            "actors.B.patience": number(0.9, 0.5, 0.95),
        },
    )
    assert dead_numbers(scenario) == (
        "A.beliefs.enforcement",
        "A.beliefs.resolved",
        "A.salience.share",
    )


@pytest.mark.slow
def test_a_number_that_acts_in_few_draws_only_is_alive():
    """Looking at more draws finds a number that the first few say nothing about."""
    scenario = shipped("ceasefire")
    few = set(dead_numbers(scenario, draws=1))
    assert few
    assert not few & set(dead_numbers(scenario, draws=64))


@pytest.mark.slow
def test_a_mediator_whose_aims_move_no_deal_is_decoration():
    """What it thinks of the deal moves, what others get does not; the same position of a party is none."""
    case = read_case(Path(__file__).parents[1] / "robustness" / "inputs" / "dam.toml")
    found = decorative_numbers(case.scenario, dead=dead_numbers(case.scenario))
    assert "union.position.filling" in found
    assert not any(path.startswith(("up.position", "down.salience")) for path in found)


def test_a_position_without_a_range_is_decoration_too():
    """It is moved over the whole issue; a party's position, fixed as well, moves deals."""
    high, low = ({"value": value, "assumed": "toy"} for value in (0.9, 0.3))
    fixed = {name: {"value": name, "assumed": "toy"} for name in ("a", "b")}
    issue = {"levels": ["a", "b"], "status_quo": "a"}
    party = {"patience": high}
    toy = Scenario.model_validate(
        {
            "title": "toy",
            "issues": {"x": issue, "y": issue},
            "actors": {
                "p": party | {"salience": {"x": low, "y": high}, "position": {"x": fixed["a"], "y": fixed["b"]}},
                "q": party | {"salience": {"x": high, "y": low}, "position": {"x": fixed["b"], "y": fixed["a"]}},
                "m": party
                | {"salience": {"x": high, "y": low}, "position": {"x": fixed["b"], "y": fixed["b"]}}
                | {"role": "mediator"},
            },
        }
    )
    found = decorative_numbers(toy)
    assert {"m.position.x", "m.position.y", "m.salience.x", "m.salience.y"} <= set(found)
    assert not {"p.position.y", "q.position.x"} & set(found)


def test_attacks_come_on_top_of_the_hazard():
    """Under spoilers neither what breaks a deal anyway nor what anybody believes of it moves."""
    base, spoilt = (read_case(CASES / "ceasefire", overlay=overlay).scenario for overlay in (None, "spoilers"))
    drawn = [draw(scenario, np.arange(8)).values for scenario in (base, spoilt)]
    for path in ("russia.beliefs.base", "ukraine.beliefs.base", "true_hazard.base", "true_hazard.fragile.chance"):
        np.testing.assert_array_equal(drawn[0][path], drawn[1][path])
    assert set(drawn[1]) - set(drawn[0]) == {
        f"after_signature.spoilers.{key}" for key in ("trust", "strength", "laxity", "needed")
    }
