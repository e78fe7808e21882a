"""The table of every figure of a run is short enough for a page to hold it, and comes back as it was."""

import base64
import gzip

import pytest

from sim.plots import figure_choice
from sim.plots.frame.drawn_data import drawn_data
from sim.report.page.data_address import PACKED, data_address
from sim.report.page.svg import DATA_ROOM


def told(address):
    """The table that an address holds."""
    content = base64.b64decode(address.partition(",")[2], validate=True)
    return (gzip.decompress(content) if address.startswith(PACKED) else content).decode()


@pytest.mark.parametrize("times", [1, 5000])
def test_a_table_comes_back_as_it_was(times):
    """Short or long, with letters beyond ASCII; the same address each time."""
    table = "panel,x: €\n" + "é,1\n" * times
    assert told(data_address(table)) == table
    assert data_address(table) == data_address(table)
    assert data_address(table).startswith("data:text/csv;") == (times == 1)


@pytest.mark.slow
@pytest.mark.parametrize("case", ["ceasefire", "labour", "budget", "river"])
def test_figures_with_news_hand_their_data_over(case, request, drawn):
    """None is left out for its length: curves over time, planes and maps of many cells among them."""
    results = request.getfixturevalue(case)
    names = figure_choice(results).news
    assert names
    for name in names:
        table = drawn_data(drawn(name, results))
        address = data_address(table)
        assert table.count("\n") > 1, name
        assert len(address) <= DATA_ROOM, name
        assert told(address) == table, name
