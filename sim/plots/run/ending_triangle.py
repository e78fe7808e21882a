"""Three shares at once: deal in force, no deal and a broken one, at every point of a sweep or under every what-if."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, ListedColormap
from matplotlib.figure import SubFigure

from sim.experiments.sweep.sweep_effects import most_moving
from sim.experiments.sweep.sweep_points import ONE_AT_A_TIME, SweepPoints, sweep_group
from sim.foundations import Bools, Floats
from sim.plots.frame.labels import wrapped
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.shares import draws_note, error_note, percent
from sim.plots.frame.style import BLUE, GREY, ORANGE, SKY, VERMILION, Look
from sim.plots.sweep.sweep_captions import study_title, sweep_note

_FEWEST: Final = 3
_HEIGHT: Final = float(np.sqrt(3) / 2)
_CORNERS: Final = np.array([[0.5, _HEIGHT], [0.0, 0.0], [1.0, 0.0]])
_NEVER: Final = ("stalemate", "no_deal")
_BROKEN: Final = ("war", "broken")
_MOST_CHOICES: Final = 7
_GRID: Final = 0.2  # between lines
_ROOM: Final = 0.03  # above the highest point
_MOST_CUT: Final = 0.6  # a triangle that needs more is whole


@dataclass(frozen=True)
class Shares:
    """Points in the triangle.

    values: (N, 3) shares of a deal in force, no deal and a broken one; rows add up to 1
    color:  (N,) what the points are coloured by: coordinates on an axis, or places among ``choices``
    choices: names of the colours; empty where the colour is a scale
    title:  of the colours
    base:   (N,) whether a point is the scenario as it stands
    """

    values: Floats
    color: Floats
    choices: tuple[str, ...]
    title: str
    base: Bools

    @property
    def top(self) -> float:
        """Share of a deal in force at which the triangle is cut off, a grid line; 1 where it is whole."""
        needed = _GRID * np.ceil((float(np.nanmax(self.values[:, 0])) + _ROOM) / _GRID)
        return float(needed) if needed <= _MOST_CUT else 1.0


@figure("ending-triangle", source="ternary diagram: Gibbs 1876; de Finetti 1926")
class EndingTriangle(Plot):
    """Points show the shares of a deal in force, of no deal and of a broken one, all three at once."""

    of_replays = True

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
        return f"{where} a deal is in force in {deal} of draws, there is none in {still}, one broke in {war}"

    def caption(self, results: xr.Dataset) -> str:
        """How to read the triangle."""
        read = (
            "Each point is one setting. The nearer to a corner, the larger the share of that ending: a corner is "
            "100 %, the opposite side 0 %, grid lines are 20 % apart. A deal in force is a truce, a partial deal or a "
            "settlement."
        )
        found = shares(results)
        read += f" The triangle is cut off above {100 * found.top:.0f} %." if found.top < 1 else ""
        read += " Orange ring: the scenario as it stands." if found.base.any() else ""
        if _swept(results):
            group = sweep_group(results)
            played = float(results["draws_played"].sel(group=group).values.min())
            return f"{study_title(results)}{read} {error_note(played)} {sweep_note(results)}"
        error = 196 * float(results["replay_error"].values.max())
        return f"{read} 95 %: a share is within ± {error:.0f} % at most. {draws_note(results)}"

    def height(self, results: xr.Dataset) -> float:
        """Inches: less where the top is cut off."""
        top = shares(results).top
        return 5.0 if top == 1 else 1.5 + 4.4 * top

    def paint(self, body: SubFigure, results: xr.Dataset, look: Look) -> None:
        """A triangle with its grid, and the points."""
        axes = body.subplots()
        found = shares(results)
        _triangle(axes, look, found.top)
        points = found.values @ _CORNERS
        if found.choices:
            colors = _shades(look)(np.linspace(0, 1, len(found.choices)))
            for n, name in enumerate(found.choices):
                mine = found.color == n
                axes.scatter(
                    points[mine, 0], points[mine, 1], s=_sizes(len(found.choices))[n], color=[colors[n]],
                    marker=look.actor_marker(n), edgecolor=look.ink, linewidth=0.6, label=wrapped(name, 34), zorder=4,
                )  # fmt: skip
            body.legend(loc="outside right center", title=wrapped(found.title, 34))
        else:
            cloud = axes.scatter(
                points[:, 0], points[:, 1], s=46, c=found.color, cmap=_shades(look), edgecolor=look.ink, linewidth=0.5,
                zorder=4,
            )  # fmt: skip
            letters = int(self.height(results) * 9)
            body.colorbar(cloud, ax=axes, shrink=0.8, aspect=30, label=wrapped(found.title, letters))
        at = points[found.base]
        axes.scatter(at[:, 0], at[:, 1], s=240, facecolor="none", edgecolor=ORANGE, linewidth=2.0, zorder=5,
                     label="_as it stands", gid="base")  # fmt: skip


def shares(results: xr.Dataset) -> Shares:
    """Points of a sweep in the colours of what moves them most, or replays in those of their kind."""
    if not _swept(results):
        kinds = results["replay_kind"].values.astype(str)
        names = tuple(dict.fromkeys(kinds.tolist()))
        color = np.array([names.index(kind) for kind in kinds], dtype=float)
        three = _three(results["replay_share"].values, results["ending_name"].values)
        return Shares(three, color, names, "replayed", kinds == "as written")
    points = SweepPoints.of(results).known
    three = _three(points.share, np.array(points.endings))
    stands = np.array([np.nan if axis.base_place is None else axis.base_place for axis in points.axes])
    base = np.isclose(points.places, stands).all(axis=1)  # nowhere if it stands on no value of an axis
    if not points.axes:
        return Shares(three, np.zeros(len(three)), ("the only point",), "", base)
    if results.attrs.get("design") == ONE_AT_A_TIME:
        return _moved(points, three, base)
    most = most_moving(points)[0]
    axis, color = points.axes[most], points.places[:, most]
    if axis.numeric:
        return Shares(three, color, (), axis.title, base)
    if len(axis.values) > _MOST_CHOICES:  # more than there are colours
        return Shares(three, np.zeros(len(three)), (f"{len(axis.values)} settings",), axis.title, base)
    return Shares(three, color, tuple(map(str, axis.values)), axis.title, base)


def _moved(points: SweepPoints, three: Floats, base: Bools) -> Shares:
    """Points of a one-at-a-time design by the thing that was moved."""
    centre = points.places[points.number.argmin()]
    away = points.places != centre
    color = np.where(away.any(axis=1), away.argmax(axis=1), len(points.axes)).astype(float)
    titles = tuple(axis.title for axis in points.axes)
    if len(titles) >= _MOST_CHOICES:
        return Shares(three, np.zeros(len(three)), (f"{len(titles)} things, one at a time",), "moved", base)
    return Shares(three, color, (*titles, "nothing: the centre"), "moved", base)


def _swept(results: xr.Dataset) -> bool:
    return "axes" in results.attrs and "ending_share" in results


def _three(found: Floats, names: np.ndarray) -> Floats:
    """(N, 3) shares of a deal in force, of no deal and of a broken one, out of (N, E) of the endings."""
    places = [str(name) for name in names]
    never, broken = (np.isin(places, codes) for codes in (_NEVER, _BROKEN))
    parts = [found[:, where].sum(axis=1) for where in (~never & ~broken, never, broken)]
    return np.stack(parts, axis=1)


def _shades(look: Look) -> Colormap:
    """Colours of a scale or of choices in their order, apart from the page; none is that of an ending."""
    low, high = (0.25, 1.0) if look.name == "dark" else (0.0, 0.95)
    return ListedColormap(colormaps["viridis"](np.linspace(low, high, 256)))


def _sizes(count: int) -> Floats:
    """Areas of the marks, those painted first larger, so that they can be seen behind what covers them."""
    return np.linspace(40 + 22 * (count - 1), 40, count)


def _triangle(axes: Axes, look: Look, top: float) -> None:
    for step in np.arange(1, 5) * _GRID:
        for corner in range(3):
            one, two = (np.full(3, 0.0) for _ in range(2))
            one[corner] = two[corner] = step
            one[(corner + 1) % 3] = two[(corner + 2) % 3] = 1 - step
            ends = np.stack([one, two]) @ _CORNERS
            axes.plot(ends[:, 0], ends[:, 1], color=look.grid, linewidth=0.8, zorder=1, label="_grid")
    deal = SKY if look.name == "dark" else BLUE  # blue letters are hard to read on a dark page
    left, right = (_CORNERS[n] + top * (_CORNERS[0] - _CORNERS[n]) for n in (1, 2))
    outline = np.stack([left, _CORNERS[1], _CORNERS[2], right])
    axes.plot(outline[:, 0], outline[:, 1], color=look.ink, linewidth=1.2, zorder=2, label="_outline")
    corners = (
        ("deal in force 100 %", 0, (0, 6), "center", "bottom", deal),
        ("no deal 100 %", 1, (0, -6), "center", "top", GREY),
        ("a broken deal 100 %", 2, (0, -6), "center", "top", VERMILION),
    )
    for word, n, away, across, up, color in corners:
        axes.annotate(word, tuple(_CORNERS[n]), away, textcoords="offset points", ha=across, va=up, weight="bold",
                      fontsize=9, color=color)  # fmt: skip
    axes.set_aspect("equal")
    axes.set_xlim(-0.12, 1.12)
    axes.set_ylim(-0.08, _HEIGHT + 0.08 if top == 1 else _HEIGHT * top + 0.03)
    if top < 1:
        ends = [top / 2, 1 - top / 2]
        axes.plot(ends, [_HEIGHT * top] * 2, color=look.muted, linewidth=1.2, linestyle="--", zorder=2, label="_cut")
        axes.annotate(
            f"deal in force: upwards, cut off at {100 * top:.0f} %", (0.5, _HEIGHT * top), (0, 6),
            textcoords="offset points", ha="center", va="bottom", weight="bold", fontsize=9, color=deal,
        )  # fmt: skip
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.set_xlabel("the nearer to a corner, the larger its share", fontsize=8.5, color=look.muted)
