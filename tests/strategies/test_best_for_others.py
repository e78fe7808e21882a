"""The most attractive deal for the others among those good enough for him."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.strategies import BestForOthers, others_gain
from sim.table import BargainingTable
from tests.strategies.hearings import hearing_of, tables


def test_trades_off_at_equal_aspiration():
    """Of two deals he likes about equally he offers the one the other likes much more."""
    table = BargainingTable.of_payoffs([[1.0, 0.61, 0.6, 0.0], [0.0, 0.8, 0.2, 1.0]])
    assert BestForOthers().offer(hearing_of(table), np.array([0.6]))[0] == 1


def test_others_red_lines_come_last():
    """A deal across another's red line is worse for him than any that is not."""
    table = BargainingTable.of_payoffs([[1.0, 1.0], [1.0, 0.0]])
    table.permitted[0, 1, 0] = False
    assert others_gain(table, 0).argmax() == 1


def test_every_other_counts_on_a_scale_of_his_own():
    """From 0 at his worst deal to 1 at his best, however small the difference; who likes all alike adds nothing."""
    table = BargainingTable.of_payoffs([[9.0, 5.0, 1.0], [0.2, 0.3, 0.6], [3.0, 3.0, 3.0], [-8.0, -4.0, 0.0]])
    np.testing.assert_allclose(others_gain(table, 0), [[0.0, 0.25 + 0.5, 2.0]])


@given(tables(), st.floats(0, 1))
def test_agrees_with_a_scan(table, target):
    """The offer has the largest gain of the others among the deals that are good enough."""
    hearing = hearing_of(table)
    found = BestForOthers().offer(hearing, np.full(table.draws, target))
    allowed = table.acceptable[:, 0] & table.offerable
    gain = others_gain(table, 0)
    for b in range(table.draws):
        good = allowed[b] & (table.payoff[b, 0] >= target - 1e-9)
        if good.any():
            assert good[found[b]]
            assert gain[b, found[b]] == gain[b, good].max()
