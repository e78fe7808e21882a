"""A headless Chromium driven through a pipe, for tests: no port, no driver, no other package."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--no-first-run",
    "--remote-debugging-pipe",
    # Nothing but this machine's files can be reached, even if the page asked for it.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

#: Chromium reads commands from descriptor 3 and writes answers to descriptor 4.
LAUNCH = """
import fcntl, os, sys
down, up = (fcntl.fcntl(int(word), fcntl.F_DUPFD, 64) for word in sys.argv[1:3])
os.dup2(down, 3)
os.dup2(up, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


def find_chromium():
    """Path of a Chromium; ``None`` where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page in a browser of its own.

    events: everything the browser told, in order
    """

    def __init__(self, profile: Path):
        self._number = 0
        self._rest = b""
        self.events = []
        down, self._write = os.pipe()
        self._read, up = os.pipe()
        command = [sys.executable, "-c", LAUNCH, str(down), str(up), find_chromium(), *FLAGS]
        command += [f"--user-data-dir={profile}", "about:blank"]
        self._process = subprocess.Popen(
            command, pass_fds=(down, up), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(down)
        os.close(up)
        self._session = None
        try:
            target = self.send("Target.createTarget", url="about:blank")["targetId"]
            self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Page", "Runtime", "Log", "Network"):
                self.send(f"{domain}.enable")
        except BaseException:
            self.close()
            raise

    def send(self, method, **params):
        """Send one command and wait for its answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        number = self._number
        while True:
            told = self._next()
            if told.get("id") == number:
                if "error" in told:
                    raise RuntimeError(f"{method}: {told['error']}")
                return told["result"]

    def wait(self, method, since=0):
        """Wait until an event was told after the first ``since`` events."""
        while not any(event.get("method") == method for event in self.events[since:]):
            self._next()

    def _next(self, seconds=60.0):
        until = time.monotonic() + seconds
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise TimeoutError("the browser says nothing")
            chunk = os.read(self._read, 1 << 20)
            if not chunk:
                raise RuntimeError("the browser has gone")
            self._rest += chunk
        line, self._rest = self._rest.split(b"\0", 1)
        told = json.loads(line)
        if "method" in told:
            self.events.append(told)
        return told

    def open(self, address, *, width=1200, height=900, dark=False, media=""):
        """Open an address and wait until it has loaded."""
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", media=media, features=[scheme])
        since = len(self.events)
        self.send("Page.navigate", url=address)
        self.wait("Page.loadEventFired", since)

    def evaluate(self, script):
        """Value of an expression in the page, as if the reader had just clicked."""
        found = self.send(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True, userGesture=True
        )
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def press(self, key, code=0):
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)

    def screenshot(self, file, *, whole=False):
        """Write what is seen, or the whole page, as PNG."""
        found = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        Path(file).write_bytes(base64.b64decode(found["data"]))

    def pdf(self):
        """The page as the browser prints it on A4."""
        found = self.send(
            "Page.printToPDF", preferCSSPageSize=True, printBackground=False, paperWidth=8.27, paperHeight=11.69
        )
        return base64.b64decode(found["data"])

    def requests(self):
        """Addresses that were asked for."""
        return [
            event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self):
        """Exceptions, errors and warnings on the console."""
        found = [event for event in self.events if event["method"] in {"Runtime.exceptionThrown", "Log.entryAdded"}]
        loud = {"error", "warning", "assert"}
        found += [
            event for event in self.events
            if event["method"] == "Runtime.consoleAPICalled" and event["params"]["type"] in loud
        ]  # fmt: skip
        return [json.dumps(event["params"])[:500] for event in found]

    def close(self):
        """End the browser."""
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):
            self._session = None
            self.send("Browser.close")
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._write)
        os.close(self._read)
