"""Sobol indices of a known function, the planted dummy, groups, and what incomplete data do."""

import numpy as np
import pytest

from sim.foundations import InputError
from sim.sensitivity import IncompleteError, Saltelli, groups, sobol, sobol_indices
from sim.sensitivity.grouping import ASSUMED, DUMMY, LUCK, RED_LINES
from tests.sensitivity.known import ishigami
from tests.sensitivity.toy import toy


def points(design):
    """The quantiles of every point of a design."""
    rows = design.rows(0, design.points)
    return np.stack([rows.uniform[path] for path in design.paths], axis=1)


def design(base=4096, second=False, groups=None):
    """A Saltelli design over three numbers."""
    paths = ("x1", "x2", "x3")
    return Saltelli("ishigami", paths, groups or {path: (path,) for path in paths}, base, second)


def test_ishigami():
    """First order .31 .44 0, total .56 .44 .24: the analytical values, each within its interval."""
    chosen = design()
    found = sobol_indices(ishigami(points(chosen))[:, None], chosen.names, ["y"])
    np.testing.assert_allclose(found["S1"].values[:, 0], [0.3139, 0.4424, 0.0], atol=0.02)
    np.testing.assert_allclose(found["ST"].values[:, 0], [0.5576, 0.4424, 0.2437], atol=0.02)
    away = np.abs(found["S1"].values[:, 0] - [0.3139, 0.4424, 0.0])
    np.testing.assert_array_less(away, found["S1_half"].values[:, 0])


def test_second_order_of_ishigami():
    """Only x1 and x3 work together: .24."""
    chosen = design(base=2048, second=True)
    found = sobol_indices(ishigami(points(chosen))[:, None], chosen.names, ["y"], second=True)
    assert float(found["S2"].sel(input="x1", other="x3", measure="y")) == pytest.approx(0.2437, abs=0.05)
    assert float(found["S2"].sel(input="x1", other="x2", measure="y")) == pytest.approx(0.0, abs=0.05)


def test_overlapping_groups_have_closed_and_total_indices():
    """Of {x1, x3}: closed .31 + .24 = .56, and as total; of {x2, x3} closed .44, total .44 + .24 = .69."""
    chosen = design(groups={"a": ("x1", "x3"), "b": ("x2", "x3")})
    found = sobol_indices(ishigami(points(chosen))[:, None], chosen.names, ["y"])
    np.testing.assert_allclose(found["S1"].values[:, 0], [0.5576, 0.4424], atol=0.03)
    np.testing.assert_allclose(found["ST"].values[:, 0], [0.5576, 0.6861], atol=0.03)


@pytest.mark.parametrize("second", [False, True])
def test_the_design_is_salibs(second):
    """Row by row, the design is the one that SALib's analysis expects: A, A with one column of B, ..., B."""
    chosen = design(base=4, second=second)
    found, a_and_b = points(chosen).reshape(4, -1, 3), chosen.sequence
    for row, block in enumerate(found):
        a, b = a_and_b[row, :3], a_and_b[row, 3:]
        expected = [a] + [np.where(np.arange(3) == j, b, a) for j in range(3)]
        if second:
            expected += [np.where(np.arange(3) == j, a, b) for j in range(3)]
        np.testing.assert_array_equal(block, [*expected, b])


def test_half_a_design_is_a_design():
    """A prefix of a design is the design of that size, whatever part of it is asked for."""
    small, large = design(base=8), design(base=16)
    np.testing.assert_array_equal(points(small), points(large)[: small.points])
    rows = large.rows(7, 19)
    np.testing.assert_array_equal(rows.uniform["x2"], points(large)[7:19, 1])


def test_convergence_is_shown_over_doubling_prefixes():
    """The last size is the whole design and its values are the indices."""
    chosen = design(base=256)
    found = sobol_indices(ishigami(points(chosen))[:, None], chosen.names, ["y"])
    assert found["size"].values.tolist() == [32, 64, 128, 256]
    np.testing.assert_array_equal(found["ST_at"].values[-1], found["ST"].values)


def test_one_missing_outcome_is_refused_and_counted():
    """SALib and scipy give zeros without a warning; here nothing is given, and another method is offered."""
    chosen = design(base=64)
    outcomes = ishigami(points(chosen))[:, None]
    outcomes[17] = np.nan
    with pytest.raises(IncompleteError, match=r"1 of 320 points failed \(rows 17\).*--sensitivity delta") as caught:
        sobol_indices(outcomes, chosen.names, ["y"])
    assert (caught.value.failed, caught.value.points) == (1, 320)


def test_an_outcome_that_never_varies_has_no_index():
    """nan, not 0: nothing can be said of what moves it."""
    chosen = design(base=32)
    found = sobol_indices(np.ones((chosen.points, 1)), chosen.names, ["y"])
    assert np.isnan(found["S1"].values).all()


def test_a_base_that_is_no_power_of_two_is_refused():
    """Sobol' sequences are balanced at powers of two only."""
    with pytest.raises(InputError, match="power of two"):
        design(base=100)


def test_the_planted_dummy_covers_zero_and_luck_is_an_input():
    """On a played scenario the dummy has an interval around 0, and collapses by chance show as luck."""
    found = sobol(toy(), 64, of=["ending == war", "declared == none"])
    dummy = found.sel(input=DUMMY)
    for name in ("S1", "ST"):
        low, high = dummy[name] - dummy[f"{name}_half"], dummy[name] + dummy[f"{name}_half"]
        assert ((low <= 0) & (high >= 0) | np.isnan(dummy[name])).all()
    assert LUCK in found["input"].values
    assert RED_LINES not in found["input"].values
    assert found.attrs["evaluations"] == 64 * (len(found["input"]) + 2)


def test_groups_by_actor_and_by_claim():
    """A number with two claims is in the group of each; numbers without claims are together."""
    assert groups(toy(), "actor") == {
        "A": ("A.patience",), "B": ("B.patience",), "true_hazard": ("true_hazard.base",)
    }  # fmt: skip
    assert groups(toy(), "claim") == {
        "calm": ("A.patience", "B.patience"), "slow": ("A.patience",), ASSUMED: ("true_hazard.base",)
    }  # fmt: skip


def test_the_same_indices_twice():
    """The same scenario gives the same bits."""
    one, two = (sobol(toy(), 8, by="claim") for _ in range(2))
    assert one.identical(two)
