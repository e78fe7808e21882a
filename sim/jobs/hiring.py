"""Other processes for a while, where the work is large enough to be worth their start."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager


@contextmanager
def hired(workers: int | None, *, small: bool) -> Iterator[Executor | None]:
    """Start processes, and stop them in the end whatever happens.

    Args:
        workers: as asked for; ``None``: one for each core, or none at all if the work is small
    Yields:
        what work is handed to; ``None`` to do it in this process
    Example:
        >>> with hired(None, small=True) as executor:
        ...     print(executor)
        None
    """
    from sim.ensemble.workers import cores, make_workers

    count = workers if workers is not None else 0 if small else cores()
    if count == 0:
        yield None
        return
    found = make_workers(count)
    try:
        yield found.executor
    finally:
        found.close()
