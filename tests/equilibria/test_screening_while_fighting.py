"""Offers between rounds of fighting."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import crisis_ultimatum, screening_while_fighting
from sim.foundations import InputError


def test_three_offers():
    """Half of later gains survive a round: offers fall from .429 to .178 of the highest cost."""
    found = screening_while_fighting(1.0, 0.0, 0.5, 3)
    assert found.offers == pytest.approx([0.42908, 0.26633, 0.17755], abs=5e-6)
    assert (np.diff(found.fighting) < 0).all()


def test_one_offer_is_an_ultimatum():
    """A single offer, and two of which nothing survives between, ask what Fearon's side asks."""
    alone, plain = screening_while_fighting(0.4, 0.1, 0.5, 1), crisis_ultimatum(0.5, 0.1, 0.0, 0.4)
    assert alone.offers[0] + 0.5 == pytest.approx(float(plain.demand))
    assert alone.fighting[0] == pytest.approx(float(plain.war))
    assert screening_while_fighting(0.4, 0.0, 0.0, 2).offers[0] == pytest.approx(0.2)


@given(st.floats(0.1, 1), st.floats(0, 1), st.floats(0, 0.99))
def test_no_first_cutoff_pays_better(highest, cost, gamma):
    """Among all types at which A could separate in the first of two offers none gains more."""
    found = screening_while_fighting(highest, cost, gamma, 2)
    cut = np.linspace(0, highest, 2001)
    last = np.maximum(0, (cut - cost) / 2)
    gain = (highest - cut) * (cut * (1 - gamma) + gamma * last + cost) + gamma * (cut - last) * (last + cost)
    assert found.premium >= gain.max() / highest - 1e-6
    assert found.premium == pytest.approx(gain.max() / highest, abs=1e-4)


def test_a_mild_second_offer_can_be_better():
    """At costs up to .2333 and a cost of .1 the interior formula holds formally, but all should accept in the end."""
    found = screening_while_fighting(0.2334, 0.1, 0.5, 2)
    assert found.offers[1] == 0
    assert found.fighting[1] == 0


def test_frequent_offers_eat_the_gain():
    """Coase: what A gains falls with the number of offers when little is lost between them."""
    gains = [screening_while_fighting(1.0, 0.0, 0.95, offers).premium for offers in (1, 2, 5, 20)]
    assert gains == sorted(gains, reverse=True)
    with pytest.raises(InputError, match="one or two offers"):
        screening_while_fighting(1.0, 0.1, 0.9, 3)
