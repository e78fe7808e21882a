"""Which uncertain numbers decide the ending."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.foundations import Floats, Ints
from sim.plots.analysis.row_frame import RowPlot
from sim.plots.frame.labels import number_titles
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import figure
from sim.plots.frame.style import GROUND_COLORS, PALE, Look
from sim.plots.frame.world_groups import worlds_note
from sim.runs.explained_share import chance_share
from sim.words import capital, percent

_RESTS: Final = {"assumed": "assumed", "claim": "from a claim", "rate": "from a rate"}
_COLUMNS: Final = {"ending": "how talks end", "declared": "what is signed first"}


@figure("importance", source="first-order share of variance: Sobol 1993; Saltelli et al. 2008, ch. 1")
class Importance(RowPlot):
    """Bars show how much of the variance of the ending each uncertain number explains alone."""

    rank = 9
    most = 12
    inches = 0.3

    def fits(self, results: xr.Dataset) -> bool:
        """Importance was estimated and something has some."""
        return "importance" in results and bool((np.nan_to_num(results["importance"].values) > 0).any())

    def varies(self, results: xr.Dataset) -> bool:
        """Some number explains more than the best of as many without influence would by chance."""
        return float(np.nanmax(results["importance"].values)) >= chance_share(results)

    def title(self, results: xr.Dataset) -> str:
        """The number that decides most."""
        first = int(self.shown(results)[0])
        value = float(results["importance"].values[first])
        if value < chance_share(results):
            return f"No single number explains more of {what_varies(results)} than chance may: {percent(value)} at most"
        rests = _RESTS[_grounds(results)[first]]
        return (
            f"Of single numbers {number_titles(results)[first]} ({rests}) says most about {what_varies(results)}: "
            f"{percent(value)} of its variance"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the shares are."""
        return (
            f"First-order share of the variance of {what_varies(results)}: what would vanish on average if the number "
            f"were known; the {len(self.shown(results))} largest of {results.sizes['path']} numbers. Dotted line: what "
            "the best of as many numbers without influence exceeds one time in 20; paler bars may be chance. "
            f"{beyond_chance(results)} The rest is small shares, interaction of numbers and the luck of talks. "
            f"{worlds_note(results)}"
        )

    def ranked(self, results: xr.Dataset) -> Floats:
        """The shares that are above 0."""
        values = results["importance"].values
        return np.where(np.nan_to_num(values) > 0, values, np.nan)

    def names(self, results: xr.Dataset) -> list[str]:
        """Titles of the numbers."""
        return number_titles(results)

    def along(self, results: xr.Dataset) -> str:
        """Of what."""
        return f"share of the variance of {what_varies(results)} (%)"

    def legend(self, results: xr.Dataset, look: Look) -> list[Artist]:
        """What numbers rest on, and where chance ends."""
        return [
            Patch(color=GROUND_COLORS["assumed"], label="assumed"),
            Patch(color=GROUND_COLORS["claim"], label="rests on a claim of the article"),
            *([Patch(color=GROUND_COLORS["rate"], label="rests on a rate")] if "rate" in _grounds(results) else []),
            Line2D([], [], color=look.ink, linewidth=1.1, linestyle=":", label="what chance may do"),
        ]

    def paint_rows(self, axes: Axes, results: xr.Dataset, shown: Ints, look: Look) -> None:
        """One bar for each of the numbers that matter most."""
        values, least = 100 * results["importance"].values[shown], 100 * chance_share(results)
        colors = [GROUND_COLORS[_grounds(results)[n]] for n in shown]
        for bar in axes.barh(np.arange(len(shown)), values, 0.7, color=colors):
            bar.set_alpha(1.0 if bar.get_width() >= least else PALE)
        axes.axvline(least, color=look.ink, linewidth=1.1, linestyle=":")
        box = {"facecolor": look.background, "edgecolor": "none", "pad": 0.8}  # the dotted line stops before a label
        for row, value in enumerate(values):
            axes.annotate(percent(value / 100, 1), (value, row), (4, 0), textcoords="offset points", va="center",
                          fontsize=8.5, bbox=box)  # fmt: skip
        axes.set_xlim(0, 1.12 * max(float(values.max()), least))


def beyond_chance(results: xr.Dataset) -> str:
    """How many numbers explain more than chance may, and how much together, in a sentence."""
    values = np.nan_to_num(results["importance"].values)
    high = values >= max(chance_share(results), 1e-12)
    if not high.any():
        return "None of them explains more."
    which = "the one number that does explains" if high.sum() == 1 else f"the {high.sum()} numbers that do explain"
    return f"{capital(which)} {percent(float(values[high].sum()))}{' together' if high.sum() > 1 else ''}."


def what_varies(results: xr.Dataset) -> str:
    """Say whose variance is shared out."""
    name = str(results.attrs.get("importance_of", results["importance"].attrs.get("importance_of", "the ending")))
    ending = vocabulary(results).endings.get(name)
    return f"whether talks end in {ending.noun}" if ending else _COLUMNS.get(name, name)


def _grounds(results: xr.Dataset) -> list[str]:
    """What each number rests on; runs of earlier versions tell only whether it is assumed."""
    if "number_ground" in results:
        return [str(ground) for ground in results["number_ground"].values]
    return ["assumed" if guess else "claim" for guess in results["number_assumed"].values]
