"""What a run looks at beside itself is the same wherever it is looked at."""

from concurrent.futures import BrokenExecutor, Future
from contextlib import contextmanager

import pytest

from sim.jobs import closer_look
from sim.jobs.closer_look import CloserLook, LookedCloser, look_closer, looking_closer
from sim.jobs.steps import silent
from tests.shipped import shipped


def test_nothing_is_looked_at_that_is_not_asked_for():
    """Without spread and reasons there is nothing, and no process is started for it."""
    asked = CloserLook(shipped("pie"), 5_000, None, spread=False, reasons=False)
    with looking_closer(asked, silent, beside=True) as look:
        assert look() == LookedCloser()


def test_a_process_that_dies_is_stood_in_for(monkeypatch):
    """What it was asked is looked at here."""
    broken = Future()
    broken.set_exception(BrokenExecutor("died"))

    class Died:
        def submit(self, *_asked):
            return broken

    @contextmanager
    def hired(*_count, **_small):
        yield Died()

    monkeypatch.setattr(closer_look, "hired", hired)
    monkeypatch.setattr(closer_look, "cores", lambda: 2)
    monkeypatch.setattr(closer_look, "look_closer", lambda _asked, _steps: LookedCloser())
    asked = CloserLook(shipped("pie"), 5_000, None, spread=True, reasons=False)
    with looking_closer(asked, silent, beside=True) as look:
        assert look() == LookedCloser()


@pytest.mark.slow
def test_another_process_finds_the_same(monkeypatch):
    """Spread, theory, openings and talks that miss nothing, to the last bit."""
    monkeypatch.setattr(closer_look, "_MANY", 1)
    monkeypatch.setattr(closer_look, "cores", lambda: 2)
    asked = CloserLook(shipped("buyer_seller"), 40, None, spread=True, reasons=True)
    with looking_closer(asked, silent, beside=True) as look:
        elsewhere = look()
    here = look_closer(asked)
    assert repr(elsewhere) == repr(here)
    assert here.theory is not None
    assert here.benchmarks is not None
