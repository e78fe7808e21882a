"""The report in a real browser, opened from disk with the network cut: it works by mouse, by keys, on paper."""

import csv
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from sim.cli.main import main
from sim.plots import figure_choice
from sim.store import load_results, load_with_replays
from tests.report.chromium import NAMES, Browser, find_chromium

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_chromium() is None, reason=f"no browser: none of {', '.join(NAMES)} is installed"),
]
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(few_figures, tmp_path_factory):
    """A run of the main case with conventions and overlays, and its report; rounds are long, so that it is quick."""
    out = tmp_path_factory.mktemp("runs") / "main"
    words = [
        "--draws",
        "12",
        "--conventions",
        "--overlays",
        "strong-guarantees",
        "--set",
        'talks.round="1 year"',
        "--no-flips",
        "--no-figures",
        "--out",
        str(out),
    ]
    for command in (["run", str(PROJECT / "scenarios" / "ceasefire"), *words], ["report", str(out)]):
        found = CliRunner().invoke(main, command)
        assert found.exit_code == 0, found.output
    return out


@pytest.fixture(scope="module", autouse=True)
def few_figures():
    """Pages show those with news and some of every other make; all of them are looked for in ``test_page.py``.

    Rounds are few, so tables are short: what counts as long is set down with them. Conventions are combined in a few
    ways, which make the same table as many.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.runs.readings.COMBINATIONS", 4)
        patch.setattr("sim.runs.readings.PAIRS", 2)
        patch.setattr("sim.report.page.data_address._PACKED_FROM", 6_000)
        patch.setattr("sim.report.page.pictures.figure_choice", some_of_each)
        yield


def some_of_each(results):
    """What a page of these tests shows."""
    found = figure_choice(results)
    repeated = dict(list(found.repeated.items())[:1])
    return replace(found, constant=found.constant[:1], others=found.others[:2], repeated=repeated)


@pytest.fixture(scope="module")
def address(folder):
    """Address of the page."""
    return (folder / "report.html").as_uri()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A browser of its own."""
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.close()


@pytest.fixture(autouse=True)
def quiet(browser, address):
    """Every test ends without an error on the console and without a request for anything else."""
    browser.events.clear()
    yield
    assert browser.complaints() == []
    assert {found for found in browser.requests() if not found.startswith("data:")} <= {address}


def column(browser, table, number):
    """What a column of a table shows, from top to bottom."""
    script = f"[...document.querySelectorAll('#{table} tbody tr')].map(r => r.cells[{number}].dataset.sort)"
    return browser.evaluate(script)


def test_columns_sort_down_up_and_back(browser, address):
    """By the value behind what is shown; assistive technology is told."""
    browser.open(address)
    written = column(browser, "numbers-table", 3)
    head = "document.querySelectorAll('#numbers-table thead th')[3]"
    browser.evaluate(f"{head}.querySelector('button').click()")
    down = [float(found) for found in column(browser, "numbers-table", 3)]
    assert browser.evaluate(f"{head}.getAttribute('aria-sort')") == "descending"
    browser.evaluate(f"{head}.querySelector('button').click()")
    up = [float(found) for found in column(browser, "numbers-table", 3)]
    assert browser.evaluate(f"{head}.getAttribute('aria-sort')") == "ascending"
    browser.evaluate(f"{head}.querySelector('button').click()")
    assert column(browser, "numbers-table", 3) == written
    assert browser.evaluate(f"{head}.getAttribute('aria-sort')") is None
    assert down == sorted(down, reverse=True)
    assert up == sorted(up)


def test_every_table_sorts_by_every_column(browser, address):
    """No click fails, and no row is lost."""
    browser.open(address)
    script = """[...document.querySelectorAll('table.sortable')].every(table => {
        const before = table.tBodies[0].rows.length;
        table.tHead.querySelectorAll('button').forEach(button => button.click());
        return table.tHead.querySelectorAll('button').length > 1 && table.tBodies[0].rows.length === before;
    })"""
    assert browser.evaluate(script) is True


def test_numbers_are_found_and_narrowed(browser, address):
    """By words and by what they rest on; the count is told."""
    browser.open(address)
    shown = "[...document.querySelectorAll('#numbers-table tbody tr')].filter(r => !r.hidden).length"
    whole = browser.evaluate(shown)
    browser.evaluate("document.querySelector('#numbers details').open = true")
    browser.evaluate("document.querySelector('.controls input').focus()")
    browser.send("Input.insertText", text="russia.PATIENCE")
    assert browser.evaluate(shown) == 1
    assert browser.evaluate("document.querySelector('.controls output').textContent") == f"1 of {whole}"
    script = """const [find, kind] = ['input', 'select'].map(name => document.querySelector(`.controls ${name}`));
        find.value = ''; kind.value = 'assumed'; kind.dispatchEvent(new Event('input', { bubbles: true }));"""
    browser.evaluate(f"(() => {{{script}}})()")
    assumed = browser.evaluate("document.querySelectorAll('#numbers-table tr[data-kind=assumed]').length")
    assert browser.evaluate(shown) == assumed < whole


def test_figures_are_switched_by_mouse_and_by_keys(browser, address, folder):
    """One at a time; arrow keys, Home and End move between the tabs."""
    browser.open(address)
    shown = "[...document.querySelectorAll('.panel')].filter(p => p.offsetHeight > 0).map(p => p.id)"
    names = browser.evaluate("[...document.querySelectorAll('.panel')].map(p => p.id)")
    choice = some_of_each(load_with_replays(folder))
    chosen = [*choice.news, *choice.others, *choice.repeated, *choice.constant]
    assert names == [f"figure-{name}" for name in chosen]
    assert browser.evaluate(shown) == names[:1]
    browser.evaluate("document.querySelectorAll('[role=tab]')[1].click()")
    assert browser.evaluate(shown) == names[1:2]
    browser.evaluate("document.querySelectorAll('[role=tab]')[1].focus()")
    for key, code, expected in (("ArrowRight", 39, 2), ("End", 35, -1), ("ArrowRight", 39, 0), ("ArrowLeft", 37, -1)):
        browser.press(key, code)
        assert browser.evaluate(shown) == [names[expected]], key
    assert browser.evaluate("document.activeElement.getAttribute('aria-selected')") == "true"


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_follows_the_system_until_it_is_chosen(browser, address, dark):
    """Then light and dark in turn, remembered by nothing but this browser."""
    browser.open(address, dark=dark)
    ground = "getComputedStyle(document.body).backgroundColor"
    light, night = "rgb(255, 255, 255)", "rgb(18, 22, 28)"
    assert browser.evaluate(ground) == (night if dark else light)
    paper = "getComputedStyle(document.querySelector('.panel svg path')).fill"
    assert browser.evaluate(paper) == browser.evaluate(ground)
    for expected in (light, night, night if dark else light):
        browser.evaluate("document.getElementById('theme').click()")
        assert browser.evaluate(ground) == expected


@pytest.mark.parametrize("width", [360, 390, 768, 1200])
def test_nothing_sticks_out(browser, address, width):
    """At any width the page itself does not scroll sideways; what is wider can be reached with the keyboard."""
    browser.open(address, width=width, height=844)
    tabs = browser.evaluate("document.querySelectorAll('[role=tab]').length")
    for n in range(tabs):
        browser.evaluate(f"document.querySelectorAll('[role=tab]')[{n}].click()")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert browser.evaluate(wide) <= 0
    script = """[...document.querySelectorAll('.scroll')].filter(
        r => r.offsetHeight && (r.scrollWidth > r.clientWidth + 1) !== (r.tabIndex === 0)).length"""
    assert browser.evaluate(script) == 0


def test_commands_can_be_copied(browser, address):
    """Or are selected where the browser does not let a file copy."""
    browser.open(address)
    browser.evaluate("document.querySelector('button.copy').click()")
    command = browser.evaluate("document.getElementById('replay-typed').textContent")
    assert command.startswith("sim run ")
    assert browser.evaluate("String(window.getSelection()).trim()") == command
    assert browser.evaluate(
        "new Promise(r => setTimeout(() => r(document.querySelector('button.copy').textContent), 300))"
    ) in {"Copied", "Selected: press Ctrl+C"}


def test_without_scripts_everything_is_there(browser, address):
    """All figures, no dead controls."""
    browser.send("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address)
    finally:
        browser.send("Emulation.setScriptExecutionDisabled", value=False)
    assert browser.evaluate("[...document.querySelectorAll('.panel')].every(p => p.offsetHeight > 100)")
    assert browser.evaluate("[...document.querySelectorAll('button')].every(b => b.offsetHeight === 0)")


def words_on_paper(browser, tmp_path):
    """What a PDF of the page says, without spaces, and how many pages it has."""
    printed = browser.pdf()
    (tmp_path / "page.pdf").write_bytes(printed)
    command = [shutil.which("pdftotext"), str(tmp_path / "page.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return re.sub(r"\s+", "", done.stdout), done.stdout.count("\f")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext")
def test_paper_has_the_answer_and_what_was_opened(browser, address, tmp_path, folder):
    """Figures with news in light colours on few pages; every number too, filtered or not, once it was unfolded."""
    browser.open(address, dark=True)
    words, pages = words_on_paper(browser, tmp_path)
    assert pages < 10
    assert "Thisisnoforecast" in words
    browser.send("Emulation.setEmulatedMedia", media="print", features=[])
    shown = "[...document.querySelectorAll('.panel')].filter(p => p.offsetHeight > 100).length"
    news = "document.querySelectorAll('.panel:not(.second)').length"
    assert browser.evaluate(shown) == browser.evaluate(news) > 3
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    browser.open(address)
    browser.evaluate(
        "(() => { document.querySelector('#numbers details').open = true;"
        "const find = document.querySelector('.controls input'); find.value = 'nothing has this name';"
        "find.dispatchEvent(new Event('input', { bubbles: true })); })()"
    )
    words, _ = words_on_paper(browser, tmp_path)
    assert words.count("Assumed:") >= int(load_results(folder)["number_assumed"].values.sum())


def test_a_link_opens_what_is_folded(browser, address):
    """The list of contents leads to every number, though it is folded away."""
    browser.open(address)
    folded = "document.querySelector('#numbers details').open"
    assert not browser.evaluate(folded)
    browser.evaluate("document.querySelector('nav a[href=\"#numbers\"]').click()")
    assert browser.evaluate(f"new Promise(r => setTimeout(() => r({folded}), 200))")


def test_a_phone_needs_few_screens(browser, address):
    """What is looked up is folded, so the page of the case with most to tell is under twenty screens of a phone."""
    browser.open(address, width=390, height=844)
    assert browser.evaluate("document.documentElement.scrollHeight") < 20 * 844


def test_a_case_without_a_war_keeps_to_the_same_limits(browser, tmp_path):
    """Few screens of a phone, and a brief of three parties on one page of paper."""
    out = tmp_path / "dam"
    words = ["--draws", "12", "--no-flips", "--no-figures", "--out", str(out)]
    for command in (
        ["run", str(PROJECT / "scenarios" / "river_dam"), *words],
        ["report", str(out)],
        ["report", str(out), "--brief"],
    ):
        found = CliRunner().invoke(main, command)
        assert found.exit_code == 0, found.output
    browser.open((out / "report.html").as_uri(), width=390, height=844)
    assert browser.evaluate("document.documentElement.scrollHeight") < 20 * 844
    browser.open((out / "brief.html").as_uri())
    assert len(re.findall(rb"/Type\s*/Page\b", browser.pdf())) == 1
    assert browser.complaints() == []
    browser.events.clear()


def test_each_figure_brings_its_data(browser, address):
    """Below it a link holds the numbers as CSV, and nothing is loaded for it."""
    browser.open(address)
    links = "[...document.querySelectorAll('.panel .data a')]"
    assert browser.evaluate(f"{links}.length") >= browser.evaluate("document.querySelectorAll('.panel').length") - 2
    text = browser.evaluate(f"atob({links}.find(a => a.download === 'who-would-sign.csv').href.split(',')[1])")
    heads, *rows = list(csv.reader(text.splitlines()))
    assert heads[-1] == "value"
    assert len(rows) > 10
    assert all(0 <= float(row[-1]) <= 100 for row in rows)


def test_long_tables_are_unpacked_when_asked_for(browser, address):
    """What is saved is CSV under its own name, with the head and the rows of what is drawn."""
    browser.open(address)
    table, name = browser.evaluate(
        """new Promise((done) => {
          const made = URL.createObjectURL;
          let kept;
          URL.createObjectURL = (blob) => { kept = blob; return made.call(URL, blob); };
          HTMLAnchorElement.prototype.click = function () { kept.text().then((text) => done([text, this.download])); };
          const link = document.querySelector("a.packed");
          link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        })"""
    )
    assert re.fullmatch(r"[a-z-]+\.csv", name)
    heads, *rows = list(csv.reader(table.splitlines()))
    assert heads[:4] == ["panel", "kind", "series", "color"]
    assert len(rows) > 100
    assert {len(row) for row in rows} == {len(heads)}
    assert browser.complaints() == []
