"""How long until something is seen in the viewer, part by part, beside an empty page: makes results/viewer.md.

    python tests/benchmarks/viewer_cost.py [--repeats 5] [--case scenarios/ceasefire] [--out results/viewer.md]

Milliseconds from the browser's request, as the browser tells them: first answer of the server, first picture, the page
put together. Beside it, by turns, an empty page of the framework with one chart: no page of this framework is put
together sooner. The play of the few worlds is taken in a process of its own, in milliseconds of processor time.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.view.viewer_browser import ViewerBrowser

HERE = Path(__file__).parents[2]
VIEWER = [sys.executable, "-m", "sim", "view", "--no-open"]
#: A page of the framework with nothing but a title and a chart with one bar, served as the viewer is.
EMPTY = """
import os
os.environ.setdefault("NICEGUI_STORAGE_PATH", os.devnull)
from nicegui import ui
from sim.view.serve import free_port

def page():
    ui.html("<h1>Empty</h1>", sanitize=False)
    ui.echart({"animation": False, "xAxis": {"type": "value"}, "yAxis": {"type": "category", "data": ["a"]},
               "series": [{"type": "bar", "data": [1]}]}, renderer="svg").classes("bars").style("height: 300px")

port = free_port("127.0.0.1")
print(f"http://127.0.0.1:{port}/", flush=True)
ui.run(page, host="127.0.0.1", port=port, show=False, reload=False, tailwind=False, show_welcome_message=False,
       gzip_middleware_factory=None, uvicorn_logging_level="error")
"""
#: What the page tells: when a title stood there, a chart, the page that answers.
WATCH = """window.seen = {};
  const seenAt = (name, when) => { if (!(name in seen) && when) seen[name] = performance.now(); };
  new MutationObserver(() => { seenAt('title', document.querySelector('h1')?.innerText);
    seenAt('page', document.querySelector('#app h1'));
    if (!('drawn' in seen) && document.querySelector('.bars em, .bars svg path')) {
      seenAt('drawn', true);
      requestAnimationFrame(() => setTimeout(() => { seenAt('painted', true); })); }
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true});"""
ANSWER = "performance.getEntriesByType('navigation')[0].responseStart"
PAINTS = "performance.getEntriesByType('paint').map(one => one.startTime)"
#: Whatever is shown is watched, and the moment noted at which the bars change.
MOVED = """window.moved = 0; new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
  window.moved ||= performance.now(); }))).observe(document.querySelector('.bars').parentElement,
  {subtree: true, childList: true, characterData: true, attributes: true}); window.begun = performance.now();"""
#: Milliseconds of processor time of the first picture, and of the few worlds after a slider's move.
PLAY = """
import os, sys, time
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")
from sim.view import Session, open_case

session, taken = Session(open_case(sys.argv[1])), []
for _ in range(2):
    begun = time.process_time()
    session.glimpse()
    taken.append(1000 * (time.process_time() - begun))
    path = next(iter(session.addable()))
    session.move(path, len(session.add(path).stops) - 1)
print(*taken)
"""
#: Part -> what it is.
SAID = {
    "answer": "the server begins to answer",
    "title": "the title stands",
    "chart": "the first chart is painted",
    "page": "the page is put together and answers",
}


@contextlib.contextmanager
def served(command):
    """Serve a page in a process of its own: its address, once it answers."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NICEGUI", "PYTEST"))}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=clean, cwd=HERE
    ) as server:
        try:
            address, until = server.stdout.readline().strip(), time.monotonic() + 120
            url = urlsplit(address)
            while time.monotonic() < until:
                with contextlib.suppress(OSError), socket.create_connection((url.hostname, url.port), 5):
                    break
                time.sleep(0.1)
            time.sleep(3)  # while a user's browser starts: the first few worlds are played
            yield address
        finally:
            server.send_signal(signal.SIGINT)


def visit(browser, address):
    """Milliseconds from the request until each part is there, nothing of an earlier visit being kept.

    A chart is painted when the browser tells of a paint after it was drawn; it tells of the first ones only.
    """
    browser.send("Network.setCacheDisabled", cacheDisabled=True)
    browser.open(address)
    browser.wait_for("window.seen.painted && 'page' in window.seen")
    seen = browser.evaluate("window.seen")
    chart = min(one for one in [*browser.evaluate(PAINTS), seen["painted"]] if one >= seen["drawn"])
    return {**seen, "answer": browser.evaluate(ANSWER), "chart": chart}


def moved(browser):
    """Milliseconds from a slider's move by a key until the bars are painted anew, few worlds at first."""
    browser.wait_for("document.body.innerText.includes('the full number')")
    browser.wait_for("document.querySelectorAll('.slider').length > 2")
    time.sleep(2)
    browser.evaluate("document.querySelector('.slider .q-slider [tabindex]').focus()")
    browser.evaluate(MOVED)
    browser.press("ArrowLeft", 37)
    browser.wait_for("window.moved")
    return browser.evaluate("window.moved - window.begun")


def turns(folder, case, repeats, *, with_moves=True):
    """Visits of the viewer and of the empty page by turns, each of a new server, and what a slider's move takes.

    Yields after each turn:
        ours, the empty page's (each a list of part -> milliseconds), moves; of all turns so far
    """
    ours, empty, moves = [], [], []
    with contextlib.closing(ViewerBrowser(Path(folder))) as browser:
        browser.send("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        for _ in range(repeats):
            with served([*VIEWER, str(case)]) as address:
                ours.append(visit(browser, address))
                if with_moves:
                    moves.append(moved(browser))
            with served([sys.executable, "-c", EMPTY]) as address:
                empty.append(visit(browser, address))
            yield ours, empty, moves


def told(values):
    """Median and spread."""
    return f"{statistics.median(values):.0f} ({min(values):.0f}–{max(values):.0f})"


def table(case, ours, empty, moves, played):
    """The text of the results."""
    rows = "\n".join(
        f"| {words} | {told([one[part] for one in ours])} | {told([one[part] for one in empty])} |"
        for part, words in SAID.items()
    )
    first, again = ([one[n] for one in played] for n in (0, 1))
    return f"""# Until something is seen in the viewer

Made by `python tests/benchmarks/viewer_cost.py`: `sim view {case}`, milliseconds from the browser's
request, median (least–most) of {len(ours)} visits without a cache to servers just started, by turns with an empty page
of the same framework that has one chart. Other programs on the machine make all of it slower.

| until | the viewer | the empty page |
|---|---|---|
{rows}

The first picture waits for no script to load: it is part of the page that is asked for, so it is there before the
framework is. The page that answers, with sliders and maps, cannot be there sooner than the empty page of its framework
is, whose scripts have to be read, put together and connected; that, and no play of worlds, stands between the request
and 0.3 s for it.

The few worlds are played before the page is asked for, once for all windows, while the framework loads and the browser
starts; and again after each move of a slider:

| what is played and shown | milliseconds |
|---|---|
| the first few worlds, processor time | {told(first)} |
| the few worlds after a slider's move, processor time | {told(again)} |
| from a slider's move until the bars are painted anew | {told(moves)} |
"""


def main():
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--case", default="scenarios/ceasefire")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "viewer.md")
    asked = parser.parse_args()
    played = [
        [float(word) for word in subprocess.run(
            [sys.executable, "-c", PLAY, asked.case], cwd=HERE, capture_output=True, text=True, check=True
        ).stdout.split()]
        for _ in range(asked.repeats)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        *_, (ours, empty, moves) = turns(folder, asked.case, asked.repeats)
    text = table(asked.case, ours, empty, moves, played)
    asked.out.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
