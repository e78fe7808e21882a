"""Pages of two runs side by side and of news in a real browser, from disk with the network cut."""

import json

import pytest

from tests.report.chromium import NAMES, Browser, find_chromium
from tests.report.folders import call
from tests.report.reading import Page
from tests.runs.news import write_news
from tests.scenario.small_case import write_case

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The page of each kind."""
    top = tmp_path_factory.mktemp("pages")
    case = write_case(top / "small")
    for name, patience in (("a", 0.65), ("b", 0.9)):
        more = ["--no-figures", "--no-flips", "--set", f"north.patience={patience}", "--out", top / name]
        call("run", case, "--draws", 20, *more)
    call("compare", top / "a", top / "b", "--page", top / "compare.html")
    found = call("update", write_news(top), "--with", "later", "--draws", 60, "--json", "--page", top / "update.html")
    rows = json.loads(found.stdout)["changes"]
    assert {row["unit"] for row in rows if row["of"] == "state"} == {"points"}
    assert any(row["of"] == "terms.pay" for row in rows)
    return {kind: top / f"{kind}.html" for kind in ("compare", "update")}


def test_news_has_its_figure_after_the_answer(files):
    """The claim of the title, the data under the figure, the tables that say the same in words below it."""
    page = Page(files["update"].read_text(encoding="utf-8"))
    assert page.unbalanced == []
    ids = [one.attributes.get("id", "") for one in page.elements]
    assert ids.index("answer") < ids.index("figure-paired-changes") < ids.index("states")
    (title,) = [one for one in page.elements if one.attributes.get("id") == "figure-paired-changes-title"]
    assert "changes most" in title.text
    assert any(one.attributes.get("download") == "paired-changes.csv" for one in page.elements)


@pytest.mark.skipif(find_chromium() is None, reason=f"no browser: none of {', '.join(NAMES)} is installed")
@pytest.mark.parametrize("kind", ["compare", "update"])
def test_the_figure_is_seen_at_every_width_by_day_and_night(browser, files, kind):
    """Described for who does not see it; the page never scrolls sideways; nothing is asked of the network."""
    address = files[kind].as_uri()
    for width, dark in ((390, False), (1200, True)):
        browser.events.clear()
        browser.open(address, width=width, height=844, dark=dark)
        assert browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert browser.evaluate("document.querySelector('.panel .drawing').offsetHeight") > 80
        assert len(browser.evaluate("document.querySelector('.drawing > *').ariaLabel")) > 100
        assert browser.complaints() == []
        assert {found for found in browser.requests() if not found.startswith("data:")} <= {address}


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser of its own."""
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()
