"""Observations that hold in no drawn world, and inputs of a run that are none."""

from pathlib import Path

import pytest

from sim.foundations import InputError
from sim.runs import run
from sim.runs.never_true import never_true, never_true_in
from sim.scenario import change, read_case, read_scenario
from sim.sweeps import sweep

PIE = Path(__file__).parents[2] / "scenarios" / "pie"
CEASEFIRE = PIE.with_name("ceasefire")
REFUSAL = "observations.moscow_refuses_quick_truce"


@pytest.fixture(scope="module")
def scenario():
    """The main case."""
    return read_scenario(CEASEFIRE)


def test_the_main_case_has_observations_that_may_be_true(scenario):
    """And textbook cases have none."""
    assert never_true(scenario) == ()
    assert never_true(read_scenario(PIE)) == ()


@pytest.mark.slow
def test_what_nobody_could_mean_is_found_before_and_after_playing(scenario):
    """Fighting costs Moscow so much that it would sign anything: whatever it refuses, it bluffs."""
    both = ("moscow_refuses_quick_truce", "moscow_asks_for_the_causes")
    never = change(scenario, {f"{REFUSAL}.deals": {"kind": ["truce", "partial", "settlement"]},
                              "russia.war_cost": 5.0, "russia.collapse_damage": 0.0})  # fmt: skip
    assert never_true(never, 40) == both
    results = run(never, 25)
    assert never_true_in(results, never) == both
    assert never_true_in(results.isel(draw=slice(5)), never) == ()  # too few to say so
    off = change(never, {f"observations.{name}.bluff": {"value": 1, "assumed": "switched off"} for name in both})
    assert never_true(off, 40) == ()


@pytest.mark.parametrize(
    ("what", "draws", "words"),
    [
        (lambda: "scenarios/pie", 10, r'run\(read_scenario\("scenarios/pie"\), …\)'),
        (lambda: PIE, 10, "read_scenario"),
        (lambda: read_case(PIE), 10, r"case\.scenario"),
        (lambda: read_scenario(PIE), "ten", "whole number from 1 up, not 'ten'"),
        (lambda: read_scenario(PIE), 0, "not 0"),
        (lambda: read_scenario(PIE), 2.5, "not 2.5"),
        (lambda: read_scenario(PIE), True, "not True"),
    ],
)
def test_what_cannot_be_run_is_refused_with_the_way_to_do_it(what, draws, words):
    """By runs and sweeps alike, instead of an error from deep inside."""
    with pytest.raises(InputError, match=words):
        run(what(), draws)
    with pytest.raises(InputError, match=words.replace("run\\(", "sweep\\(")):
        sweep(what(), over={"first.patience": [0.5, 0.6]}, draws=draws)
