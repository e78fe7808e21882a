"""The payoff plane of one typical world, whose deals can be clicked; marks as in the figure of reports."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import meanings
from sim.foundations import Bools, Floats
from sim.plots.frame.labels import actor_titles, parties
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.style import ACTOR_COLORS, VERMILION, YELLOW
from sim.plots.run.deal_groups import deal_markers, stopped_by_others, twins
from sim.plots.run.offer_path import moves, offers_of, round_marks, rounds_in_words, shades
from sim.plots.run.payoff_frontier import frontiers, permitted, stairs
from sim.report.pieces import Row, Table
from sim.view.chart_frame import INK, INNER, MUTED, PAPER, ChartOptions, chart, hint, legend, marks, ring, value_axis
from sim.words import capital, without_article
from sim.words.outcome_colors import outcome_colors

_PAIRS: Final = 3
_CROSS: Final = "path://M0 1L1 0L4 3L7 0L8 1L5 4L8 7L7 8L4 5L1 8L0 7L3 4Z"
_STROKE: Final = "path://M0 0H20V3H0Z"
_STAR: Final = "path://M50 5L61 39L97 39L68 60L79 95L50 73L21 95L32 60L3 39L39 39Z"
#: Matplotlib's markers of kinds of deal -> those of charts.
_SYMBOLS: Final = {"o": "circle", "d": "diamond", "s": "rect", "^": "triangle", "v": "arrow", "X": _CROSS}
_HEIGHT: Final = 330
#: Id of the series that marks the deal that was clicked.
PICKED: Final = "picked"


def plane_pairs(results: xr.Dataset) -> list[tuple[int, int]]:
    """The pairs of parties that have a plane, the first three."""
    return list(combinations(parties(results), 2))[:_PAIRS] if "cloud_payoff" in results else []


def deal_groups(results: xr.Dataset) -> list[tuple[str, str, Bools]]:
    """What deals are called, their kind and which they are, in the order in which they are drawn.

    Returns:
        words, kind ("" for deals that a red line bars), (K,) members; groups without any are left out
    """
    free, signable = permitted(results), results["cloud_signable"].values.astype(bool)
    kind = results["deal_kind"].values
    words = vocabulary(results)
    found = [("barred by a red line", "", ~free)]
    for more, which in (("", free & ~signable), (", can be signed", free & signable)):
        for code, name in enumerate(meanings(results, "deal_kind")):
            found.append((f"{without_article(words.endings[name].noun)}{more}", name, which & (kind == code)))
    return [(f"{name} ({int(which.sum()):,})", code, which) for name, code, which in found if which.any()]


def plane_options(results: xr.Dataset, pair: tuple[int, int]) -> tuple[ChartOptions, float]:
    """The plane of two parties, and how many pixels high it is."""
    payoff, war = results["cloud_payoff"].values[list(pair)], results["cloud_war"].values[list(pair)]
    names = tuple(actor_titles(results)[party] for party in pair)
    series = [
        *_deals(results, payoff, names),
        *_rings(results, payoff),
        *_frontiers(results, payoff),
        *(line for actor in pair for line in _offers(results, actor, payoff)),
        *_agreed(results, payoff),
        ring([], INK, 2.5, id=PICKED, symbolSize=15, z=9),
    ]
    low, high = np.minimum(payoff.min(axis=1), war), np.maximum(payoff.max(axis=1), war)
    margin = 0.06 * np.maximum(high - low, 0.02)
    low, high = low - margin, high + margin
    series[0] |= _fallbacks(war, low, high, names)
    shown = {item["name"]: _STROKE if item["type"] == "line" else item["symbol"] for item in series if "name" in item}
    below, room = legend(shown)
    axes = [
        value_axis(f"payoff to {name}", nameGap=gap, min=float(low[n]), max=float(high[n]), labels=INNER)
        for n, (name, gap) in enumerate(zip(names, (26, 40), strict=True))
    ]
    options = chart(
        f"What each deal is worth to {names[0]} and {names[1]} in one world: {'; '.join(shown)}.",
        grid={"left": 58, "right": 14, "top": 24, "bottom": room + 46},
        xAxis=axes[0],
        yAxis=axes[1],
        legend=below,
        series=series,
    )
    return options, _HEIGHT + room


def plane_table(results: xr.Dataset) -> Table:
    """Groups of deals, with the best payoff that each holds for every party."""
    own = parties(results)
    payoff = results["cloud_payoff"].values
    groups = [
        *((capital(words), which) for words, _, which in deal_groups(results)),
        *((f"Pareto frontier of {found.among}", np.isin(np.arange(payoff.shape[1]), found.deals))
          for found in frontiers(results)),
    ]  # fmt: skip
    rows: list[Row] = [[words, *(f"{payoff[party, which].max():.3f}" for party in own)] for words, which in groups]
    rows.append(["Without a deal", *(f"{results['cloud_war'].values[party]:.3f}" for party in own)])
    heads = ("deals", *(f"best for {actor_titles(results)[party]}" for party in own))
    return Table("plane", "Deals of one typical world, payoffs per round", heads, rows, range(1, len(heads)))


def spot(results: xr.Dataset, pair: tuple[int, int], deal: int) -> list[float]:
    """Where a deal lies on the plane of two parties."""
    return [float(value) for value in results["cloud_payoff"].values[list(pair), deal]]


def _deals(results: xr.Dataset, payoff: Floats, names: tuple[str, ...]) -> Iterator[ChartOptions]:
    colors = outcome_colors(vocabulary(results))
    markers = deal_markers(meanings(results, "deal_kind"))
    for words, kind, which in deal_groups(results):
        signable = bool(kind) and bool(results["cloud_signable"].values[which].all())
        data = [
            {"value": payoff[:, deal].tolist(), "deal": deal,
             "tooltip": hint(f"{names[0]} {payoff[0, deal]:.3f}, {names[1]} {payoff[1, deal]:.3f}")}
            for deal in np.flatnonzero(which).tolist()
        ]  # fmt: skip
        color, symbol = (colors[kind], _SYMBOLS.get(markers[kind], "pin")) if kind else (MUTED, _CROSS)
        size = 10 if signable else 8 if kind else 6
        found = marks(data, color=color, name=words, symbol=symbol, symbolSize=size)
        found["itemStyle"] |= {"opacity": 1 if signable else 0.6}
        yield found


def _rings(results: xr.Dataset, payoff: Floats) -> Iterator[ChartOptions]:
    """Ring the deals that the parties prefer and only others stop; count those that lie on one point."""
    lonely = stopped_by_others(results)
    if not lonely.any():
        return
    counts = {(x, y): f"×{count}" for x, y, count, _ in twins(payoff, lonely)}
    data = [
        {"value": list(at), "label": {"show": at in counts, "formatter": counts.get(at, ""), "position": "top"}}
        for at in sorted({(float(x), float(y)) for x, y in np.round(payoff[:, lonely].T, 9)})
    ]
    name = f"all parties prefer it, others stop it ({int(lonely.sum()):,})"
    yield ring(data, VERMILION, 1.6, name=name, symbolSize=13, label={"color": INK, "fontWeight": 600})


def _frontiers(results: xr.Dataset, payoff: Floats) -> Iterator[ChartOptions]:
    """Stairs between two parties, rings on the deals where more than two bargain."""
    for found in frontiers(results):
        color, width = (INK, 1.9) if found.strong else (MUTED, 1.0)
        name = f"Pareto frontier of {found.among}"
        if len(parties(results)) > 2:
            yield ring(payoff[:, found.deals].T.tolist(), color, width, name=name, symbolSize=12, z=4)
        else:
            yield {"name": name, "type": "line", "symbol": "none", "silent": True, "z": 4,
                   "lineStyle": {"color": color, "width": width}, "itemStyle": {"color": color},
                   "data": corners(stairs(payoff, found))}  # fmt: skip


def corners(steps: Floats) -> list[list[float]]:
    """Corners of stairs that first go up or down, then across.

    Args:
        steps: (2, N) where they end
    Example:
        >>> corners(np.array([[0.0, 1.0], [2.0, 1.0]]))
        [[0.0, 2.0], [0.0, 1.0], [1.0, 1.0]]
    """
    found = [steps[:, 0].tolist()]
    for before, after in pairwise(steps.T.tolist()):
        found += [[before[0], after[1]], after]
    return found


def _offers(results: xr.Dataset, actor: int, payoff: Floats) -> Iterator[ChartOptions]:
    """Draw the deals that one party moves to: from faint to full colour, arrows, the first and last round's number."""
    rounds, _ = offers_of(results, actor)
    deals = moves(results, actor)
    if not len(deals):
        return
    color = ACTOR_COLORS[actor % len(ACTOR_COLORS)]
    spots = payoff[:, deals].T.tolist()
    numbers = dict(round_marks(rounds, payoff[:, deals]))
    faint = ", from faint to full colour" if len(deals) > 1 else ""
    name = f"offers of {actor_titles(results)[actor]}, {rounds_in_words(rounds, 'round ', 'rounds ')}{faint}"
    yield {"type": "lines", "coordinateSystem": "cartesian2d", "silent": True, "z": 5, "symbol": ["none", "arrow"],
           "symbolSize": 7, "lineStyle": {"color": color, "width": 1, "opacity": 0.8},
           "data": [part for one, two in pairwise(spots) for part in _arrow(one, two)]}  # fmt: skip
    data = [
        {"value": at, "itemStyle": {"opacity": float(shade)},
         "label": {"show": n in numbers, "formatter": numbers.get(n, "")}}
        for n, (at, shade) in enumerate(zip(spots, shades(len(spots)), strict=True))
    ]  # fmt: skip
    label = {"position": "right", "color": color, "fontWeight": 700, "textBorderColor": PAPER, "textBorderWidth": 3}
    yield marks(data, color=color, name=name, symbolSize=9, silent=True, z=6, label=label)


def _arrow(one: list[float], two: list[float]) -> list[dict[str, Any]]:
    """A step with its arrowhead in the middle, where no mark hides it."""
    middle = [0.46 * before + 0.54 * after for before, after in zip(one, two, strict=True)]
    return [{"coords": [one, middle]}, {"coords": [middle, two], "symbol": ["none", "none"]}]


def _agreed(results: xr.Dataset, payoff: Floats) -> Iterator[ChartOptions]:
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        yield marks([payoff[:, agreed].tolist()], color=YELLOW, border="#000", width=1, name="the deal they sign",
                    symbol=_STAR, symbolSize=20, silent=True, z=8)  # fmt: skip


def _fallbacks(war: Floats, low: Floats, high: Floats, names: tuple[str, ...]) -> dict[str, Any]:
    """Lines at what each has without a deal, and the area in which both get more."""
    # Words above an upright line run from it towards the middle, so that no edge cuts them off.
    above = {"position": "end", "align": "right" if war[0] > (low[0] + high[0]) / 2 else "left"}
    lines = [
        {axis: float(value), "label": {"formatter": f"{name} without a deal", **place}}
        for axis, value, name, place in zip(
            ("xAxis", "yAxis"), war, names, (above, {"position": "insideEndTop"}), strict=True
        )
    ]
    dashed = {"color": INK, "type": "dashed", "width": 1}
    label = {"color": INK, "fontSize": 11, "width": 150, "overflow": "truncate"}
    area = [{"coord": war.tolist()}, {"coord": high.tolist()}]
    return {
        "markLine": {"symbol": "none", "silent": True, "data": lines, "lineStyle": dashed, "label": label},
        "markArea": {"silent": True, "data": [area], "itemStyle": {"color": YELLOW, "opacity": 0.16}},
    }
