"""Minimal concession: a new deal for each new deal heard."""

import numpy as np

from sim.strategies import Micro, MicroOffering
from tests.strategies.hearings import hearing_of, pie


def test_walks_down_his_list():
    """With as many received as sent the next best deal is offered and asked for."""
    hearing = hearing_of(pie(), sent=np.array([3]), received=np.array([3]))
    assert MicroOffering().offer(hearing, np.array([0.0])).tolist() == [7]
    assert np.isclose(Micro().demand(hearing)[0], 0.7)


def test_repeats_while_others_have_shown_less():
    """With more sent than received he repeats an old deal and asks for his last new one."""
    hearing = hearing_of(pie(draws=300), sent=np.full(300, 3), received=np.full(300, 1))
    assert set(MicroOffering().offer(hearing, np.zeros(300)).tolist()) == {8, 9, 10}
    assert np.allclose(Micro().demand(hearing), 0.8)


def test_stops_at_no_deal():
    """Deals worth less than no deal are never reached, however much is heard."""
    hearing = hearing_of(pie(disagreement=0.8), sent=np.array([3]), received=np.array([9]))
    assert MicroOffering().offer(hearing, np.array([0.0]))[0] in {8, 9, 10}


def test_equal_deals_are_offered_one_by_one():
    """Deals of equal value to him are different deals and each is shown."""
    table = type(pie()).of_payoffs([[1.0, 1.0, 0.0], [0.0, 0.5, 1.0]])
    offers = [
        MicroOffering().offer(hearing_of(table, sent=np.array([n]), received=np.array([n])), np.zeros(1))[0]
        for n in range(3)
    ]
    assert offers == [0, 1, 2]
