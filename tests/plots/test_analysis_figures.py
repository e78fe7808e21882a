"""Figures of analyses draw what was stored, and fit nothing else."""

import numpy as np
import pytest
import xarray as xr

from sim.discovery.discover import discover
from sim.discovery.searched_points import points_of
from sim.plots import PLOTS, fitting
from sim.report.analysis_keep import with_words
from sim.robustness import leave_one_claim_out, null_coding, posterior, split_spread
from sim.runs.explained_share import chance_share, explained_share
from sim.scenario import read_scenario
from sim.sensitivity import flip_distances, given_data, tornado
from sim.words import Vocabulary
from tests.sensitivity.toy import toy
from tests.shipped import SCENARIOS

NAMES = (
    "sensitivity-indices",
    "tornado",
    "prior-posterior",
    "discovery-box",
    "spread-split",
    "flip-distance",
    "encoding-changes",
)


def panels(figure):
    """Axes that show something."""
    return [axes for axes in figure.get_axes() if axes.axison]


@pytest.mark.slow
def test_a_run_is_no_analysis(ceasefire):
    """The figures of analyses do not fit a run's own results."""
    assert not set(NAMES) & set(fitting(ceasefire))


@pytest.mark.slow
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
    (axes,) = PLOTS["prior-posterior"].draw(found).get_axes()
    order = np.argsort(-found["distance"].values, kind="stable")[: len(axes.get_yticks())]
    low, high = found["number_low"].values[order], found["number_high"].values[order]
    width = np.where(high > low, high - low, 1.0)
    medians = [line.get_xdata() for line in axes.lines]
    np.testing.assert_allclose(medians, ((found["quantiles"].values[order, :, 2] - low[:, None]) / width[:, None]).T)
    assert axes.get_xlabel() == "place in the number's range"


@pytest.mark.slow
def test_box_and_path(ceasefire):
    """The path has a mark for each step of the peeling."""
    found = with_words(discover(points_of(ceasefire), "russia.patience > 0.75", None, most=1, permutations=19), None)
    figure = PLOTS["discovery-box"].draw(found)
    left = figure.get_axes()[0]
    assert len(left.collections[0].get_offsets()) == found.sizes["step"]
    assert "russia.patience is above" in PLOTS["discovery-box"].title(found)


@pytest.mark.slow
def test_parts_of_the_spread_are_stacked_to_the_whole():
    """Four parts for each measure that varies; each row ends at 100 %."""
    found = with_words(split_spread(toy(), 12, 2, readings=4), toy())
    assert fitting(found) == ["spread-split"]
    (axes,) = panels(PLOTS["spread-split"].draw(found))
    rows = len(axes.get_yticks())
    assert len(axes.patches) == 4 * rows
    assert all(bar.get_x() + bar.get_width() == pytest.approx(100) for bar in axes.patches[-rows:])
    assert axes.get_yticklabels()[0].get_text() == "the ending"


def planted_flips(of=""):
    """Two numbers that flip, the farther one clearly, and one that does not."""
    found = xr.Dataset(
        {
            "central": (("input",), [0.5, 0.5, 0.5]),
            "low": (("input",), [0.0, 0.0, 0.0]),
            "high": (("input",), [1.0, 1.0, 1.0]),
            "value": (("input",), [0.9, 0.6, np.nan]),
            "distance": (("input",), [0.4, 0.1, np.nan]),
            "sure": (("input",), np.array([True, False, False])),
            "ending_code": (("input",), [1, 1, -1]),
            "modal_code": (("input",), [0, 0, 0]),
        },
        {"input": ["a", "b", "c"]},
        {"method": "flip", "draws": 10, "failed": 0, "title": "toy", "of": of, **Vocabulary.of(toy()).to_attrs()},
    )
    found["ending_code"].attrs["flag_meanings"] = f"{of}|not ({of})" if of else "stalemate|war"
    return with_words(found, None)


def test_flips_are_nearest_first_and_filled_where_clear():
    """A range for each number that flips; the title names the nearest clear one, not the nearest."""
    found = planted_flips()
    assert fitting(found) == ["flip-distance"]
    assert PLOTS["flip-distance"].title(found).endswith("the nearest clear flip is a at 0.9")
    (axes,) = panels(PLOTS["flip-distance"].draw(found))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["b", "a"]
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    assert [mark.get_xdata()[0] for mark in marks] == [0.6, 0.9]
    assert [mark.get_markerfacecolor() == mark.get_markeredgecolor() for mark in marks] == [False, True]


def test_the_clear_flip_that_the_title_names_is_in_the_figure():
    """A ring where the ending first flips, a dot farther off where the new lead is beyond chance."""
    found = planted_flips()
    found["sure_value"] = (("input",), [0.95, np.nan, np.nan])
    assert PLOTS["flip-distance"].title(found).endswith("the nearest clear flip is a at 0.95")
    (axes,) = panels(PLOTS["flip-distance"].draw(found))
    marks = [line for line in axes.lines if line.get_marker() == "o"]
    assert [mark.get_xdata()[0] for mark in marks] == [0.6, 0.9, 0.95]
    assert [mark.get_markerfacecolor() == mark.get_markeredgecolor() for mark in marks] == [False, False, True]


def test_claims_are_written_as_words():
    """Indices by claim name what is claimed, not the claim's key; what is no claim keeps its name."""
    found = xr.Dataset(coords={"input": ["kyiv-gives-up-no-land + far-apart", "(luck)"]}, attrs={"method": "sobol"})
    named = with_words(found.assign_attrs(by="claim"), None)
    assert named["input_title"].values.tolist() == ["Kyiv gives up no land + Far apart", "(luck)"]
    assert named["input_spoken"].values[0] == "“Kyiv gives up no land + Far apart”"
    assert with_words(found.assign_attrs(by="number"), None)["input_title"].values[0] == found["input"].values[0]


def test_flips_of_a_condition_say_whether_it_holds():
    """The condition is told in words."""
    found = planted_flips("acceptable_deals > 0")
    assert "whether, in most worlds, some deal is acceptable" in PLOTS["flip-distance"].title(found)
    legend = PLOTS["flip-distance"].draw(found).subfigs[1].legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["flips to no"]


def test_flips_of_a_scenario_can_be_drawn_where_there_are_any():
    """What the search returns is what the figure reads."""
    found = with_words(flip_distances(toy(), 10, of=["ending == war"]), toy())
    assert PLOTS["flip-distance"].fits(found) == bool(np.isfinite(found["distance"].values).any())


@pytest.mark.slow
@pytest.mark.parametrize("kind", [null_coding, leave_one_claim_out])
def test_changes_of_the_encoding_are_the_stored_ones(kind):
    """A point for each outcome, or for each claim; largest change first."""
    scenario = read_scenario(SCENARIOS / "ceasefire" / "scenario.toml")
    found = with_words(kind(scenario, 6, of=["ending == stalemate", "acceptable_deals > 0"]), scenario)
    assert fitting(found) == ["encoding-changes"]
    (axes,) = panels(PLOTS["encoding-changes"].draw(found))
    shown = [float(bar[0].get_xdata()[0]) for bar in axes.containers]
    assert np.all(np.diff(np.abs(shown)) <= 1e-9)
    assert len(shown) == (2 if kind is null_coding else 16)


def test_importance_is_told_in_words(ceasefire):
    """Titles of the numbers, or their paths in results of earlier versions; none where chance could do it."""
    clear = ceasefire.copy()
    clear["importance"] = ceasefire["importance"] * 10
    first = int(np.argmax(np.nan_to_num(clear["importance"].values)))
    assert str(clear["number_title"].values[first]) in PLOTS["importance"].title(clear)
    old = clear.drop_vars("number_title")
    assert str(old["path"].values[first]) in PLOTS["importance"].title(old)
    faint = ceasefire.copy()
    faint["importance"] = ceasefire["importance"] * 0 + 0.001
    assert "than chance may" in PLOTS["importance"].title(faint)
    assert "None of them explains more" in PLOTS["importance"].caption(faint)


@pytest.mark.slow
def test_chance_is_exceeded_one_time_in_twenty():
    """By the best of many numbers that have nothing to do with the outcome; far less often or more would show."""
    dice, numbers, size = np.random.default_rng(7), 60, 400
    exceeded = 0
    for _ in range(60):
        codes = dice.choice(4, size, p=[0.5, 0.3, 0.15, 0.05])
        found = xr.Dataset(
            {"ending": ("draw", codes), "importance": ("path", np.zeros(numbers))}, attrs={"importance_of": "ending"}
        )
        best = max(explained_share(dice.random(size), codes, 4) for _ in range(numbers))
        exceeded += best > chance_share(found)
    assert 0 < exceeded <= 10


def test_bars_within_chance_are_pale(ceasefire):
    """So that nobody reads noise; the dotted line stands where chance ends."""
    (axes,) = panels(PLOTS["importance"].draw(ceasefire))
    least = 100 * chance_share(ceasefire)
    assert [line.get_xdata()[0] for line in axes.lines] == pytest.approx([least])
    for bar in axes.patches:
        assert (bar.get_alpha() == 1.0) == (bar.get_width() >= least)
