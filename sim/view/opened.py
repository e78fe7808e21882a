"""A case as the viewer opened it: what is played, and which worlds fit what was observed."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.ensemble import Judge, Rows
from sim.foundations import Bools, Problem, ResultsError
from sim.scenario import Case, Scenario, asked_scenario, read_case
from sim.store import load_manifest

_MANIFEST = "manifest.json"


class Opened:
    """A case with its overlay, ready to be played with numbers fixed by hand.

    case:     as it was read
    name:     of the case
    scenario: what is played, changes of a run's command line included
    base:     the world without the overlay, changed alike; what was observed was observed there
    changes:  those changes, by path
    draws:    the full number of worlds
    widen:    factor by which the ranges of both were made wider, as the run's were
    """

    def __init__(
        self,
        case: Case,
        *,
        name: str = "",
        changes: Mapping[str, Any] | None = None,
        draws: int | None = None,
        widen: float = 1.0,
    ) -> None:
        self.case = case
        self.name = name or case.name
        self.changes = dict(changes or {})
        self.widen = widen
        self.scenario: Scenario = asked_scenario(case.scenario, self.changes, widen)
        self.base: Scenario = self.scenario
        if case.overlay is not None:
            self.base = asked_scenario(read_case(case.files[0].path).scenario, self.changes, widen)
        self.draws = draws or self.scenario.draws
        #: Says which worlds fit, and remembers it.
        self.judge = Judge(self.base)
        self._lock = threading.Lock()

    def fitting(self, draws: int) -> Bools:
        """(draws,) which worlds fit what was observed, in the world as it was; looked up once and remembered.

        A number fixed by hand is a change in the world, not other evidence about it; so the same worlds are
        looked at whatever the sliders say, as for overlays.

        Source: intervention after conditioning (Pearl 2009, ch. 7)
        """
        with self._lock:
            return self.judge.fitting(Rows(np.arange(draws)))


def open_case(path: str | Path, overlay: str | None = None, *, draws: int | None = None) -> Opened:
    """Open a case by its folder, file or name.

    Raises:  InputError with everything that is wrong in the files
    """
    return Opened(read_case(path, overlay=overlay), draws=draws)


def is_run(path: str | Path) -> bool:
    """Whether a folder holds the results of a run."""
    return (Path(path) / _MANIFEST).is_file()


def open_run(folder: str | Path, *, draws: int | None = None) -> Opened:
    """Open the case that a run was made from, by the copies in its folder, changed as the run changed it.

    Raises:  ResultsError if the folder holds no run, or lacks the copies; InputError if they no longer do
    """
    folder = Path(folder)
    manifest = load_manifest(folder)
    copies = [folder / item["copy"] for item in manifest.inputs]
    if not copies or not all(path.is_file() for path in copies):
        raise ResultsError(f"{folder} does not hold the inputs of its run; open the case itself")
    overlay = next((path for path in copies[1:] if path.stem == manifest.overlay), None)
    case = read_case(copies[0], overlay=overlay)
    count = draws or manifest.draws
    return Opened(case, name=manifest.case, changes=manifest.changes, draws=count, widen=manifest.widen)


def missing_extra() -> Problem:
    """What is said where the packages of the viewer are not installed."""
    return Problem(
        "the viewer needs the package nicegui, which is not installed here",
        allowed="pip install 'negotiation-sim[view]'; in a clone: pip install -e '.[view]'",
    )
