"""Designs are played the same whoever plays them, and a world that fails costs no other."""

from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import numpy as np
import pytest

from sim.ensemble import COLUMNS, FULL, LIGHT, Design, GivenRows, Judge, Rows, counting, fitting_worlds, play, play_rows
from sim.foundations import InputError, UnknownNameError
from sim.scenario import read_case
from sim.scenario.draws import draw
from tests.shipped import shipped


@pytest.fixture(scope="module")
def ceasefire():
    """The case with observations, overlays and every column."""
    return shipped("ceasefire")


@pytest.fixture(scope="module")
def pie():
    """The smallest case."""
    return shipped("pie")


class _DeadPool(Executor):
    """Workers that die under the second piece of work, and take nothing after it."""

    def __init__(self):
        self.taken = 0

    def submit(self, fn, /, *args, **kwargs):
        """Play the first piece, die under the next."""
        self.taken += 1
        if self.taken > 2:
            raise BrokenProcessPool("gone")
        future = Future()
        if self.taken == 2:
            future.set_exception(BrokenProcessPool("died"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future


@pytest.fixture(scope="module")
def whole(ceasefire):
    """Every column of it, played here and at once."""
    return play(Design.of_draws(ceasefire, 11))


@pytest.mark.slow
@pytest.mark.parametrize("executor", [None, "threads", "dead"])
def test_who_plays_changes_no_bit(ceasefire, whole, executor):
    """Here, in workers, and where every worker dies: equal columns, whatever the blocks."""
    played_by = {None: None, "threads": ThreadPoolExecutor(2), "dead": _DeadPool()}[executor]
    again = play(Design.of_draws(ceasefire, 11), executor=played_by, block=4)
    assert whole.identical(again)


@pytest.mark.slow
def test_any_part_of_the_columns_is_the_same(ceasefire, pie):
    """A column asked for alone is what it is among all others, its names and meanings included.

    In the smallest case that has it: what it does not have, the largest does.
    """
    designs = [Design.of_draws(case, 3) for case in (pie, ceasefire)]
    wholes = [play(design) for design in designs]
    for name in FULL:
        has = [pair for pair in zip(designs, wholes, strict=True) if name in pair[1] and pair[1][name].size]
        if not has:  # of cheating, which nobody may here
            continue
        design, whole = has[0]
        alone = play(design, columns=[name])[name]
        assert alone.equals(whole[name].reset_coords(drop=True).assign_coords(alone.coords)), name
        assert alone.attrs.keys() == whole[name].attrs.keys(), name


@pytest.mark.slow
def test_every_column_is_declared_whole(ceasefire, whole):
    """Each has a meaning, the dimensions of its values, and codes that cover them."""
    results = whole
    for column in COLUMNS:
        if not column.kept or "cheater" in column.dims:  # of cheating, which nobody may here
            continue
        found = results[column.name]
        assert found.dims == column.dims
        assert found.attrs["long_name"] == column.meaning
        if column.codes is not None:
            assert found.values.max() < len(column.codes(ceasefire))
            assert found.attrs["flag_meanings"].split("|") == list(column.codes(ceasefire))
        if column.index:
            assert -1 <= found.values.min() <= found.values.max() < results.sizes[column.index]


def test_a_world_that_breaks_the_arithmetic_is_left_out_and_counted(pie, monkeypatch):
    """The others are played all the same, and where none can be played that is said."""
    module = __import__("sim.ensemble.play_design", fromlist=["play_block"])
    whole, bad = module.play_block, {3, 7}

    def breaks(space, rows, *verdict, **settings):
        if bad & set(rows.world.tolist()):
            raise FloatingPointError("too large")
        return whole(space, rows, *verdict, **settings)

    plain = play(Design.of_draws(pie, 9))
    monkeypatch.setattr(module, "play_block", breaks)
    found = play(Design.of_draws(pie, 9))
    left = [0, 1, 2, 4, 5, 6, 8]
    assert found["draw"].values.tolist() == left
    assert found.attrs["failed"] == 2
    assert found.attrs["failure"] == "FloatingPointError: too large"
    assert np.array_equal(found["utility"].values, plain["utility"].values[left])
    bad.update(range(9))
    with pytest.raises(ArithmeticError, match="no world can be played"):
        play(Design.of_draws(pie, 9))


def test_failed_rows_keep_their_place(pie, monkeypatch):
    """In bare rows a failure is named by its row and its world, and by what was raised."""
    module = __import__("sim.ensemble.play_design", fromlist=["play_block"])
    whole = module.play_block

    def breaks(space, rows, *verdict, **settings):
        if 5 in rows.world:
            raise ValueError("no")
        return whole(space, rows, *verdict, **settings)

    monkeypatch.setattr(module, "play_block", breaks)
    found = play_rows(Design(pie, GivenRows(Rows(np.array([4, 5, 6])))), LIGHT, block=2)
    assert [(one.row, one.world, one.error) for one in found.failures] == [(1, 5, "ValueError: no")]
    assert found.failed.tolist() == [False, True, False]


def test_what_is_asked_wrongly_is_no_failure_of_a_world(pie):
    """A path that is no number, a column that is none, and no world at all are refused."""
    with pytest.raises(InputError, match="has no number"):
        play(Design.of_draws(pie, 2, fixed={"nobody.patience": 0.5}))
    with pytest.raises(UnknownNameError, match="ending"):
        play(Design.of_draws(pie, 2), columns=["endings"])
    with pytest.raises(InputError, match="no world"):
        Design.of_draws(pie, 0)


@pytest.mark.slow
def test_the_base_judges_an_overlay():
    """Under an overlay the worlds that count are those that fit in the world without it."""
    case = read_case("scenarios/ceasefire", overlay="strong-guarantees")
    base = shipped("ceasefire")
    own = play(Design.of_draws(base, 60), columns=["consistent"])["consistent"].values
    judged = play(Design.of_draws(case.scenario, 60, judge=base), columns=["consistent"], block=17)
    assert np.array_equal(judged["consistent"].values, own)
    numbers, some = fitting_worlds(base, 60)
    assert some
    assert np.array_equal(numbers, np.flatnonzero(own))


@pytest.mark.slow
def test_fixed_numbers_are_readings_only_where_that_is_said(ceasefire):
    """A judge takes the numbers of rows as changes of the world, unless they are readings of it."""
    path = "russia.patience"
    rows = Rows(np.arange(80), fixed={path: np.full(80, 0.5)})
    plain = Judge(ceasefire).fitting(Rows(np.arange(80)))
    assert np.array_equal(Judge(ceasefire).fitting(rows), plain)
    reading = play(Design.of_draws(ceasefire, 80, fixed={path: 0.5}), columns=["consistent"])["consistent"].values
    assert np.array_equal(Judge(ceasefire, readings=True).fitting(rows), reading.astype(bool))


def test_counting_takes_all_where_none_fits():
    """Shares are among the worlds that fit; among all where none does."""
    assert counting(np.array([0, 1, 0])).tolist() == [False, True, False]
    assert counting(np.zeros(2)).all()


def test_draws_made_already_are_played_as_they_are(pie):
    """Rows may bring their draws, and parts of them stay together."""
    numbers = np.array([8, 2, 5])
    rows = Rows(numbers, drawn=draw(pie, numbers))
    found = play(Design(pie, GivenRows(rows)), block=2)
    assert found.equals(play(Design(pie, GivenRows(Rows(numbers)))))
