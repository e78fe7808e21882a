"""Several aspirations at once."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.strategies import HardLiner, Mixture, TimeDependent
from tests.strategies.hearings import hearing_of, pie


def test_weighted_mean():
    """Three parts hard-liner to one part linear asks for 0.875 at half time."""
    mixture = Mixture((TimeDependent(), HardLiner()), (1.0, 3.0))
    assert mixture.demand(hearing_of(pie(), time=0.5)) == pytest.approx([0.875])


def test_weights_may_differ_between_draws():
    """A weight for each draw mixes differently in each, and select keeps them apart."""
    mixture = Mixture((TimeDependent(), HardLiner()), (1.0, np.array([0.0, 1.0])))
    assert mixture.demand(hearing_of(pie(draws=2), time=0.5)) == pytest.approx([0.5, 0.75])
    assert mixture.select(np.array([1])).demand(hearing_of(pie(), time=0.5)) == pytest.approx([0.75])


def test_all_weights_zero_is_the_plain_mean():
    """Where every weight is drawn as zero the tactics count equally."""
    assert Mixture(weights=(0.0, 0.0)).demand(hearing_of(pie(), time=1.0)) == pytest.approx([0.5])


def test_one_weight_for_each_tactic():
    """A missing weight is refused with both counts."""
    with pytest.raises(InputError, match="1 for 2"):
        Mixture((TimeDependent(), HardLiner()), (1.0,))


def test_without_weights_both_halves_count_alike():
    """The clock and the hard line, half and half."""
    assert Mixture().demand(hearing_of(pie(), time=1.0)) == pytest.approx([0.5])
    assert Mixture().weights == (0.5, 0.5)
