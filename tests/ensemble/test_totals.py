"""Totals of cells are those of their rows, group by group; each part of the sum is kept apart."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.ensemble import Design, Judge, Rows, play_rows
from sim.ensemble.dataset_labels import AXES
from sim.ensemble.totals import MEASURES, blank_totals, mean, share, single_draws, swept_columns, totals
from tests.shipped import shipped

NAMES = (*(column.name for column, _ in swept_columns()), "consistent")


@pytest.fixture(scope="module")
def ceasefire():
    """The case whose observations leave some worlds out."""
    return shipped("ceasefire")


@pytest.fixture(scope="module")
def arrays(ceasefire):
    """Columns of some worlds, row by row."""
    return play_rows(Design.of_draws(ceasefire, 36), NAMES).arrays


@settings(max_examples=8, deadline=None)
@given(st.sets(st.integers(1, 35), max_size=6))
def test_totals_are_sums_over_rows_among_all_and_among_those_that_fit(ceasefire, arrays, cuts):
    """By hand, cell by cell: draws, counts of every code, sizes, sums and squares; who does not fit counts in one."""
    starts = np.array([0, *sorted(cuts)])
    found = totals(ceasefire, arrays, starts)
    fits = arrays["consistent"].astype(bool)
    assert 0 < fits.sum() < len(fits)
    for c, (start, stop) in enumerate(zip(starts, [*starts[1:], 36], strict=True)):
        for g, mask in enumerate((np.ones(36, bool), fits)):
            rows = np.flatnonzero(mask[start:stop]) + start
            assert found["draws"][c, g] == len(rows)
            for column, swept in swept_columns():
                values = arrays[column.name][rows]
                if not swept.mean:
                    if column.codes is not None:
                        values = values[:, None] == np.arange(len(column.codes(ceasefire)))
                    assert np.array_equal(found[f"count {swept.name}"][c, g], values.astype(bool).sum(axis=0))
                    continue
                some = np.where(np.isfinite(values), values, 0.0).astype(float)
                assert np.array_equal(found[f"size {swept.name}"][c, g], np.isfinite(values).sum(axis=0))
                np.testing.assert_allclose(found[f"sum {swept.name}"][c, g], some.sum(axis=0), atol=1e-12)
                np.testing.assert_allclose(found[f"square {swept.name}"][c, g], (some**2).sum(axis=0), atol=1e-12)


def test_means_and_errors_are_those_of_the_draws_that_have_a_number(ceasefire, arrays):
    """A mean utility of the worlds that fit lies among their utilities; its error is theirs."""
    found = totals(ceasefire, arrays, np.zeros(1, np.int64))
    fits = arrays["consistent"].astype(bool)
    for column, swept in swept_columns():
        if swept.mean:
            centre, error = mean(*(found[f"{what} {swept.name}"] for what in ("sum", "square", "size")))
            chosen = arrays[column.name][fits].astype(float)
            size = np.isfinite(chosen).sum(axis=0)
            some = size > 1
            assert np.isnan(centre[0, 1][size == 0]).all()
            centre, error, size = centre[0, 1][some], error[0, 1][some], size[some]
            chosen = chosen[..., some] if chosen.ndim > 1 else chosen[:, None]
            np.testing.assert_allclose(centre, np.nanmean(chosen, axis=0), rtol=1e-12)
            np.testing.assert_allclose(error, np.nanstd(chosen, axis=0, ddof=1) / np.sqrt(size), atol=1e-8)


def test_shares_of_codes_are_a_whole(ceasefire, arrays):
    """Each draw has one ending and one first deal, or none."""
    found = totals(ceasefire, arrays, np.array([0, 17, 30]))
    for column, swept in swept_columns():
        if column.codes is not None:
            shares, _ = share(found[f"count {swept.name}"], found["draws"][:, :, None])
            np.testing.assert_allclose(shares.sum(axis=2), 1, rtol=1e-12)


def test_blank_totals_have_the_shape_of_real_ones(ceasefire, arrays):
    """Where nothing could be played, every total is there and is nothing."""
    real, blank = totals(ceasefire, arrays, np.array([0, 30])), blank_totals(ceasefire, 2, forecasts=True)
    assert {name: (a.shape, a.dtype) for name, a in real.items()} == {
        name: (a.shape, a.dtype) for name, a in blank.items()
    }
    assert not any(array.any() for array in blank.values())


def test_every_swept_column_is_a_measure_with_names_along_its_axes(ceasefire):
    """What a study may name follows from the columns."""
    for column, swept in swept_columns():
        assert MEASURES[swept.name] == swept.meaning
        assert all(len(AXES[dim](ceasefire)) for dim in column.dims[1:])


def test_single_draws_keep_what_they_were(arrays):
    """Codes and whole numbers exactly, the rest in single precision."""
    for name, values in single_draws(arrays).items():
        np.testing.assert_array_equal(values, arrays[name].astype(values.dtype), name)  # nan: nothing to tell
        assert values.dtype.itemsize <= 4


def test_verdicts_are_remembered_run_by_run(ceasefire):
    """In whatever runs rows are judged, and whatever was judged before, a row's verdict is its own."""
    plain = Judge(ceasefire).fitting(Rows(np.arange(90)))
    judge = Judge(ceasefire)
    assert np.array_equal(judge.fitting(Rows(np.arange(30, 60))), plain[30:60])
    rows = np.concatenate([np.arange(60, 90), np.arange(30, 60), np.arange(30)])
    assert np.array_equal(judge.fitting(Rows(rows), np.array([0, 30, 60])), plain[rows])
    assert np.array_equal(judge.fitting(Rows(rows), np.array([0, 45])), plain[rows])


def test_a_mean_has_the_standard_error_of_its_draws():
    """From sums and sums of squares, as from the draws themselves; rounding makes no spread where there is none."""
    values = np.random.default_rng(2).normal(0.3, 0.2, (3, 7))
    centre, error = mean(values.sum(axis=1), (values**2).sum(axis=1), np.full(3, 7))
    np.testing.assert_allclose(centre, values.mean(axis=1))
    np.testing.assert_allclose(error, values.std(axis=1, ddof=1) / np.sqrt(7))
    assert mean(np.array(0.3 * 7), np.array(0.3**2 * 7 * (1 - 1e-15)), np.array(7))[1] == 0
