"""Designs have the properties their sources promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.foundations import InputError
from sim.sweeps.axes import Axis, AxisSetting
from sim.sweeps.designs import DESIGNS


def ranged(name, count=5):
    """An axis that is a range."""
    return Axis(name, paths=(name,), low=0.0, high=1.0, count=count, places={name: (1.0, 0.0)})


def chosen(name, count):
    """An axis that is a choice."""
    return Axis(name, settings=tuple(AxisSetting(str(n)) for n in range(count)), base="1")


@given(st.lists(st.integers(1, 5), min_size=1, max_size=3), st.text(max_size=3))
def test_a_grid_has_every_combination_once(sizes, seed):
    """Full factorial: as many points as combinations, no two equal."""
    axes = [ranged(f"x{n}", size) if n % 2 else chosen(f"x{n}", size) for n, size in enumerate(sizes)]
    table = DESIGNS["grid"](axes, None, seed)
    assert len(np.unique(table, axis=0)) == len(table) == int(np.prod(sizes))


@pytest.mark.parametrize("part", [16, 32, 64, 128, 250])
def test_prefixes_of_a_grid_are_balanced(part):
    """A grid stopped anywhere has met every setting of every axis about equally often."""
    table = DESIGNS["grid"]([ranged("a", 21), chosen("b", 21)], None, "seed")
    for column in table[:part].T:
        counts = np.unique(np.round(column * 20 if column.max() <= 1 else column), return_counts=True)[1]
        counts = np.append(counts, [0] * (21 - len(counts)))
        assert abs(counts - part / 21).max() <= 3 + part / 60


def test_doubling_a_sobol_design_extends_it():
    """Sobol 1967: the first N points of 2N are the N points."""
    axes = [ranged("a"), ranged("b"), chosen("c", 3)]
    assert np.array_equal(DESIGNS["sobol"](axes, 128, "s")[:64], DESIGNS["sobol"](axes, 64, "s"))


def test_a_power_of_two_sobol_points_fill_every_slice_equally():
    """A (t, m, s)-net in base 2: each of 64 slices of each axis holds one of 64 points, shifted or not."""
    table = DESIGNS["sobol"]([ranged("a"), ranged("b"), ranged("c")], 64, "s")
    for column in table.T:
        assert np.unique(np.floor(column * 64)).size == 64


@given(st.integers(1, 80), st.integers(1, 4))
def test_a_latin_hypercube_has_one_point_in_each_slice(count, dims):
    """McKay, Beckman & Conover 1979."""
    table = DESIGNS["lhs"]([ranged(f"x{n}") for n in range(dims)], count, "s")
    for column in table.T:
        assert sorted(np.floor(column * count)) == list(range(count))


def test_adding_an_axis_moves_no_other_and_the_seed_moves_all():
    """Each axis has its own stream."""
    for name in ("sobol", "random", "lhs"):
        one, two = DESIGNS[name]([ranged("a")], 32, "s"), DESIGNS[name]([ranged("a"), ranged("b")], 32, "s")
        assert np.array_equal(one[:, 0], two[:, 0])
        assert not np.array_equal(one, DESIGNS[name]([ranged("a")], 32, "t"))


def test_random_points_are_extended_by_more():
    """More points keep those that were there."""
    axes = [ranged("a"), chosen("b", 4)]
    assert np.array_equal(DESIGNS["random"](axes, 100, "s")[:37], DESIGNS["random"](axes, 37, "s"))


def test_one_at_a_time_begins_at_the_base_and_moves_one_axis_each():
    """Saltelli et al. 2008, ch. 2."""
    table = DESIGNS["one-at-a-time"]([ranged("a", 3), chosen("b", 4)], None, "s")
    assert table[0].tolist() == [0.5, 1.0]
    assert ((table[1:] != table[0]).sum(axis=1) == 1).all()
    assert len(table) == 1 + 2 + 3


@pytest.mark.parametrize("name", DESIGNS.names)
def test_every_design_stays_on_its_axes(name):
    """Contract: values inside ranges, indices of choices that exist."""
    axes = [ranged("a", 4), chosen("b", 3)]
    points = None if name in {"grid", "one-at-a-time"} else 33
    table = DESIGNS[name](axes, points, "s")
    assert ((table[:, 0] >= 0) & (table[:, 0] <= 1)).all()
    assert set(table[:, 1]) <= {0.0, 1.0, 2.0}


def test_points_are_refused_where_the_axes_say_how_many():
    """A grid asked for a number of points is a mistake."""
    with pytest.raises(InputError, match="leave out --points"):
        DESIGNS["grid"]([ranged("a")], 10, "s")


def test_a_latin_hypercube_keeps_the_order_of_a_sobol_sequence():
    """Along every axis its points rank as those of the sequence do, so that they fill the space as evenly."""
    axes = [ranged(f"x{n}") for n in range(3)]
    sliced, sequence = (DESIGNS[name](axes, 24, "s") for name in ("lhs", "sobol"))
    assert np.array_equal(np.argsort(sliced, axis=0), np.argsort(sequence, axis=0))
