"""Reading a bargaining problem off a table."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from sim.foundations import ShapeError
from sim.solutions import BargainingProblem
from sim.table import BargainingTable, SigningRule
from tests.solutions.problems import quick, tables


@quick
@given(table=tables())
def test_unanimity_is_the_signable_set(table):
    """Under unanimity the feasible deals are those that could be signed."""
    assert (BargainingProblem.of_table(table).feasible == table.signable).all()


def test_indifference_is_acceptance():
    """A deal a hair below disagreement, within the tolerance, is feasible and worth no gain."""
    problem = BargainingProblem.of_table(BargainingTable.of_payoffs([[1 - 1e-10], [2.0]], 1.0))
    assert problem.feasible.tolist() == [[True]]
    assert problem.gains.tolist() == [[[0.0], [1.0]]]


def test_ideal_is_zero_where_nothing_is_feasible():
    """Without a feasible deal nobody has an ideal gain."""
    assert BargainingProblem.of_table(BargainingTable.of_payoffs([[5], [-1]])).ideal.tolist() == [[0, 0]]


def test_nobody_signs_is_refused():
    """A table without signers has no bargaining problem."""
    table = BargainingTable.of_payoffs([[1.0], [1.0]])
    nobody = SigningRule(np.zeros(2), 0.0, np.zeros(2, bool))
    with pytest.raises(ShapeError, match="signer"):
        BargainingProblem.of_table(replace(table, rule=nobody))


def test_shapes_must_fit():
    """Feasibility has one entry per draw and deal."""
    with pytest.raises(ShapeError, match="feasible"):
        BargainingProblem(np.zeros((1, 2, 3)), np.ones((1, 2), bool))
