"""What is seen first: how things stand, before any script of the page has loaded."""

import contextlib
import os
import re
import tempfile
from importlib.util import find_spec

import pytest

from sim.view.early_picture import prepare, prepared
from sim.view.session import Session
from sim.view.viewed_case import open_case
from tests.report.chromium import find_chromium


def test_the_first_picture_stands_in_the_page_itself(place):
    """It is made once, and says the case, the worlds and every ending as the bars do; nobody waits for it."""
    opened = open_case(place, draws=20)
    assert prepared(opened) is None
    prepare(opened)
    found, first = prepared(opened), Session(opened).first_picture()
    prepare(opened)
    assert prepared(opened) is found
    assert f"<h1>{opened.scenario.title}</h1>" in found
    assert re.findall("<em>(.*?)</em>", found) == [str(first.told.proportion(code)) for code in first.listed]
    assert "20 worlds, the full number." in found


@pytest.mark.slow
@pytest.mark.skipif(find_spec("nicegui") is None, reason="needs the extra view (nicegui is not installed)")
@pytest.mark.skipif(find_chromium() is None, reason="needs Chromium (apt-get install chromium)")
@pytest.mark.skipif(os.name != "posix", reason="the browser is driven through a pipe, which needs POSIX")
def test_the_first_picture_comes_before_an_empty_page_of_the_framework_does():
    """Painted sooner than one bar of a page that has nothing else, in the least of three visits by turns at most."""
    from tests.benchmarks.viewer_cost import turns

    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(turns(folder, "scenarios/ceasefire", 3, with_moves=False)) as visits,
    ):
        for ours, empty, _ in visits:
            chart, page = (
                tuple(min(one[part] for one in each) for each in (ours, empty)) for part in ("chart", "page")
            )
            if chart[0] < chart[1] and page[0] < 4 * page[1]:
                break
    assert chart[0] < chart[1]
    assert page[0] < 4 * page[1]
