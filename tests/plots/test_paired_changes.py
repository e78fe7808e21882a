"""What changes from one answer to another: rows, panels, what is beyond chance, and what the title says of it."""

from dataclasses import replace

import numpy as np
import pytest

from sim.plots import PLOTS, fitting
from sim.plots.frame.drawn_data import drawn_data
from sim.report.change_rows import ChangeRow, ChangesSaid, change_results
from sim.words import Z

PLOT = PLOTS["paired-changes"]
SAID = ChangesSaid("Two runs", "B less A", "the 200 worlds that both have", "in A → in B")
TRUCE = ChangeRow(
    "state", "truce", "A truce", "How things stand", "points", 20.0, 5.0, "10 %", "30 %", "+20 ± 10 points",
    sure=True, size=0.2, color="#56B4E9",
)  # fmt: skip
DEAL = replace(
    TRUCE, name="deal", title="A deal", change=-4.0, before="50 %", after="46 %", told="-4 ± 10 points", sure=False,
    size=0.04,
)  # fmt: skip
PRICE = ChangeRow(
    "terms.price", "", "Price", "On average (thousand)", "thousand", -3.0, 0.5, "118 thousand", "115 thousand",
    "on average -3.0 ± 1.0 thousand", sure=True, size=0.025,
)  # fmt: skip


def results(*rows, **more):
    """Rows as arrays."""
    return change_results(rows, SAID, **more)


def test_the_title_says_the_largest_change_beyond_chance():
    """Of shares, and of what is counted; a larger one within chance is not told."""
    assert PLOT.title(results(DEAL, TRUCE, PRICE)) == (
        "“A truce” changes most: 10 % → 30 % (+20 ± 10 points); "
        "“Price”: 118 thousand → 115 thousand (on average -3.0 ± 1.0 thousand)"
    )
    larger = replace(DEAL, size=0.9)
    assert PLOT.title(results(larger, PRICE)).startswith("“Price” changes most: 118 thousand → 115 thousand")


def test_where_all_may_be_chance_the_title_says_so():
    """However large it looks."""
    assert PLOT.title(results(replace(TRUCE, sure=False), DEAL)) == "Nothing changes beyond what chance may do"


def test_the_caption_says_what_is_compared_and_what_has_no_row():
    """Shares and numbers, the worlds, the interval; words of numbers only where there are some."""
    told = PLOT.caption(results(TRUCE, PRICE, left_out=1, same=True))
    for words in ("B less A", "the 200 worlds that both have", "95 %", "change of the mean", "in A → in B",
                  "1 row", "What is the same in both"):  # fmt: skip
        assert words in told
    plain = PLOT.caption(results(TRUCE))
    assert "mean" not in plain
    assert "no row" not in plain
    assert "no place" not in plain


def test_only_changes_are_drawn():
    """It fits nothing else, and nothing else fits it."""
    assert fitting(results(TRUCE)) == ["paired-changes"]
    assert not PLOT.fits(results())


def test_dots_whiskers_and_panels():
    """A panel for each unit about a line at zero; most gained on top, hollow within chance; the data say the same."""
    page = PLOT.draw(results(DEAL, TRUCE, PRICE))
    shares, price = page.get_axes()
    assert [label.get_text() for label in shares.get_yticklabels()] == ["A truce", "A deal"]
    dots = [bar.lines[0] for bar in shares.containers]
    assert [dot.get_xdata()[0] for dot in dots] == [20, -4]
    assert [dot.get_markerfacecolor() == "#FFFFFF" for dot in dots] == [False, True]
    (line,) = shares.containers[0].lines[2]
    np.testing.assert_allclose(line.get_segments()[0][:, 0], [20 - Z * 5, 20 + Z * 5])
    for axes in (shares, price):
        low, high = axes.get_xlim()
        assert low == pytest.approx(-high)
    assert price.get_xlabel() == "change of the mean (thousand)"
    assert {text.get_text() for text in shares.texts} == {"10 % → 30 %", "50 % → 46 %"}
    table = drawn_data(page)
    assert "How things stand,point,beyond chance,#56b4e9,20,A truce" in table
    assert "How things stand,interval,within chance,#8a8f98" in table
    assert "On average (thousand),point" in table
