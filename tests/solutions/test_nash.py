"""The Nash solution on finite sets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError, ShapeError
from sim.solutions import BargainingProblem, Nash
from tests.solutions.problems import chosen, problem_of, quick, tables


def test_worked_examples():
    """Products of gains by hand: 4*5 = 20 is the largest of two, 3*4*4 = 48 of three parties."""
    assert chosen(Nash(), [[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2], [2, 2]], 1) == [2]
    three = [[1, 9, 3], [4, 6, 5], [6, 3, 6], [5, 5, 2], [3, 7, 4]]
    assert chosen(Nash(), three, [1, 2, 1]) == [1]


def test_undefined_when_nobody_gains_strictly():
    """Where every deal leaves somebody at disagreement, all products are zero and none is selected."""
    assert chosen(Nash(), [[2, 1], [1, 2]], 1) == []
    assert chosen(Nash(strict=False), [[2, 1], [1, 2]], 1) == [0, 1]


def test_reservation_value_below_every_point_is_kept():
    """Disagreement far below every value is used as it stands, not replaced by the minimum."""
    points = [[0.2, 0.9], [0.6, 0.45], [0.7, 0.3]]
    assert chosen(Nash(), points, [0.0, 0.0]) == [1]
    assert chosen(Nash(), points, [0.2, 0.3]) == [1]
    assert chosen(Nash(), points, [0.1, 0.28]) == [1]
    assert chosen(Nash(), points, [-9.0, -9.0]) == [0]


def test_weights_lean_towards_their_owner():
    """More weight for the first party never gives it less."""
    points = np.array([[k, 10 - k] for k in range(11)], float)
    gains = [points[chosen(Nash((w, 1 - w)), points)[0], 0] for w in (0.1, 0.3, 0.5, 0.7, 0.9)]
    assert gains == [1, 3, 5, 7, 9]


def test_unit_of_weights_does_not_matter():
    """Weights count relative to each other."""
    points = [[1, 9], [3, 8], [5, 6], [6, 4.5], [8, 2]]
    assert chosen(Nash((0.6, 0.2)), points) == chosen(Nash((30, 10)), points)


def test_party_without_weight_is_ignored():
    """A weight of zero takes a party's gain out of the product and out of the strictness test."""
    assert chosen(Nash((1, 0)), [[1, 5], [4, 0]]) == [1]


@pytest.mark.parametrize("weights", [(-1, 2), (0, 0), (float("nan"), 1), (float("inf"), 1)])
def test_bad_weights_are_refused(weights):
    """Negative, all-zero and non-finite weights are errors."""
    with pytest.raises(InputError, match="weights"):
        Nash(weights)


def test_wrong_number_of_weights_is_refused():
    """There is one weight per signer."""
    with pytest.raises(ShapeError, match="3 Nash weights for 2"):
        Nash((1, 1, 1)).ties(problem_of([[1, 1]]))


@quick
@given(table=tables(), data=st.data())
def test_independence_of_irrelevant_alternatives(table, data):
    """Taking away deals that were not selected leaves the selection as it was."""
    problem = BargainingProblem.of_table(table)
    selected = Nash().ties(problem)
    kept = np.array(data.draw(st.lists(st.booleans(), min_size=selected.size, max_size=selected.size)))
    smaller = problem.within(selected | kept.reshape(selected.shape))
    expected = selected & selected.any(axis=1, keepdims=True)
    assert (Nash().ties(smaller) == expected).all()


@quick
@given(table=tables())
def test_largest_product_by_exact_arithmetic(table):
    """On integers the selection is the set of exact maximisers with everybody strictly better off."""
    problem = BargainingProblem.of_table(table)
    product = problem.gains.prod(axis=1) * problem.feasible
    best = product.max(axis=1, keepdims=True)
    assert (Nash().ties(problem) == ((product == best) & (best > 0))).all()


def test_two_deals_that_tie_are_both_told():
    """(1, .16) and (.16, 1) have a product of .16 each, above the .089 of (.299, .299)."""
    assert chosen(Nash(), [[1, 0.16], [0.16, 1], [0.299, 0.299]]) == [0, 1]


def test_two_hundred_parties():
    """Products of two hundred gains neither vanish nor overflow; the deal with the larger one is selected."""
    for size in (1e-6, 1.0, 1e6):
        fair, lean = np.full(200, 1.0), np.where(np.arange(200) % 2, 1.9, 0.2)
        assert chosen(Nash(), np.array([lean, fair, lean]) * size) == [1]
        assert chosen(Nash(), np.array([fair, lean, fair]) * size) == [0, 2]
