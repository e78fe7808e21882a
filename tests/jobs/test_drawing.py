"""Figures drawn beside the rest of the work."""

import os

import pytest

from sim import store
from sim.jobs.drawing import _read_once
from sim.jobs.run_case import play_case
from sim.scenario import read_case


@pytest.mark.slow
def test_results_are_read_once_until_they_are_written_again(tmp_path, monkeypatch):
    """Figures of both sorts share one reading; who changes what he was given changes nothing for the others."""
    play_case(read_case("scenarios/pie"), 5, out=tmp_path / "run")
    read = []
    whole = store.load_results
    monkeypatch.setattr(store, "load_results", lambda folder: read.append(folder) or whole(folder))
    first = _read_once(tmp_path / "run")
    first.attrs["title"] = "another"
    first["ending"] = first["ending"] * 0
    second = _read_once(tmp_path / "run")
    assert len(read) == 1
    assert second.identical(whole(tmp_path / "run"))
    arrays = tmp_path / "run" / store.folder.ARRAYS_FILE
    os.utime(arrays, ns=(1, 1))
    _read_once(tmp_path / "run")
    assert len(read) == 2
