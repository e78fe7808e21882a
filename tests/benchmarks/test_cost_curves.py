"""The curves of what a case costs: powers are slopes, and no size costs more than in proportion."""

import numpy as np
import pytest

from tests.benchmarks.cost_curves import cases, drawn, power, seconds


def test_the_power_of_a_power():
    """Something that grows as the square has the power 2, whatever it begins with."""
    sizes = [1, 10, 100, 1000]
    assert power(sizes, [50.0, 51.0, 1e4, 1e6]) == pytest.approx(2)
    assert drawn({"x": (sizes, np.square(sizes).tolist())}).axes[0].get_title() == "x: power 2.00"


#: Turns in which both sizes are timed before the least times of each count.
TURNS = 12


@pytest.mark.slow
@pytest.mark.parametrize(
    ("curve", "small", "large"), [("actors", 6, 48), ("deals", 101, 1601), ("rounds", 25, 200), ("horizon", 120, 1920)]
)
def test_costs_grow_no_faster_than_in_proportion(curve, small, large):
    """Eight or sixteen times the size takes less than 16 or 32 times the time, where the square is 64 or 256.

    The two are timed by turns, and the least time of each counts, so that a busy machine slows both or neither.
    """
    sizes = cases()[curve]
    least = dict.fromkeys((small, large), np.inf)
    for _ in range(TURNS):
        for size in least:
            scenario, draws = sizes[size]
            least[size] = min(least[size], seconds(scenario, min(draws, 40), 1))
        if least[large] / least[small] < large / small:
            break
    assert least[large] / least[small] < 2 * large / small
