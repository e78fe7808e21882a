"""Scenario discovery: the trade-off between coverage and density, and the limits of the boxes."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, SKY, Look
from sim.words import capital, enumerated, percent

_COLORS = (BLUE, SKY, GREY)


@figure("discovery-box", source="Friedman & Fisher 1999; Bryant & Lempert 2010")
class DiscoveryBox(Plot):
    """A path shows how a box gets purer as it gets smaller; bars show the limits of the boxes chosen."""

    def fits(self, results: xr.Dataset) -> bool:
        """Some box was found."""
        return results.attrs.get("method") == "prim" and results.sizes.get("box", 0) > 0

    def title(self, results: xr.Dataset) -> str:
        """The first box in words."""
        return f"{capital(str(results.attrs['condition_words']))}: most common where {results['box_words'].values[0]}"

    def caption(self, results: xr.Dataset) -> str:
        """What coverage and density are."""
        a = results.attrs
        inside = " ".join(
            f"Box {b + 1}: density {percent(float(results['density'].values[b]))}, "
            f"{percent(float(results['share_of_all'].values[b]))} of those sought."
            for b in range(results.sizes["box"])
        )
        return (
            f"PRIM on {int(a['points']):,} points, of which {percent(float(a['share']))} are sought. Coverage: share "
            "of those sought that lie in the box; density: share of the box that is sought. "
            "Path: the first box being peeled; ring: the box chosen, after dropping limits that do nothing. "
            f"{inside} Density is counted on the points that a box was found on, so it is optimistic.{_held(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: room for the path, and a line for each limit."""
        return max(3.9, 1.2 + 0.75 * int(results["limited"].values.sum()))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """The path on the left, the limits on the right."""
        left, right = body.subplots(1, 2, width_ratios=[1, 1.15])
        steps = left.scatter(
            100 * results["step_coverage"].values, 100 * results["step_density"].values,
            c=results["step_inputs"].values, cmap="viridis", s=22, zorder=3,
        )  # fmt: skip
        left.plot(
            100 * results["step_coverage"].values, 100 * results["step_density"].values, color=look.grid, zorder=2
        )
        bar = body.colorbar(steps, ax=left, location="top", shrink=0.7, label="inputs limited")
        most = int(results["step_inputs"].values.max())
        bar.set_ticks(list(range(0, most + 1, max(1, most // 5))))
        chosen = 100 * results["coverage"].values[0], 100 * results["density"].values[0]
        left.plot(*chosen, "o", markersize=13, markerfacecolor="none", markeredgecolor=_COLORS[0], markeredgewidth=2)
        left.axhline(100 * float(results.attrs["share"]), color=look.muted, linestyle=":", linewidth=1)
        left.set_xlim(0, 104)
        left.set_ylim(0, 104)
        left.set_xlabel("coverage (%)")
        left.set_ylabel("density (%)")
        left.grid()
        _limits(right, results, look)


def _held(results: xr.Dataset) -> str:
    """The same in points that a box was not found on."""
    if "held_density" not in results or not np.isfinite(results["held_density"].values).all():
        return ""
    told = enumerated([percent(float(value)) for value in results["held_density"].values])
    return f" In points held out it is {told}."


def _limits(axes: Axes, results: xr.Dataset, look: Look) -> None:
    """Each limit as the part of the range that is inside the box."""
    rows: list[str] = []
    for b in range(results.sizes["box"]):
        for p in range(results.sizes["input"]):
            if not results["limited"].values[b, p]:
                continue
            lowest, highest = float(results["lowest"].values[p]), float(results["highest"].values[p])
            width = highest - lowest or 1.0
            low, high = (float(results[name].values[b, p]) for name in ("low", "high"))
            start, length = (low - lowest) / width, (high - low) / width
            row = len(rows)
            axes.barh(row, 1, 0.22, color=look.grid)
            axes.barh(row, max(length, 0.02), 0.22, left=min(start, 0.98), color=_COLORS[b % len(_COLORS)])
            rows.append(wrapped(f"{b + 1}. {results['limit_words'].values[b, p]}", 44))
    for row, words in enumerate(rows):
        axes.text(0, row - 0.17, words, va="bottom", fontsize=8.5)
    axes.set_ylim(len(rows) - 0.5, -0.95)
    axes.set_xlim(0, 1)
    axes.set_yticks([])
    axes.set_xticks([0, 1], ["low end", "high end"])
    first, last = axes.get_xticklabels()
    first.set_horizontalalignment("left")
    last.set_horizontalalignment("right")
    axes.spines["left"].set_visible(False)
    axes.set_title("Limits of the boxes")
