"""Which uncertain numbers decide the ending."""

from __future__ import annotations

import numpy as np
import xarray as xr
from matplotlib.figure import SubFigure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from scipy.stats import chi2

from sim.experiments.importance import bins_of
from sim.foundations import Ints
from sim.plots.frame.labels import SPOKEN, wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, ORANGE, PALE, Look
from sim.plots.frame.world_groups import worlds_note
from sim.store import meanings
from sim.words import percent

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
        if value < chance(results):
            return f"No single number explains more of {what_varies(results)} than chance may: {percent(value)} at most"
        rests = "assumed" if results["number_assumed"].values[first] else "from a claim"
        return (
            f"Of single numbers {_titles(results)[first]} ({rests}) says most about {what_varies(results)}: "
            f"{percent(value)} of its variance"
        )

    def caption(self, results: xr.Dataset) -> str:
        """What the shares are."""
        return (
            f"First-order share of the variance of {what_varies(results)}: what would vanish on average if the number "
            f"were known; the {len(_order(results))} largest of {results.sizes['path']} numbers. Dotted line: what the "
            "best of as many numbers without influence exceeds one time in 20; paler bars may be chance. "
            f"{beyond_chance(results)} The rest is small shares, interaction of numbers and the luck of talks. "
            f"{worlds_note(results)}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches: a line for each number."""
        return 1.3 + 0.3 * len(_order(results))

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One bar for each of the numbers that matter most."""
        axes = body.subplots()
        order = _order(results)
        values = 100 * results["importance"].values[order]
        assumed = results["number_assumed"].values[order].astype(bool)
        rows = np.arange(len(order))
        least = 100 * chance(results)
        for bar in axes.barh(rows, values, 0.7, color=[ORANGE if guess else BLUE for guess in assumed]):
            bar.set_alpha(1.0 if bar.get_width() >= least else PALE)
        axes.axvline(least, color=look.ink, linewidth=1.1, linestyle=":")
        box = {"facecolor": look.background, "edgecolor": "none", "pad": 0.8}  # the dotted line stops before a label
        for row, value in zip(rows, values, strict=True):
            axes.annotate(f"{value:.1f} %", (value, row), (4, 0), textcoords="offset points", va="center", fontsize=8.5,
                          bbox=box)  # fmt: skip
        axes.set_yticks(rows, [wrapped(_titles(results)[i], 46) for i in order])
        axes.set_ylim(len(order) - 0.4, -0.6)
        axes.set_xlim(0, 1.12 * max(float(values.max()), least))
        axes.set_xlabel(f"share of the variance of {what_varies(results)} (%)")
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        kinds = [("assumed", ORANGE), ("rests on a claim of the article", BLUE)]
        body.legend(
            [*(Patch(color=color) for _, color in kinds), Line2D([], [], color=look.ink, linewidth=1.1, linestyle=":")],
            [*(name for name, _ in kinds), "what chance may do"],
            loc="outside lower center",
            ncols=3,
        )


def chance(results: xr.Dataset) -> float:
    """Share that the best of as many numbers without any influence exceeds one time in 20.

    Between bins of a number that does nothing, variance is a weighted sum of chi-squares, one for each direction
    in which the shares of the outcomes can differ; the sum is taken as one chi-square of equal mean and variance.

    Source: Satterthwaite 1946, Biometrics Bulletin 2:110-114; 1 - (1 - p)^P over P numbers: Šidák 1967
    """
    size, codes = results.sizes["draw"], _outcome(results)
    shares = np.bincount(codes) / size
    spread = np.diag(shares) - np.outer(shares, shares)
    if not np.trace(spread) > 0:
        return 0.0
    scale = float((spread**2).sum() / np.trace(spread) ** 2)
    free = bins_of(size) - 1
    highest = scale * float(chi2.ppf(0.95 ** (1 / results.sizes["path"]), free / scale))
    return float(np.clip((highest - free) / max(size - 1, 1), 0.0, 1.0))


def beyond_chance(results: xr.Dataset) -> str:
    """How many numbers explain more than chance may, and how much together, in a sentence."""
    values = np.nan_to_num(results["importance"].values)
    high = values >= max(chance(results), 1e-12)
    if not high.any():
        return "None of them explains more."
    which = "the one number that does explains" if high.sum() == 1 else f"the {high.sum()} numbers that do explain"
    return f"{which[:1].upper()}{which[1:]} {100 * values[high].sum():.0f} %{' together' if high.sum() > 1 else ''}."


def _outcome(results: xr.Dataset) -> Ints:
    name = str(results.attrs.get("importance_of", "ending"))
    if name in results:
        return np.asarray(results[name].values, dtype=np.int64)
    return np.asarray(results["ending"].values == meanings(results, "ending").index(name), dtype=np.int64)


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
