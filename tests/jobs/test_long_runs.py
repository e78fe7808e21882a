"""Long runs are played on every core, and nothing that is found changes by that."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from sim.ensemble.ask import ask
from sim.jobs import run_case as job
from sim.scenario import read_case


@pytest.mark.slow
@pytest.mark.parametrize("argv", [(), ("sim", "run")])
def test_a_long_run_hires_workers_where_it_may(monkeypatch, argv):
    """A command line may start processes, a script is not asked to; the bits are the same, and short runs hire none."""
    hired = []

    @contextmanager
    def hire(workers, *, small):
        hired.append((workers, small))
        with ThreadPoolExecutor(2) as executor:
            yield executor if workers is None and not small else None

    monkeypatch.setattr(job, "hired", hire)
    monkeypatch.setattr(job, "cores", lambda: 2)
    asked = ask(read_case("scenarios/pie"), draws=6)
    plain = job.run_case(asked, keep=False, argv=argv)
    monkeypatch.setattr(job, "_LONG", 0.0)
    long = job.run_case(asked, keep=False, argv=argv)
    assert hired == [(None if argv else 0, True), (None if argv else 0, False)]
    assert long.answer.to_json() == plain.answer.to_json()
    assert long.results.identical(plain.results)
