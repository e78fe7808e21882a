"""Taking what is no worse than what one would ask next."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.strategies import AcNext
from tests.strategies.hearings import hearing_of, pie

TARGET = np.array([0.55])


def test_compares_with_the_next_offer_not_the_curve():
    """Asking for 0.55 he would offer 0.6, so 0.57 is refused and 0.6 taken."""
    for value, answer in ((0.57, False), (0.6, True), (0.9, True)):
        hearing = hearing_of(pie(), standing=np.array([value]), next_offer=np.array([0.6]))
        assert AcNext().accepts(hearing, TARGET).tolist() == [answer]


def test_factor_and_gap():
    """Both make an offer look better than it is."""
    hearing = hearing_of(pie(), standing=np.array([0.5]), next_offer=np.array([0.6]))
    assert AcNext(factor=1.2).accepts(hearing, TARGET).all()
    assert AcNext(gap=0.1).accepts(hearing, TARGET).all()
    assert not AcNext(gap=0.05).accepts(hearing, TARGET).any()


def test_falls_back_on_the_target_where_he_is_silent():
    """Without an offer of his own he compares with what he asks for."""
    hearing = hearing_of(pie(), standing=np.array([0.55]))
    assert AcNext().accepts(hearing, TARGET).all()


def test_a_standing_offer_counts_as_it_is_without_settings():
    """With a factor, a gap, or one of them for each draw it does not."""
    assert AcNext().plain
    assert AcNext(1.0, 0.0).plain
    for other in (AcNext(factor=1.1), AcNext(gap=0.1), AcNext(factor=np.ones(2)), AcNext(gap=np.zeros(2))):
        assert not other.plain


def test_a_factor_of_nothing_is_refused():
    """It would make all offers alike."""
    with pytest.raises(InputError, match="factor"):
        AcNext(factor=0.0)
