"""Self-fulfilling truces."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import endogenous_hazard


def solve(b, E, s, delta):
    """Both sides alike."""
    return endogenous_hazard((b, b), (E, E), (s, s), delta)


def test_worked_examples():
    """One equilibrium, two, and the one in which nobody waits."""
    one = solve(0.1, 0.05, 0.02, 0.95)
    assert one.calm.hazard == pytest.approx(0.0011583965125269158, abs=1e-12)
    assert not one.multiple
    two = solve(0.15, 0.004, 0.02, 0.98)
    assert two.calm.hazard == pytest.approx(0.001073840287394101, abs=1e-12)
    assert two.fragile.hazard == pytest.approx(0.5297416797735333, abs=1e-10)
    assert two.multiple
    free = solve(0.1, 0.0, 0.02, 0.95)
    assert free.fragile.breaks == (1.0, 1.0)
    assert free.fragile.value == pytest.approx((0.024, 0.024))


@pytest.mark.slow
@given(
    st.tuples(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3)),
    st.tuples(st.floats(0, 0.1), st.floats(0, 0.1)),
    st.tuples(st.floats(0.005, 0.1), st.floats(0.005, 0.1)),
    st.floats(0.5, 0.99),
)
def test_equilibrium_conditions(flow, penalty, temptation, delta):
    """Nobody gains by another cut-off, the value repeats itself, and calm is at most as risky as fragile."""
    found = endogenous_hazard(flow, penalty, temptation, delta)
    for play in (found.calm, found.fragile):
        for i, j in ((0, 1), (1, 0)):
            trust, value = 1 - play.breaks[j], play.value[i]
            cut = penalty[i] + trust * value
            breaks = math.exp(-cut / temptation[i]) if cut >= 0 else 1.0
            assert play.breaks[i] == pytest.approx(breaks, abs=1e-6)
            gain = temptation[i] * breaks if cut >= 0 else temptation[i] - cut
            ahead = (1 - delta) * flow[i] + delta * (trust * value + gain)
            assert value == pytest.approx(ahead, abs=1e-6)
    assert found.calm.hazard <= found.fragile.hazard + 1e-9


def test_unnatural_truces_are_fragile():
    """Terms below what a side could fight for raise the hazard; enforcement lowers it."""
    hazards = [solve(b, 0.02, 0.02, 0.95).calm.hazard for b in (-0.1, 0.0, 0.05, 0.1)]
    assert hazards == sorted(hazards, reverse=True)
    assert solve(0.05, 0.06, 0.02, 0.95).calm.hazard < solve(0.05, 0.02, 0.02, 0.95).calm.hazard


def test_each_side_has_its_own_numbers():
    """Two sides that differ in all of them: y = ((1 - delta) b + delta a s) / (1 - delta + delta a'), side by side."""
    flow, penalty, temptation, delta = (0.1, 0.2), (0.02, 0.03), (0.02, 0.05), 0.95
    found = endogenous_hazard(flow, penalty, temptation, delta)
    for play in (found.calm, found.fragile):
        for i, j in ((0, 1), (1, 0)):
            stays = 1 - delta + delta * play.breaks[j]
            value = ((1 - delta) * flow[i] + delta * play.breaks[i] * temptation[i]) / stays
            assert 0 < play.breaks[i] < 1
            assert play.value[i] == pytest.approx(value, rel=1e-9)
            cut = penalty[i] + (1 - play.breaks[j]) * value
            assert play.breaks[i] == pytest.approx(math.exp(-cut / temptation[i]), rel=1e-6)
