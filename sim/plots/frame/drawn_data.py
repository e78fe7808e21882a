"""What a figure shows as a table: every bar, point, line, area and shaded cell, read off the drawing itself."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure, SubFigure
from matplotlib.image import AxesImage
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import ScalarFormatter

from sim.foundations import Floats

#: Columns of the table.
HEADS: Final = ("panel", "kind", "series", "color", "x", "y", "x_end", "y_end", "value")
#: Names that matplotlib gives by itself.
_NAMELESS: Final = re.compile(r"_(child|nolegend|line|collection|container)\w*")
#: Marks at the ends of intervals.
_CAPS: Final = frozenset({"|", "_"})
#: Cells in colours of their own -> their numbers; forgotten with the figure.
_STAND_FOR: Final[WeakKeyDictionary[QuadMesh, Floats]] = WeakKeyDictionary()
#: How far from a name something may stand and still be meant by it, in steps between names.
_NEAR: Final = 0.5


@dataclass(frozen=True)
class DrawnMark:
    """One thing that is drawn.

    kind, series, color: what it is, whose, and how it is painted
    x, y:         where it is, or begins
    x_end, y_end: where it ends; nan for points
    value:        of a shaded cell; nan else
    """

    kind: str
    series: str
    color: str
    x: float
    y: float
    x_end: float = math.nan
    y_end: float = math.nan
    value: float = math.nan


def drawn_data(figure: Figure) -> str:
    """Write what the axes of a figure show as CSV, numbers as they are drawn.

    A place on an axis of names is written as the name. What is outside of the axes, as titles, is left out.

    Example:
        >>> import matplotlib.pyplot as plt
        >>> figure, axes = plt.subplots()
        >>> bars = axes.barh([0, 1], [25.0, 75.0])
        >>> ticks = axes.set_yticks([0, 1], ["one", "two"])
        >>> [line.split(",")[4:8] for line in drawn_data(figure).splitlines()[1:]]
        [['0', 'one', '25', ''], ['0', 'two', '75', '']]
        >>> plt.close(figure)
    """
    found = list(_axes(figure))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    labels = {"x": {_flat(axes.get_xlabel()) for axes in found}, "y": {_flat(axes.get_ylabel()) for axes in found}}
    told = {way: next(iter(texts)) for way, texts in labels.items() if len(texts) == 1}
    writer.writerow([f"{head}: {told[head]}" if told.get(head) else head for head in HEADS])
    for number, axes in enumerate(found, start=1):
        panel = _flat(axes.get_title() or axes.get_title(loc="left")) or (str(number) if len(found) > 1 else "")
        across = _shared_names(axes, "x")
        down = _shared_names(axes, "y")
        for mark in _marks(axes):
            x, x_end = _place(across, mark.x, mark.x_end)
            y, y_end = _place(down, mark.y, mark.y_end)
            writer.writerow([panel, mark.kind, mark.series, mark.color, x, y, x_end, y_end, _number(mark.value)])
    return stream.getvalue()


def _axes(figure: Figure | SubFigure) -> Iterator[Axes]:
    """Axes of a figure, those of its parts among them, without the bars that explain colours."""
    for axes in figure.get_axes():
        if axes.get_label() != "<colorbar>":
            yield axes


def _marks(axes: Axes) -> Iterator[DrawnMark]:
    """Everything drawn on one pair of axes that stands for data."""
    for artist in axes.get_children():
        if isinstance(artist, Legend) or not artist.get_visible() or artist is axes.patch:
            continue
        if isinstance(artist, Rectangle):
            yield from _bar(axes, artist)
        elif isinstance(artist, Line2D):
            yield from _line(axes, artist)
        elif isinstance(artist, AxesImage):
            yield from _cells(
                np.ma.filled(np.ma.asarray(artist.get_array(), float), np.nan), artist.get_extent(), artist.origin
            )
        elif isinstance(artist, QuadMesh):
            yield from _mesh(artist)
        elif isinstance(artist, PathCollection):
            yield from _points(artist)
        elif isinstance(artist, LineCollection):
            yield from _segments(artist)
        elif isinstance(artist, PolyCollection):
            yield from _area(artist)


def _bar(axes: Axes, found: Rectangle) -> Iterator[DrawnMark]:
    if found.get_data_transform() != axes.transData:
        return  # a band as wide or as high as the axes
    x, y, wide, high = found.get_x(), found.get_y(), found.get_width(), found.get_height()
    if wide or high:
        yield DrawnMark("bar", _series(found), _hex(found.get_facecolor()), x, y, x + wide, y + high)


def _line(axes: Axes, found: Line2D) -> Iterator[DrawnMark]:
    if found.get_transform() != axes.transData or found.get_marker() in _CAPS:
        return  # a line at one value, as wide as the axes; the end of an interval
    points = np.column_stack([np.asarray(part, float) for part in found.get_data(orig=False)])
    drawn = found.get_linestyle() not in {"None", "", " "} and len(points) > 1
    series, color = _series(found), _hex(found.get_color() if drawn else found.get_markeredgecolor())
    for x, y in points:
        if math.isfinite(x) and math.isfinite(y):
            yield DrawnMark("line" if drawn else "point", series, color, float(x), float(y))


def _points(found: PathCollection) -> Iterator[DrawnMark]:
    places: Floats = np.ma.filled(np.ma.asarray(found.get_offsets(), float), np.nan)
    faces = found.get_facecolor() if len(found.get_facecolor()) else found.get_edgecolor()
    values = found.get_array()
    for n, (x, y) in enumerate(places):
        if math.isfinite(x) and math.isfinite(y):
            color = _hex(faces[n % len(faces)]) if len(faces) else ""
            value = float(values[n]) if values is not None else math.nan
            yield DrawnMark("point", _series(found), color, float(x), float(y), value=value)


def _segments(found: LineCollection) -> Iterator[DrawnMark]:
    colors = found.get_color()
    for n, segment in enumerate(found.get_segments()):
        if len(segment) > 1:
            (x, y), (x_end, y_end) = segment[0], segment[-1]
            yield DrawnMark(
                "interval",
                _series(found),
                _hex(colors[n % len(colors)]),
                float(x),
                float(y),
                float(x_end),
                float(y_end),
            )


def _area(found: PolyCollection) -> Iterator[DrawnMark]:
    """Lower and upper edge of an area at each place across."""
    color = _hex(found.get_facecolor()[0]) if len(found.get_facecolor()) else ""
    for path in found.get_paths():
        corners = np.asarray(path.vertices, float)
        for x in np.unique(corners[:, 0]):
            ys = corners[corners[:, 0] == x, 1]
            yield DrawnMark("area", _series(found), color, float(x), float(ys.min()), math.nan, float(ys.max()))


def _cells(values: Floats, extent: Sequence[float], origin: str) -> Iterator[DrawnMark]:
    if values.ndim != 2:
        return  # a picture in colours
    left, right, bottom, top = extent
    rows, columns = values.shape
    low, high = (bottom, top) if origin == "lower" else (top, bottom)
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            x = left + (column + 0.5) * (right - left) / columns
            y = low + (row + 0.5) * (high - low) / rows
            yield DrawnMark("cell", "", "", float(x), float(y), value=float(value))


def _mesh(found: QuadMesh) -> Iterator[DrawnMark]:
    corners = np.asarray(found.get_coordinates(), float)
    shown: Floats = np.ma.filled(np.ma.asarray(found.get_array(), float), np.nan)
    colors = [""] * (len(corners[:-1, :-1].reshape(-1, 2)))
    if shown.ndim > 2:  # cells painted in colours of their own: what these stand for was said by whoever painted them
        colors = [_hex(color) for color in shown.reshape(-1, shown.shape[-1])]
        shown = _STAND_FOR.get(found, np.full(shown.shape[:2], np.nan))
    middles = (corners[:-1, :-1] + corners[1:, 1:]) / 2
    for (x, y), color, value in zip(middles.reshape(-1, 2), colors, shown.reshape(-1), strict=True):
        yield DrawnMark("cell", "", color, float(x), float(y), value=float(value))


def stand_for(cells: QuadMesh, values: Floats) -> None:
    """Say what cells stand for that are painted in colours of their own, so that their table holds it.

    Args:
        values: (rows, columns) numbers as a reader is told them
    """
    _STAND_FOR[cells] = values


def _series(found: Patch | Line2D | Any) -> str:
    label = str(found.get_label() or "")
    return "" if _NAMELESS.fullmatch(label) else _flat(label.removeprefix("_"))


def _shared_names(axes: Axes, way: Literal["x", "y"]) -> dict[float, str]:
    """Names on an axis, or on the one that it shares its scale with, where they are written once for several panels."""
    shared = axes.get_shared_x_axes() if way == "x" else axes.get_shared_y_axes()
    every = [axes, *shared.get_siblings(axes)]
    found = (_names(other.xaxis if way == "x" else other.yaxis) for other in every)
    return next((names for names in found if names), {})


def _names(axis: Axis) -> dict[float, str]:
    """Place -> name on an axis of names; empty for an axis of numbers."""
    texts = [_flat(label.get_text()) for label in axis.get_ticklabels()]
    if isinstance(axis.get_major_formatter(), ScalarFormatter):
        return {}
    named = {float(place): text for place, text in zip(axis.get_ticklocs(), texts, strict=False) if text}
    return named if named and all(_float(text) is None for text in named.values()) else {}


def _place(names: dict[float, str], at: float, end: float) -> tuple[str, str]:
    """Where something begins and ends; a name alone where its middle stands at one."""
    if names:
        middle = at if math.isnan(end) else (at + end) / 2
        near = min(names, key=lambda place: abs(place - middle))
        if abs(near - middle) <= _NEAR:
            return names[near], ""
    return _number(at), _number(end)


def _float(text: str) -> float | None:
    try:
        return float(re.sub(r"[ %,]", "", text.replace("−", "-")))
    except ValueError:
        return None


def _number(value: float) -> str:
    return f"{value:.8g}" if math.isfinite(value) else ""


def _hex(color: Any) -> str:
    try:
        return to_hex(color)
    except (ValueError, TypeError):
        return ""


def _flat(text: str) -> str:
    return " ".join(text.split())
