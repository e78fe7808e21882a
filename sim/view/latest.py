"""Work in the background of which only the newest request counts."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

T = TypeVar("T")


class Superseded(Exception):  # noqa: N818 - it is no error: somebody wants something newer
    """Raised in work that nobody waits for any more."""


class Ticket:
    """Tells running work whether somebody still waits for it."""

    def __init__(self) -> None:
        self._over = threading.Event()

    def supersede(self) -> None:
        """Nobody waits any more."""
        self._over.set()

    @property
    def over(self) -> bool:
        """Whether nobody waits any more."""
        return self._over.is_set()

    def check(self, *_: object) -> None:
        """Raise Superseded if nobody waits any more; takes what progress callbacks are given."""
        if self.over:
            raise Superseded


class Latest:
    """Runs one piece of work at a time; of those that wait, only the newest is begun.

    A newer request makes the running work give up at its next ``check``; work that never checks is finished
    and shown, so that quick work keeps showing something while requests pour in.
    """

    def __init__(self, pool: Executor) -> None:
        self._pool = pool
        self._turn = asyncio.Lock()
        self._current = Ticket()

    def supersede(self) -> None:
        """Let running and waiting work give up."""
        self._current.supersede()

    async def run(self, work: Callable[[Ticket], T], pool: Executor | None = None) -> T | None:
        """Do the work in a pool; ``None`` if something newer was asked for before it was done.

        Args:
            pool: another one than usual, e.g. for what takes longer
        """
        self._current.supersede()
        ticket = self._current = Ticket()
        async with self._turn:
            if ticket.over:
                return None
            try:
                return await asyncio.get_running_loop().run_in_executor(pool or self._pool, work, ticket)
            except Superseded:
                return None
