"""Which uncertain numbers decide the ending."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Ints
from sim.plots.labels import SPOKEN, wrapped
from sim.plots.plot import Plot, figure
from sim.plots.shares import draws_note, percent
from sim.plots.style import BLUE, ORANGE, Look

_MOST_ROWS = 12
_COLUMNS = {"ending": "how talks end", "declared": "what is signed first"}


@figure("importance", source="first-order share of variance: Sobol 1993; Saltelli et al. 2008, ch. 1")
class Importance(Plot):
    """Bars show how much of the variance of the ending each uncertain number explains alone."""

    def fits(self, results: xr.Dataset) -> bool:
        """Importance was estimated and something has some."""
        return "importance" in results and bool((np.nan_to_num(results["importance"].values) > 0).any())

    def title(self, results: xr.Dataset) -> str:
        """The number that decides most."""
        first = int(_order(results)[0])
        value = float(results["importance"].values[first])
        rests = "assumed" if results["number_assumed"].values[first] else "from a claim"
        return (
            f"Alone, {_titles(results)[first]} ({rests}) explains most of {what_varies(results)}: "
            f"{percent(value)} of its variance"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the shares are."""
        values = np.nan_to_num(results["importance"].values)
        return (
            f"First-order share of the variance of {what_varies(results)}: what would vanish on average if the number "
            f"were known. The {len(_order(results))} largest of {len(values)} numbers; all together "
            f"{100 * values.sum():.0f} %, the rest is interaction of numbers and the luck of talks. Estimates of a "
            f"few percent are within the error of estimation. {draws_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each number."""
        return 1.0 + 0.3 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One bar for each of the numbers that matter most."""
        axes = body.subplots()
        order = _order(results)
        values = 100 * results["importance"].values[order]
        assumed = results["number_assumed"].values[order].astype(bool)
        rows = np.arange(len(order))
        axes.barh(rows, values, 0.7, color=[ORANGE if guess else BLUE for guess in assumed])
        for row, value in zip(rows, values, strict=True):
            axes.annotate(f"{value:.1f} %", (value, row), (4, 0), textcoords="offset points", va="center", fontsize=8.5)
        axes.set_yticks(rows, [wrapped(_titles(results)[i], 46) for i in order])
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlim(0, 1.12 * float(values.max()))
        axes.set_xlabel(f"share of the variance of {what_varies(results)} (%)")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        kinds = [("assumed", ORANGE), ("rests on a claim of the article", BLUE)]
        axes.legend([Patch(color=color) for _, color in kinds], [name for name, _ in kinds], loc="lower right")
        del look


def _order(results: xr.Dataset) -> Ints:
    values = np.nan_to_num(results["importance"].values)
    order = np.argsort(-values, kind="stable")[:_MOST_ROWS]
    return np.asarray(order[values[order] > 0], dtype=np.int64)


def _titles(results: xr.Dataset) -> list[str]:
    """Titles of the numbers; their paths in results of versions that kept no titles."""
    return [str(name) for name in results["number_title" if "number_title" in results else "path"].values]


def what_varies(results: xr.Dataset) -> str:
    """Say whose variance is shared out."""
    name = str(results.attrs.get("importance_of", results["importance"].attrs.get("importance_of", "the ending")))
    return f"whether talks end in {SPOKEN[name]}" if name in SPOKEN else _COLUMNS.get(name, name)
