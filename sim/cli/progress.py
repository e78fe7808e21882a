"""How far something is, on standard error: a bar on terminals; for a sweep, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Called with (done, in all).
Count = Callable[[int, int], None]
#: Called with (done, failed, in all).
FailureCount = Callable[[int, int, int], None]

#: Seconds between plain lines.
_EVERY = 10.0


@contextmanager
def progress() -> Iterator[Callable[[str], Count]]:
    """Show bars while the block runs; silent where standard error is no terminal.

    Yields:
        a function that names a step and gives what to call with (done, in all)

    Example:
        >>> with progress() as told:
        ...     told("playing")(5, 10)
    """
    if not sys.stderr.isatty():
        yield lambda _name: lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:

        def step(name: str) -> Count:
            task = bars.add_task(name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield step


@contextmanager
def sweep_progress(*, silent: bool) -> Iterator[FailureCount]:
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


def _lines() -> FailureCount:
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
def _bar() -> Iterator[FailureCount]:
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
