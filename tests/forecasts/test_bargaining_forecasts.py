"""Forecasts in which no deal has a price: the weighted Nash product, and one who proposes."""

import numpy as np
import pytest

from sim.forecasts import AgendaSetter, CompromiseModel, Stakeholders, WeightedNash
from sim.foundations import InputError
from tests.forecasts.emission_standards import states


def test_the_nash_forecast_tends_to_the_compromise_model():
    """As no deal gets worse for all alike, the product is largest at the weighted mean."""
    mean = CompromiseModel().predict(states()).decision[0, 0]
    far = [
        abs(WeightedNash(no_deal="loss", no_deal_loss=loss).predict(states()).decision[0, 0] - mean)
        for loss in (1.5, 15, 150, 15_000)
    ]
    assert far == sorted(far, reverse=True)
    assert far[-1] < 1e-3


def test_who_stands_at_the_status_quo_can_stop_everything():
    """With the status quo as no deal, one actor there leaves no gain for all, whatever the others want."""
    found = Stakeholders.of_issue([0, 10, 10], [1, 1, 1], [1, 9, 9], status_quo=0)
    assert WeightedNash().predict(found).decision[0, 0] == 0


def test_two_divide_by_their_weights():
    """On a line between two wishes the first-order condition of the product holds."""
    found = Stakeholders.of_issue([0, 10], [1, 1], [1, 3])
    place = WeightedNash(no_deal="loss", no_deal_loss=1.0).predict(found).decision[0, 0] / 10
    assert 1 * -2 * place / (1 - place**2) + 3 * 2 * (1 - place) / (1 - (1 - place) ** 2) == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(
    ("quo", "decided"),
    [(0, 8.0), (3, 5.0), (4, 4.0), (9, 9.0)],
    ids=["far away: the mirror of the median", "near: less to win", "the median: nothing", "beyond: nothing passes"],
)
def test_the_setter_gets_what_the_pivot_takes(quo, decided):
    """The proposer at 10 gets the median's mirror image of the status quo, or his own wish if that is nearer."""
    found = Stakeholders.of_issue([10, 4, 3], [1, 1, 1], [1, 1, 1], low=0, high=10, status_quo=quo)
    assert AgendaSetter(proposer=0).predict(found).decision[0, 0] == pytest.approx(decided)


def test_unanimity_gives_everybody_a_veto():
    """With a quota of 1 an actor at the status quo keeps it."""
    found = Stakeholders.of_issue([10, 4, 0], [1, 1, 1], [1, 1, 1], low=0, high=10, status_quo=0)
    assert AgendaSetter(proposer=0, quota=1.0).predict(found).decision[0, 0] == 0
    assert AgendaSetter(proposer=0, quota=0.5).predict(found).decision[0, 0] == 8


def test_settings_are_checked():
    """Quotas, losses and proposers that cannot be are errors that say so."""
    with pytest.raises(InputError, match="quota"):
        AgendaSetter(quota=0)
    with pytest.raises(InputError, match="no actor number 17"):
        AgendaSetter(proposer=17).predict(states())
    with pytest.raises(InputError, match="finite"):
        WeightedNash(no_deal_loss=np.inf)
