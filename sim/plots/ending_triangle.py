"""Three shares at once: deal in force, stalemate and war, at every point of a sweep or under every what-if."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.figure import SubFigure

from sim.foundations import Floats
from sim.plots.labels import wrapped
from sim.plots.plot import Plot, figure
from sim.plots.shares import draws_note, percent
from sim.plots.style import BLUE, GREY, ORANGE, VERMILION, Look
from sim.plots.sweep_axes import study_title, sweep_group, sweep_note

_FEWEST: Final = 3
_HEIGHT: Final = float(np.sqrt(3) / 2)
_CORNERS: Final = np.array([[0.5, _HEIGHT], [0.0, 0.0], [1.0, 0.0]])
_DEALS: Final = ("truce", "partial", "settlement")
_MOST_CHOICES: Final = 7


@dataclass(frozen=True)
class Shares:
    """Points in the triangle.

    values: (N, 3) shares of a deal in force, stalemate and war; rows add up to 1
    color:  (N,) what the points are coloured by: coordinates of the first axis, or places among ``choices``
    choices: names of the colours; empty where the colour is a scale
    title:  of the colours
    """

    values: Floats
    color: Floats
    choices: tuple[str, ...]
    title: str


@figure("ending-triangle", source="ternary diagram: Gibbs 1876; de Finetti 1926")
class EndingTriangle(Plot):
    """Points show the shares of a deal in force, of stalemate and of war, all three at once."""

    def fits(self, results: xr.Dataset) -> bool:
        """A sweep, or replays, with three points at least."""
        return ("axes" in results.attrs and "ending_share" in results and len(shares(results).values) >= _FEWEST) or (
            "replay_share" in results and results.sizes["replay"] >= _FEWEST
        )

    def title(self, results: xr.Dataset) -> str:
        """How far each share moves."""
        values = shares(results).values
        low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
        deal, still, war = (f"{percent(a)} to {percent(b)}" for a, b in zip(low, high, strict=True))
        where = "Over the sweep" if _swept(results) else "Over the what-ifs"
        return f"{where} a deal is in force in {deal} of draws, stalemate in {still}, war in {war}"

    def caption(self, results: xr.Dataset) -> str:
        """How to read the triangle."""
        read = (
            "Each point is one setting. The nearer to a corner, the larger the share of that ending: a corner is "
            "100 %, the opposite side 0 %, grid lines are 20 % apart. A deal in force is a truce, a partial deal or a "
            "settlement."
        )
        if _swept(results):
            group = sweep_group(results)
            played = float(results["draws_played"].sel(group=group).values.min())
            error = 196 * np.sqrt(0.25 / max(played, 1))
            sure = f"95 %: a share is within ± {error:.0f} % at most."
            return f"{study_title(results)}{read} {sure} {sweep_note(results, group)}"
        error = 196 * float(results["replay_error"].values.max())
        return f"{read} 95 %: a share is within ± {error:.0f} % at most. {draws_note(results)}"

    def height(self, results: xr.Dataset) -> float:
        """Inches."""
        del results
        return 5.0

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A triangle with its grid, and the points."""
        axes = body.subplots()
        found = shares(results)
        _triangle(axes, look)
        points = found.values @ _CORNERS
        if found.choices:
            for n, name in enumerate(found.choices):
                mine = found.color == n
                axes.scatter(
                    points[mine, 0], points[mine, 1], s=46, color=look.actor_color(n), marker=look.actor_marker(n),
                    edgecolor=look.background, linewidth=0.6, label=wrapped(name, 34), zorder=4,
                )  # fmt: skip
            body.legend(loc="outside right center", title=wrapped(found.title, 34))
        else:
            cloud = axes.scatter(
                points[:, 0], points[:, 1], s=46, c=found.color, cmap="viridis", edgecolor=look.ink, linewidth=0.5,
                zorder=4,
            )  # fmt: skip
            body.colorbar(cloud, ax=axes, shrink=0.8, label=wrapped(found.title, 60))
        _mark_base(axes, results, look)


def shares(results: xr.Dataset) -> Shares:
    """Points of a sweep in its first axis's colours, or replays in those of their kind."""
    if not _swept(results):
        kinds = results["replay_kind"].values.astype(str)
        names = tuple(dict.fromkeys(kinds.tolist()))
        color = np.array([names.index(kind) for kind in kinds], dtype=float)
        return Shares(_three(results["replay_share"], "ending_name"), color, names, "replayed")
    found = results["ending_share"].sel(group=sweep_group(results))
    others = [str(dim) for dim in found.dims if dim != "ending"]
    found = found.transpose(*others, "ending")
    axis = json.loads(str(results.attrs["axes"]))[0]
    values = np.broadcast_to(
        results[axis["name"]].broadcast_like(found.isel(ending=0)).transpose(*others).values, found.shape[:-1]
    ).ravel()
    three = _three(found, "ending")
    kept = np.isfinite(three).all(axis=1)
    three, values = three[kept], values[kept]
    names = tuple(dict.fromkeys(map(str, values.tolist())))
    if values.dtype.kind in "fiu":
        return Shares(three, values.astype(float), (), str(axis["title"]))
    if len(names) > _MOST_CHOICES:  # more than there are colours
        return Shares(three, np.zeros(len(three)), (f"{len(names)} settings",), str(axis["title"]))
    return Shares(
        three, np.array([names.index(str(value)) for value in values], dtype=float), names, str(axis["title"])
    )


def _swept(results: xr.Dataset) -> bool:
    return "axes" in results.attrs and "ending_share" in results


def _three(found: xr.DataArray, dim: str) -> Floats:
    """(N, 3) shares of a deal in force, of stalemate and of war."""
    names = [str(name) for name in found[dim].values]
    flat = found.values.reshape(-1, len(names))
    deal = flat[:, [names.index(name) for name in _DEALS]].sum(axis=1)
    return np.stack([deal, flat[:, names.index("stalemate")], flat[:, names.index("war")]], axis=1)


def _triangle(axes: Axes, look: Look) -> None:
    for step in (0.2, 0.4, 0.6, 0.8):
        for corner in range(3):
            one, two = (np.full(3, 0.0) for _ in range(2))
            one[corner] = two[corner] = step
            one[(corner + 1) % 3] = two[(corner + 2) % 3] = 1 - step
            ends = np.stack([one, two]) @ _CORNERS
            axes.plot(ends[:, 0], ends[:, 1], color=look.grid, linewidth=0.8, zorder=1, label="_grid")
    outline = np.vstack([_CORNERS, _CORNERS[:1]])
    axes.plot(outline[:, 0], outline[:, 1], color=look.ink, linewidth=1.2, zorder=2, label="_outline")
    corners = (
        ("deal in force 100 %", 0, (0, 6), "center", "bottom", BLUE),
        ("stalemate 100 %", 1, (0, -6), "center", "top", GREY),
        ("war 100 %", 2, (0, -6), "center", "top", VERMILION),
    )
    for word, n, away, across, up, color in corners:
        axes.annotate(word, tuple(_CORNERS[n]), away, textcoords="offset points", ha=across, va=up, weight="bold",
                      fontsize=9, color=color)  # fmt: skip
    axes.set_aspect("equal")
    axes.set_xlim(-0.12, 1.12)
    axes.set_ylim(-0.08, _HEIGHT + 0.08)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.set_xlabel("the nearer to a corner, the larger its share", fontsize=8.5, color=look.muted)


def _mark_base(axes: Axes, results: xr.Dataset, look: Look) -> None:
    """A ring around the scenario as it stands, where it is one of the points."""
    if _swept(results):
        return
    kinds = results["replay_kind"].values.astype(str)
    at = (_three(results["replay_share"], "ending_name") @ _CORNERS)[kinds == "as written"]
    axes.scatter(at[:, 0], at[:, 1], s=190, facecolor="none", edgecolor=ORANGE, linewidth=2.0, zorder=5,
                 label="as written")  # fmt: skip
    del look
