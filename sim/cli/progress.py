"""A progress bar on standard error, on terminals only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Called with (done, in all).
Told = Callable[[int, int], None]


@contextmanager
def progress() -> Iterator[Callable[[str], Told]]:
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

        def step(name: str) -> Told:
            task = bars.add_task(name, total=None)
            return lambda done, total: bars.update(task, completed=done, total=total)

        yield step
