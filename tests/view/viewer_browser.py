"""A browser that reaches this machine only, with hands: it drags, clicks and downloads."""

import json
import time
from pathlib import Path
from unittest.mock import patch

from tests.report import chromium

#: As for the report, but this machine's own servers can be reached.
FLAGS = (
    *(flag for flag in chromium.FLAGS if not flag.startswith("--host-resolver-rules")),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--hide-scrollbars",
)


class ViewerBrowser(chromium.Browser):
    """One page; files it downloads go to ``downloads``."""

    def __init__(self, folder: Path):
        with patch.object(chromium, "FLAGS", FLAGS):
            super().__init__(folder / "profile")
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True)
        self.send("Page.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))

    def wait_for(self, script, seconds=90.0):
        """Wait until an expression in the page is true, and return its value."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            found = self.evaluate(f"(() => {{ const found = {script}; return found instanceof Node || found; }})()")
            if found:
                return found
            time.sleep(0.1)
        raise TimeoutError(f"{script} stayed false; the page says: {self.evaluate('document.body.innerText')[:2000]}")

    def place(self, selector):
        """Left, top, width and height of an element, scrolled into view, once it has stopped moving."""
        before, now = None, self._box(selector)
        until = time.monotonic() + 5
        while now != before and time.monotonic() < until:  # a window that is still opening would be missed
            time.sleep(0.1)
            before, now = now, self._box(selector)
        return now

    def _box(self, selector):
        """Left, top, width and height of an element at this moment."""
        return self.evaluate(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'});"
            " const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })()"
        )

    def mouse(self, kind, x, y):
        """Send one event of the left button: mousePressed, mouseMoved, mouseReleased."""
        held = 0 if kind == "mouseReleased" else 1
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=held, clickCount=1)

    def click(self, selector):
        """Click the middle of an element."""
        left, top, width, height = self.place(selector)
        self.mouse("mousePressed", left + width / 2, top + height / 2)
        self.mouse("mouseReleased", left + width / 2, top + height / 2)

    def click_text(self, text):
        """Click the button that says this."""
        self.evaluate(
            "(() => { for (const b of document.querySelectorAll('button')) b.removeAttribute('data-wanted');"
            f"const b = [...document.querySelectorAll('button')].find(b => b.innerText.includes({json.dumps(text)}));"
            "b.setAttribute('data-wanted', ''); })()"
        )
        self.click("button[data-wanted]")

    def sockets(self):
        """Addresses of websockets that were opened."""
        return [event["params"]["url"] for event in self.events if event["method"] == "Network.webSocketCreated"]
