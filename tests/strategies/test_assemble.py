"""Negotiators put together from names and numbers."""

import numpy as np
import pytest

from sim.foundations import InputError, UnknownNameError
from sim.strategies import MicroOffering, Mixture, OwnCurve, assemble


def test_settings_go_to_the_part_that_has_them():
    """Exponent goes to the aspiration, factor to the acceptance rule, tolerance to the negotiator."""
    made = assemble(settings={"exponent": np.array([0.2]), "factor": 1.1, "tolerance": 0.01})
    assert made.aspiration.exponent.tolist() == [0.2]
    assert made.acceptance.factor == 1.1
    assert made.tolerance == 0.01


def test_whole_strategies_bring_their_rules():
    """MiCRO is no aspiration to be combined: it comes with its offering and acceptance."""
    made = assemble("micro", "nearest-to-aspiration", "ac-time")
    assert isinstance(made.offering, MicroOffering)
    assert isinstance(made.acceptance, OwnCurve)


def test_mixture():
    """Tactics with weights become one aspiration."""
    made = assemble(mixture=[("hard-liner", 1.0, {}), ("time-dependent", 2.0, {"exponent": 3.0})])
    assert isinstance(made.aspiration, Mixture)
    assert made.aspiration.weights == (1.0, 2.0)
    assert made.aspiration.aspirations[1].exponent == 3.0


def test_unknown_names_are_refused_with_the_nearest():
    """A wrong strategy and a wrong setting each name the nearest right one."""
    with pytest.raises(UnknownNameError, match="hard-liner"):
        assemble("hardliner")
    with pytest.raises(InputError) as refused:
        assemble(settings={"exponnent": 1.0})
    assert refused.value.problems[0].nearest == "exponent"


@pytest.mark.parametrize(
    ("names", "settings"),
    [
        (("time-dependent",), {"exponent": 0.0}),
        (("time-dependent",), {"kappa": np.array([0.5, 1.5])}),
        (("resource-dependent",), {"resource": -1.0}),
        (("relative-tit-for-tat",), {"lag": 0.0}),
        (("random-absolute-tit-for-tat",), {"spread": float("nan")}),
        (("averaged-tit-for-tat",), {"window": 0.0}),
        (("hard-liner", "nearest-to-aspiration", "ac-const"), {"mark": 2.0}),
        (("hard-liner", "best-for-others", "ac-combi"), {"after": -0.1}),
        (("hard-liner",), {"tolerance": -1.0}),
    ],
)
def test_settings_out_of_range_are_refused(names, settings):
    """A number outside the range in which a formula means something is an error that names it."""
    with pytest.raises(InputError, match=next(iter(settings))):
        assemble(*names, settings=settings)
