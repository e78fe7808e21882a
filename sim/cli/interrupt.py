"""Ctrl-C once to stop cleanly, twice to stop at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

#: Exit code of a program stopped by Ctrl-C, as shells have it.
INTERRUPTED = 130


@contextmanager
def stopping(tell: Callable[[], None]) -> Iterator[threading.Event]:
    """Set an event at the first Ctrl-C or request to terminate; raise KeyboardInterrupt at the second.

    Args:
        tell: called at the first
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        tell()

    before: dict[int, Any] = {name: signal.signal(name, handle) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
