"""Tornado: what either end of each number's range does to the most frequent endings."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure
from matplotlib.patches import Patch

from sim.foundations import Ints
from sim.plots.analysis.sensitivity_indices import widened_note
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, ORANGE, Look

_MOST_ROWS: Final = 14


@figure("tornado", source="one-at-a-time analysis: Saltelli et al. 2008, ch. 2")
class Tornado(Plot):
    """Bars show how the share of an outcome changes with each number at the ends of its range."""

    def fits(self, results: xr.Dataset) -> bool:
        """A tornado in which something moves."""
        return results.attrs.get("method") == "tornado" and bool((np.abs(results["change"].values) > 0).any())

    def title(self, results: xr.Dataset) -> str:
        """The number that moves the share most."""
        n = int(_order(results)[0])
        change = _changes(results)[n]
        end = int(np.argmax(np.abs(change)))
        word = ("low", "high")[end]
        half = 196 * float(results["error"].sel(group="all").values[n, end, _measure(results)])
        return (
            f"The {word} end of {results['input_spoken'].values[n]} moves the share in which "
            f"{results['measure_words'].values[_measure(results)]} by {100 * change[end]:+.0f} ± {half:.0f} points"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What was played."""
        a = results.attrs
        return (
            f"The {len(_order(results))} numbers of {results.sizes['input']} that move it most, one at a time; all "
            f"others are drawn. {a['draws']:,} worlds at each end, the same with the same luck; lines: 95 % intervals, "
            f"paired. Vertical line: {float(_base(results)):.0%} with every number drawn. All worlds, not only "
            f"consistent ones.{widened_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each number."""
        return 1.0 + 0.36 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """Two bars for each number, from the share with everything drawn."""
        axes = body.subplots()
        order = _order(results)
        m = _measure(results)
        base = 100 * float(_base(results))
        change = 100 * _changes(results)[order]
        half = 196 * results["error"].sel(group="all").values[order, :, m]
        for end, color in enumerate((BLUE, ORANGE)):
            at = np.arange(len(order)) + (end - 0.5) * 0.36
            axes.barh(
                at, change[:, end], 0.34, left=base, color=color, xerr=half[:, end],
                error_kw={"ecolor": look.ink, "elinewidth": 0.9, "capsize": 2},
            )  # fmt: skip
        axes.axvline(base, color=look.ink, linewidth=1.0)
        axes.set_yticks(np.arange(len(order)), [wrapped(str(results["input_title"].values[n]), 46) for n in order])
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlabel(f"share of worlds in which {results['measure_words'].values[m]} (%)")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0, labelsize=8.5)
        names = ["number at its low end", "at its high end"]
        body.legend([Patch(color=c) for c in (BLUE, ORANGE)], names, loc="outside lower center", ncols=2)


def _measure(results: xr.Dataset) -> int:
    base = np.nan_to_num(results["base"].sel(group="all").values)
    return int(np.argmax(base * (1 - base)))


def _base(results: xr.Dataset) -> float:
    return float(results["base"].sel(group="all").values[_measure(results)])


def _changes(results: xr.Dataset) -> np.ndarray:
    return np.asarray(results["change"].sel(group="all").values[:, :, _measure(results)])


def _order(results: xr.Dataset) -> Ints:
    return np.argsort(-np.abs(_changes(results)).max(axis=1), kind="stable")[:_MOST_ROWS]
