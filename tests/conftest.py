"""Settings of all tests: on the build machine properties are checked on the same examples every time.

Properties are checked on ten examples each, and by `.ci/run` on fifty: `HYPOTHESIS_EXAMPLES=50 python -m pytest -m
'hypothesis and not slow'`. Only tests with a number of their own keep to that.

Reading some 400 modules of tests, and `sim` with them, costs each process as much as a third of the tests that it runs.
Whatever the first process has made of a module is therefore kept for the second, which begins at the other end; and
memory is swept only once everything is read, since almost all of it stays, and then seldom.

Hypothesis would also draw numbers that it finds in the modules read so far. Reading all of `sim` for them takes each
process seconds in a fresh clone, and what a property is checked on would change with what was imported before it.
"""

import gc
import os
import sys
from collections.abc import Generator
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

_PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a slow model takes minutes
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
_BACKWARD = _WORKER.removeprefix("gw") in {"1", "3", "5", "7"}

settings.register_profile(
    "default",
    deadline=None,
    max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "10")),
    phases=_PHASES,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")

with suppress(ImportError):  # not in older versions
    from hypothesis.internal.conjecture import providers

    providers._get_local_constants = lambda: providers._local_constants
if _WORKER:
    sys.dont_write_bytecode = False
gc.disable()


#: Modules of few and long tests that share next to nothing: each of their tests is dealt out by itself.
ONE_BY_ONE = frozenset(
    {
        "tests/cli/test_quantities_asked.py",
        "tests/cli/test_sweep_survives.py",
        "tests/robustness/test_fuzz.py",
        "tests/runs/test_dead_numbers.py",
        "tests/test_readme.py",
    }
)
#: Where most modules are that look at cases played once for all of them.
PLAYED = "tests/plots"
HERE = Path(__file__).parent

Collected = Generator[None, pytest.CollectReport, pytest.CollectReport]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Collected:
    """Every other process reads a folder from its end."""
    report = yield
    if _BACKWARD and isinstance(collector, pytest.Directory) and report.result:
        report.result.reverse()
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None, None, None]:
    """All processes have the same tests in the same order, before any plug-in shuffles them."""
    if _WORKER:
        items.sort(key=lambda item: item.nodeid)
    yield


def pytest_collection_finish() -> None:
    """What was read is there for good: only what tests make is swept, 300 times less often than Python would."""
    gc.freeze()
    gc.set_threshold(200_000, 10, 10)
    gc.enable()


@cache
def _of_played_cases(module: str) -> bool:
    """Whether a module takes its runs from where each is played once: every one of figures, by its fixtures."""
    return module.startswith(f"{PLAYED}/") or "played_case" in (HERE.parent / module).read_text(encoding="utf-8")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log):
    """A module is one piece of work, those with most tests first; single tests come last, and fill both processes.

    Without them, whoever is given a module of few and long tests at the end works on alone. Modules that look at the
    same played cases are one piece together, so that these are played in one of the processes.
    """
    if config.getoption("dist") != "loadscope":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ModulesThenTests(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            scope: str = super()._split_scope(nodeid)
            if scope in ONE_BY_ONE:
                return nodeid
            return PLAYED if _of_played_cases(scope.partition("::")[0]) else scope

    return ModulesThenTests(config, log)
