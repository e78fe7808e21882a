"""Concession as a resource runs out."""

import numpy as np
import pytest

from sim.strategies import ResourceDependent, scarcity
from tests.strategies.hearings import hearing_of, pie


def test_worked_example():
    """Plenty of the resource concedes little more than kappa, none of it everything."""
    alpha = scarcity(np.array([0, 1, 3]), 0.25)
    assert alpha == pytest.approx([1.0, 0.5259095808785818, 0.28734030127589794])


def test_demand_falls_to_nothing_with_the_clock():
    """The time left is the resource: at the end nothing is asked for."""
    demands = [ResourceDependent(3.0).demand(hearing_of(pie(), time=time))[0] for time in (0, 0.5, 1)]
    assert demands == sorted(demands, reverse=True)
    assert demands[-1] == pytest.approx(0.0)
