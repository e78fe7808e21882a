"""Figures drawn beside the rest of the work, in a process of their own where there is a second core."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path


def draw_figures(folder: Path) -> int:
    """Draw every figure that fits the results kept in a folder; returns how many."""
    from sim.plots import plot_all
    from sim.store import FIGURES_FOLDER, load_results

    written = plot_all(load_results(folder), folder / FIGURES_FOLDER)
    return len({path.stem for path in written})


def begin_figures(folder: Path) -> Callable[[], int]:
    """Begin to draw the figures of results that are on disk.

    Returns:
        what waits until they are drawn and says how many; drawn here if the other process cannot
    """
    if (os.cpu_count() or 1) < 2 or not sys.executable:
        return lambda: draw_figures(folder)
    try:
        other = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "sim.cli.figures", str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    except OSError:
        return lambda: draw_figures(folder)

    def wait() -> int:
        try:
            told, _ = other.communicate()
        except BaseException:
            other.kill()
            other.wait()
            raise
        return int(told) if other.returncode == 0 and told.strip().isdigit() else draw_figures(folder)

    return wait


if __name__ == "__main__":
    sys.stdout.write(f"{draw_figures(Path(sys.argv[1]))}\n")
