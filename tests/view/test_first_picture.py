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
def test_the_first_picture_is_painted_before_its_page_is_put_together():
    """In one of three visits at most, since other programs hold any one of them up; else it is never so.

    How it compares with an empty page of the framework is what `tests/benchmarks/viewer_cost.py` tells.
    """
    from tests.benchmarks.viewer_cost import turns

    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.closing(turns(folder, "scenarios/ceasefire", 3, with_moves=False)) as visits,
    ):
        assert any(ours[-1]["chart"] < ours[-1]["page"] for ours, *_ in visits)
