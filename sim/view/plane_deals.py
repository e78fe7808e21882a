"""Deals on the payoff plane: marks by kind, rings, frontiers, numbers on marks that lie upon each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import parties
from sim.plots.frame.style import ENDING_COLORS
from sim.plots.run.deal_groups import DEAL_MARKERS, stopped_by_others, twins
from sim.plots.run.payoff_frontier import frontiers, permitted, stairs
from sim.store import meanings
from sim.view.plane_frame import Frame

#: Outlines of matplotlib's markers, from their middle. Written out for each deal: references to one outline take
#: the browser four times as long.
_OUTLINES: Final = {
    "o": "m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z",
    "d": "m0-4.6l2.9 4.6l-2.9 4.6l-2.9-4.6z",
    "s": "m-3-3h6v6h-6z",
    "x": "m-2-2l4 4m-4 0l4-4",
}


def outline(look: str, kind: str) -> str:
    """Outline of a group's mark, from its middle."""
    return _OUTLINES["x" if look == "barred" else DEAL_MARKERS.get(kind, "s")]


def groups(results: xr.Dataset) -> list[tuple[str, str, Bools]]:
    """Look, kind and members of the groups of deals, in the order in which they are drawn.

    Returns:
        look (barred, open or signable), kind ("" for barred ones), (K,) members; groups without any are left out
    """
    free, signable = permitted(results), results["cloud_signable"].values.astype(bool)
    kind = results["deal_kind"].values
    found = [("barred", "", ~free)]
    for look, which in (("open", free & ~signable), ("signable", free & signable)):
        for code, name in enumerate(meanings(results, "deal_kind")):
            found.append((look, name, which & (kind == code)))
    return [group for group in found if group[2].any()]


def mark(look: str, kind: str) -> str:
    """Attributes of a mark: its class and colour."""
    color = "" if look == "barred" else f' fill="{ENDING_COLORS[kind]}"'
    return f'class="{look}"{color}'


def draw_deals(results: xr.Dataset, payoff: Floats, frame: Frame) -> Iterator[str]:
    """Draw every deal, those that can be signed last and on top; each carries its number."""
    x, y = frame.at(payoff)
    for look, kind, which in groups(results):
        shape = outline(look, kind)
        marks = "".join(
            f'<path d="M{x[deal]:.1f} {y[deal]:.1f}{shape}" data-deal="{deal}"/>'
            for deal in np.flatnonzero(which).tolist()
        )
        yield f"<g {mark(look, kind)}>{marks}</g>"


def draw_rings(results: xr.Dataset, payoff: Floats, frame: Frame) -> Iterator[str]:
    """Ring the deals that the parties prefer and only others stop; count those that lie on one point."""
    lonely = stopped_by_others(results)
    for x, y in {(round(x, 1), round(y, 1)) for x, y in frame.at(payoff[:, lonely]).T.tolist()}:
        yield f'<circle cx="{x}" cy="{y}" r="7" class="ring"/>'
    for across, up, count, side in twins(payoff, lonely):
        x, y = frame.at(np.array([[across], [up]]))[:, 0]
        end = "end" if side == "right" else "start"
        yield f'<text x="{x:.1f}" y="{y - 9:.1f}" class="halo twins {end}">×{count}</text>'


def draw_frontiers(results: xr.Dataset, payoff: Floats, frame: Frame) -> Iterator[str]:
    """Stairs between two parties, rings on the deals where more than two bargain."""
    for found in frontiers(results):
        look = "frontier strong" if found.strong else "frontier"
        if len(parties(results)) == 2:
            x, y = frame.at(stairs(payoff, found))
            steps = "".join(f"V{down:.1f}H{across:.1f}" for across, down in zip(x[1:], y[1:], strict=True))
            yield f'<path d="M{x[0]:.1f} {y[0]:.1f}{steps}" class="{look}"/>'
        else:
            for x, y in frame.at(payoff[:, found.deals]).T:
                yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" class="{look}"/>'
