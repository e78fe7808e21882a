"""Figures of analyses draw what was stored, and fit nothing else."""

import numpy as np
import pytest

from sim.experiments.discovery.discover import discover
from sim.experiments.discovery.points import points_of
from sim.experiments.robustness import posterior
from sim.experiments.sensitivity import given_data, tornado
from sim.plots import PLOTS, fitting
from sim.report.analysis_keep import with_words
from tests.experiments.sensitivity.toy import toy

NAMES = ("sensitivity-indices", "tornado", "prior-posterior", "discovery-box")


def panels(figure):
    """Axes that show something."""
    return [axes for axes in figure.get_axes() if axes.axison]


def test_a_run_is_no_analysis(ceasefire):
    """The figures of analyses do not fit a run's own results."""
    assert not set(NAMES) & set(fitting(ceasefire))


def test_indices_are_the_stored_ones(ceasefire):
    """Bars from the largest down, as long as the indices."""
    points = points_of(ceasefire)
    y = (points.columns["ending"].values == 3).astype(float)[:, None]
    found = with_words(given_data("delta", points.inputs, y, points.names, ["ending == stalemate"]), None)
    assert fitting(found) == ["sensitivity-indices"]
    (axes,) = panels(PLOTS["sensitivity-indices"].draw(found))
    widths = [patch.get_width() for patch in axes.patches]
    expected = np.sort(found["index"].values[:, 0])[::-1][: len(widths)]
    np.testing.assert_allclose(widths, np.maximum(expected, 0))


def test_tornado_bars_start_at_the_share_with_everything_drawn():
    """Two bars for each number."""
    found = with_words(tornado(toy(), 30, of=["ending == war"]), toy())
    (axes,) = panels(PLOTS["tornado"].draw(found))
    base = 100 * float(found["base"].sel(group="all")[0])
    assert len(axes.patches) == 2 * found.sizes["input"]
    assert all(patch.get_x() == pytest.approx(base) for patch in axes.patches)


def test_prior_and_posterior(ceasefire):
    """The number that moved most is in the title."""
    found = with_words(posterior(ceasefire), None)
    first = str(found["path"].values[int(np.argmax(found["distance"].values))])
    assert fitting(found) == ["prior-posterior"]
    assert first in PLOTS["prior-posterior"].title(found)
    PLOTS["prior-posterior"].draw(found)


def test_box_and_path(ceasefire):
    """The path has a mark for each step of the peeling."""
    found = with_words(discover(points_of(ceasefire), "russia.patience > 0.75", None, most=1), None)
    figure = PLOTS["discovery-box"].draw(found)
    left = figure.get_axes()[0]
    assert len(left.collections[0].get_offsets()) == found.sizes["step"]
    assert "russia.patience above" in PLOTS["discovery-box"].title(found)
