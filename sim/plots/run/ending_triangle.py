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

from sim.foundations import Bools, Floats
from sim.plots.frame.labels import wrapped
from sim.plots.frame.outcomes import vocabulary
from sim.plots.frame.plot import Plot, figure
from sim.plots.frame.style import BLUE, GREY, SKY, VERMILION, Look
from sim.plots.frame.user_text import one_line
from sim.plots.frame.world_groups import error_note, error_words, worlds_note
from sim.plots.sweep.sweep_captions import study_title, sweep_note
from sim.store.replays import AS_WRITTEN
from sim.sweeps.sweep_effects import most_moving
from sim.sweeps.sweep_points import ONE_AT_A_TIME, SweepPoints, sweep_group
from sim.words import Vocabulary, capital, enumerated, percent

_FEWEST: Final = 3
_HEIGHT: Final = float(np.sqrt(3) / 2)
_CORNERS: Final = np.array([[0.5, _HEIGHT], [0.0, 0.0], [1.0, 0.0]])
_MOST_CHOICES: Final = 7
_MOST_OVERLAYS: Final = 14  # beyond it overlays have one mark together
_LETTERS: Final = 34  # of an entry of the legend
_GRID: Final = 0.2  # between lines
_LARGEST: Final = 120  # square points of a mark
#: Kind of replay -> what a legend calls it.
_KINDS: Final = {AS_WRITTEN: "nothing: as it stands", "protocol": "the protocol", "convention": "a convention"}


@dataclass(frozen=True)
class TriangleShares:
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


@figure("ending-triangle", source="ternary diagram: Gibbs 1876; de Finetti 1926")
class EndingTriangle(Plot):
    """Points show the shares of a deal in force, of no deal and of a broken one, all three at once."""

    of_replays = True
    by_default = False  # a run draws changes by overlay instead, which can be read off
    rank = 30

    def fits(self, results: xr.Dataset) -> bool:
        """A sweep, or replays, with three points at least, of a case whose deals can break."""
        played = _swept(results) or "replay_share" in results
        return played and bool(vocabulary(results).broken) and len(shares(results).values) >= _FEWEST

    def title(self, results: xr.Dataset) -> str:
        """How far each share moves."""
        values = shares(results).values
        low, high = np.nanmin(values, axis=0), np.nanmax(values, axis=0)
        deal, none, broken = (f"{percent(a)} to {percent(b)}" for a, b in zip(low, high, strict=True))
        where = "Over the sweep" if _swept(results) else "Over the what-ifs"
        return f"{where} a deal is in force in {deal} of worlds, there is none in {none}, one broke in {broken}"

    def caption(self, results: xr.Dataset) -> str:
        """How to read the triangle."""
        words = vocabulary(results)
        read = (
            "Each point is one setting. The nearer to a corner, the larger the share of that ending: a corner is "
            "100 %, the opposite side 0 %, grid lines are 20 % apart. In force is "
            f"{enumerated([words.endings[kind].noun for kind in words.kinds], 'or')}."
        )
        found = shares(results)
        read += " Orange ring: the scenario as it stands." if found.base.any() else ""
        if _swept(results):
            group = sweep_group(results)
            played = float(results["draws_played"].sel(group=group).values.min())
            return f"{study_title(results)}{read} {error_note(played)} {sweep_note(results)}"
        return f"{read} {error_words(float(results['replay_error'].values.max()))} {worlds_note(results)}"

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
            colors = _shades(look)(np.linspace(0, 1, len(found.choices)))
            for n, name in enumerate(found.choices):
                mine = found.color == n
                axes.scatter(
                    points[mine, 0], points[mine, 1], s=_sizes(len(found.choices))[n], color=[colors[n]],
                    marker=look.actor_marker(n), edgecolor=look.ink, linewidth=0.6, zorder=4,
                    label=wrapped(name, _LETTERS, 3),
                )  # fmt: skip
            body.legend(loc="outside right center", title=wrapped(found.title, _LETTERS))
        else:
            cloud = axes.scatter(
                points[:, 0], points[:, 1], s=46, c=found.color, cmap=_shades(look), edgecolor=look.ink, linewidth=0.5,
                zorder=4,
            )  # fmt: skip
            letters = int(self.height(results) * 9)
            body.colorbar(cloud, ax=axes, shrink=0.8, aspect=30, label=wrapped(found.title, letters))
        at = points[found.base]
        axes.scatter(at[:, 0], at[:, 1], s=240, facecolor="none", edgecolor=look.ink, linewidth=2.0, zorder=5,
                     label="_as it stands", gid="base")  # fmt: skip


def shares(results: xr.Dataset) -> TriangleShares:
    """Points of a sweep in the colours of what moves them most; replays with a mark each, or one for their kind."""
    words = vocabulary(results)
    if not _swept(results):
        kinds = results["replay_kind"].values.astype(str)
        overlays = (kinds == "overlay").sum() <= _MOST_OVERLAYS
        called = [
            capital(one_line(str(name))) if kind == "overlay" and overlays else _KINDS.get(kind, kind)
            for kind, name in zip(kinds, results["replay"].values, strict=True)
        ]
        names = tuple(dict.fromkeys(called))
        color = np.array([names.index(name) for name in called], dtype=float)
        three = _three(results["replay_share"].values, [str(name) for name in results["ending_name"].values], words)
        return TriangleShares(three, color, names, "what is changed", kinds == AS_WRITTEN)
    points = SweepPoints.of(results).known
    three = _three(points.share, list(points.endings), words)
    stands = np.array([np.nan if axis.base_place is None else axis.base_place for axis in points.axes])
    base = np.isclose(points.places, stands).all(axis=1)  # nowhere if it stands on no value of an axis
    if not points.axes:
        return TriangleShares(three, np.zeros(len(three)), ("the only point",), "", base)
    if results.attrs.get("design") == ONE_AT_A_TIME:
        return _moved(points, three, base)
    most = most_moving(points)[0]
    axis, color = points.axes[most], points.places[:, most]
    if axis.numeric:
        return TriangleShares(three, color, (), axis.title, base)
    if len(axis.values) > _MOST_CHOICES:  # more than there are colours
        return TriangleShares(three, np.zeros(len(three)), (f"{len(axis.values)} settings",), axis.title, base)
    return TriangleShares(three, color, tuple(map(str, axis.values)), axis.title, base)


def _moved(points: SweepPoints, three: Floats, base: Bools) -> TriangleShares:
    """Points of a one-at-a-time design by the thing that was moved."""
    centre = points.places[points.number.argmin()]
    away = points.places != centre
    color = np.where(away.any(axis=1), away.argmax(axis=1), len(points.axes)).astype(float)
    titles = tuple(axis.title for axis in points.axes)
    if len(titles) >= _MOST_CHOICES:
        return TriangleShares(three, np.zeros(len(three)), (f"{len(titles)} things, one at a time",), "moved", base)
    return TriangleShares(three, color, (*titles, "nothing: the centre"), "moved", base)


def _swept(results: xr.Dataset) -> bool:
    return "axes" in results.attrs and "ending_share" in results


def _three(found: Floats, names: list[str], words: Vocabulary) -> Floats:
    """(N, 3) shares of a deal in force, of no deal and of a broken one, out of (N, E) of the endings."""
    deal = found[:, [names.index(name) for name in words.kinds]].sum(axis=1)
    return np.stack([deal, found[:, names.index(words.never)], found[:, names.index(words.broken)]], axis=1)


def _shades(look: Look) -> Colormap:
    """Colours of a scale or of choices in their order, apart from the page; none is that of an ending."""
    low, high = (0.25, 1.0) if look.name == "dark" else (0.0, 0.95)
    return ListedColormap(colormaps["viridis"](np.linspace(low, high, 256)))


def _sizes(count: int) -> Floats:
    """Areas of the marks, those painted first larger, so that they can be seen behind what covers them."""
    return np.linspace(min(40 + 22 * (count - 1), _LARGEST), 40, count)


def _triangle(axes: Axes, look: Look) -> None:
    for step in np.arange(1, 5) * _GRID:
        for corner in range(3):
            one, two = (np.full(3, 0.0) for _ in range(2))
            one[corner] = two[corner] = step
            one[(corner + 1) % 3] = two[(corner + 2) % 3] = 1 - step
            ends = np.stack([one, two]) @ _CORNERS
            axes.plot(ends[:, 0], ends[:, 1], color=look.grid, linewidth=0.8, zorder=1, label="_grid")
    deal = SKY if look.name == "dark" else BLUE  # blue letters are hard to read on a dark page
    outline = _CORNERS[[0, 1, 2, 0]]
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
    axes.set_ylim(-0.08, _HEIGHT + 0.08)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.set_xlabel("the nearer to a corner, the larger its share", fontsize=8.5, color=look.muted)
