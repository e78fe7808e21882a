"""Payoffs of every deal in one typical world, for each pair of parties."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure
from matplotlib.patches import Rectangle

from sim.ensemble.dataset_labels import deals_in_all
from sim.foundations import Bools, Floats, Ints
from sim.plots.frame.labels import actor_titles, parties, solution_title, wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import figure
from sim.plots.frame.style import VERMILION, YELLOW, Look
from sim.plots.run.deal_groups import better, deal_markers, places, stopped_by_others, twins, who_stops
from sim.plots.run.offer_path import draw_offers, offers_of, silence
from sim.plots.run.payoff_frontier import draw_frontiers, frontiers, permitted
from sim.plots.run.typical_world import TypicalWorld, draw_star, which_world
from sim.store import meanings
from sim.words import enumerated, without_article
from sim.words.outcome_colors import outcome_colors

_MOST_PAIRS = 6
_MANY = 500  # larger clouds are stored as a picture inside the SVG
_SHAPES = ("D", "s", "^", "v", "p", "h", "8", "P")


@figure("payoff-plane", source="Nash 1950, Econometrica 18:155-162; Raiffa 1982 (zone of possible agreement)")
class PayoffPlane(TypicalWorld):
    """Points show what each deal is worth to two parties in one world, with fallbacks, frontier and offers."""

    rank = 60

    def fits(self, results: xr.Dataset) -> bool:
        """The deals of the typical world were kept, and there are two parties at least."""
        return "cloud_payoff" in results and len(parties(results)) > 1

    def finding(self, results: xr.Dataset) -> str:
        """How many deals could be signed, and which one was."""
        own = parties(results)
        names = enumerated([actor_titles(results)[i] for i in own])
        both = "both" if len(own) == 2 else "all"
        gain, free = better(results), permitted(results)
        count = int(results.attrs.get("cloud_accepted", (gain & free).sum()))
        preferred = int(results.attrs.get("cloud_preferred", gain.sum()))
        could = f"{names} could {both} accept {count:,} of {deals_in_all(results):,} deals"
        if int(results["story_agreed"]) >= 0:
            return f"{could}; a deal is signed"
        if count and results["cloud_signable"].values.any():
            return f"{could}, yet they sign none"
        if count:
            return f"{could}, but {who_stops(results)} would refuse the consent that these need"
        if preferred:
            return (
                f"{names} {both} prefer {preferred:,} of {deals_in_all(results):,} deals to their "
                "fallbacks, and red lines bar every one of them"
            )
        return f"no deal beats the fallbacks of {names} at once, so the zone of agreement is empty"

    def caption(self, results: xr.Dataset) -> str:
        """Which world it is, and what marks mean."""
        pairs = len(list(combinations(parties(results), 2)))
        more = f"The first {_MOST_PAIRS} of {pairs} pairs." if pairs > _MOST_PAIRS else ""
        lonely = stopped_by_others(results)
        double = "×2: two deals on one point. " if lonely.sum() > len(places(results, lonely)) else ""
        solved = "Solutions choose among the deals that beat all fallbacks. " if _solved(results) else ""
        return (
            f"{which_world(results)} Worth of a deal signed at once (value per round, 1 is all that is at stake), "
            "pressure included; the fallback is what a party has without a deal. "
            f"{_drawn(results)}{double}{_efficient(results)}{solved}{_danced(results)}{silence(results)}{more}"
        ).rstrip()

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
        known = {
            words: handle
            for axes in panels[: len(pairs)]
            for handle, words in zip(*axes.get_legend_handles_labels(), strict=True)
        }
        labels, handles = list(known), list(known.values())
        if len(pairs) == 1:
            body.legend(handles, labels, labelspacing=0.8, loc="outside right center")
        else:
            body.legend(handles, labels, labelspacing=0.8, loc="outside lower center", ncols=3)


def _drawn(results: xr.Dataset) -> str:
    """How many of the deals are drawn, where these are not all."""
    shown, total = results.sizes["deal_index"], deals_in_all(results)
    return f"Drawn are {shown:,} of {total:,} deals: those that matter, and some of all. " if shown < total else ""


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
            label="both get more than\ntheir fallbacks",
        )
    )
    _cloud(axes, results, payoff, look)
    alone = len(parties(results)) == 2
    _fallbacks(axes, war, (titles[first], titles[second]) if alone else None, look)
    draw_frontiers(axes, results, payoff, look)
    for actor in pair:
        draw_offers(axes, results, actor, payoff, look)
    _solutions(axes, results, payoff, look)
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        draw_star(axes, float(payoff[0, agreed]), float(payoff[1, agreed]), 260)
    letters = 60 if alone else 24
    axes.set_xlabel(wrapped(f"worth to {titles[first]}", letters))
    axes.set_ylabel(wrapped(f"worth to {titles[second]}", letters))
    axes.locator_params(nbins=6 if alone else 5)


def _cloud(axes: Axes, results: xr.Dataset, payoff: Floats, look: Look) -> None:
    free, signable = permitted(results), results["cloud_signable"].values.astype(bool)
    heavy = payoff.shape[1] > _MANY
    words = vocabulary(results)
    colors, markers = outcome_colors(words), deal_markers(words.kinds)
    for code, name in enumerate(meanings(results, "deal_kind")):
        mine = (results["deal_kind"].values == code) & free
        said = wrapped(without_article(words.endings[name].noun), 26)
        for which, opacity, size, more in ((mine & ~signable, 0.6, 15, ""), (mine & signable, 0.95, 22, ", signable")):
            if which.any():
                axes.scatter(
                    payoff[0, which],
                    payoff[1, which],
                    s=size,
                    marker=markers[name],
                    color=colors[name],
                    alpha=opacity,
                    linewidth=0,
                    rasterized=heavy,
                    zorder=3,
                    label=f"{said}{more} ({which.sum():,})",
                )
    lonely = stopped_by_others(results)
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
        _count_twins(axes, payoff, lonely)
    if (~free).any():
        axes.scatter(
            payoff[0, ~free],
            payoff[1, ~free],
            s=5,
            marker="x",
            color=look.muted,
            alpha=0.4,
            linewidth=0.5,
            rasterized=heavy,
            zorder=1,
            label=f"barred by a red line ({(~free).sum():,})",
        )


def _count_twins(axes: Axes, payoff: Floats, which: Bools) -> None:
    """Write above a point how many deals lie there, where there are few points."""
    for x, y, count, side in twins(payoff, which):
        axes.annotate(
            f"×{count}", (x, y), xytext=(0, 6), textcoords="offset points", fontsize=8.5, color=VERMILION, ha=side,
            zorder=10, gid="twins",
        )  # fmt: skip


def _fallbacks(axes: Axes, war: Floats, titles: tuple[str, str] | None, look: Look) -> None:
    """Dashed lines at the fallbacks, with their names where they leave the plane."""
    for line, where in ((axes.axvline, war[0]), (axes.axhline, war[1])):
        line(where, color=look.ink, linewidth=0.9, linestyle=(0, (5, 3)), zorder=2.5)
    names = [f"fallback of {titles[0]}", f"fallback of\n{wrapped(titles[1], 12)}"] if titles else ["fallback"] * 2
    above, beside = axes.get_xaxis_transform(), axes.get_yaxis_transform()
    axes.annotate(
        names[0], (war[0], 1), xycoords=above, xytext=(0, 2), textcoords="offset points", ha="center", va="bottom",
        fontsize=8.5, gid="fallback",
    )  # fmt: skip
    axes.annotate(
        names[1], (1, war[1]), xycoords=beside, xytext=(3, 0), textcoords="offset points", va="center",
        fontsize=8.5, gid="fallback",
    )  # fmt: skip


def _efficient(results: xr.Dataset) -> str:
    """Say what a frontier is, and of which deals."""
    among = [found.among for found in frontiers(results)]
    lines = f"{among[0]} (thin) and among {among[1]} (thick)" if len(among) > 1 else among[0]
    return f"Pareto frontier: no party can gain unless another loses, among {lines}. "


def _danced(results: xr.Dataset) -> str:
    """Say how to read offers, if there are any."""
    spoken = any(len(offers_of(results, actor)[1]) for actor in parties(results))
    return "Offers run from faint to full colour; bold numbers are rounds. " if spoken else ""


def _solved(results: xr.Dataset) -> bool:
    """Whether some solution selects a deal in the world."""
    return "solution_deal" in results and bool((_selected(results) >= 0).any())


def _selected(results: xr.Dataset) -> Ints:
    """Deal that each solution selects in the world."""
    row = int(np.flatnonzero(results["draw"].values == results.attrs["story_draw"])[0])
    return np.asarray(results["solution_deal"].values[row], dtype=np.int64)


def _solutions(axes: Axes, results: xr.Dataset, payoff: Floats, look: Look) -> None:
    """Draw solution points; those on one place share a marker and a line of the legend."""
    if "solution_deal" not in results:
        return
    places: dict[tuple[float, float], list[str]] = {}
    for name, deal in zip(results["solution"].values, _selected(results), strict=True):
        if deal >= 0:
            x, y = np.round(payoff[:, int(deal)], 9)
            places.setdefault((float(x), float(y)), []).append(solution_title(str(name)))
    for shape, (place, names) in zip(_SHAPES, places.items(), strict=False):
        axes.scatter(
            place[0],
            place[1],
            marker=shape,
            s=95,
            facecolor="none",
            edgecolor=look.ink,
            linewidth=1.6,
            zorder=9.5,
            label="\n= ".join(names),
        )
