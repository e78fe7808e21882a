"""Where chunks are played: in this process, in processes of this machine, or on a cluster."""

from __future__ import annotations

import ast
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.connection import wait
from pathlib import Path
from types import ModuleType
from typing import Any, Final, Protocol

from sim.foundations import InputError, Problem

#: Threads that a linear-algebra library may start in each worker; there is a worker for each core already.
_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
#: Seconds between two counts of the workers of a cluster.
_COUNTED: Final = 2.0
#: Seconds that leaving a cluster may take.
_PARTING: Final = 2


class Workers(Protocol):
    """Something that plays chunks through the ``Executor`` protocol of ``concurrent.futures``."""

    @property
    def executor(self) -> Executor:
        """What chunks are handed to."""

    @property
    def slots(self) -> int:
        """How many chunks it should have at a time."""

    @property
    def frees(self) -> bool:
        """Whether ``restart`` gets rid of work that hangs; otherwise it keeps its worker for ever."""

    def restart(self) -> None:
        """Begin anew after a worker died, or to be rid of one that hangs."""

    def close(self) -> None:
        """Stop; what is running is given up."""

    def means_killed(self, error: BaseException) -> bool:
        """Whether an error says that a worker died rather than that the model raised."""

    def means_lost(self, error: BaseException) -> bool:
        """Whether an error says that the way to the workers was lost: nobody is to blame, and what ran is open."""


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Here(Executor):
    """Plays in this process, at once; a worker that dies takes everything with it, so for small work only."""

    slots = 1
    frees = True

    @property
    def executor(self) -> Executor:
        """Itself."""
        return self

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Play now."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - handed to whoever asks for the result
            future.set_exception(error)
        return future

    def restart(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""

    def means_killed(self, error: BaseException) -> bool:
        """Never: this process is alive."""
        del error
        return False

    def means_lost(self, error: BaseException) -> bool:
        """Never: there is no way to lose."""
        del error
        return False


class _Pool(ProcessPoolExecutor):
    """A pool whose processes do not import the program that starts them, where that is a script without a guard."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand over a piece of work; this is when processes start."""
        with _main_hidden():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _main_hidden() -> Iterator[None]:
    """Let a process that starts see no main module, if importing it would do the whole work of a script once more."""
    main = sys.modules["__main__"]
    if _guarded(getattr(main, "__file__", None)):
        yield
        return
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@cache
def _guarded(script: str | None) -> bool:
    """Whether a script can be imported: what it does stands below a test of its name, or nothing can be seen."""
    try:
        tree = ast.parse(Path(str(script)).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return True
    return any(isinstance(node, ast.If) and "'__name__'" in ast.dump(node.test) for node in tree.body)


class Processes:
    """Plays in processes of this machine, which can die without harm.

    Processes come from a server that has imported the package once, so that a new one is there in no time. They
    import the program that started them, so that they know the members it registered; a script without
    ``if __name__ == "__main__":`` would begin anew in each of them, and is not imported.

    Raises:  InputError if a process cannot start, or the script's own work stands above its guard
    """

    frees = True

    def __init__(self, count: int) -> None:
        if count < 1:
            raise InputError(Problem(f"--workers {count}", allowed="1 or more, or 0 to play in this process"))
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            os._exit(1)  # a worker that imports its script, whose work begins anew: the script is told in one sentence
        self.slots = count
        method = "spawn" if sys.platform == "win32" else "forkserver"
        self._context = multiprocessing.get_context(method)
        if method == "forkserver":
            self._context.set_forkserver_preload(["sim.ensemble.cells"])
        self._pool = self._begin()

    def _begin(self) -> _Pool:
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(dict.fromkeys(_THREADS, "1"))
        try:  # the server of processes starts here and keeps this environment
            pool = _Pool(self.slots, self._context, _begin_worker)
            pool.submit(_nothing).result()
        except BrokenExecutor:
            raise InputError(
                "a worker ended before it began: a script that starts workers does so below "
                '`if __name__ == "__main__":`, since each of them imports it; or it plays with 0 workers'
            ) from None
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
        return pool

    @property
    def executor(self) -> Executor:
        """The pool of processes."""
        return self._pool

    def restart(self) -> None:
        """Kill what is left of the pool and begin another."""
        self.close()
        self._pool = self._begin()

    def close(self) -> None:
        """Kill the processes of the pool."""
        processes = list((self._pool._processes or {}).values())  # noqa: SLF001 - public only from Python 3.14 on
        for process in processes:
            process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def means_killed(self, error: BaseException) -> bool:
        """A pool is broken when one of its processes died."""
        return isinstance(error, BrokenExecutor)

    def means_lost(self, error: BaseException) -> bool:
        """Never: processes of this machine live or die."""
        del error
        return False


class Cluster:
    """Plays on a dask.distributed cluster; the same code, the same bits."""

    frees = False  # its workers are not ours to kill, and others may be using them

    def __init__(self, address: str) -> None:
        try:
            import distributed
        except ModuleNotFoundError:
            raise InputError(
                Problem("--cluster needs dask.distributed", allowed='pip install "negotiation-sim[cluster]"')
            ) from None
        try:
            client: Any = distributed.Client
            # Not the default: what else this program does, writing files for one, must not ask a lost scheduler.
            self._client: Any = client(address, timeout="20s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise InputError(
                Problem(
                    f'there is no scheduler at "{address}": {error}',
                    allowed="tcp://host:8786, as `dask scheduler` says",
                )
            ) from None
        self._threads: int = sum(self._client.nthreads().values())
        self._looked = time.monotonic()
        if not self._threads:
            self._client.close()
            raise InputError(Problem(f"the scheduler at {address} has no workers", allowed=f"dask worker {address}"))
        self._executor: Executor = self._client.get_executor(pure=False, retries=0)

    @property
    def slots(self) -> int:
        """Threads of the workers that are there, looked up now and then: whoever joins late is given work too."""
        if time.monotonic() - self._looked > _COUNTED and self._client.status == "running":
            self._looked = time.monotonic()
            with suppress(Exception):  # where the scheduler is gone, what it was given says so
                self._threads = int(sum(self._client.nthreads().values())) or self._threads
        return self._threads

    @property
    def executor(self) -> Executor:
        """The client as an executor."""
        return self._executor

    def restart(self) -> None:
        """Nothing to do: the scheduler starts workers anew."""

    def close(self) -> None:
        """Leave; scheduler and workers stay. Where they are gone already, nothing is to be done."""
        with suppress(Exception):
            if self._client.status != "running":  # it would tell at length what is told in a sentence
                logging.getLogger("distributed").setLevel(logging.CRITICAL)
            if self._client.status == "running":
                self._executor.shutdown(wait=False)
            self._client.close(timeout=_PARTING)

    def means_killed(self, error: BaseException) -> bool:
        """Dask's name for a worker that died under a task."""
        return type(error).__name__ == "KilledWorker"

    def means_lost(self, error: BaseException) -> bool:
        """Dask's names for a scheduler that is gone: whatever it had is called off."""
        names = {kind.__name__ for kind in type(error).__mro__}
        return bool(names & {"CancelledError", "FutureCancelledError", "CommClosedError", "ClosedClientError"})


def make_workers(count: int, cluster: str | None = None) -> Workers:
    """Choose where chunks are played: on a cluster, in processes, or with 0 workers in this process."""
    if cluster is not None:
        return Cluster(cluster)
    return Here() if count == 0 else Processes(count)


def _nothing() -> None:
    return None


def _begin_worker() -> None:
    """Leave Ctrl-C to the program that started the worker, and go when that program is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


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
