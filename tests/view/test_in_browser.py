"""The viewer as its user meets it: a server of its own, a headless browser, no other network."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.util import find_spec

import numpy as np
import pytest

from sim.ensemble import LIGHT, Design, meanings, play
from sim.scenario import read_case
from tests.report.chromium import find_chromium
from tests.view.playing import observed_case
from tests.view.viewer_browser import ViewerBrowser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("nicegui") is None, reason="needs the extra view (nicegui is not installed)"),
    pytest.mark.skipif(find_chromium() is None, reason="needs Chromium (apt-get install chromium)"),
    pytest.mark.skipif(os.name != "posix", reason="the browser is driven through a pipe, which needs POSIX"),
]
DRAWS = 400
FULL = "document.body.innerText.includes('400 worlds, the full number')"
MAPPED = "/(\\d+) of \\1 cells/.test(document.body.innerText) && !document.querySelector('.chart.stale')"
#: What the table behind the bars says of worlds after a broken deal, of all worlds.
BROKEN = (
    "[...document.querySelectorAll('#endings tbody tr')].find(row => row.innerText.includes('broken'))"
    "?.lastElementChild.textContent"
)

#: Remembers every count of worlds that was on the page, however briefly.
COUNTS = """window.counts = []; new MutationObserver(() => { const found = document.querySelector('.count strong');
  if (found && window.counts.at(-1) !== found.innerText) window.counts.push(found.innerText); })
  .observe(document, {subtree: true, childList: true, characterData: true});"""

#: Opens a tab.
TAB = "[...document.querySelectorAll('.q-tab')].find(tab => tab.innerText.includes('{}')).click()"
#: Where a deal that can be signed lies in the window.
DEAL = """(() => { const chart = document.querySelector('.chart.plane');
  const own = getElement(chart).chart, option = own.getOption();
  chart.scrollIntoView({block: 'center'});
  const series = option.series.find(item => item.data[0]?.deal !== undefined);
  const at = own.convertToPixel({seriesIndex: option.series.indexOf(series)}, series.data[0].value);
  const box = chart.getBoundingClientRect(); return [box.x + at[0], box.y + at[1]]; })()"""


def status(address, **headers):
    """Status of an answer."""
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own server
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - our own server
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    """The small case in a folder of its own."""
    return observed_case(tmp_path_factory.mktemp("viewed"))


@pytest.fixture(scope="module")
def address(case):
    """One viewer of the small case for all visits; at the end Ctrl-C stops it, and it says so and leaves with 0."""
    command = [sys.executable, "-m", "sim", "view", str(case), "--no-open", "--draws", str(DRAWS)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NICEGUI", "PYTEST"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean) as server:
        found = server.stdout.readline().strip()
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                status(found)
                break
            except OSError:
                time.sleep(0.1)
        yield found
        server.send_signal(signal.SIGINT)
        _, complaints = server.communicate(timeout=30)
    assert server.returncode == 0
    assert complaints.splitlines()[-1] == "The viewer has ended."
    odd = [line for line in complaints.splitlines() if line.startswith("Warning: a message ")]
    assert len(odd) <= 1
    assert len(complaints.splitlines()) == 2 + len(odd), complaints[:2000]


@pytest.fixture
def browser(tmp_path):
    """A browser; at the end nothing was complained of, and nobody but the viewer was asked for anything."""
    found = ViewerBrowser(tmp_path / "browser")
    yield found
    found.close()
    assert found.complaints() == []
    asked = [*found.requests(), *found.sockets()]
    assert [
        item
        for item in asked
        if not item.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:", "about:"))
    ] == []


def drag(browser, selector, share):
    """Drag a slider's thumb to a share of its length, as a hand would; stays held."""
    left, top, width, height = browser.place(selector)
    start = browser.evaluate(
        f"(() => {{ const r = document.querySelector('{selector} .q-slider__thumb').getBoundingClientRect();"
        " return r.x + r.width / 2; })()"
    )
    y = top + height / 2
    browser.mouse("mousePressed", start, y)
    for step in range(1, 9):
        browser.mouse("mouseMoved", start + (left + share * width - start) * step / 8, y)
        time.sleep(0.05)
    return left + share * width, y


def click(browser, x, y):
    """Click at a place, with the pointer moved there first, as charts expect it."""
    for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
        browser.mouse(kind, x, y)


def share(words):
    """The share that begins some words, in percent."""
    return float(re.match(r"[<>]?(\d+)", words)[1])


def downloaded(browser):
    """The overlay that the browser saved."""
    file = browser.downloads / "my-world.toml"
    until = time.monotonic() + 20
    while not file.exists() and time.monotonic() < until:
        browser.evaluate("1")
        time.sleep(0.1)
    return file


def test_the_token_is_needed_for_everything(address):
    """ViewerPage, scripts and websocket answer 403 without it; loopback is the only place listened on."""
    root, _, token = address.rstrip("/").rpartition("/")
    assert root.startswith("http://127.0.0.1:")
    assert len(token) >= 20
    assert status(address) == 200
    for wrong in (
        "/",
        f"/{token[:-1]}/",
        f"/x{token}/",
        "/_nicegui_ws/socket.io/?EIO=4&transport=polling",
        "/favicon.ico",
    ):
        assert status(root + wrong) == 403
    assert status(address, Host="evil.example") == 403
    assert status(address, Origin="http://evil.example") == 403
    assert status(address, Origin=root) == 200


def test_outcomes_come_first_and_positions_are_edited_in_a_table(address, browser):
    """Who would sign what and terms stand above the tabs; a position chosen in the table is set, also by phone."""
    browser.open(address, width=390, height=844)
    browser.wait_for(FULL)
    browser.wait_for(
        "document.querySelector('.outcomes #packages-table') && document.querySelector('.outcomes #terms-table')"
    )
    top = "document.querySelector('{}').getBoundingClientRect().top"
    assert browser.evaluate(top.format(".outcomes")) < browser.evaluate(top.format(".tabs"))
    assert browser.evaluate("document.documentElement.scrollWidth") <= 390
    browser.evaluate(TAB.format("Positions"))
    cell = "document.querySelector('.positions .q-select')"
    browser.wait_for(cell)
    assert browser.evaluate("[...document.querySelectorAll('.positions thead th')].length") > 3
    browser.evaluate(f"{cell}.click()")
    browser.wait_for("document.querySelectorAll('.q-menu .q-item').length > 1")
    browser.evaluate("[...document.querySelectorAll('.q-menu .q-item')].at(-1).click()")
    browser.wait_for("document.querySelector('.slider.moved')")
    browser.wait_for(FULL)


def test_move_map_open_pin_download(address, browser, case):
    """The whole visit: a slider is dragged, a cell opened, the overlay taken away and played again."""
    browser.send("Page.addScriptToEvaluateOnNewDocument", source=COUNTS)
    browser.open(address)
    browser.wait_for(FULL)
    assert browser.evaluate("window.counts")[0] == "First 200 of 400 worlds; the rest follow."
    browser.wait_for("document.querySelectorAll('.slider').length >= 4")
    browser.wait_for(MAPPED)
    browser.click_text("Pin this setting")

    slider = '[data-path="south.patience"] .q-slider'
    x, y = drag(browser, slider, 0.1)
    browser.wait_for("document.body.innerText.includes('First 200 of 400 worlds while moving')")
    browser.mouse("mouseReleased", x, y)
    browser.wait_for(FULL)
    browser.wait_for(
        "/^(Moved|This moves nothing)/.test(document.querySelector('[data-path=\"south.patience\"] .effect').innerText)"
    )
    browser.wait_for("document.querySelector('#pins')")
    browser.wait_for(MAPPED)

    left, top, width, height = browser.place(".chart.map")
    click(browser, left + 0.8 * width, top + 0.2 * height)
    browser.wait_for("document.querySelector('.world .body')?.innerText.includes('The talks')")
    said = browser.evaluate("document.querySelector('.world').innerText")
    assert re.search(r"(north|south): (yes|no), ", said)
    browser.click_text("Close")
    browser.wait_for("!document.querySelector('.world')")

    browser.click_text("Download as overlay")
    file = downloaded(browser)
    told = browser.wait_for("document.querySelector('.saved code')?.innerText")
    assert told == f"sim run {case} --overlay ~/Downloads/my-world.toml --draws {DRAWS}"
    assert "my-world.toml saved" in browser.evaluate("document.querySelector('.saved').innerText")
    browser.click_text("Copy the command")
    assert browser.evaluate("getSelection().toString()").strip() == told
    played = play(Design.of_draws(read_case(case, overlay=file).scenario, DRAWS), columns=(*LIGHT, "final_state"))
    broken = meanings(played, "final_state").index("fighting_after_broken_deal")
    war = float(np.mean(played["final_state"].values == broken))
    assert share(browser.evaluate(BROKEN)) == pytest.approx(100 * war, abs=1)


def test_messages_that_make_no_sense_do_not_end_a_session(address, browser):
    """Whatever a window sends, it goes on working: sliders and charts answer to what makes sense."""
    browser.open(address)
    browser.wait_for(FULL)
    browser.wait_for("document.querySelectorAll('.slider').length >= 4")
    browser.wait_for(MAPPED)
    browser.evaluate(
        """(() => { const id = window.clientId, send = (name, found) => window.socket.emit(name, found);
          const slider = Number(document.querySelector('.slider .q-slider').id.slice(1));
          const chart = Number(document.querySelector('.chart.map').id.slice(1));
          const bad = [null, 7, "x", [], {}, [null], ["x"], [{}], [[9, 9]], [1e308], [-5], [{data: {cell: ["a", {}]}}],
            [{data: {cell: [99, -1]}}], [{data: {cell: [true, 0]}}], [{data: {deal: "x"}}]];
          for (const args of bad) {
            for (const name of ["event", "javascript_response", "ack", "log", "handshake"]) send(name, args);
            for (const target of [slider, chart, 1, 99999, "x"]) for (const listener of ["x", null, 3])
              send("event", {client_id: id, id: target, listener_id: listener, args}); }
          const emit = element => { for (const args of bad) element.$emit("update:model-value", args?.[0] ?? null); };
          emit(getElement(slider));
          for (const args of bad) getElement(chart).$emit("componentClick", args?.[0]); })()"""
    )
    time.sleep(1)
    x, y = drag(browser, '[data-path="south.patience"] .q-slider', 0.1)
    browser.mouse("mouseReleased", x, y)
    browser.wait_for("document.querySelector('[data-path=\"south.patience\"] .effect').innerText.length > 5")
    browser.wait_for(FULL)


def test_a_deal_is_clicked_and_its_world_read(address, browser):
    """A click near a point tells the deal and who says what to it; the story is that of the same world."""
    browser.open(address)
    browser.wait_for(FULL)
    browser.evaluate(TAB.format("One typical world"))
    browser.wait_for("document.querySelector('.chart.plane svg')")
    left, top = browser.wait_for(DEAL)
    click(browser, left, top)
    browser.wait_for("document.querySelector('.deal li')")
    told = browser.evaluate("document.querySelector('.deal').innerText")
    assert "Against no deal" in told
    assert re.search(r"(north|south): (yes|no), ", told)
    number = re.search(r"This is world ([\d,]+)", browser.evaluate("document.body.innerText"))[1]
    browser.click_text("Read this world's story")
    browser.wait_for("document.querySelector('.world .body')?.innerText.includes('The talks')")
    said = browser.evaluate("document.querySelector('.world').innerText")
    assert f"World {number}: " in said
    assert "The deal that was clicked" in said
    assert not browser.evaluate(
        "[...document.querySelectorAll('.world button')].some(b => b.innerText.includes('Another world')"
        " && b.offsetParent)"
    )


def test_an_overlay_is_chosen_and_taken_away(address, browser, case):
    """The endings are those of the overlay; the download extends it and holds the change besides."""
    browser.open(address)
    browser.wait_for(FULL)
    browser.wait_for("document.querySelectorAll('.slider').length >= 4")
    browser.click(".choose .q-select:last-child")
    browser.wait_for("[...document.querySelectorAll('.q-menu .q-item')].some(i => i.innerText.includes('harder'))")
    browser.evaluate(
        "[...document.querySelectorAll('.q-menu .q-item')].find(i => i.innerText.includes('harder')).click()"
    )
    browser.wait_for("document.querySelector('h1').innerText === 'harder'")
    browser.wait_for(FULL)
    browser.wait_for(MAPPED)
    x, y = drag(browser, '[data-path="south.patience"] .q-slider', 0.1)
    browser.mouse("mouseReleased", x, y)
    browser.wait_for("document.querySelector('[data-path=\"south.patience\"] .effect').innerText.length > 5")
    browser.click_text("Download as overlay")
    file = downloaded(browser)
    assert 'extends = "harder.toml"' in file.read_text(encoding="utf-8")
    played = play(Design.of_draws(read_case(case, overlay=file).scenario, DRAWS), columns=(*LIGHT, "final_state"))
    broken = meanings(played, "final_state").index("fighting_after_broken_deal")
    war = float(np.mean(played["final_state"].values == broken))
    assert share(browser.evaluate(BROKEN)) == pytest.approx(100 * war, abs=1)


def test_keyboard_phone_and_another_window(address, browser):
    """Arrow keys move a slider, nothing is wider than a phone, and a second window knows nothing of the first."""
    browser.open(address, width=390, height=844)
    browser.wait_for(FULL)
    browser.wait_for("document.querySelectorAll('.slider').length >= 4")
    assert browser.evaluate("document.documentElement.scrollWidth") <= 390
    browser.wait_for(MAPPED)
    browser.click_text("Open a world where it stands now")
    browser.wait_for("document.querySelector('.world .body')?.innerText.includes('The talks')")
    time.sleep(0.6)  # a window that is still opening would be missed
    browser.evaluate("document.querySelector('.world').scrollTop = 1e6")
    left, top, width, height = browser.evaluate(
        "(() => { const r = document.querySelector('.world .bar button').getBoundingClientRect();"
        " return [r.x, r.y, r.width, r.height]; })()"
    )
    assert 0 <= left <= left + width <= 390
    assert 0 <= top <= top + height <= 844
    click(browser, left + width / 2, top + height / 2)
    browser.wait_for("!document.querySelector('.world')")
    browser.evaluate("document.querySelector('.slider .q-slider [tabindex]').focus()")
    for _ in range(3):
        browser.press("ArrowRight", 39)
    browser.wait_for("document.querySelector('.slider.moved .effect')?.innerText.length > 5")
    browser.open(address, width=390, height=844)
    browser.wait_for(FULL)
    browser.wait_for("document.querySelectorAll('.slider').length >= 4")
    assert not browser.evaluate("!!document.querySelector('.slider.moved')")
