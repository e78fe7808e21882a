"""Drives a headless Chromium through its DevTools protocol, and records what pages must not do."""

import base64
import contextlib
import itertools
import json
import os
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """One page of a headless browser whose network ends at this machine.

    errors:   exceptions, console errors and failed requests, as text
    requests: addresses of everything that was asked for
    """

    def __init__(self, folder: Path, *, width: int = 1280, height: int = 900) -> None:
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.downloads = folder / "downloads"
        self.downloads.mkdir(parents=True)
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        self._process = subprocess.Popen(  # noqa: S603
            [
                str(CHROMIUM), "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={folder / 'profile'}",
                "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--hide-scrollbars",
                "--remote-allow-origins=*", *root, "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._numbers = itertools.count(1)
        self._socket = self._connect(folder / "profile" / "DevToolsActivePort")
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))
        self.resize(width, height)

    def _connect(self, file: Path):
        from websockets.sync.client import connect

        deadline = time.monotonic() + 60
        while not (file.exists() and len(file.read_text().splitlines()) == 2):
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError("the browser did not start")
            time.sleep(0.1)
        port = file.read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:  # noqa: S310
            page = next(item for item in json.load(answer) if item["type"] == "page")
        return connect(page["webSocketDebuggerUrl"], max_size=None)

    def resize(self, width: int, height: int) -> None:
        """Give the window another size; below 700 it is a phone."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 700)

    def call(self, method: str, **parameters):
        """Call the browser and wait for its answer; events that come in between are recorded."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._note(message)

    def _note(self, message) -> None:
        found = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                self.errors.append(json.dumps(found["exceptionDetails"])[:2000])
            case "Runtime.consoleAPICalled" if found["type"] in {"error", "assert", "warning"}:
                self.errors.append(json.dumps(found["args"])[:2000])
            case "Log.entryAdded" if found["entry"]["level"] in {"error", "warning"}:
                self.errors.append(json.dumps(found["entry"])[:2000])
            case "Network.requestWillBeSent":
                self.requests.append(found["request"]["url"])
            case "Network.webSocketCreated":
                self.requests.append(found["url"])
            case "Network.loadingFailed" if not found.get("canceled"):
                self.errors.append(json.dumps(found)[:2000])

    def open(self, address: str) -> None:
        """Go to an address."""
        self.call("Page.navigate", url=address)

    def run(self, script: str):
        """Evaluate JavaScript in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"]["exception"].get("description", script))
        return found["result"].get("value")

    def wait(self, script: str, seconds: float = 60):
        """Wait until JavaScript gives something true, and return it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = self.run(f"(() => {{ const found = {script}; return found instanceof Node ? true : found; }})()")
            if found:
                return found
            time.sleep(0.1)
        raise TimeoutError(f"{script} stayed false; the page says: {self.run('document.body.innerText')[:1500]}")

    def place(self, selector: str) -> tuple[float, float, float, float]:
        """Left, top, width and height of an element, scrolled into view."""
        return tuple(
            self.run(
                f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.scrollIntoView({{block: 'center'}});"
                "const r = e.getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })()"
            )
        )

    def mouse(self, kind: str, x: float, y: float) -> None:
        """Send one event of the left button: mousePressed, mouseMoved, mouseReleased."""
        held = 0 if kind == "mouseReleased" else 1
        self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=held, clickCount=1)

    def click(self, selector: str) -> None:
        """Click the middle of an element."""
        left, top, width, height = self.place(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.mouse(kind, left + width / 2, top + height / 2)

    def screenshot(self, file: Path, *, whole: bool = True) -> None:
        """Save what is seen, or the whole page."""
        found = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(found["data"]))

    def close(self) -> None:
        """End the browser."""
        with contextlib.suppress(Exception):
            self._socket.close()
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
