"""Numbers that make no sense are refused where they are written; those at a limit give its result."""

import numpy as np
import pytest
from pydantic import ValidationError

from sim import check
from sim.engine import simulate
from sim.foundations import InputError
from sim.runs.run_scenario import run
from sim.scenario import Scenario, asked_scenario, draw, read_case
from sim.scenario.changes import change
from sim.scenario.draws import Draws
from sim.scenario.quantity import Quantity
from sim.sweeps.axis_text import parse_axis
from sim.table import DealSpace
from tests.scenario.odd.sale import read, replaced, sale

RESERVE = "reservation = { value = 0.3 }"
EXPONENT = "exponent = { value = 0.8, low = 0.5, high = 1.2 }"
MIXED = """
[[talks.strategies.seller.mixture]]
aspiration = "relative-tit-for-tat"
weight = { value = 1 }
settings.lag = { value = LAG }
"""

OWN_VALUES = [
    "reservation = { value = 2400000 }",
    "reservation = { value = -0.5 }",
    "reservation = { value = 0.3, low = 0.1, high = 1.4 }",
    "reservation = { mirrors = 'buyer.salience.price' }",
    "reservation = { mirrors = 'seller.reservation', factor = -1 }",
    "reservation = { value = 0.3, options = { '0.3' = 1, '30' = 1 } }",
    "war_cost = { value = 2400000 }",
    "war_cost = { value = 0.1, low = 0, high = 1e200 }",
    "reservation = { value = 0.3 }\ncollapse_damage = { value = 5000 }",
    "reservation = { value = 0.3 }\npower_shift = { value = -2400000 }",
    "reservation = { value = 0.3 }\npressure.seller = { strength = { value = 75000 } }",
    "reservation = { value = 0.3 }\nvalues.paint = { grey = { value = 0 }, red = { value = 12 } }",
    "reservation = { value = 0.3 }\nbonus = { issues = ['price', 'days'], size = { value = 1e9 } }",
    "red_lines.home = { own_value = { value = 40 }, firmness = { value = 1 } }",
    "red_lines.home = { own_value = { value = 0.4 }, firmness = { value = 1 }, cost = { value = 900 } }",
]  # fmt: skip


@pytest.mark.parametrize("written", OWN_VALUES)
def test_own_values_have_a_scale(tmp_path, written):
    """Sums of money, percentages and numbers below 0 are refused at their line, with the unit."""
    with pytest.raises(InputError) as caught:
        read(tmp_path, replaced((RESERVE, written)))
    (problem,) = (one for one in caught.value.problems if "is missing" not in one.message)
    assert "in own value, where 0 is the worst deal for the actor and 1 the best" in problem.message
    assert problem.line
    assert problem.column
    assert problem.source in written


def test_own_values_are_checked_when_changed_swept_and_laid_over():
    """By `--set`, by an axis, and by an axis of a number that another one follows."""
    with pytest.raises(InputError, match="in own value"):
        change(sale(), {"seller.reservation": 2400000})
    with pytest.raises(InputError, match="in own value"):
        parse_axis("seller.reservation=0.5:2400000:3", sale())
    follows = sale((RESERVE, "reservation = { mirrors = 'seller.reservation', factor = 3 }"))
    with pytest.raises(InputError, match=r"3 × seller.reservation reaches 1.5"):
        parse_axis("seller.reservation=0.1:0.5:3", follows)


@pytest.mark.parametrize(
    ("written", "words", "source"),
    [
        ("exponent = { value = 0.8, low = -0.2, high = 1.2 }", '"exponent" must be above 0; got -0.2', "-0.2"),
        ("exponent = { mirrors = 'seller.reservation', factor = -1 }", '"exponent" must be above 0', "seller"),
        ("exponent = { value = 0.8, options = { '0.8' = 1, '-1' = 1 } }", '"exponent" must be above 0', "'-1'"),
        ("exponent = { value = 0.8, low = 0.5, high = 1e300 }", "must be from -1e+12 to 1e+12", "1e300"),
        ("kappa = { value = 0.5, low = 0, high = 2 }", '"kappa" must be at least 0, at most 1; got 2', "2"),
        (f"{EXPONENT}\n{MIXED.replace('LAG', '1e11')}", '"lag" must be at least 1, at most 10000', "1e11"),
        (f"{EXPONENT}\n{MIXED.replace('LAG', '2, low = 0, high = 3')}", '"lag" must be at least 1', "0"),
        (f"{EXPONENT}\n[talks.settings]\nresponses = 'voices'", '"responses"', "voices"),
    ],
)
def test_settings_are_checked_over_their_whole_range_before_anything_is_played(tmp_path, written, words, source):
    """What `check --quick` calls sound is taken by every draw; the value that is not is pointed at."""
    path = tmp_path / "sale.toml"
    path.write_text(replaced((EXPONENT, written)), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check(path, quick=True)
    (problem,) = caught.value.problems
    assert words in problem.message
    assert source in problem.source[problem.column - 1 :]


def test_what_is_sound_runs_wherever_its_numbers_fall():
    """Every setting at the very ends of what is allowed is played."""
    for written in ("exponent = { value = 1e-9 }", "exponent = { value = 1e12 }", "kappa = { value = 1 }"):
        results = run(sale((EXPONENT, f"{written}\n{MIXED.replace('LAG', '10000')}")), 4)
        assert np.isfinite(results["utility"].values).all()


@pytest.mark.parametrize(("value", "options"), [(140, ("140", "120")), (0.9, ("0.90", "1")), (1, ("0.9", "1.0"))])
def test_an_option_is_the_number_that_it_says(value, options):
    """However it is written: names of options are text in a file, the central value is a number."""
    found = Quantity(value=value, options=dict.fromkeys(options, 1), distribution="categorical", assumed="x")
    assert found.spread
    with pytest.raises(ValidationError, match="value 7 is not one of the options"):
        Quantity(value=7, options=dict.fromkeys(options, 1), distribution="categorical", assumed="x")


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("case", [pytest.param("ceasefire", marks=pytest.mark.slow), "pie"])
def test_the_limit_of_patience_is_that_of_its_neighbours(case):
    """Patience 1, and next to it, play as a little less does: no warning, nothing infinite, nothing turned around."""
    scenario = read_case(f"scenarios/{case}").scenario
    paths = [path for path in scenario.numbers if path.endswith(".patience")]
    found = [run(asked_scenario(scenario, dict.fromkeys(paths, value)), 40) for value in (1 - 1e-7, 1 - 2**-53, 1.0)]
    for results in found[1:]:
        assert results["ending"].values.tolist() == found[0]["ending"].values.tolist()
        np.testing.assert_allclose(results["utility"].values, found[0]["utility"].values, atol=2e-3)
        np.testing.assert_array_equal(results["deal"].values, found[0]["deal"].values)


def test_who_gives_weight_to_nothing_counts_for_nothing():
    """With somebody to whom nothing matters the talks go as without him, whatever else is said of him."""
    nobody = """
[actors.nobody]
patience = { value = 0.5 }
reservation = { value = 0.9 }
collapse_damage = { value = 1 }
salience = { price = { value = 0 } }
position = { price = { value = 2000000 } }
red_lines.mine = { own_value = { value = 0.9 }, firmness = { value = 1 } }

[actors.seller]
"""
    alone, beside = sale(), sale(("[actors.seller]\n", nobody))
    assert beside.parties == alone.parties == beside.order
    one, two = run(alone, 20), run(beside, 20)
    for name in ("ending", "deal", "round", "solution_deal", "acceptable_deals"):
        np.testing.assert_array_equal(two[name].values, one[name].values)
    np.testing.assert_array_equal(two["utility"].values[:, [0, 2]], one["utility"].values)
    named = sale(("[actors.seller]\n", nobody), ("rounds = 10", 'rounds = 10\norder = ["nobody", "buyer", "seller"]'))
    np.testing.assert_array_equal(run(named, 20)["deal"].values, one["deal"].values)


def test_a_range_of_one_value_is_a_constant():
    """Low equal to high draws that value, with every distribution."""
    for shape in ("uniform", "triangular", "beta", "truncated-normal"):
        written = f"reservation = {{ value = 0.3, low = 0.3, high = 0.3, distribution = '{shape}' }}"
        drawn = draw(sale((RESERVE, written)), np.arange(5))["buyer.reservation"]
        assert drawn.tolist() == [0.3] * 5


@pytest.mark.filterwarnings("ignore:invalid value")
def test_a_payoff_that_is_no_number_names_the_number_behind_it():
    """Draws that no file could give are stopped at the table, with the path and the draw."""
    scenario: Scenario = sale()
    draws = draw(scenario, np.arange(3))
    broken = Draws({**draws.values, "seller.reservation": np.array([0.2, np.inf, 0.2])}, draws.dice)
    with pytest.raises(InputError, match=r"cannot be computed in draw 1: seller.reservation is inf there"):
        simulate(DealSpace.of(scenario), broken)
