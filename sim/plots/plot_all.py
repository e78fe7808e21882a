"""Choose figures that fit, draw them, save them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xarray as xr

from sim.foundations import ResultsError
from sim.plots.plot import PLOTS, WIDTH
from sim.plots.save import save


def fitting(results: xr.Dataset) -> list[str]:
    """Names of the figures that fit the results, sorted; of one draw, those that say something of it."""
    single = results.sizes.get("draw") == 1
    return [entry.name for entry in PLOTS if entry.member.fits(results) and not (single and entry.member.of_draws)]


def plot_all(
    results: xr.Dataset,
    folder: str | Path,
    formats: Sequence[str] = ("png", "svg"),
    only: Sequence[str] | None = None,
    *,
    style: str = "screen",
    width: float = WIDTH,
) -> list[Path]:
    """Draw every figure that fits, or only those named, into a folder, and return the files.

    Args:
        width: inches; the height follows from what is shown

    Raises:  UnknownNameError for a figure, style or format that does not exist;
             ResultsError if a figure asked for does not fit
    """
    names = fitting(results)
    if only is not None:
        for name in only:
            if not PLOTS[name].fits(results):
                raise ResultsError(f'the figure "{name}" does not fit these results; those that do: {", ".join(names)}')
        names = list(dict.fromkeys(only))
    results = results.load()  # once, not for every figure
    written: list[Path] = []
    for name in names:
        written += save(PLOTS[name].draw(results, style=style, width=width), Path(folder), name, formats)
    return written
