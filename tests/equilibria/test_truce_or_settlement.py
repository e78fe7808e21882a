"""The fork: truce now, settlement later, or war."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.equilibria import Dispute, Document, truce_or_settlement

BASE = {
    "p": 0.55, "c": (0.12, 0.20), "r": 0.10, "z": 0.15, "y": 0.55, "x": 0.57, "h": (0.15, 0.02),
    "D": 0.0, "eta": 0.0, "m": 0.02, "d": 0.95,
}  # fmt: skip


def fork(**changes):
    """The illustrative war of theory's table T.7, with changes."""
    s = BASE | changes
    return truce_or_settlement(
        Dispute(s["p"], s["c"], (s["d"], s["d"])),
        Document(s["h"][0], 0.25, s["D"], (s["r"], 0.0), (s["eta"], s["eta"])),
        s["y"],
        Document(s["h"][1], 0.25, 0.0, (0.0, s["z"]), (s["eta"], s["eta"])),
        s["x"],
        m=s["m"],
    )


RUSSIA_LIKE = {"p": 0.58, "y": 0.52, "c": (0.10, 0.22), "r": 0.18, "D": -0.06, "eta": 0.02, "h": (0.2, 0.02)}


@pytest.mark.parametrize(
    ("changes", "ranges", "premia", "regime", "rounds"),
    [
        ({}, (0.530, 0.750, 0.430, 0.600), (0.0052, 0.0519, 0.1014, 0.0217), "both", 10.74),
        ({"D": -0.08}, (0.675, 0.895, 0.430, 0.600), (-0.0323, 0.0895, 0.1014, 0.0217), "both", 10.74),
        ({"D": -0.08, "h": (0.01, 0.02)}, (0.543, 0.763, 0.430, 0.600),
         (0.0060, 0.1789, 0.1014, 0.0217), "both", -5.68),
        ({"r": 0.25, "D": -0.04}, (0.752, 0.822, 0.430, 0.600),
         (-0.0525, 0.0707, 0.1014, 0.0217), "both", 26.8),
        ({"eta": 0.03}, (0.6155, 0.6645, 0.4414, 0.5886), (-0.0170, 0.0297, 0.0932, 0.0135), "both", 29.7),
        ({"z": 0.40}, (0.530, 0.750, 0.43, 0.35), (0.0052, 0.0519, 0.1014, -0.1594), "truce_only", None),
        ({"r": 0.40, "z": 0.45}, (0.83, 0.75, 0.43, 0.30),
         (-0.0727, 0.0519, 0.1014, -0.1957), "stalemate", None),
        (RUSSIA_LIKE, (None, None, 0.4876, 0.6424), (-0.0726, 0.0701, 0.0597, 0.0525), "settlement_only", None),
    ],
)  # fmt: skip
def test_table_of_scenarios(changes, ranges, premia, regime, rounds):
    """Ranges, premia, regime and joint threshold of eight illustrative wars."""
    it = fork(**changes)
    truce, settlement = it.truce_range, it.settlement_range
    for found, wanted in zip((truce.x_min, truce.x_max, settlement.x_min, settlement.x_max), ranges, strict=True):
        assert wanted is None or found == pytest.approx(wanted, abs=6e-4)
    found = (*truce.premium(it.line), *settlement.premium(it.terms))
    assert found == pytest.approx(premia, abs=6e-5)
    assert it.regime == regime
    if rounds is None:
        assert it.joint_delay_threshold is None
    else:
        assert it.joint_delay_threshold == pytest.approx(rounds, abs=0.05)


def test_pressure():
    """Pressure that makes the riser's opponent sign under either convention."""
    it = fork(**RUSSIA_LIKE)
    assert it.truce_range.length == pytest.approx(-0.012, abs=5e-4)
    assert it.pressure_terminal(0, 10) == pytest.approx(0.102, abs=5e-4)
    assert it.pressure_recursive(0, 10) == pytest.approx(0.079, abs=5e-4)


forks = st.builds(
    fork,
    r=st.floats(0, 0.5),
    z=st.floats(0, 0.5),
    D=st.floats(-0.2, 0.2),
    eta=st.floats(0, 0.1),
    y=st.floats(0.2, 0.8),
    x=st.floats(0.2, 0.8),
    m=st.floats(0, 0.2),
)


@given(forks, st.integers(0, 60))
def test_master_inequality(it, rounds):
    """A side signs exactly when the truce is worth its alternative, and pressure is what is missing."""
    for side in (0, 1):
        gain = it.recursive_value(side, rounds) - it.alternative(side, rounds)
        assert it.pressure_recursive(side, rounds) == pytest.approx(max(0.0, -gain), abs=1e-12)
        if abs(gain) > 1e-9:
            assert (gain > 0) == (it.slack(side, rounds) > 0)
        assert it.alternative(side, rounds) >= it.dispute.war[side] - 1e-9


@given(forks)
def test_thresholds_are_indifference(it):
    """At the threshold the settlement in prospect is worth exactly the truce."""
    for side in (0, 1):
        now = it.truce_range.premium(it.line)[side]
        rounds = it.delay_threshold(side)
        if rounds is not None:
            assert it.prospect(side, rounds) == pytest.approx(now)
        rounds = it.recursive_delay_threshold(side)
        if rounds is not None:
            assert it.prospect(side, rounds) * it.truce_range.loading[side].peace == pytest.approx(now)


def test_unequal_patience_has_no_joint_verdict():
    """Values of sides that discount differently are not added up."""
    it = truce_or_settlement(Dispute(0.5, (0.1, 0.1), (0.9, 0.95)), Document(0.1), 0.5, Document(0.0), 0.5, m=0.0)
    assert it.joint_delay_threshold is None
    assert it.truce_survives_prospect(3) is None
    assert it.truce_survives_recursion(3) is None


def test_refused_settlement_is_no_prospect():
    """Nobody counts on a settlement that the other refuses."""
    it = fork(z=0.40)
    assert it.prospect(0, 5) > 0
    assert it.alternative(0, 5) == it.dispute.war[0]
