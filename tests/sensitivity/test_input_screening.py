"""Morris, delta and PAWN: known functions, dummies, gaps."""

import numpy as np
import pytest

from sim.foundations import InputError, UnknownNameError
from sim.sensitivity import IncompleteError, elementary_effects, given_data
from sim.sensitivity.grouping import DUMMY
from sim.sensitivity.quiet import quiet


def sample(size=3000, seed=1):
    """Three numbers, of which the third does nothing, and an indicator of the first two."""
    x = np.random.default_rng(seed).random((size, 3))
    return x, (x[:, 0] + 0.3 * x[:, 1] > 0.6).astype(float)[:, None]


@pytest.mark.parametrize("method", ["delta", "pawn"])
def test_given_data_rank_the_numbers_and_cover_zero_for_a_dummy(method):
    """The first number leads, the third and the planted dummy cannot be told from nothing."""
    x, y = sample()
    found = given_data(method, x, y, ["a", "b", "c"], ["y"]).sel(measure="y")
    index, half = found["index"].values, found["index_half"].values
    assert found["input"].values.tolist() == ["a", "b", "c", DUMMY]
    assert index[0] > 0.25 > index[1] > half[1]
    assert np.all(index[2:] - half[2:] <= 0)
    assert np.all(index[2:] + half[2:] >= -0.01)


def test_delta_of_a_step_is_known():
    """Y = 1 where x > 1/2: knowing x moves the distribution by 1/2; less what chance shows, about .03."""
    x, _ = sample()
    found = given_data("delta", x, (x[:, :1] > 0.5).astype(float), ["a", "b", "c"], ["y"])
    assert float(found["index"].values[0, 0]) == pytest.approx(0.5, abs=0.05)


def test_gaps_are_left_out_and_counted():
    """Failed points cost their row only."""
    x, y = sample()
    y[[3, 70]] = np.nan
    x[5, 1] = np.nan
    found = given_data("delta", x, y, ["a", "b", "c"], ["y"])
    assert (found.attrs["points"], found.attrs["failed"]) == (2997, 3)
    assert np.isfinite(found["index"].values).all()


def test_a_number_that_does_not_vary_has_index_zero():
    """Fixed numbers explain nothing."""
    x, y = sample()
    x[:, 1] = 0.4
    assert float(given_data("delta", x, y, ["a", "b", "c"], ["y"])["index"].values[1, 0]) == 0.0


def test_too_few_points_and_unknown_methods_are_refused():
    """With remedies in the text."""
    x, y = sample(30)
    with pytest.raises(InputError, match="too few"):
        given_data("delta", x, y, ["a", "b", "c"], ["y"])
    with pytest.raises(UnknownNameError, match="pawn"):
        given_data("pwan", x, y, ["a", "b", "c"], ["y"])


@pytest.mark.slow
def test_delta_of_ishigami_through_salib():
    """Borgonovo's delta of Ishigami: about .21 .39 .15 (Plischke et al. 2013, table 2)."""
    x = np.random.default_rng(2).random((3000, 3))
    z = np.pi * (2 * x - 1)
    y = np.sin(z[:, 0]) + 7 * np.sin(z[:, 1]) ** 2 + 0.1 * z[:, 2] ** 4 * np.sin(z[:, 0])
    found = given_data("delta", x, y[:, None], ["a", "b", "c"], ["y"], resamples=2)
    np.testing.assert_allclose(found["index"].values[:3, 0], [0.21, 0.39, 0.15], atol=0.06)


def test_morris_of_a_linear_function():
    """Mu of 3 x1 - 2 x2 is (3, -2, 0), without interaction sigma is 0."""
    from SALib.sample import morris

    problem = {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3, "groups": None}
    with quiet():
        x = morris.sample(problem, 20, seed=3)
    found = elementary_effects(x, (3 * x[:, 0] - 2 * x[:, 1])[:, None], list("abc"), ["y"])
    np.testing.assert_allclose(found["mu"].values[:, 0], [3, -2, 0], atol=1e-9)
    np.testing.assert_allclose(found["mu_star"].values[:, 0], [3, 2, 0], atol=1e-9)
    np.testing.assert_allclose(found["sigma"].values, 0, atol=1e-9)
    with pytest.raises(IncompleteError, match="Morris"):
        elementary_effects(x, np.full((len(x), 1), np.nan), list("abc"), ["y"])


def test_salib_leaves_no_trace():
    """Numpy's global generator and the warnings are as before."""
    import warnings

    before, shown = np.random.get_state()[1].copy(), warnings.formatwarning  # noqa: NPY002
    x, y = sample(200)
    given_data("pawn", x, y, ["a", "b", "c"], ["y"])
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002
    assert warnings.formatwarning is shown
