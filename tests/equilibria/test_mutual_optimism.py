"""War because both expect to win."""

import numpy as np
import pytest

from sim.equilibria import mutual_optimism


def test_two_pairs_of_beliefs():
    """Beliefs .7 and .4 leave nothing to bargain over at costs of .25; pessimists find a wide range."""
    assert not mutual_optimism(0.7, 0.4, 0.1, 0.15).open
    assert mutual_optimism(0.4, 0.6, 0.05, 0.05).open


def test_optimism_against_costs():
    """The range is open exactly where optimism does not exceed the sum of costs, at the edge included."""
    beliefs = np.linspace(0.3, 1, 71)
    found = mutual_optimism(beliefs, 0.4, 0.1, 0.15)
    assert (found.open == (beliefs - 0.4 <= 0.25 + 1e-9)).all()
    assert found.high - found.low == pytest.approx(0.25 - (beliefs - 0.4))
