"""What others want, learned from what they offer: weights, values, and better deals for both."""

import numpy as np
import pytest

from sim.engine import negotiate
from sim.foundations import Dice, InputError
from sim.protocols import AlternatingOffers
from sim.strategies import FrequencyGuided, HardHeaded, Hearing, assemble
from sim.strategies.frequency_guided import frequency_worth
from sim.table import BargainingTable
from tests.strategies.test_trade_off import GRID, ONE, hearing, table


def index(levels):
    """Number of a deal of the grid."""
    return int(np.flatnonzero((np.array(levels) == GRID).all(axis=1))[0])


def test_what_never_moves_weighs_more():
    """The second issue stays at 0 while the first is given away: giving there is seen to matter less."""
    found = hearing(table(), [(1, (0, 0)), (1, (1, 0)), (1, (2, 0)), (1, (3, 0))])
    worth = frequency_worth(found, ONE, np.array([[index((4, 0)), index((0, 4))]]))[0]
    assert worth[0] > worth[1]


def test_what_is_named_often_is_worth_more():
    """A level that was offered three times beats one that was offered once."""
    found = hearing(table(), [(1, (0, 0)), (1, (0, 0)), (1, (0, 0)), (1, (1, 0))])
    worth = frequency_worth(found, ONE, np.array([[index((0, 0)), index((1, 0)), index((2, 0))]]))[0]
    assert worth[0] > worth[1] > worth[2]


def test_nobody_has_spoken():
    """Before anybody has offered anything nothing is known, and his own best within reach is proposed."""
    found = hearing(table(), [])
    assert not frequency_worth(found, ONE, np.array([[0, 24]])).any()
    assert GRID[FrequencyGuided().offer(found, np.array([1.0]))[0]].tolist() == [4, 4]


def test_of_what_is_as_good_he_offers_what_they_want():
    """Asking for 0.8 he gives the second issue, which they never move, and keeps the first."""
    found = hearing(table(), [(1, (0, 0)), (1, (1, 0)), (1, (2, 0))])
    assert GRID[FrequencyGuided().offer(found, np.array([0.8]))[0]].tolist() == [4, 0]


def met(offering, count=60):
    """Joint gains of two who concede alike, over random opposed weights."""
    rng = np.random.default_rng(3)
    first, second = rng.dirichlet([1, 1], count), rng.dirichlet([1, 1], count)
    place = GRID / 4
    payoff = np.stack([place @ first.T, (1 - place) @ second.T]).transpose(2, 0, 1)
    at = table(draws=count).replace(payoff=payoff, disagreement=np.zeros((count, 2)))
    strategies = (assemble(offering=offering, settings={"exponent": 0.5}),) * 2
    talks = negotiate(AlternatingOffers(30, strategies), at, Dice("meet", np.arange(count)))
    rows = np.arange(count)
    return float(np.where(talks.deal >= 0, at.payoff[rows, :, np.maximum(talks.deal, 0)].sum(axis=1), 0).mean())


def test_learning_finds_more_for_both():
    """Guided by what the other seems to want, two reach more together than by the nearest deal."""
    assert met("frequency-guided") > met("nearest-to-aspiration")


def test_hard_headed_as_published():
    """Half the time gone nothing is conceded; at the end he asks for the least (van Krimpen et al. 2013)."""
    found = hearing(table(), [])
    for time, expected in ((0.5, 1.0), (1.0, 0.585)):
        now = found.at(time, 0, 0, standing=np.array([-1]), heard=np.full((1, 2), np.nan))
        assert HardHeaded(least=0.585).demand(now)[0] == pytest.approx(expected, abs=1e-5)


def test_it_brings_its_own_rules():
    """Whoever names it gets the model and the acceptance rule of the paper."""
    parts = assemble("hard-headed")
    assert type(parts.offering).__name__ == "FrequencyGuided"
    assert type(parts.acceptance).__name__ == "AcNext"


@pytest.mark.parametrize("wrong", [{"band": 2.0}, {"window": 0}])
def test_settings_out_of_range(wrong):
    """Are refused."""
    with pytest.raises(InputError):
        FrequencyGuided(**wrong)


def test_what_was_named_once_of_once_is_worth_all_of_it():
    """Levels are worth their count by that of the one named most often; who has not spoken in a world counts in none.

    The second actor names (1, 0) in the first world alone, the third (0, 0) twice and (1, 0) once in the second.
    """
    others = BargainingTable.of_payoffs(np.ones((2, 3, 25)), deals=GRID, issues=("a", "b"))
    found = Hearing.begin(others, 0, Dice("test", np.arange(2)))
    for row, actor, levels, new in ((0, 1, (1, 0), True), (1, 2, (0, 0), True), (1, 2, (0, 0), False)):
        found.said.note(others, actor, np.array([row]), np.array([index(levels)]), np.array([new]))
    found.said.note(others, 2, np.array([1]), np.array([index((1, 0))]), np.array([True]))
    deals = np.array([[index((1, 0)), index((4, 4))]] * 2)
    first, second = frequency_worth(found, np.arange(2), deals)
    assert first.tolist() == [1.0, 0.0]
    # the third was on his first level of `a` in one of two different offers, and never moved on `b`
    assert second == pytest.approx([(1 / 2 * 1 / 2 + 1.0) / (1 / 2 + 1.0), 0.0])
