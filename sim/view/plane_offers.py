"""Offers on the payoff plane: from faint to full colour, arrowheads, the first and last round's number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.plots.frame.style import ACTOR_COLORS
from sim.plots.run.offer_path import NEAR, moves, offers_of, round_marks, shades
from sim.view.plane_frame import BOTTOM, LEFT, RIGHT, TOP, Frame

_ARROW = "M5 0L-3-3.4V3.4z"


def actor_color(actor: int) -> str:
    """Colour of the actor at this place in the results."""
    return ACTOR_COLORS[actor % len(ACTOR_COLORS)]


def draw_offers(results: xr.Dataset, actor: int, payoff: Floats, frame: Frame) -> Iterator[str]:
    """Draw the deals that one party moves to, in their order."""
    rounds, _ = offers_of(results, actor)
    deals = moves(results, actor)
    if not len(deals):
        return
    spots = frame.at(payoff[:, deals])
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots.T)
    yield f'<g class="dance" style="color:{actor_color(actor)}"><polyline points="{path}" class="offers"/>'
    for (x, y), shade in zip(spots.T, shades(len(deals)), strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="paper"/>'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="offer" fill-opacity="{shade:.2f}"/>'
    yield from _arrows(spots)
    for n, words in round_marks(rounds, payoff[:, deals]):
        x, y = spots[:, n]
        yield f'<text x="{x + 6:.1f}" y="{y - 6:.1f}" class="halo round">{words}</text>'
    yield "</g>"


def _arrows(spots: Floats) -> Iterator[str]:
    """Put one in the middle of each step that has room for it."""
    steps = np.diff(spots, axis=1)
    size = np.hypot(steps[0] / (RIGHT - LEFT), steps[1] / (BOTTOM - TOP))
    for n in np.flatnonzero(size >= NEAR).tolist():
        x, y = spots[:, n] + 0.54 * steps[:, n]
        turn = np.degrees(np.arctan2(steps[1, n], steps[0, n]))
        yield f'<path d="{_ARROW}" transform="translate({x:.1f} {y:.1f}) rotate({turn:.0f})" class="arrow"/>'
