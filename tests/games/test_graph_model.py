"""Conflicts as graphs."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import ShapeError
from sim.games import graph_model, graph_model_coalition


def elmira():
    """Moves and payoffs of the Elmira groundwater conflict: ministry, Uniroyal, local government."""
    data = json.loads((Path(__file__).parents[1] / "known_answers" / "data" / "games.json").read_text(encoding="utf-8"))
    given = next(case for case in data["gmcr"]["cases"] if case["id"] == "elmira")["inputs"]
    moves = np.zeros((3, 9, 9), dtype=bool)
    for maker, reach in enumerate(given["moves"]):
        for state, ends in reach.items():
            moves[maker, int(state), ends] = True
    return moves, -np.argsort(given["preference_best_to_worst"], axis=1)


def test_elmira():
    """Fang, Hipel and Kilgour 1993: the deadlock s5, s8 and s9 are equilibria, and a coalition undoes the deadlock."""
    moves, payoff = elmira()
    found = graph_model(moves, payoff).equilibria()
    assert np.flatnonzero(found["nash"][0]).tolist() == [4, 7, 8]
    assert np.flatnonzero(found["symmetric"][0]).tolist() == [0, 3, 4, 7, 8]
    together = graph_model_coalition(moves, payoff, (0, 1))
    assert not together.nash[0, 0, 4]
    assert together.nash[0, 0, 7]


def slow(moves, payoff, player):
    """Stability by plain recursion over sequences of moves: Nash, general, symmetric, sequential."""
    makers, states, _ = moves.shape

    def answers(state, only_improvements):
        found, todo = set(), [(state, None)]
        seen = set()
        while todo:
            here, last = todo.pop()
            for other in range(makers):
                if other in {player, last}:
                    continue
                for there in np.flatnonzero(moves[other, here]):
                    if only_improvements and payoff[other, there] <= payoff[other, here]:
                        continue
                    found.add(there)
                    if (there, other) not in seen:
                        seen.add((there, other))
                        todo.append((there, other))
        return found

    own = payoff[player]
    rows = []
    for state in range(states):
        better = [s for s in np.flatnonzero(moves[player, state]) if own[s] > own[state]]

        def stuck(there, here=state):
            return own[there] <= own[here] and all(own[s] <= own[here] for s in np.flatnonzero(moves[player, there]))

        rows.append(
            (
                not better,
                all(any(own[t] <= own[state] for t in answers(s, False)) for s in better),
                all(any(stuck(t) for t in answers(s, False)) for s in better),
                all(any(own[t] <= own[state] for t in answers(s, True)) for s in better),
            )
        )
    return np.array(rows).T


@pytest.mark.slow
@given(st.integers(2, 4), st.integers(2, 6), st.integers(0, 10**6))
def test_the_same_as_move_by_move(makers, states, seed):
    """Relations of states give what following every sequence of moves gives, in which nobody moves twice in a row."""
    dice = np.random.default_rng(seed)
    moves = dice.random((makers, states, states)) < 0.4
    moves[:, range(states), range(states)] = False
    payoff = dice.integers(0, 4, (3, makers, states))
    found = graph_model(moves, payoff)
    for world in range(3):
        for player in range(makers):
            expected = slow(moves, payoff[world], player)
            got = [one[world, player] for one in (found.nash, found.general, found.symmetric, found.sequential)]
            assert np.array(got).tolist() == expected.tolist()


@given(st.integers(2, 4), st.integers(2, 6), st.integers(0, 10**6))
def test_what_implies_what(makers, states, seed):
    """Nash is stable in every sense; symmetric and sequential stability are general ones; one member is a coalition."""
    dice = np.random.default_rng(seed)
    moves, payoff = dice.random((makers, states, states)) < 0.5, dice.integers(0, 4, (2, makers, states))
    found = graph_model(moves, payoff)
    assert (found.nash <= found.symmetric).all()
    assert (found.nash <= found.sequential).all()
    assert (found.symmetric <= found.general).all()
    assert (found.sequential <= found.general).all()
    alone = graph_model_coalition(moves, payoff, [1])
    assert alone.general[:, 0].tolist() == found.general[:, 1].tolist()


def test_nobody_moves_twice_in_a_row():
    """A punishment that needs two moves by the same party deters nobody."""
    moves = np.zeros((2, 4, 4), dtype=bool)
    moves[0, 0, 1] = moves[1, 1, 2] = moves[1, 2, 3] = True
    payoff = [[1, 2, 3, 0], [0, 0, 1, 2]]
    assert not graph_model(moves, payoff).general[0, 0, 0]
    moves[1, 1, 3] = True
    assert graph_model(moves, payoff).general[0, 0, 0]
    with pytest.raises(ShapeError, match="no graph model"):
        graph_model(moves, np.zeros((3, 4)))
