"""Plausible worlds: every number drawn by its own stream through its inverse distribution function."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.foundations import InputError, uniforms
from sim.scenario import Number, Quantity, draw
from sim.scenario.case_files import find_cases
from sim.scenario.draws import ends, inverse, place, replaced
from tests.engine.staged import with_numbers
from tests.shipped import shipped
from tests.table.dispute import dispute, number

CASES = Path(__file__).parents[2] / "scenarios"
NAMES = [case.name for case in find_cases(CASES)]
QUANTILES = np.linspace(0.001, 0.999, 41)


def plain(**fields):
    """A number of its own, on no issue."""
    return Number("x", ("x",), Quantity(assumed="test", **fields))


def toy():
    """A small scenario to draw from."""
    return dispute({"W": 0.2, "delta": 0.9}, {"W": 0.2, "delta": 0.9})


@pytest.mark.parametrize(
    ("fields", "distribution"),
    [
        ({"value": 2.0, "low": 1.0, "high": 4.0}, stats.uniform(1, 3)),
        ({"value": 2.0, "low": 1.0, "high": 4.0, "distribution": "triangular"}, stats.triang(1 / 3, 1, 3)),
        ({"value": 1.0, "low": 1.0, "high": 4.0, "distribution": "triangular"}, stats.triang(0, 1, 3)),
        ({"value": 4.0, "low": 1.0, "high": 4.0, "distribution": "triangular"}, stats.triang(1, 1, 3)),
        (
            {"value": 2.0, "low": 1.0, "high": 4.0, "distribution": "beta"},
            stats.beta(1 + 4 / 3, 1 + 8 / 3, 1, 3),
        ),
        (
            {"value": 2.0, "low": 1.0, "high": 4.0, "distribution": "beta", "concentration": 10.0},
            stats.beta(1 + 10 / 3, 1 + 20 / 3, 1, 3),
        ),
        (
            {"value": 2.0, "low": 1.0, "high": 4.0, "distribution": "truncated-normal", "sd": 0.5},
            stats.truncnorm(-2, 4, 2, 0.5),
        ),
        (
            {"value": 2.0, "low": 1.0, "high": 4.0, "distribution": "truncated-normal"},
            stats.truncnorm(-4 / 3, 8 / 3, 2, 0.75),
        ),
    ],
)
def test_inverse_is_that_of_the_distribution(fields, distribution):
    """Quantiles agree with scipy.stats, and stay inside the range."""
    found = inverse(toy(), plain(**fields), QUANTILES)
    np.testing.assert_allclose(found, distribution.ppf(QUANTILES), rtol=1e-9)
    assert found.min() >= 1
    assert found.max() <= 4


def test_categorical_takes_each_option_by_its_weight():
    """Options are taken in the order of their places, in the proportion of their weights; 0 is never taken."""
    quantity = {"value": "2", "options": {"7": 1.0, "2": 3.0, "4": 0.0}}
    found = inverse(toy(), plain(**quantity), (np.arange(4000) + 0.5) / 4000)
    assert np.unique(found, return_counts=True)[0].tolist() == [2, 7]
    assert (found == 2).mean() == pytest.approx(0.75)
    assert (np.diff(found) >= 0).all()


def test_names_of_levels_are_places_on_the_issue():
    """A position between levels is drawn between their places; an option is the place of its level."""
    scenario = shipped("ceasefire")
    line = scenario.numbers["russia.position.line"]
    assert ends(scenario, line) == pytest.approx((2 / 3, 1))
    assert place(scenario, line, "line of February 2022") == pytest.approx(1 / 3)
    begins = draw(scenario, np.arange(4000))["ukraine.red_lines.line.begins"]
    shares = {float(spot): (begins == spot).mean() for spot in np.unique(begins)}
    assert shares == pytest.approx({2 / 3: 0.3, 1.0: 0.7}, abs=0.03)


@pytest.mark.parametrize("case", NAMES)
def test_every_number_stays_between_its_ends(case):
    """Draws of every number lie in its range, and spread over it if it has one."""
    scenario = shipped(case)
    draws = draw(scenario, np.arange(500))
    assert list(draws.values) == list(scenario.numbers) or set(draws.values) == set(scenario.numbers)
    for path, found in scenario.numbers.items():
        if found.quantity.follows:
            continue
        low, high = ends(scenario, found)
        assert low - 1e-12 <= draws[path].min() <= draws[path].max() <= high + 1e-12, path
        assert (np.ptp(draws[path]) > 0) == found.quantity.spread, path


@pytest.mark.parametrize("case", NAMES)
def test_central_draws_are_the_central_values(case):
    """Asked for the central world every number has its value, and mirrors follow."""
    scenario = shipped(case)
    draws = draw(scenario, np.arange(3), central=True)
    for path, found in scenario.numbers.items():
        if not found.quantity.follows:
            assert draws[path].tolist() == [place(scenario, found, found.quantity.value)] * 3


def test_a_draw_does_not_depend_on_the_others():
    """Draws 0 to 99 of 200 are those of 100; any subset in any order is the same."""
    scenario = shipped("ceasefire")
    many, few = draw(scenario, np.arange(200)), draw(scenario, np.arange(100))
    some = np.array([177, 3, 42, 41])
    picked = draw(scenario, some)
    for path in scenario.numbers:
        assert (many[path][:100] == few[path]).all()
        assert (many[path][some] == picked[path]).all()


def test_changing_a_range_keeps_the_quantile():
    """The same draw sits at the same share of a new range, and nothing else moves."""
    scenario = with_numbers(toy(), {"actors.A.patience": number(0.5, 0.2, 0.8), "true_hazard.base": number(1, 0, 2)})
    wider = with_numbers(scenario, {"actors.A.patience": number(0.5, 0.1, 0.9)})
    one, two = (draw(found, np.arange(50)) for found in (scenario, wider))
    np.testing.assert_allclose((one["A.patience"] - 0.2) / 0.6, (two["A.patience"] - 0.1) / 0.8, atol=1e-12)
    assert (one["true_hazard.base"] == two["true_hazard.base"]).all()


def test_adding_numbers_and_actors_moves_no_other():
    """A new actor, a new issue or another order of the file leaves every draw as it was."""
    scenario = shipped("ceasefire")
    raw = scenario.model_dump()
    raw["actors"] = dict(reversed(raw["actors"].items()))
    raw["issues"] = dict(reversed(raw["issues"].items()))
    raw["actors"]["newcomer"] = {"role": "guarantor", "patience": number(0.5, 0.1, 0.9)}
    changed = type(scenario).model_validate(raw)
    one, two = draw(scenario, np.arange(50)), draw(changed, np.arange(50))
    for path in scenario.numbers:
        assert (one[path] == two[path]).all(), path


def test_the_seed_moves_everything():
    """Another seed is another sample."""
    scenario = shipped("ceasefire")
    other = scenario.model_copy(update={"seed": "another"})
    one, two = (draw(found, np.arange(20)) for found in (scenario, other))
    for path, found in scenario.numbers.items():
        if found.quantity.spread and found.quantity.options is None:
            assert (one[path] != two[path]).any(), path


def test_mirrors_follow_and_may_be_fixed():
    """A mirror is its number times a factor, also through another mirror, unless it is fixed itself."""
    scenario = with_numbers(
        toy(),
        {
            "actors.A.power_shift": {"mirrors": "B.power_shift", "factor": -1.0, "value": 0.0, "assumed": "t"},
            "actors.B.power_shift": {"mirrors": "B.posture", "factor": 0.5, "value": 0.0, "assumed": "t"},
            "actors.B.posture": number(0.5, 0.0, 1.0),
        },
    )
    draws = draw(scenario, np.arange(20))
    np.testing.assert_allclose(draws["A.power_shift"], -0.5 * draws["B.posture"])
    fixed = draw(scenario, np.arange(20), fixed={"A.power_shift": 0.0})
    assert (fixed["A.power_shift"] == 0).all()
    assert (fixed["B.power_shift"] == draws["B.power_shift"]).all()
    follows = draw(scenario, np.arange(20), fixed={"B.posture": np.arange(20) / 20})
    np.testing.assert_allclose(follows["A.power_shift"], -0.5 * np.arange(20) / 20)


def test_a_mirror_of_nothing_is_refused():
    """Mirrors need something to mirror."""
    lost = {"mirrors": "B.nothing", "value": 0.0, "assumed": "t"}
    scenario = with_numbers(toy(), {"actors.A.power_shift": lost})
    with pytest.raises(InputError, match="mirrors"):
        draw(scenario, np.arange(2))


def test_fixing_an_unknown_path_is_refused():
    """The nearest right path is named."""
    with pytest.raises(InputError) as error:
        draw(toy(), np.arange(2), fixed={"A.patiense": 0.5})
    assert error.value.problems[0].nearest == "A.patience"
    with pytest.raises(InputError, match="no number"):
        draw(toy(), np.arange(2), uniform={"A.nothing": np.array([0.5, 0.5])})


def test_designs_replace_the_stream():
    """Quantiles handed over take the place of the number's own stream, and only of that."""
    scenario = shipped("labour")
    plain_draws = draw(scenario, np.arange(8))
    path = "union.patience"
    design = draw(scenario, np.arange(8), uniform={path: np.arange(8) / 8 + 0.01})
    assert (np.diff(design[path]) > 0).all()
    for other in scenario.numbers:
        assert other == path or (design[other] == plain_draws[other]).all()


@given(st.integers(0, 10_000), st.integers(1, 50))
def test_streams_can_be_read_from_anywhere(first, count):
    """Uniforms of draws n to n + c are the same whether one starts at 0 or at n, and lie inside (0, 1)."""
    whole = uniforms(np.arange(first + count), "seed", "stream")
    assert (whole[first:] == uniforms(np.arange(first, first + count), "seed", "stream")).all()
    assert whole.min() > 0
    assert whole.max() < 1


def test_streams_are_independent():
    """Two streams are uncorrelated, and each is uniform."""
    one, two = (uniforms(np.arange(20_000), "seed", name) for name in ("a", "b"))
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.03
    assert stats.kstest(one, "uniform").pvalue > 1e-4


@pytest.mark.slow
@pytest.mark.parametrize("case", ["purchase", "ceasefire"])
def test_what_follows_from_replaced_numbers_is_as_if_they_had_been_drawn_so(case):
    """Numbers that mirror others, and those that are the worth of a deal, move with what they follow from."""
    scenario = shipped(case)
    before = draw(scenario, np.arange(6))
    for path, one in scenario.numbers.items():
        if one.quantity.spread and not one.quantity.follows:
            low, high = ends(scenario, one)
            values = low + (high - low) * np.linspace(0.2, 0.8, 6)
            after, wanted = (
                replaced(scenario, before, {path: values}),
                draw(scenario, np.arange(6), fixed={path: values}),
            )
            for other in scenario.numbers:
                np.testing.assert_array_equal(after[other], wanted[other], err_msg=f"{path}: {other}")
    assert any(one.quantity.follows for one in scenario.numbers.values())
