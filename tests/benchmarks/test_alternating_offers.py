"""Alternating offers beside a plain C loop for the same rules, in one run."""

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from sim.engine import negotiate
from sim.foundations import Dice
from sim.protocols import AlternatingOffers
from sim.strategies import NearestToAspiration, Negotiator, OwnCurve, TimeDependent
from sim.table import BargainingTable

sys.path.insert(0, str(Path(__file__).parent / "peers"))

import plain_loop

pytestmark = [pytest.mark.slow, pytest.mark.skipif(plain_loop.compiler() is None, reason="there is no C compiler")]


@pytest.mark.parametrize("exponents", [(0.25, 0.25), (0.25, 4.0), (1.0, 1.0), (0.25, 0.25, 0.25)])
def test_beside_a_plain_loop(exponents):
    """The same agreements in every session, and in the median of interleaved rounds less than 2.5 times its CPU."""
    payoff = np.random.default_rng(0).dirichlet(np.ones(3), (2000, len(exponents))) @ np.random.default_rng(1).random(
        (3, 125)
    )
    people = tuple(Negotiator(TimeDependent(one), NearestToAspiration(), OwnCurve()) for one in exponents)
    ratios = []
    for _ in range(5):
        begun = time.process_time()
        talks = negotiate(
            AlternatingOffers(100, people), BargainingTable.of_payoffs(payoff), Dice("loop", np.arange(len(payoff)))
        )
        ours = time.process_time() - begun
        deal, round_ = plain_loop.sessions(payoff, exponents, np.arange(100) / 99)
        ratios.append(ours / (time.process_time() - begun - ours))
    assert np.array_equal(talks.deal, deal)
    assert np.array_equal(talks.round, round_)
    assert np.median(ratios) < 2.5
