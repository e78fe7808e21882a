"""Ctrl-C once to stop cleanly, twice to stop at once."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

#: Exit code of a program stopped by Ctrl-C, as shells have it.
INTERRUPTED = 130
#: Seconds that whoever asks a program to terminate is made to wait for what is running.
_PATIENCE = 3.0


@contextmanager
def stopping(tell: Callable[[], None]) -> Iterator[threading.Event]:
    """Set an event at the first Ctrl-C or request to terminate; raise KeyboardInterrupt at the second.

    Whoever asks to terminate waits for a few seconds only: what is not done by then is given up.

    Args:
        tell: called at the first
    """
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    at_once = threading.Timer(_PATIENCE, _thread.interrupt_main)

    def handle(number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        tell()
        if number == signal.SIGTERM:
            at_once.daemon = True
            at_once.start()

    before: dict[int, Any] = {name: signal.signal(name, handle) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        at_once.cancel()
        for name, handler in before.items():
            signal.signal(name, handler)
