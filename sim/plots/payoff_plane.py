"""Payoffs of every deal in the representative draw, for each pair of parties."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from sim.foundations import Bools, Floats
from sim.plots.labels import actor_titles, enumerated, parties, worded, wrapped
from sim.plots.plot import Plot, figure
from sim.plots.style import ENDING_COLORS, VERMILION, YELLOW, Look
from sim.store import meanings

_MOST_PAIRS = 6
_MANY = 500  # larger clouds are stored as a picture inside the SVG
_SHAPES = ("D", "s", "^", "v", "p", "h", "8", "P")
_KINDS = {"truce": ("truce", "o"), "partial": ("partial deal", "d"), "settlement": ("settlement", "s")}


@figure("payoff-plane", source="Nash 1950, Econometrica 18:155-162; Raiffa 1982 (zone of possible agreement)")
class PayoffPlane(Plot):
    """Points show what each deal is worth to two parties in one draw, with fallbacks, frontier and offers."""

    def fits(self, results: xr.Dataset) -> bool:
        """The deals of the representative draw were kept, and there are two parties at least."""
        return "cloud_payoff" in results and len(parties(results)) > 1

    def title(self, results: xr.Dataset) -> str:
        """How many deals could be signed, and which one was."""
        own = parties(results)
        names = enumerated([actor_titles(results)[i] for i in own])
        both = "both prefer" if len(own) == 2 else "all prefer"
        deals = f"of {results.sizes['deal_index']:,} deals to their fallbacks"
        better, permitted = _better(results), _permitted(results)
        open_to_all = int((better & permitted).sum())
        if int(results["story_agreed"]) >= 0:
            return f"{names} {both} {open_to_all:,} {deals}; a deal is signed"
        if open_to_all and results["cloud_signable"].values.any():
            return f"{names} {both} {open_to_all:,} {deals}, yet they sign none"
        if open_to_all:
            return f"{names} {both} {open_to_all:,} {deals}, but others whose consent these need refuse"
        if better.any():
            return f"{names} {both} {int(better.sum()):,} {deals}, and red lines bar every one of them"
        return f"No deal is worth more to {names} than their fallbacks: the zone of agreement is empty"

    def caption(self, results: xr.Dataset) -> str:
        """Which draw it is, and what marks mean."""
        pairs = len(list(combinations(parties(results), 2)))
        more = f" The first {_MOST_PAIRS} of {pairs} pairs." if pairs > _MOST_PAIRS else ""
        frontier = (
            "Frontier: deals that all parties may sign and none dominates. "
            if results["cloud_frontier"].values.any()
            else "No frontier is drawn, since no deal is acceptable to all whose consent it needs. "
        )
        return (
            f"One draw, number {int(results.attrs['story_draw']):,} of {results.sizes['draw']:,}: the most typical one "
            "with the most frequent ending; it shows how the model reasons and carries no error. Payoff V of a deal "
            "signed at once (value per round), pressure included; W, the fallback, is fighting on without a deal. "
            f"{frontier}Solutions choose among the deals that beat all fallbacks.{more}"
        )

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        pairs = min(len(list(combinations(parties(results), 2))), _MOST_PAIRS)
        return 5.2 if pairs == 1 else 1.5 + 3.0 * -(-pairs // 3)

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """One plane for each pair of parties, one legend for all."""
        pairs = list(combinations(parties(results), 2))[:_MOST_PAIRS]
        columns = min(len(pairs), 3)
        panels = body.subplots(-(-len(pairs) // columns), columns, squeeze=False).ravel()
        for axes, pair in zip(panels, pairs, strict=False):
            _plane(axes, results, pair, look)
        for axes in panels[len(pairs) :]:
            axes.set_axis_off()
        handles, labels = panels[0].get_legend_handles_labels()
        if len(pairs) == 1:
            body.legend(handles, labels, labelspacing=0.8, loc="outside right center")
        else:
            body.legend(handles, labels, labelspacing=0.8, loc="outside lower center", ncols=3)


def _permitted(results: xr.Dataset) -> Bools:
    return np.asarray(results["cloud_permitted"].values.astype(bool)[parties(results)].all(axis=0))


def _better(results: xr.Dataset) -> Bools:
    """(K,) whether a deal is worth its fallback to every party."""
    own = parties(results)
    gain = results["cloud_payoff"].values[own] - results["cloud_war"].values[own, None]
    return np.asarray((gain >= -1e-9).all(axis=0))


def _plane(axes: Axes, results: xr.Dataset, pair: tuple[int, int], look: Look) -> None:
    titles = actor_titles(results)
    first, second = pair
    payoff = results["cloud_payoff"].values[[first, second]]
    war = results["cloud_war"].values[[first, second]]
    low = np.minimum(payoff.min(axis=1), war)
    high = np.maximum(payoff.max(axis=1), war)
    margin = 0.06 * np.maximum(high - low, 0.02)
    axes.set_xlim(low[0] - margin[0], high[0] + margin[0])
    axes.set_ylim(low[1] - margin[1], high[1] + margin[1])
    axes.add_patch(
        Rectangle(
            (war[0], war[1]),
            high[0] + margin[0] - war[0],
            high[1] + margin[1] - war[1],
            facecolor=YELLOW,
            alpha=0.22 if look.name != "dark" else 0.14,
            edgecolor="none",
            zorder=0,
            label="both get more than W",
        )
    )
    _cloud(axes, results, payoff, look)
    axes.axvline(war[0], color=look.ink, linewidth=1.0, linestyle="--", label="W, fallback of each party")
    axes.axhline(war[1], color=look.ink, linewidth=1.0, linestyle="--")
    _frontier(axes, results, payoff, look)
    _offers(axes, results, pair, payoff, look)
    _solutions(axes, results, payoff, look)
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        axes.scatter(
            payoff[0, agreed],
            payoff[1, agreed],
            marker="*",
            s=260,
            color=YELLOW,
            edgecolor="#000000",
            linewidth=1.0,
            zorder=9,
            label="the deal they sign",
        )
    letters = 60 if len(parties(results)) == 2 else 24
    axes.set_xlabel(wrapped(f"payoff to {titles[first]}", letters))
    axes.set_ylabel(wrapped(f"payoff to {titles[second]}", letters))
    axes.locator_params(nbins=6 if len(parties(results)) == 2 else 5)


def _cloud(axes: Axes, results: xr.Dataset, payoff: Floats, look: Look) -> None:
    permitted, signable = _permitted(results), results["cloud_signable"].values.astype(bool)
    heavy = payoff.shape[1] > _MANY
    for code, name in enumerate(meanings(results, "deal_kind")):
        mine = (results["deal_kind"].values == code) & permitted
        said, marker = _KINDS[name]
        for which, opacity, size, more in ((mine & ~signable, 0.45, 14, ""), (mine & signable, 0.95, 22, ", signable")):
            if which.any():
                axes.scatter(
                    payoff[0, which],
                    payoff[1, which],
                    s=size,
                    marker=marker,
                    color=ENDING_COLORS[name],
                    alpha=opacity,
                    linewidth=0,
                    rasterized=heavy,
                    zorder=3,
                    label=f"{said}{more} ({which.sum():,})",
                )
    lonely = permitted & _better(results) & ~signable
    if lonely.any():
        axes.scatter(
            payoff[0, lonely],
            payoff[1, lonely],
            s=60,
            facecolor="none",
            edgecolor=VERMILION,
            linewidth=1.3,
            zorder=4,
            label=f"stopped by others' consent ({lonely.sum():,})",
        )
    if (~permitted).any():
        axes.scatter(
            payoff[0, ~permitted],
            payoff[1, ~permitted],
            s=11,
            marker="x",
            color=look.muted,
            alpha=0.5,
            linewidth=0.8,
            rasterized=heavy,
            zorder=2,
            label=f"barred by a red line ({(~permitted).sum():,})",
        )


def _frontier(axes: Axes, results: xr.Dataset, payoff: Floats, look: Look) -> None:
    on = np.flatnonzero(results["cloud_frontier"].values)
    if not len(on):
        return
    if len(parties(results)) == 2:
        order = on[np.lexsort((-payoff[1, on], payoff[0, on]))]
        axes.plot(payoff[0, order], payoff[1, order], color=look.ink, linewidth=1.3, zorder=4, label="Pareto frontier")
    else:
        axes.scatter(
            payoff[0, on],
            payoff[1, on],
            s=42,
            facecolor="none",
            edgecolor=look.ink,
            linewidth=0.9,
            zorder=4,
            label="Pareto frontier",
        )


def _offers(axes: Axes, results: xr.Dataset, pair: tuple[int, int], payoff: Floats, look: Look) -> None:
    spoken = results["offer_act"].values.astype(str) != "accept"
    for actor in pair if len(parties(results)) == 2 else ():
        deals = results["offer_deal"].values[spoken & (results["offer_actor"].values == actor)]
        if len(deals):
            axes.plot(
                payoff[0, deals],
                payoff[1, deals],
                color=look.actor_color(actor),
                linewidth=1.0,
                alpha=0.85,
                zorder=5,
                marker=look.actor_marker(actor),
                markersize=5,
                markeredgecolor=look.background,
                markeredgewidth=0.6,
                label=f"offers of {actor_titles(results)[actor]} ({len(deals)})",
            )


def _solutions(axes: Axes, results: xr.Dataset, payoff: Floats, look: Look) -> None:
    """Draw solution points; those on one place share a marker and a line of the legend."""
    if "solution_deal" not in results:
        return
    row = int(np.flatnonzero(results["draw"].values == results.attrs["story_draw"])[0])
    places: dict[tuple[float, float], list[str]] = {}
    for name, deal in zip(results["solution"].values, results["solution_deal"].values[row], strict=True):
        if deal >= 0:
            x, y = np.round(payoff[:, int(deal)], 9)
            places.setdefault((float(x), float(y)), []).append("–".join(worded(part) for part in str(name).split("-")))
    for shape, (place, names) in zip(_SHAPES, places.items(), strict=False):
        axes.scatter(
            place[0],
            place[1],
            marker=shape,
            s=95,
            facecolor="none",
            edgecolor=look.ink,
            linewidth=1.6,
            zorder=8,
            label="\n= ".join(names),
        )
