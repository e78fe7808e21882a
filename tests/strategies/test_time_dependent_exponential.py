"""Exponential concession by the clock."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.strategies import TimeDependentExponential, exponential
from tests.strategies.hearings import hearing_of, pie

SHARE, EXPONENT = st.floats(0, 1), st.floats(0.05, 20)


def test_worked_example():
    """The published curve for beta 0.2 and a first concession of 0.1."""
    alpha = exponential(np.array([0, 0.25, 0.5, 0.75, 1]), 0.2, 0.1)
    assert alpha == pytest.approx([0.1, 0.11373980745130875, 0.1347253860441753, 0.174639193359781, 1.0])


def test_no_first_concession_is_refused():
    """With kappa 0 the curve would stay at 0 for ever, so it is refused with its value."""
    with pytest.raises(InputError, match="above 0"):
        TimeDependentExponential(kappa=0.0)
    with pytest.raises(InputError, match="above 0"):
        exponential(0.5, 1.0, 0.0)
    with pytest.raises(InputError, match="kappa"):
        exponential(0.5, 1.0, 1.5)


@given(SHARE, SHARE, EXPONENT, EXPONENT)
def test_monotone_and_boulware_above_conceder(one, other, first, second):
    """Demands never rise in time, nor with the exponent."""
    early, late = sorted((one, other))
    tough, soft = sorted((first, second))
    assert exponential(early, tough, 0.05) <= exponential(late, tough, 0.05) + 1e-12
    assert exponential(early, tough, 0.05) <= exponential(early, soft, 0.05) + 1e-12


def test_demand_is_what_is_left():
    """Demand is one minus the share conceded."""
    assert TimeDependentExponential(1.0, 0.1).demand(hearing_of(pie())) == pytest.approx([0.9])
