"""Mutants tried one after the other in a process that has read `sim` and all tests once.

Each is tried in a fork of that process: the code of the faulty function is put in the place of the right one, and the
tests that run the faulty line are run until one fails. What runs on import (constants, defaults) is tried by reading
everything anew.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import resource
import select
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import IO, Any

import pytest

from tests.mutations.covering import Covering, Measuring, cached_functions
from tests.mutations.faults import Mutant

OPTIONS = ["-q", "-o", "addopts=", "--import-mode=importlib", "-m", "not slow", "--tb=no", "-p", "no:randomly"]
OPTIONS += ["-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=ci", "--doctest-modules"]
#: Processor seconds that tests may take with a fault, beside those they take without it, thrice.
SPARE = 20
#: Real seconds for each processor second: others use the machine too.
PATIENCE = 20
#: Functions that are there, by their file and their name in it.
ByCode = Mapping[tuple[str, str], list[FunctionType]]


class Trials:
    """A plug-in of pytest that tries mutants instead of running the tests that were collected.

    seconds: processor time for the tests of a mutant, so that one that survives does not run hundreds
    """

    def __init__(self, mutants: Sequence[Mutant], covering: Covering, seconds: float, told: IO[str]) -> None:
        self.mutants, self.covering, self.seconds, self.told = mutants, covering, seconds, told
        self._remembering: list[Any] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every mutant and tell a line of JSON of each."""
        items = {item.nodeid: item for item in session.items}
        functions, self._remembering = by_code(), cached_functions()
        gc.freeze()
        for mutant in self.mutants:
            begun = time.perf_counter()
            every = [test for test in self.covering.of(mutant) if test in items]
            tests = self.covering.within(every, self.seconds)
            answer = {"tests": len(tests), "of": len(every), "by": None if tests else "no test runs it"}
            if tests:
                answer["by"] = self._tried(mutant, [items[test] for test in tests], functions)
            answer["seconds"] = time.perf_counter() - begun
            self.told.write(json.dumps(answer) + "\n")
            self.told.flush()
        return True

    def _tried(
        self, mutant: Mutant, items: list[pytest.Item], functions: Mapping[Any, list[FunctionType]]
    ) -> str | None:
        file = Path(mutant.path)
        original = file.read_text(encoding="utf-8")
        file.write_text(mutant.text, encoding="utf-8")  # for processes that tests start, and for what is read only then
        limit = 3 * self.covering.time([item.nodeid for item in items]) + SPARE
        try:
            if mutant.function is not None:
                codes = code_with(mutant)
                olds = functions.get((str(file.resolve()), mutant.function[0]), [])
                if olds and all(one.__code__.co_freevars == codes.co_freevars for one in olds):
                    same = _of_rank(olds, mutant.function[1])
                    return in_fork(lambda: self._first_failure(items, same, codes), limit)
            return anew([item.nodeid for item in items], limit)
        finally:
            file.write_text(original, encoding="utf-8")

    def _first_failure(self, items: list[pytest.Item], functions: list[FunctionType], code: CodeType) -> str | None:
        from _pytest.runner import runtestprotocol

        for one in functions:
            one.__code__ = code
        for cached in self._remembering:
            cached.cache_clear()
        for item, following in zip(items, [*items[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                return item.nodeid
        return None


def by_code() -> ByCode:
    """Functions of `sim` that are there, by their file and their name in it, in the order of their lines."""
    found = defaultdict(list)
    gc.unfreeze()  # what is frozen, as everything is that was there when tests were collected, is not listed
    for one in gc.get_objects():
        if isinstance(one, FunctionType) and "/sim/" in one.__code__.co_filename:
            found[one.__code__.co_filename, one.__code__.co_qualname].append(one)
    return {key: sorted(some, key=lambda one: one.__code__.co_firstlineno) for key, some in found.items()}


def _of_rank(functions: list[FunctionType], rank: int) -> list[FunctionType]:
    lines = sorted({one.__code__.co_firstlineno for one in functions})
    return [one for one in functions if lines.index(one.__code__.co_firstlineno) == rank]


def code_with(mutant: Mutant) -> CodeType:
    """The code of the function that a fault is in."""
    assert mutant.function is not None
    name, rank = mutant.function
    module = compile(mutant.text, str(Path(mutant.path).resolve()), "exec", dont_inherit=True)
    return [code for code in _codes(module) if code.co_qualname == name][rank]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def in_fork(work: Any, limit: float) -> str | None:
    """What work answers in a process of its own, or that it did not end within so many processor seconds."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setsid()
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))
            found = json.dumps(work())
        except BaseException as error:  # noqa: BLE001 - a fault may raise anything, anywhere
            found = json.dumps(f"breaks down: {type(error).__name__}")
        os.write(writing, found.encode())
        os._exit(0)
    os.close(writing)
    heard, _, _ = select.select([reading], [], [], PATIENCE * limit)
    answer = os.read(reading, 4096) if heard else b""
    os.close(reading)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return json.loads(answer) if answer else f"no end in {limit:.0f} s"


def anew(tests: Sequence[str], limit: float) -> str | None:
    """First of some tests that fails where everything is read anew."""
    command = [sys.executable, "-m", "pytest", "-x", *OPTIONS, *tests]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE * limit, check=False)
    except subprocess.TimeoutExpired:
        return f"no end in {PATIENCE * limit:.0f} s"
    failed = [line for line in run.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if run.returncode == 0:
        return None
    return failed[0].split(" - ")[0].removeprefix("FAILED ") if failed else "does not load"


def main() -> None:
    """In a copy of the tree: measure what tests run, or try mutants; called by `tests.mutations`."""
    told = os.fdopen(os.dup(1), "w", encoding="utf-8")  # pytest takes standard output for itself
    request = pickle.loads(Path(sys.argv[1]).read_bytes())  # noqa: S301 - written by the process that called
    if request["covering"] is None:
        measuring = Measuring()
        pytest.main([*OPTIONS, *request["folders"]], plugins=[measuring])
        Path(sys.argv[2]).write_bytes(pickle.dumps(measuring.covering))
    else:
        trials = Trials(request["mutants"], request["covering"], request["seconds"], told)
        pytest.main([*OPTIONS, *request["folders"]], plugins=[trials])
    os._exit(0)  # nothing is left to tidy up, and the folder is deleted


if __name__ == "__main__":
    main()
