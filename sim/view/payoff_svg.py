"""The payoff plane of the most typical world as SVG whose points can be clicked."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import xarray as xr
from matplotlib.ticker import MaxNLocator

from sim.foundations import Bools, Floats
from sim.plots.labels import actor_titles, parties
from sim.plots.style import ACTOR_COLORS, ENDING_COLORS, YELLOW
from sim.report.markup import Markup, escaped
from sim.store import meanings

_WIDTH, _HEIGHT = 440.0, 340.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 56.0, 10.0, 10.0, 44.0
_PAIRS = 3
_NAMES = {"truce": "truce", "partial": "partial deal", "settlement": "settlement"}


class _Frame:
    """Places of payoffs on the picture."""

    def __init__(self, payoff: Floats, war: Floats) -> None:
        low = np.minimum(payoff.min(axis=1), war)
        high = np.maximum(payoff.max(axis=1), war)
        margin = 0.06 * np.maximum(high - low, 0.02)
        self.low, self.high = low - margin, high + margin

    def x(self, value: float) -> float:
        """Across, in units of the picture."""
        share = float((value - self.low[0]) / (self.high[0] - self.low[0]))
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        """Down, in units of the picture."""
        share = float((value - self.low[1]) / (self.high[1] - self.low[1]))
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def payoff_planes(results: xr.Dataset) -> Markup:
    """One plane for each pair of parties (the first three), with a legend; empty without a pair."""
    pairs = list(combinations(parties(results), 2))[:_PAIRS]
    if not pairs or "cloud_payoff" not in results:
        return Markup("")
    return Markup("".join(_plane(results, pair) for pair in pairs) + _legend(results))


def _plane(results: xr.Dataset, pair: tuple[int, int]) -> str:
    payoff = results["cloud_payoff"].values[list(pair)]
    war = results["cloud_war"].values[list(pair)]
    frame = _Frame(payoff, war)
    first, second = (escaped(actor_titles(results)[party]) for party in pair)
    head = (
        f'<svg viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" class="plane" role="img" '
        f'aria-label="What each deal is worth to {first} and {second} in one world">'
    )
    parts = [
        head,
        *_axes(frame, war, first, second),
        *_points(results, payoff, frame),
        *_offers(results, pair, payoff, frame),
    ]
    agreed = int(results["story_agreed"])
    if agreed >= 0:
        x, y = frame.x(payoff[0, agreed]), frame.y(payoff[1, agreed])
        parts.append(f'<text x="{x:.1f}" y="{y + 8:.1f}" class="star" data-deal="{agreed}">★</text>')
    return "".join(parts) + "</svg>"


def _axes(frame: _Frame, war: Floats, first: str, second: str) -> list[str]:
    left, right, top, bottom = _LEFT, _WIDTH - _RIGHT, _TOP, _HEIGHT - _BOTTOM
    x, y = frame.x(war[0]), frame.y(war[1])
    middle = (top + bottom) / 2
    parts = [
        f'<rect x="{x:.1f}" y="{top}" width="{right - x:.1f}" height="{y - top:.1f}" class="better" fill="{YELLOW}"/>',
        f'<path d="M{left} {top}V{bottom}H{right}" class="axis"/>',
    ]
    parts += [
        f'<text x="{frame.x(value):.1f}" y="{bottom + 16}" class="tick middle">{_said(value)}</text>'
        for value in _ticks(frame, 0)
    ]
    parts += [
        f'<text x="{left - 6}" y="{frame.y(value) + 4:.1f}" class="tick end">{_said(value)}</text>'
        for value in _ticks(frame, 1)
    ]
    parts += [
        f'<path d="M{x:.1f} {top}V{bottom}M{left} {y:.1f}H{right}" class="war"/>',
        f'<text x="{(left + right) / 2}" y="{_HEIGHT - 6}" class="name middle">worth to {first}</text>',
        f'<text transform="translate(14 {middle}) rotate(-90)" class="name middle">worth to {second}</text>',
    ]
    return parts


def _points(results: xr.Dataset, payoff: Floats, frame: _Frame) -> list[str]:
    names = meanings(results, "deal_kind")
    kind = results["deal_kind"].values
    free, signable = _permitted(results), results["cloud_signable"].values.astype(bool)
    on = results["cloud_frontier"].values.astype(bool)
    order = np.lexsort((signable, free))  # what can be signed is drawn last, on top
    parts = []
    for deal in order.tolist():
        look = "barred" if not free[deal] else ("signable" if signable[deal] else "open")
        color = "var(--muted)" if look == "barred" else ENDING_COLORS[names[int(kind[deal])]]
        edge = " frontier" if on[deal] else ""
        parts.append(
            f'<circle cx="{frame.x(payoff[0, deal]):.1f}" cy="{frame.y(payoff[1, deal]):.1f}" '
            f'r="{5 if look == "signable" else 3}" fill="{color}" class="{look}{edge}" data-deal="{deal}"/>'
        )
    return parts


def _offers(results: xr.Dataset, pair: tuple[int, int], payoff: Floats, frame: _Frame) -> list[str]:
    if len(parties(results)) != 2:
        return []
    spoken = results["offer_act"].values.astype(str) != "accept"
    parts = []
    for actor in pair:
        deals = results["offer_deal"].values[spoken & (results["offer_actor"].values == actor)]
        if len(deals):
            path = " ".join(f"{frame.x(payoff[0, deal]):.1f},{frame.y(payoff[1, deal]):.1f}" for deal in deals)
            parts.append(f'<polyline points="{path}" class="offers" stroke="{ACTOR_COLORS[actor]}"/>')
    return parts


def _legend(results: xr.Dataset) -> str:
    present = np.unique(results["deal_kind"].values)
    names = meanings(results, "deal_kind")
    items = [f'<span><i style="background:{ENDING_COLORS[names[k]]}"></i>{_NAMES[names[k]]}</span>' for k in present]
    items.append('<span><i class="big"></i>large: can be signed</span>')
    if (~_permitted(results)).any():
        items.append('<span><i style="background:var(--muted)"></i>barred by a red line</span>')
    items.append("<span>dashed: worth of no deal</span>")
    for actor in parties(results) if len(parties(results)) == 2 else ():
        if (results["offer_actor"].values == actor).any():
            title = escaped(actor_titles(results)[actor])
            items.append(f'<span><i class="line" style="background:{ACTOR_COLORS[actor]}"></i>offers of {title}</span>')
    if int(results["story_agreed"]) >= 0:
        items.append("<span>★ the deal they sign</span>")
    return f'<p class="legend">{"".join(items)}</p>'


def _permitted(results: xr.Dataset) -> Bools:
    return np.asarray(results["cloud_permitted"].values.astype(bool)[parties(results)].all(axis=0))


def _ticks(frame: _Frame, axis: int) -> list[float]:
    low, high = float(frame.low[axis]), float(frame.high[axis])
    return [float(value) for value in MaxNLocator(5).tick_values(low, high) if low <= value <= high]


def _said(value: float) -> str:
    return f"{value:.3g}".replace("-", "−") if abs(value) > 1e-9 else "0"
