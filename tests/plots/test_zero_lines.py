"""Lines between signs of a field, along ranges and between choices."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.plots.sweep.zero_lines import Scale, crossings, zero_lines

ROWS, COLUMNS = 4, 5


def scale(count, *, steps):
    """Places 0, 1, 2, ... with cells around them."""
    return Scale(np.arange(count, dtype=float), np.arange(count + 1) - 0.5, steps=steps)


def test_a_slope_is_crossed_where_it_is_zero():
    """Between -1 at 0 and 3 at 1 that is a quarter of the way."""
    assert crossings(np.array([-1.0, 3.0]), scale(2, steps=False)) == [0.25]
    assert crossings(np.array([-1.0, 3.0]), scale(2, steps=True)) == [0.5]


def test_between_choices_lines_follow_the_borders_of_cells():
    """One cell of four that holds is cut off by a corner."""
    field = np.array([[1.0, -1.0], [-1.0, -1.0]])
    (line,) = zero_lines(field, scale(2, steps=True), scale(2, steps=True))
    corner = [[0.5, -0.5], [0.5, 0.5], [-0.5, 0.5]]
    assert line.tolist() in (corner, corner[::-1])


def test_a_range_and_choices_make_steps():
    """In the first row the sign changes at 1, in the second at 1.5; between them runs a step."""
    field = np.array([[1.0, 0.0, -1.0], [1.0, 0.5, -0.5]]) - 1e-9
    (line,) = zero_lines(field, scale(3, steps=False), scale(2, steps=True))
    wanted = np.array([[1.0, -0.5], [1.0, 0.5], [1.5, 0.5], [1.5, 1.5]])
    assert np.abs(line - wanted).max() < 1e-6 or np.abs(line[::-1] - wanted).max() < 1e-6
    (turned,) = zero_lines(field.T, scale(2, steps=True), scale(3, steps=False))
    assert np.abs(np.sort(turned[:, ::-1], axis=0) - np.sort(line, axis=0)).max() < 1e-9


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=ROWS * COLUMNS, max_size=ROWS * COLUMNS))
def test_steps_lie_between_cells_of_different_sign_and_nowhere_else(signs):
    """The length of all steps is the number of neighbours that differ."""
    field = np.where(np.array(signs).reshape(ROWS, COLUMNS), 1.0, -1.0)
    found = zero_lines(field, scale(COLUMNS, steps=True), scale(ROWS, steps=True))
    length = sum(np.abs(np.diff(line, axis=0)).sum() for line in found)
    differ = sum((np.diff(field, axis=axis) != 0).sum() for axis in (0, 1))
    assert length == pytest.approx(differ)


def test_a_field_of_one_sign_has_no_line():
    """Neither along ranges nor between choices."""
    for steps in (False, True):
        assert zero_lines(np.ones((3, 3)), scale(3, steps=steps), scale(3, steps=steps)) == []
