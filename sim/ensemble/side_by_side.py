"""Pieces of work done side by side by an executor, or here; the results come in order either way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from itertools import islice
from typing import Final, TypeVar

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")

#: Pieces handed to an executor before the first of them is taken back.
_AHEAD: Final = 8


def side_by_side(
    items: Iterable[_Item],
    here: Callable[[_Item], _Found],
    executor: Executor | None = None,
    elsewhere: Callable[[bytes, _Item], _Found] | None = None,
    pack: Callable[[], bytes] = bytes,
) -> Iterator[_Found]:
    """Yield what comes of each item, in their order; what a dead worker had is done here.

    Args:
        here:      does one piece in this process
        executor:  does pieces side by side
        elsewhere: does one piece in a worker: a name that workers can import
        pack:      makes what all pieces share, once, as it is sent to workers
    Example:
        >>> list(side_by_side([1, 2], lambda n: n * n))
        [1, 4]
    """
    if executor is None or elsewhere is None:
        yield from map(here, items)
        return
    packed, rest = pack(), iter(items)
    running: list[tuple[_Item, Future[_Found] | None]] = []

    def hand_out(item: _Item) -> None:
        try:
            running.append((item, executor.submit(elsewhere, packed, item)))
        except BrokenExecutor:
            running.append((item, None))

    for item in islice(rest, _AHEAD):
        hand_out(item)
    while running:
        item, future = running.pop(0)
        try:
            found = here(item) if future is None else future.result()
        except BrokenExecutor:
            found = here(item)
        for more in islice(rest, 1):
            hand_out(more)
        yield found
