"""A case as the viewer opened it: what is played, and which worlds fit what was observed."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from sim.ensemble import Judge, Rows
from sim.ensemble.ask import Ask, ask
from sim.foundations import Bools
from sim.scenario import Case, Scenario, read_case
from sim.scenario.case_files import OVERLAY_FOLDER
from sim.store import ask_again

T = TypeVar("T")
_MANIFEST = "manifest.json"


class ViewedCase:
    """A case as it is asked, ready to be played with numbers fixed by hand.

    asked: what is asked; under an overlay, what was observed was observed in the world without it
    """

    def __init__(self, asked: Ask) -> None:
        self.asked = asked
        #: Says which worlds fit, and remembers it.
        self.judge = Judge(asked.judge)
        self._lock = threading.Lock()
        self._once_lock = threading.Lock()
        self._made: dict[str, Any] = {}

    @property
    def case(self) -> Case:
        """The case, overlay included."""
        return self.asked.case

    @property
    def name(self) -> str:
        """Name of the case."""
        return self.case.name

    @property
    def scenario(self) -> Scenario:
        """What is played."""
        return self.asked.scenario

    @property
    def changes(self) -> Mapping[str, Any]:
        """What a run's command line changed, by path."""
        return self.asked.changes

    @property
    def draws(self) -> int:
        """The full number of worlds."""
        return self.asked.draws

    @property
    def widen(self) -> float:
        """Factor by which ranges were made wider."""
        return self.asked.widen

    @property
    def overlay_titles(self) -> dict[str, str]:
        """Name -> title of each overlay of the case; the name itself where a file says no title that can be read."""
        found = {}
        for name in self.case.overlays:
            try:
                head = tomllib.loads((self.case.folder / OVERLAY_FOLDER / f"{name}.toml").read_text("utf-8"))
            except (OSError, ValueError):  # whoever chooses it is told what is wrong
                head = {}
            found[name] = f"{head['title']} ({name})" if isinstance(head.get("title"), str) else name
        return found

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What is the same for all windows, made when it is first asked for; whoever asks meanwhile waits for it."""
        with self._once_lock:
            if name not in self._made:
                self._made[name] = make()
            return cast("T", self._made[name])

    def made(self, name: str) -> Any:
        """What ``once`` has made under this name; ``None`` if it has not, or is about to."""
        return self._made.get(name)

    def under(self, overlay: str | None) -> ViewedCase:
        """The same under another overlay of the case, or without one."""
        case = replace(read_case(self.case.files[0].path, overlay=overlay), name=self.name)
        return ViewedCase(ask(case, **{**self.asked.describe(), "overlay": overlay}))

    def fitting(self, draws: int) -> Bools:
        """(draws,) which worlds fit what was observed, in the world as it was; played once and remembered.

        A number fixed by hand is a change in the world, not other evidence about it; so the same worlds are
        looked at whatever the sliders say, as for overlays.

        Source: intervention after conditioning (Pearl 2009, ch. 7)
        """
        with self._lock:
            return self.judge.fitting(Rows(np.arange(draws)))


def open_case(path: str | Path, overlay: str | None = None, *, draws: int | None = None) -> ViewedCase:
    """Open a case by its folder, file or name.

    Raises:  InputError with everything that is wrong in the files
    """
    return ViewedCase(ask(path, overlay=overlay, draws=draws))


def is_run(path: str | Path) -> bool:
    """Whether a folder holds the results of a run."""
    return (Path(path) / _MANIFEST).is_file()


def open_run(folder: str | Path, *, draws: int | None = None) -> ViewedCase:
    """Open the case that a run was made from, by the copies in its folder, changed as the run changed it.

    Raises:  ResultsError if the folder holds no run, or lacks the copies; InputError if they no longer do
    """
    asked = ask_again(folder)
    return ViewedCase(asked if draws is None else replace(asked, draws=draws))
