"""How far a sweep is: a bar on terminals, plain lines elsewhere, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds between plain lines.
_EVERY = 10.0

Told = Callable[[int, int, int], None]


@contextmanager
def sweep_progress(*, silent: bool) -> Iterator[Told]:
    """Yield what is called with (done, failed, in all).

    Example:
        >>> with sweep_progress(silent=True) as told:
        ...     told(5, 0, 10)
    """
    if silent:
        yield lambda _done, _failed, _total: None
    elif sys.stderr.isatty():
        with _bar() as told:
            yield told
    else:
        yield _lines()


def _lines() -> Told:
    begun = last = time.monotonic()
    first: int | None = None

    def told(done: int, failed: int, total: int) -> None:
        nonlocal last, first
        clock = time.monotonic()
        if first is None:
            first = done
            before = f", {done:,} of them played before" if done else ""
            print(f"playing {total:,} negotiations{before}", file=sys.stderr)  # noqa: T201 - the command's own output
        elif clock - last >= _EVERY and done < total:
            last = clock
            rate = (done - first) / max(clock - begun, 1e-9)
            left = f", {(total - done) / rate:,.0f} s left" if rate else ""
            bad = f", {failed:,} failed" if failed else ""
            print(f"{done:,} of {total:,}, {rate:,.0f}/s{left}{bad}", file=sys.stderr)  # noqa: T201

    return told


@contextmanager
def _bar() -> Iterator[Told]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("playing"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}", style="red"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        begun = time.monotonic()
        task = bar.add_task("playing", total=None, rate="", failed="")
        first: int | None = None

        def told(done: int, failed: int, total: int) -> None:
            nonlocal first
            first = done if first is None else first
            rate = (done - first) / max(time.monotonic() - begun, 1e-9)
            bad = f"{failed:,} failed" if failed else ""
            bar.update(task, completed=done, total=total, rate=f"{rate:,.0f}/s" if rate else "", failed=bad)

        yield told
