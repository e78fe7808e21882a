"""How long a truce lasts."""

import numpy as np
import pytest

from sim.equilibria import truce_survival


def test_ten_rounds():
    """A constant hazard of 1 - exp(-.1) leaves 1 / e after ten rounds; a shape below 1 hardens the truce."""
    assert float(truce_survival(10, 0.1).survival) == pytest.approx(np.exp(-1))
    assert truce_survival([1, 2, 10], 0.15, 0.7, 0.5).hazard == pytest.approx(
        [0.0869636623970571, 0.05523323888578102, 0.03189939982387757]
    )


def test_hazards_multiply_up_to_survival():
    """The chance to survive is the product of surviving every round."""
    found = truce_survival(np.arange(1, 40), 0.2, 1.3, 0.4)
    assert np.cumprod(1 - found.hazard) == pytest.approx(found.survival)


def test_hazards_are_proportional():
    """A unit of safeguards divides the cumulated hazard by e at every age."""
    ages = np.arange(1, 10)
    weak, safe = truce_survival(ages, 0.2, 0.8), truce_survival(ages, 0.2, 0.8, 1.0)
    assert np.log1p(-weak.hazard) / np.log1p(-safe.hazard) == pytest.approx(np.e)
