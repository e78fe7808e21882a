"""The numbers of a figure as CSV: those that were drawn, with the names that stand on the axes."""

import csv

import matplotlib.pyplot as plt
import numpy as np
import pytest

from sim.plots import PLOTS
from sim.plots.frame.drawn_data import drawn_data
from sim.sweeps.sweep_points import SweepPoints
from tests.plots.made_up import made_up
from tests.sweeps.faulty import tiny


@pytest.fixture
def panels():
    """A figure with two panels that share their names."""
    figure, axes = plt.subplots(1, 2, sharey=True)
    yield figure, axes
    plt.close(figure)


def rows_of(figure):
    """Rows as dictionaries."""
    return list(csv.DictReader(drawn_data(figure).splitlines()))


def test_bars_intervals_and_points_keep_their_numbers(panels):
    """A price is written with all its digits, and an interval from end to end."""
    figure, (one, two) = panels
    one.barh([0, 1], [3_420_000.0, 0.125], color="#112233", label="price")
    one.set_yticks([0, 1], ["first", "second"])
    two.errorbar([5.0], [1], xerr=[[1.0], [2.0]], fmt="o")
    rows = rows_of(figure)
    bars = [row for row in rows if row["kind"] == "bar"]
    assert [(row["y"], row["x"], row["x_end"], row["color"]) for row in bars] == [
        ("first", "0", "3420000", "#112233"),
        ("second", "0", "0.125", "#112233"),
    ]
    (interval,) = [row for row in rows if row["kind"] == "interval"]
    assert (interval["panel"], interval["y"], interval["x"], interval["x_end"]) == ("2", "second", "4", "7")
    (point,) = [row for row in rows if row["kind"] == "point"]
    assert (point["x"], point["y"]) == ("5", "second")


def test_shaded_cells_are_named_by_both_axes(panels):
    """A table of shares gives one row for each cell, whichever way its rows are drawn."""
    figure, (one, two) = panels
    values = np.array([[1.0, 2.0], [3.0, np.nan]])
    for axes, origin in ((one, "upper"), (two, "lower")):
        axes.imshow(values, origin=origin)
        axes.set_xticks([0, 1], ["a", "b"])
        axes.set_yticks([0, 1], ["up", "down"])
    cells = {(row["panel"], row["x"], row["y"]): row["value"] for row in rows_of(figure)}
    assert cells["1", "b", "up"] == cells["2", "b", "up"] == "2"
    assert cells["1", "a", "down"] == cells["2", "a", "down"] == "3"
    assert cells["1", "b", "down"] == ""


def test_what_marks_a_value_on_the_axes_is_no_data(panels):
    """Lines as wide as the panel, grids and legends are left out; an axis of numbers has numbers."""
    figure, (one, _) = panels
    one.axvline(3.0)
    one.axhspan(0, 1)
    one.grid()
    one.plot([1, 2], [3, 4], label="line")
    one.legend()
    assert {(row["kind"], row["x"], row["y"]) for row in rows_of(figure)} == {("line", "1", "3"), ("line", "2", "4")}


def test_areas_have_both_edges(panels):
    """Of shares that are stacked each has where it begins and where it ends."""
    figure, (one, _) = panels
    one.stackplot([0, 1], [[10, 20], [90, 80]], labels=["a", "b"])
    found = {(row["series"], row["x"]): (row["y"], row["y_end"]) for row in rows_of(figure) if row["kind"] == "area"}
    assert found["a", "1"] == ("0", "20")
    assert found["b", "1"] == ("20", "100")


def test_cells_of_a_map_hold_the_shares_that_are_written_into_them():
    """Painted in colours of their own, they once came out as the red, green and blue of these."""
    results = made_up(tiny(over=("p.patience=0.5:0.9:3", "q.patience=0.6:0.9:2"), draws=50))
    figure = PLOTS["regime-map"].draw(results)
    cells = [row for row in rows_of(figure) if row["kind"] == "cell"]
    points = SweepPoints.of(results)
    assert len(cells) == 6
    assert sorted(float(row["value"]) for row in cells) == pytest.approx(sorted(100 * points.share.max(axis=1)))
    assert all(row["color"].startswith("#") for row in cells)
