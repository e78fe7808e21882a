"""Taking what is worth enough, once there is nothing better to propose."""

import numpy as np

from sim.engine import negotiate
from sim.foundations import Dice
from sim.protocols import AlternatingOffers
from sim.strategies import SwapFirst, assemble
from sim.table import BargainingTable
from tests.strategies.hearings import hearing_of, pie


def answers(hearing, target=0.55):
    """Whether he says yes."""
    return SwapFirst().accepts(hearing, np.array([target])).tolist()


def test_says_yes_once_he_has_no_better_idea():
    """Asking for 0.55 he refuses 0.54, takes 0.57 where his next offer is no better, and else proposes it first."""
    for value, following, answer in ((0.54, 0.5, False), (0.57, 0.57, True), (0.57, 0.6, False)):
        hearing = hearing_of(pie(), standing=np.array([value]), next_offer=np.array([following]))
        assert answers(hearing) == [answer]


def test_says_yes_in_the_last_round():
    """There is no time left for a better idea."""
    assert answers(hearing_of(pie(), standing=np.array([0.57]), next_offer=np.array([0.6]), time=1.0)) == [True]


def test_what_he_has_just_proposed_is_no_new_idea():
    """The swap was refused, so he takes what stands."""
    hearing = hearing_of(pie(), standing=np.array([0.6]), next_offer=np.array([0.7]))
    assert answers(hearing) == [False]
    hearing.said.note(hearing.table, 0, np.array([0]), np.array([7]), np.array([True]))
    assert answers(hearing) == [True]


def test_a_swap_before_the_yes_wastes_less():
    """Both trade off: with a look before the yes fewer agreements could have been better for both."""
    generator = np.random.default_rng(3)
    grid = np.array([[i, j] for i in range(5) for j in range(5)])
    first, second = generator.random((2, 200, 1))
    payoff = np.stack([first * grid[:, 0] / 4 + (1 - first) * grid[:, 1] / 4,
                       second * (1 - grid[:, 0] / 4) + (1 - second) * (1 - grid[:, 1] / 4)], axis=1)  # fmt: skip
    table = BargainingTable.of_payoffs(payoff, 0.2, deals=grid, issues=("a", "b"))
    wasted = []
    for rule in ("own-curve", "swap-first"):
        talks = negotiate(AlternatingOffers(20, (assemble(offering="trade-off", acceptance=rule),) * 2), table,
                          Dice("test", np.arange(200)))  # fmt: skip
        more = table.payoff - table.payoff[np.arange(200), :, talks.deal][:, :, None]
        wasted.append(float(((more >= -1e-9).all(axis=1) & (more > 1e-9).any(axis=1)).any(axis=1).mean()))
    assert wasted[1] < wasted[0]
