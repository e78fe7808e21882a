"""Pages of sweeps, bridges, analyses in a real browser, from disk with the network cut."""

import itertools

import pytest

from tests.report.chromium import NAMES, Browser, find_chromium
from tests.report.folders import MAKERS, call

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason=f"no browser: none of {', '.join(NAMES)} is installed"),
]
TABLES = {"sweep": "points-table", "bridge": "frontier-table", "analysis": "tornado-table-1"}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """Address of the page of each kind."""
    found = {}
    for kind, make in MAKERS.items():
        folder = make(tmp_path_factory.mktemp(kind))
        call("report", folder)
        found[kind] = (folder / "report.html").as_uri()
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser of its own."""
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(autouse=True)
def quiet(browser, addresses):
    """Every test ends without an error on the console and without a request for anything else."""
    browser.events.clear()
    yield
    assert browser.complaints() == []
    assert {found for found in browser.requests() if not found.startswith("data:")} <= set(addresses.values())


@pytest.mark.parametrize("kind", MAKERS)
def test_rows_sort_by_a_number_and_back(browser, addresses, kind):
    """Down, up, and as they stood; assistive technology is told."""
    browser.open(addresses[kind])
    table = f"document.getElementById('{TABLES[kind]}')"
    number = browser.evaluate(f"[...{table}.tHead.rows[0].cells].findLastIndex(h => h.classList.contains('number'))")
    script = f"[...{table}.tBodies[0].rows].map(r => r.cells[{number}].dataset.sort)"
    click = f"{table}.tHead.rows[0].cells[{number}].querySelector('button').click()"
    written = browser.evaluate(script)
    for direction in ("descending", "ascending"):
        browser.evaluate(click)
        shown = [float(value) for value in browser.evaluate(script)]
        assert shown == sorted(shown, reverse=direction == "descending")
        assert browser.evaluate(f"{table}.tHead.rows[0].cells[{number}].getAttribute('aria-sort')") == direction
    browser.evaluate(click)
    assert browser.evaluate(script) == written


@pytest.mark.parametrize("kind", MAKERS)
def test_figures_are_switched_by_keys(browser, addresses, kind):
    """One at a time where there are several; each says what it shows."""
    browser.open(addresses[kind])
    shown = "[...document.querySelectorAll('.panel')].filter(p => p.offsetHeight > 0).map(p => p.id)"
    names = browser.evaluate("[...document.querySelectorAll('.panel')].map(p => p.id)")
    assert names
    assert browser.evaluate(shown) == names[:1]
    labels = browser.evaluate("[...document.querySelectorAll('.drawing > *')].map(d => d.ariaLabel || d.alt)")
    assert all(len(label) > 20 for label in labels)
    if len(names) > 1:
        browser.evaluate("document.querySelector('[role=tab]').focus()")
        browser.press("ArrowRight", 39)
        assert browser.evaluate(shown) == names[1:2]


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_sticks_out(browser, addresses, kind, width, dark):
    """The page itself never scrolls sideways, by day and by night; headings come in order."""
    browser.open(addresses[kind], width=width, height=844, dark=dark)
    assert browser.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    ranks = browser.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert ranks[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(ranks))


@pytest.mark.parametrize("kind", MAKERS)
def test_paper_shows_every_row_and_figure_in_few_pages(browser, addresses, kind):
    """All figures with news, all rows; what stands on the page already is not printed twice but pointed to."""
    browser.open(addresses[kind], media="print")
    assert browser.evaluate("[...document.querySelectorAll('.panel:not(.second)')].every(p => p.offsetHeight > 50)")
    assert browser.evaluate("[...document.querySelectorAll('tbody tr')].every(r => r.offsetHeight > 5)")
    assert browser.evaluate("document.querySelector('.repeated').offsetHeight") == 0
    assert browser.evaluate("document.querySelector('.on-paper').offsetHeight") > 5
    assert browser.pdf().count(b"/Type /Page\n") <= 10


def test_maps_can_be_read_by_night(browser, addresses):
    """A map whose cells are pale keeps a light ground and dark letters on a dark page."""
    browser.open(addresses["sweep"], dark=True)
    browser.evaluate("document.querySelector('figure').classList.add('pale')")  # whatever the colours of this one
    ground = "getComputedStyle(document.querySelector('.pale .drawing')).backgroundColor"
    assert browser.evaluate(ground) == "rgb(255, 255, 255)"
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 22, 28)"
    ink = "getComputedStyle(document.querySelector('.pale .drawing')).getPropertyValue('--figure-ink').trim()"
    page = "getComputedStyle(document.body).getPropertyValue('--figure-ink').trim()"
    assert browser.evaluate(ink) != browser.evaluate(page)
