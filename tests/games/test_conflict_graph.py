"""Conflicts as options that are taken or left."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import graph_model
from sim.games.conflict_graph import ConflictGraph, read_states, solve_conflict


def dilemma(payoff=((3, 0, 5, 1), (3, 5, 0, 1)), once=(False, False)):
    """Two who can each cooperate, CC, CD, DC, DD."""
    options = ((0, "cooperate"), (1, "cooperate"))
    names = ("CC", "CD", "DC", "DD")
    states = ("YY", "YN", "NY", "NN")
    return ConflictGraph("dilemma", ("first", "second"), options, states, names, once, np.array(payoff, float))


def test_the_dilemma():
    """Fang, Hipel and Kilgour 1993, chapter 3: defection is Nash stable, cooperation once answers are reckoned with."""
    found = solve_conflict(dilemma())
    assert found.equilibria == {"nash": (3,), "general": (0, 3), "symmetric": (0, 3), "sequential": (0, 3)}
    assert [(one.coalition, one.state) for one in found.escapes] == [((0, 1), 3)]


def test_what_is_taken_once_stays():
    """Where cooperation cannot be given up, nobody can move from CC, so it is stable for all."""
    conflict = dilemma(once=(True, True))
    assert not conflict.moves()[:, 0].any()
    assert 0 in solve_conflict(conflict).equilibria["nash"]


@given(st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=2))
def test_it_is_the_graph_model(payoff):
    """Stability is that of the graph model on moves by one's own options."""
    conflict = dilemma(payoff)
    found, asked = solve_conflict(conflict), graph_model(conflict.moves(), payoff)
    for name, stable in found.stable.items():
        assert (stable == getattr(asked, name)[0]).all()


def test_states_that_can_occur():
    """All combinations but the infeasible ones; patterns of another length are refused, and too many options."""
    assert len(read_states(3, (), ("YY-",))) == 6
    with pytest.raises(InputError, match="pattern"):
        read_states(2, ("YYY",), ())
    with pytest.raises(InputError, match="too many"):
        read_states(13, (), ())
