"""Several windows at once: every one is answered, and the memory of the server does not grow with what they do."""

import ast
import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
import uuid
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.view.playing import observed_case

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("nicegui") is None, reason="needs the extra view (nicegui is not installed)"),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc"),
]
#: A window costs the server as much as a hundred moves: few of them, and moves enough for small things to add up.
WINDOWS, WARM, MOVES = 6, 27, 54


class Window:
    """What a browser does with the page: shakes hands, keeps the sliders that come, moves them."""

    def __init__(self, address):
        import socketio

        self._address = address
        self._socket = socketio.AsyncClient(reconnection=False)
        self.sliders = {}
        self.answers = 0
        self.moves = 0

    async def open(self):
        """Load the page and connect."""
        text = (await asyncio.to_thread(urllib.request.urlopen, self._address)).read().decode()
        (query,) = re.findall(r"query: (\{.*?\}),\n", text)
        query = {key: str(value).lower() for key, value in ast.literal_eval(query).items()}
        query |= {"document_id": str(uuid.uuid4()), "tab_id": str(uuid.uuid4())}
        self.client = query["client_id"]
        self._socket.on("update", self._update)
        root = self._address.split("/", 3)
        words = "&".join(f"{key}={value}" for key, value in query.items())
        await self._socket.connect(
            f"{root[0]}//{root[2]}?{words}",
            socketio_path=f"/{root[3].strip('/')}/_nicegui_ws/socket.io",
            transports=["websocket"],
            wait_timeout=60,
        )

    def _update(self, message):
        self.answers += 1
        for identity, element in message.items():
            if isinstance(element, dict) and element.get("tag", element.get("component")) == "q-slider":
                moved = [event for event in element["events"] if event["type"].lower().endswith("value")]
                self.sliders[identity] = (moved[-1]["listener_id"], element["props"].get("max", 1))

    async def move(self):
        """Move the next slider to another place."""
        self.moves += 1
        names = sorted(self.sliders, key=int)
        identity = names[self.moves % len(names)]
        listener, top = self.sliders[identity]
        value = self.moves * 7 % (top + 1)
        await self._socket.emit(
            "event",
            {"id": int(identity), "client_id": self.client, "listener_id": listener, "args": [json.dumps(value)]},
        )

    async def close(self):
        """As a window that is closed."""
        await self._socket.disconnect()


def resident(pid):
    """Megabytes that a process holds."""
    (found,) = re.findall(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8"))
    return int(found) / 1024


async def until(true, seconds=120.0):
    """Wait for something."""
    for _ in range(int(seconds / 0.1)):
        if true():
            return
        await asyncio.sleep(0.1)
    raise TimeoutError


async def dragging(address, pid):
    """Megabytes after the windows have warmed up, and after they have moved on for twice as long."""
    windows = [Window(address) for _ in range(WINDOWS)]
    for window in windows:
        await window.open()
    await until(lambda: all(window.sliders for window in windows))
    held = []
    for count in (WARM, MOVES):
        before = [window.answers for window in windows]
        for _ in range(count):
            await asyncio.gather(*(window.move() for window in windows))
            await asyncio.sleep(0.05)
        await until(lambda before=before: all(w.answers > b for w, b in zip(windows, before, strict=True)))
        await asyncio.sleep(2)
        held.append(resident(pid))
    for window in windows:
        await window.close()
    return held


def test_windows_that_move_sliders_hold_no_more_with_time(tmp_path):
    """Each is answered; after a warm start, twice as many moves add less than a tenth; Ctrl-C ends it as ever."""
    case = observed_case(tmp_path)
    command = [sys.executable, "-m", "sim", "view", str(case), "--no-open", "--draws", "60"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("NICEGUI", "PYTEST"))}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean) as server:
        try:
            address = server.stdout.readline().strip()
            asyncio.run(_ready(address))
            warm, end = asyncio.run(dragging(address, server.pid))
        finally:
            server.send_signal(signal.SIGINT)
            _, complaints = server.communicate(timeout=60)
    assert end < 1.1 * warm, (warm, end)
    assert "Traceback" not in complaints
    assert server.returncode == 0


async def _ready(address):
    """Wait until the page is served."""

    def served():
        try:
            return urllib.request.urlopen(address).status == 200  # noqa: S310 - our own server
        except OSError:
            return False

    await until(served)
