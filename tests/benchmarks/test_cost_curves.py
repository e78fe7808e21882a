"""The curves of what a case costs: powers are slopes, and no size costs more than in proportion."""

import numpy as np
import pytest

from tests.benchmarks.cost_curves import cases, drawn, power, seconds


def test_the_power_of_a_power():
    """Something that grows as the square has the power 2, whatever it begins with."""
    sizes = [1, 10, 100, 1000]
    assert power(sizes, [50.0, 51.0, 1e4, 1e6]) == pytest.approx(2)
    assert drawn({"x": (sizes, np.square(sizes).tolist())}).axes[0].get_title() == "x: power 2.00"


@pytest.mark.slow
@pytest.mark.parametrize("curve", ["actors", "deals", "rounds", "horizon"])
def test_costs_grow_no_faster_than_in_proportion(curve):
    """So many times the size, less than twice as many times the time."""
    sizes = dict(list(cases()[curve].items())[1:3] if curve == "horizon" else list(cases()[curve].items())[-2:])
    taken = [seconds(scenario, min(draws, 60), 2) for scenario, draws in sizes.values()]
    small, large = sizes
    assert taken[1] / taken[0] < 2 * large / small
