"""Axes of large numbers are told in people's words, and stay numbers in what is drawn as a table."""

import csv
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from sim.plots.frame.drawn_data import drawn_data
from sim.plots.frame.labels import wrapped
from sim.plots.frame.quantity_ticks import settle_numbers
from sim.plots.frame.share_tables import share_colors, share_table
from sim.plots.frame.style import STYLES

WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


def drawn_between(low, high):
    """A figure with two points at these places, settled as every figure of the project is."""
    figure = Figure()
    axes = figure.subplots()
    axes.plot([low, high], [0.1, 0.9], "o")
    settle_numbers(figure)
    figure.draw_without_rendering()
    return figure, axes


@pytest.mark.parametrize(
    ("low", "high", "some"),
    [
        (3.1e6, 3.9e6, "3.2 M"),
        (114, 120, "115"),
        (2024, 2030, "2026"),
        (-4e9, 4e9, "−2 bn"),
        (20_000, 90_000, "40,000"),
    ],
)
def test_ticks_say_large_numbers_in_words_and_never_a_power_of_ten(low, high, some):
    """No "1e6" in the corner; years keep their four digits."""
    _, axes = drawn_between(low, high)
    written = [label.get_text().replace("\u00a0", " ") for label in axes.get_xticklabels()]
    assert some in written
    assert axes.xaxis.get_offset_text().get_text() == ""
    assert not [text for text in written if "e" in text]


def test_ticks_in_words_stay_numbers_in_the_table():
    """What is downloaded below a figure holds 3,100,000, not a rendering of it."""
    figure, _ = drawn_between(3.1e6, 3.9e6)
    rows = list(csv.DictReader(io.StringIO(drawn_data(figure))))
    assert [float(row["x"]) for row in rows] == [3.1e6, 3.9e6]


def test_a_quantity_is_not_broken_over_lines():
    """The number and its magnitude stay together, whatever stands beside them."""
    assert wrapped("2.9\u00a0M to 3.1\u00a0M USD", 7) == "2.9\u00a0M\nto\n3.1\u00a0M\nUSD"


def luminance(color):
    """Relative luminance of a colour (WCAG 2.2)."""
    values = np.array(plt.matplotlib.colors.to_rgb(color))
    return float(np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4) @ WEIGHTS)


@pytest.mark.parametrize(
    "style", [name if name == "screen" else pytest.param(name, marks=pytest.mark.slow) for name in STYLES]
)
def test_letters_can_be_read_on_every_share(style):
    """The contrast is 4.5 at least (WCAG 2.2 AA) from none to all, on every page."""
    axes, look = Figure().subplots(), STYLES[style]
    shares = np.arange(0.0, 101.0)[:, None]
    share_table(axes, shares, [["x"]] * len(shares), look)
    for text, share in zip(axes.texts, shares.ravel(), strict=True):
        light, dark = sorted(
            (luminance(text.get_color()), luminance(share_colors(look)(share / 100)[:3])), reverse=True
        )
        assert (light + 0.05) / (dark + 0.05) >= 4.5, share
