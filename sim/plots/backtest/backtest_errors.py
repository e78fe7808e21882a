"""How far models are from what was decided, beside the weighted mean, and what errors in the data do to them."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D

from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREEN, GREY, SKY, VERMILION, Look
from sim.words import counted, enumerated, stated_percent

_ROW: Final = 0.25  # inches
_NOISE: Final = (BLUE, SKY, GREEN, GREY)


@figure(
    "backtest-errors",
    source="mean absolute errors as in Thomson et al. 2006, The European Union Decides, ch. 10; intervals: Efron & "
    "Tibshirani 1993",
)
class BacktestErrors(Plot):
    """Dots show how much farther off each model is than the weighted mean, with what errors in the data move."""

    def fits(self, results: xr.Dataset) -> bool:
        """A backtest."""
        return results.attrs.get("kind") == "backtest"

    def title(self, results: xr.Dataset) -> str:
        """Whether anything beats the mean."""
        better = _called(results, "beats the mean")
        worse = len(_called(results, "loses to the mean"))
        first = f"{enumerated(better)} beat the weighted mean" if better else "No model beats the weighted mean"
        return f"{first}; {worse} of {results.sizes['model']} lose to it"

    def caption(self, results: xr.Dataset) -> str:
        """What was compared, and on how many decisions."""
        said = (
            f"{counted(int(results.attrs['issues']), 'issues')} of "
            f"{counted(int(results.attrs['decisions']), 'decisions')} that were taken. Mean absolute error in points "
            "of a scale of 100, minus that of the mean of positions weighted by salience and capability on the same "
            "issues; lines: 95 % intervals by resampling whole decisions."
        )
        if "moved" not in results:
            return said
        draws = counted(int(results.attrs["draws"]), "draws")
        return (
            f"{said} Right: mean distance that a model moves when positions (of the scale) and saliences (of "
            f"themselves) are off by up to ± so much at once, in {draws}."
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: by models."""
        return 0.95 + _ROW * results.sizes["model"]

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Differences on the left, movements on the right where they were looked at."""
        if "moved" in results:
            left, right = body.subplots(1, 2, sharey=True, width_ratios=[1.5, 1])
            _moved(right, results, look)
        else:
            left = body.subplots()
        _differences(left, results, look)


def _called(results: xr.Dataset, verdict: str) -> list[str]:
    names = results["model"].values.astype(str)
    return [str(name) for name in names[results["verdict"].values.astype(str) == verdict]]


def _differences(axes: Axes, results: xr.Dataset, look: Look) -> None:
    rows = np.arange(results.sizes["model"])
    verdict = results["verdict"].values.astype(str)
    value = results["difference"].values
    for name, color in (("loses to the mean", VERMILION), ("beats the mean", BLUE), ("", look.muted)):
        where = (verdict == name) if name else ~np.isin(verdict, ["loses to the mean", "beats the mean"])
        axes.hlines(rows[where], results["low"].values[where], results["high"].values[where], color=color, lw=1.6)
        axes.plot(value[where], rows[where], "o", color=color, ms=5)
    axes.axvline(0, color=look.ink, linewidth=1.0)
    errors, issues = results["error"].values, results["issues"].values
    everything = issues.max()
    labels = [
        f"{name}  {error:.2f}" + ("" if count == everything else f" ({count} issues)")
        for name, error, count in zip(results["model"].values.astype(str), errors, issues, strict=True)
    ]
    axes.set_yticks(rows, labels, fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlabel("error minus that of the weighted mean (points)")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)


def _moved(axes: Axes, results: xr.Dataset, look: Look) -> None:
    rows = np.arange(results.sizes["model"])
    handles = []
    for n, size in enumerate(results["noise"].values):
        color = _NOISE[n % len(_NOISE)]
        axes.plot(results["moved"].values[:, n], rows, "os^D"[n % 4], color=color, ms=5)
        handles.append(
            Line2D([], [], marker="os^D"[n % 4], color=color, ls="", label=f"± {stated_percent(float(size))}")
        )
    axes.set_xlim(left=0)
    axes.set_xlabel("moves by (points)")
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.legend(handles=handles, loc="lower right", fontsize=8, labelcolor=look.ink)
