"""Tables and hearings that the strategy tests share."""

import dataclasses

import numpy as np
from hypothesis import strategies as st

from sim.foundations import Dice
from sim.strategies import Hearing
from sim.table import BargainingTable


def pie(size=11, draws=1, disagreement=0.0):
    """A pie cut into equal steps: deal k gives the first actor k / (size - 1), the second the rest."""
    share = np.linspace(0, 1, size)
    payoff = np.broadcast_to(np.stack([share, 1 - share]), (draws, 2, size)).copy()
    return BargainingTable.of_payoffs(payoff, disagreement)


def hearing_of(table, actor=0, **known):
    """What an actor knows at the start of talks, with some of it replaced."""
    return dataclasses.replace(Hearing.begin(table, actor, Dice("test", np.arange(table.draws))), **known)


@st.composite
def tables(draw, actors=(2, 4), deals=(1, 12), draws=(1, 3)):
    """Random tables with red lines, disagreement values inside the range of payoffs, and ties."""
    shape = (draw(st.integers(*draws)), draw(st.integers(*actors)), draw(st.integers(*deals)))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    payoff = rng.integers(0, 21, shape) / 20
    table = BargainingTable.of_payoffs(payoff, rng.integers(0, 13, shape[:2]) / 20)
    return table.replace(permitted=rng.random(shape) < 0.9)
