"""A sweep in one call is the sweep of the command line."""

import numpy as np
import pytest

import sim
from sim.foundations import InputError
from sim.scenario import change
from sim.sweeps import sweep_in_memory
from tests.sweeps.faulty import tiny, tiny_scenario


def test_it_is_the_sweep_of_the_same_axis():
    """Text as on the command line gives the same shares."""
    found = sim.sweep(tiny_scenario(), over={"p.patience": "0.5:0.9:3"}, draws=30)
    expected = sweep_in_memory(tiny(over=("p.patience=0.5:0.9:3",), draws=30))
    np.testing.assert_array_equal(found["ending_share"].values, expected["ending_share"].values)


def test_values_and_choices_of_words():
    """Lists of numbers and of names are axes; what comes out is labelled with them."""
    over = {"p.patience": [0.5, 0.9], "talks.protocol": ["alternating-offers", "zeuthen"]}
    found = sim.sweep(tiny_scenario(), over=over, draws=20)
    assert found["p.patience"].values.tolist() == [0.5, 0.9]
    assert found["talks.protocol"].values.tolist() == ["alternating-offers", "zeuthen"]
    shares = found["ending_share"].sel(group="all").sum("ending")
    np.testing.assert_allclose(shares.values, 1.0)


def test_scattered_designs():
    """A Latin hypercube has points instead of a grid."""
    found = sim.sweep(tiny_scenario(), over={"p.patience": "0.5:0.9"}, design="lhs", points=4, draws=5)
    assert found.sizes["point"] == 4


def test_overlays_that_are_given_can_be_an_axis():
    """Under the overlay the share is that of the scenario it stands for."""
    scenario = tiny_scenario()
    other = change(scenario, {"talks.protocol": "zeuthen"})
    found = sim.sweep(scenario, over={"overlay": ["base", "other"]}, overlays={"other": other}, draws=20)
    alone = np.bincount(sim.run(other, 20)["ending"].values, minlength=5) / 20
    np.testing.assert_allclose(found["ending_share"].sel(overlay="other", group="all").values, alone)


@pytest.mark.parametrize("over", [{}, {"p.patence": [0.5]}, {"p.patience": []}, {"overlay": ["nowhere"]}])
def test_what_makes_no_sense_is_refused(over):
    """Nothing to vary, a path or an overlay that does not exist, no value."""
    with pytest.raises(InputError):
        sim.sweep(tiny_scenario(), over=over, draws=2)
