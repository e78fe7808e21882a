"""Which tests run which lines of `sim`, and how long they take: measured by running them once, each on its own."""

from __future__ import annotations

import functools
import gc
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.mutations.faults import ROOT, Mutant


@dataclass
class Covering:
    """Tests by the lines that they run.

    seconds: test -> processor time with what it alone prepares; tests that fail or are skipped are not in it
    wide:    test -> what it shares with others (a file's or a session's fixture)
    shared:  fixture -> processor time
    lines:   (path of a module from the root, line) -> tests that run it, themselves or through what they share
    """

    seconds: dict[str, float] = field(default_factory=dict)
    wide: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shared: dict[str, float] = field(default_factory=dict)
    lines: dict[tuple[str, int], set[str]] = field(default_factory=dict)

    def of(self, mutant: Mutant) -> list[str]:
        """Tests that run the fault, the nearest first, the shortest first among these.

        What runs on import has no test of its own: all that run some line of the module are taken.
        """
        if mutant.function is None:
            found = set().union(*(tests for (path, _), tests in self.lines.items() if path == mutant.path), ())
        else:
            found = self.lines.get((mutant.path, mutant.line), set())
        return sorted(found, key=lambda test: (distance(mutant.path, test), self.seconds[test], test))

    def within(self, tests: list[str], seconds: float) -> list[str]:
        """As many of them from the first on as take so long together; at least one."""
        spent, ready, taken = 0.0, set[str](), []
        for test in tests:
            prepared = set(self.wide[test]) - ready
            spent += self.seconds[test] + sum(self.shared[name] for name in prepared)
            if taken and spent > seconds:
                break
            ready |= prepared
            taken.append(test)
        return taken

    def time(self, tests: list[str]) -> float:
        """Seconds that tests take."""
        shared = {name for test in tests for name in self.wide[test]}
        return sum(self.seconds[test] for test in tests) + sum(self.shared[name] for name in shared)


def distance(path: str, test: str) -> int:
    """0 for the test file of a module and the examples in it, 1 for another of its folder, 2 for the rest."""
    _, folder, *_, name = Path(path).with_suffix("").parts
    file = Path(test.split("::", maxsplit=1)[0])
    if file.parts[1] != folder:
        return 2
    return int(file.stem not in {name, f"test_{name}"})


def cached_functions() -> list[Any]:
    """Functions of `sim` and of the tests that remember what they answered."""
    found = (one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper))
    return [one for one in found if one.__module__.split(".")[0] in {"sim", "tests"}]


class Measuring:
    """A plug-in of pytest that runs every test under `coverage` and fills a `Covering`."""

    def __init__(self) -> None:
        self.covering = Covering()
        self._measured: Any = None
        self._remembering: list[Any] = []
        self._passed: set[str] = set()
        self._at = ""
        self._begun = 0.0
        self._within = 0.0  # seconds of what is shared, taken off the test that came first

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Any:
        """Measure between collection and the end."""
        from coverage import Coverage

        root, self._remembering = Path(session.config.rootpath), cached_functions()
        self._measured = Coverage(data_file=None, config_file=False, source=[str(root / "sim")])
        self._measured.start()
        try:
            return (yield)
        finally:
            self._measured.stop()
            self._fill(root, self._measured.get_data())

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        """Count lines and seconds for this test, which finds nothing remembered."""
        for one in self._remembering:
            one.cache_clear()
        self._at, self._begun, self._within = item.nodeid, time.process_time(), 0.0
        self._measured.switch_context(item.nodeid)
        wide = (
            fixture[-1] for fixture in item._fixtureinfo.name2fixturedefs.values() if fixture[-1].scope != "function"
        )
        self.covering.wide[item.nodeid] = tuple(sorted(map(_name, wide)))
        try:
            return (yield)
        finally:
            self.covering.seconds[item.nodeid] = time.process_time() - self._begun - self._within

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: Any) -> Any:
        """Count what is shared for all who share it."""
        if fixturedef.scope == "function":
            return (yield)
        name, begun, outer = _name(fixturedef), time.process_time(), self._at
        self._at = name
        self._measured.switch_context(name)
        try:
            return (yield)
        finally:
            took = time.process_time() - begun
            self.covering.shared[name] = self.covering.shared.get(name, 0.0) + took
            self._within += took
            self._at = outer
            self._measured.switch_context(outer)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Only a test that passes can notice a fault."""
        if report.when == "call" and report.outcome == "passed":
            self._passed.add(report.nodeid)

    def _fill(self, root: Path, data: Any) -> None:
        sharing: Mapping[str, set[str]] = defaultdict(set)
        for test in self._passed:
            for name in self.covering.wide[test]:
                sharing[name].add(test)
                self.covering.shared.setdefault(name, 0.0)
        for file in data.measured_files():
            path = Path(file).relative_to(root).as_posix()
            for line, contexts in data.contexts_by_lineno(file).items():
                named = (sharing.get(one, {one} & self._passed) for one in contexts)
                if tests := set().union(*named):
                    self.covering.lines[path, line] = tests


def _name(fixture: Any) -> str:
    return f"fixture {fixture.argname} of {fixture.baseid or '.'}"


def code_of(folders: tuple[str, ...]) -> str:
    """Digest of `sim` and of what tests it, by which a measurement that was kept is known to hold still."""
    from hashlib import sha256

    found = sha256(repr(folders).encode())
    for name in ("sim", "tests"):
        for file in sorted((ROOT / name).rglob("*.py")):
            found.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return found.hexdigest()
