"""A mediator who knows more."""

import numpy as np
import pytest

from sim.equilibria import biased_mediator


def test_the_bias_needed():
    """With an error of one in ten, and a war that costs him 1, he must put weight .476 on A's share."""
    assert float(biased_mediator(1.0, 0.1, 0.1, 0.05, 0.3)) == pytest.approx(0.1 / 0.21)


def test_who_wants_only_peace_is_not_believed():
    """No bias, no belief; a mediator who never errs needs none; where pressing on does not pay nobody is believed."""
    assert (biased_mediator(np.array([0.5, 1.0, 2.0]), 0.1, 0.1, 0.05, 0.3) > 0).all()
    assert float(biased_mediator(1.0, 0.0, 0.1, 0.05, 0.3)) == 0
    assert float(biased_mediator(1.0, 0.9, 0.1, 0.05, 0.3)) == np.inf


def test_at_the_bias_he_is_indifferent():
    """What A gains from pressing on, times the bias, is what an error costs him."""
    bias = float(biased_mediator(2.0, 0.2, 0.1, 0.05, 0.5))
    press, restrain = 0.8 * (0.6 + 0.5) + 0.2 * (0.6 - 0.1), 0.6 + 0.05
    assert bias * press - 2.0 * 0.2 == pytest.approx(bias * restrain)
