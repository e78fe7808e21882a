"""Serves the page to this machine's browser until Ctrl-C."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from sim.foundations import InputError, Problem
from sim.scenario import find_cases
from sim.view.early_picture import prepare
from sim.view.viewed_case import ViewedCase, open_case

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def free_port(host: str, wanted: int = 0) -> int:
    """A port that can be listened on: the one wanted, or any.

    Raises:  InputError if it is taken, or the host is none of this machine's
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as error:
            where = f"{host}:{wanted}" if wanted else host
            reason = error.strerror or str(error)
            raise InputError(
                Problem(f"cannot listen on {where}: {reason}", allowed="another --port, or none")
            ) from None
        return int(probe.getsockname()[1])


def own_hosts(host: str, port: int) -> tuple[str, ...]:
    """Names, with the port, under which a browser on this machine reaches the viewer; none where others may.

    Whoever listens on an address of the network is reached under names that are not known here.

    Example:
        >>> own_hosts("127.0.0.1", 8080)
        ('127.0.0.1:8080', '[::1]:8080', 'localhost:8080')
    """
    if host not in LOOPBACK:
        return ()
    return tuple(f"[{name}]:{port}" if ":" in name else f"{name}:{port}" for name in LOOPBACK)


def known_cases(opened: ViewedCase, scenarios: Path) -> dict[str, str]:
    """Path -> name of the case shown and of those beside it."""
    beside = (*find_cases(scenarios), *find_cases(opened.case.folder.parent))
    others = {folder.name: str(folder) for folder in reversed(beside) if folder.name != opened.name}
    return {str(opened.case.files[0].path): opened.name, **{others[name]: name for name in sorted(others)}}


async def _pass_over(warned: Callable[[str], None]) -> None:
    """Let what goes wrong in reading messages be told in a line, once; the framework would print a traceback each."""
    first = True

    def passed_over(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal first
        if first:
            what = context.get("exception") or context["message"]
            warned(f"Warning: a message to the viewer was passed over ({type(what).__name__}: {str(what)[:200]}).")
        first = False

    asyncio.get_running_loop().set_exception_handler(passed_over)


def serve(
    opened: ViewedCase,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    show: bool = True,
    scenarios: Path = Path("scenarios"),
    told: Callable[[str], None] = print,
    warned: Callable[[str], None] = print,
) -> None:
    """Serve until Ctrl-C; every address begins with a random token, and nothing else is answered.

    Args:
        show:   open the browser
        told:   called with the address before the first request is answered
        warned: called once if a message from a window cannot be read; it is passed over, as are those that follow
    Raises:  InputError if the port cannot be had
    """
    port = free_port(host, port)
    # A glimpse never waits behind the maps and full plays of other windows.
    quick, long = ThreadPoolExecutor(2, "sim-view-quick"), ThreadPoolExecutor(2, "sim-view-long")
    quick.submit(prepare, opened)  # played while the framework loads and the browser starts
    # Only what is loaded and served here; nothing that belongs to the framework is kept between two starts.
    os.environ.setdefault("NICEGUI_STORAGE_PATH", os.devnull)
    from nicegui import app, ui

    from sim.view.token_gate import TokenGate
    from sim.view.viewer_page import ViewerPage

    token = secrets.token_urlsafe(18)
    cases = known_cases(opened, scenarios)
    first = next(iter(cases))

    def reopen(path: str, overlay: str | None) -> ViewedCase:
        if path == first and overlay == opened.case.overlay:
            return opened
        if path == first:
            return opened.under(overlay)
        return open_case(path, overlay)

    pages: weakref.WeakSet[ViewerPage] = weakref.WeakSet()

    def page() -> None:
        pages.add(ViewerPage(opened, cases, reopen, quick, long))

    def stop() -> None:  # whatever is being played gives up, or Ctrl-C would wait for it
        for found in tuple(pages):
            found.close()
        for pool in (quick, long):
            pool.shutdown(wait=False, cancel_futures=True)

    shown = f"[{host}]" if ":" in host else host
    app.add_middleware(TokenGate, token=token, hosts=own_hosts(host, port))
    app.on_startup(partial(_pass_over, warned))
    app.on_shutdown(stop)
    told(f"http://{shown}:{port}/{token}/")
    try:
        ui.run(
            page,
            host=host,
            port=port,
            title=f"sim: {opened.scenario.title}",
            favicon="⚖",
            dark=None,
            show=f"/{token}/" if show else False,
            reload=False,
            tailwind=False,
            reconnect_timeout=20.0,
            show_welcome_message=False,
            gzip_middleware_factory=None,
            uvicorn_logging_level="error",
            timeout_graceful_shutdown=1,
            server_header=False,
        )
    except KeyboardInterrupt:
        pass
    finally:
        stop()
