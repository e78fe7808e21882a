"""What is agreed along a sweep, read back from the figure and held against the points."""

import csv
import io

import numpy as np
import pytest

from sim.ensemble.ask import ask_scenario
from sim.plots import PLOTS, fitting
from sim.plots.sweep.sweep_terms import TermSpans, shown_issues
from sim.sweeps import sweep_in_memory
from sim.sweeps.axis_text import parse_axis
from sim.sweeps.design_points import make_points
from sim.sweeps.sweep_ask import SweepAsk
from sim.sweeps.tables import point_table
from tests.shipped import shipped
from tests.sweeps.faulty import tiny


def asked(*over, keep=True):
    """A small sweep of the purchase, in which all worlds settle."""
    scenario = shipped("purchase")
    axes = [parse_axis(text, scenario) for text in over]
    return SweepAsk(ask_scenario(scenario, 12), make_points(axes, "grid", None, "s"), keep=keep, common=True)


@pytest.fixture(scope="module")
def along():
    """One axis, with what was asked."""
    sweep = asked("buyer.reservation=0.05:0.3:3")
    return sweep, sweep_in_memory(sweep)


@pytest.mark.slow
def test_a_line_is_the_median_and_its_band_where_most_deals_lie(along):
    """From the single draws, whose mean is what `points.csv` says."""
    sweep, results = along
    draws = results["draw_term_value"].sel(issue="price").values.astype(float)
    rows = list(csv.DictReader(io.StringIO(point_table(sweep, results))))
    order = results["point"].values
    np.testing.assert_allclose([float(rows[n]["terms.price.mean"]) for n in order], np.nanmean(draws, axis=1))
    axes = PLOTS["sweep-terms"].draw(results).get_axes()[0]
    (line,) = [one for one in axes.lines if one.get_label() == "_middle"]
    np.testing.assert_allclose(line.get_ydata(), np.nanmedian(draws, axis=1))
    (band,) = [one for one in axes.collections if one.get_label() == "_span"]
    edges = band.get_paths()[0].vertices
    ends = np.nanquantile(draws, [0.1, 0.9], axis=1)
    assert (edges[:, 1].min(), edges[:, 1].max()) == pytest.approx((ends.min(), ends.max()))
    assert axes.get_ylabel() == "USD"
    assert PLOTS["sweep-terms"].title(results).startswith("“Price of a turbine” is agreed at 3.6")


@pytest.mark.slow
def test_endings_without_news_leave_the_terms_to_be_drawn(along):
    """All worlds settle at every point: lines of endings say nothing, the price does."""
    _, results = along
    assert {"sweep-lines", "sweep-terms"} <= set(fitting(results))
    assert [name for name in fitting(results) if PLOTS[name].varies(results)] == ["sweep-terms"]


@pytest.mark.slow
def test_without_single_draws_the_mean_stands_with_its_interval(along):
    """As in the table; the caption says which it is."""
    _, results = along
    bare = results.drop_vars([name for name in results if str(name).startswith("draw_")])
    spans = TermSpans.of(bare, "price")
    mean = results["terms_mean"].sel(group="all", issue="price").values
    np.testing.assert_allclose(spans.middle, mean)
    assert ((spans.low < mean) & (mean < spans.high)).all()
    assert "95 % interval of the mean" in PLOTS["sweep-terms"].caption(bare)
    assert "(mean)" in PLOTS["sweep-terms"].title(bare)


@pytest.mark.slow
def test_over_two_axes_it_is_a_map_with_the_unit_in_its_bar():
    """Cells are medians; what stands still has no map."""
    results = sweep_in_memory(asked("buyer.reservation=0.05:0.3:3", "seller.reservation=0.1:0.3:2"))
    assert shown_issues(results)[0] == "price"
    axes, *_, bar = PLOTS["sweep-terms"].draw(results).get_axes()
    cells = np.asarray(axes.collections[0].get_array()).reshape(2, 3)
    np.testing.assert_allclose(cells, TermSpans.of(results, "price").middle.T)
    assert bar.get_ylabel() == "USD"
    low, high = np.nanmin(cells), np.nanmax(cells)
    title = PLOTS["sweep-terms"].title(results)
    assert f"at {low / 1e6:.3g} M USD (median) where" in title
    assert f"and {high / 1e6:.3g} M USD where" in title


def test_levels_with_names_have_no_such_figure():
    """There is no median of them."""
    assert not PLOTS["sweep-terms"].fits(sweep_in_memory(tiny(draws=5)))
