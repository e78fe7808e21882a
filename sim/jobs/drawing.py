"""Figures drawn beside the rest of the work, in a process of their own where there is a second core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import xarray as xr

#: Which figures are drawn: none, those that carry news, or every one that fits.
Figures = Literal["none", "news", "all"]


def draw_figures(folder: Path, told: Mapping[str, Any], which: Figures = "all") -> int:
    """Draw figures that fit the results kept in a folder; returns how many.

    Args:
        told:  what the answer tells of conventions, overlays and other protocols replayed beside the run
        which: those that carry news, or all
    """
    from sim.plots.frame.missing_letters import missing_letters_told_once

    with missing_letters_told_once():
        return len({*_draw(folder, None, which), *_draw(folder, told, which)})


class Drawing:
    """Figures that are being drawn: first those that need only the arrays, then, once told, those of replays.

    What is drawn is what ``sim plot`` draws of the finished folder, bit for bit.
    """

    def __init__(self, folder: Path, which: Figures = "all") -> None:
        """Begin to draw the figures of results that are on disk, if there is a core for it."""
        self.folder = folder
        self.which: Figures = which
        self._told: Mapping[str, Any] = {}
        self._other = _other_process(folder, which)

    def tell(self, told: Mapping[str, Any]) -> None:
        """Say what the answer will tell of replays, as soon as that is known."""
        self._told = told
        if self._other is None or self._other.stdin is None:
            return
        try:
            self._other.stdin.write(json.dumps(told) + "\n")
            self._other.stdin.flush()
        except OSError:
            pass  # it died; what it did not draw is drawn here

    def wait(self) -> int:
        """Wait until all are drawn and return how many; drawn here if the other process cannot."""
        if self._other is None:
            return draw_figures(self.folder, self._told, self.which)
        try:
            said, _ = self._other.communicate()
        except BaseException:
            self._other.kill()
            self._other.wait()
            raise
        if self._other.returncode != 0 or not said:
            return draw_figures(self.folder, self._told, self.which)
        drawn = json.loads(said)
        if drawn["missing"]:
            from sim.plots.frame.missing_letters import tell_missing_letters

            tell_missing_letters(drawn["missing"])
        return int(drawn["figures"])


def _other_process(folder: Path, which: Figures) -> subprocess.Popen[str] | None:
    if (os.cpu_count() or 1) < 2 or not sys.executable:
        return None
    try:
        return subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "sim.jobs.drawing", str(folder), which],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
    except OSError:
        return None


def _draw(folder: Path, told: Mapping[str, Any] | None, which: Figures) -> set[str]:
    """Draw the figures that show replays, or where nothing is told yet, the others; returns their names."""
    from sim.plots import PLOTS, figure_choice, fitting, plot_all
    from sim.store import FIGURES_FOLDER, with_replays

    results = _read_once(folder)
    if told:
        results = with_replays(results, told)
    chosen = fitting(results) if which == "all" else figure_choice(results).news
    names = [name for name in chosen if PLOTS[name].waits == (told is not None)]
    plot_all(results, folder / FIGURES_FOLDER, only=names)
    return set(names)


@lru_cache(maxsize=1)
def _read(folder: Path, written: int) -> xr.Dataset:
    del written
    from sim.store import load_results

    return load_results(folder)


def _read_once(folder: Path) -> xr.Dataset:
    """The results of a folder, read once for figures of both sorts, and again where they were written again."""
    from sim.store.folder import ARRAYS_FILE

    file = folder / ARRAYS_FILE
    return _read(folder.resolve(), file.stat().st_mtime_ns if file.is_file() else 0).copy()


def _which(word: str) -> Figures:
    return "news" if word == "news" else "all"


def main() -> None:
    """Draw in this process: the folder is named on the command line, replays are told on standard input."""
    from sim.plots.frame.missing_letters import missing_letters_told_once

    folder, which = Path(sys.argv[1]), _which(sys.argv[2])
    with missing_letters_told_once() as missing:
        names = _draw(folder, None, which)
        line = sys.stdin.readline()
        if line:  # none: whoever asked is gone
            drawn = {"figures": len(names | _draw(folder, json.loads(line), which)), "missing": list(missing)}
            sys.stdout.write(json.dumps(drawn))


if __name__ == "__main__":
    main()
