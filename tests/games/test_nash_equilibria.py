"""All equilibria of two players."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.games import nash_equilibria, pure_equilibria

SIZES = st.tuples(st.integers(1, 4), st.integers(1, 4))


def told(found):
    """Equilibria as lists."""
    return [[x.tolist(), y.tolist()] for x, y in found.extreme]


def test_three_equilibria():
    """Von Stengel 2007, 3 x 2: one pure and two mixed equilibria, each a point."""
    found = nash_equilibria([[[3, 3], [2, 5], [0, 6]], [[3, 2], [2, 6], [3, 1]]])
    expected = [[[1, 0, 0], [1, 0]], [[0.8, 0.2, 0], [2 / 3, 1 / 3]], [[0, 1 / 3, 2 / 3], [1 / 3, 2 / 3]]]
    for one, other in zip(told(found), expected, strict=True):
        assert one[0] == pytest.approx(other[0])
        assert one[1] == pytest.approx(other[1])
    assert all(one.isolated for one in found.sets)


def test_a_segment_is_told_as_one():
    """The degenerate variant has three corners: a segment of column mixtures, and a point apart from it."""
    found = nash_equilibria([[[3, 3], [2, 5], [0, 6]], [[3, 3], [2, 6], [3, 1]]])
    segment, point = found.sets
    assert len(found.extreme) == 3
    assert segment.rows.tolist() == [[1, 0, 0]]
    assert segment.columns == pytest.approx(np.array([[1, 0], [2 / 3, 1 / 3]]))
    assert (segment.isolated, point.isolated, found.unique) == (False, True, False)


@given(SIZES, st.integers(0, 10**6), st.booleans())
def test_nobody_gains_by_deviating(size, seed, coarse):
    """At every corner, and at every mixture within a set, no pure strategy pays better; pure equilibria are there."""
    dice = np.random.default_rng(seed)
    a, b = dice.integers(-2, 3, (2, *size)).astype(float) if coarse else dice.normal(size=(2, *size))
    found = nash_equilibria([a, b])
    assert found.extreme
    for one in found.sets:
        x = dice.dirichlet(np.ones(len(one.rows))) @ one.rows
        y = dice.dirichlet(np.ones(len(one.columns))) @ one.columns
        assert (a @ y).max() <= x @ a @ y + 1e-8
        assert (x @ b).max() <= x @ b @ y + 1e-8
    pure = {(int(x.argmax()), int(y.argmax())) for x, y in found.extreme if x.max() == y.max() == 1}
    assert pure == {tuple(one) for one in pure_equilibria([a, b]).tolist()}


def test_scale_changes_nothing():
    """Payoffs a billion times smaller, or far above zero, have the same equilibria."""
    games = np.array([[[2.0, 0], [0, 1]], [[1, 0], [0, 2]]])
    for other in (games * 1e-9, games * 1e9, games + 1e6, -5 + 3 * games):
        assert np.allclose(told(nash_equilibria(other)), told(nash_equilibria(games)))
    assert len(nash_equilibria(np.zeros((2, 2, 2))).extreme) == 4


def test_what_is_not_enumerated():
    """More than two players, or very many strategies, are refused with the solvers that can."""
    with pytest.raises(InputError, match="logit-qre"):
        nash_equilibria(np.zeros((3, 2, 2, 2)))
    with pytest.raises(InputError, match="too many"):
        nash_equilibria(np.zeros((2, 15, 15)))
