"""A sweep axis by axis in the terminal: what moves when one thing is moved, or means over low, middle, high values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
import xarray as xr
from rich.table import Table
from rich.text import Text

from sim.foundations import Bools, Floats, Ints
from sim.report.sweep_points import Level, SweptPoints, mark
from sim.report.words import ENDING_HEADS, percent

#: Values of an axis that have a row each; of more, thirds of the points have.
_MOST_VALUES: Final = 6
#: Letters of the first column, at least.
_LABEL: Final = 18
_THIRDS: Final = ("lowest", "middle", "highest")
_Z: Final = 1.96


def one_at_a_time(results: xr.Dataset) -> Iterator[Table | str]:
    """Yield a row for each axis with its ends and how far each ending moves, then where the most frequent one changes.

    The axis that moves an ending most comes first. A move is the share at the value where it is highest less that
    where it is lowest, with a minus where the lowest comes later; choices have no order, so no sign.
    """
    points = SweptPoints.of(results)
    table = Table(box=None, pad_edge=False, title="Moved one at a time, from–to: largest change in percentage points",
                  title_justify="left")  # fmt: skip
    table.add_column("", overflow="fold", min_width=_LABEL)
    for name in _heads(points):
        table.add_column(name, justify="right", no_wrap=True)
    order = _choices(results)
    found = sorted((_ray(points, axis, order[axis]) for axis in points.moving), key=lambda ray: -ray.largest)
    for ray in found:
        table.add_row(Text(f"{ray.title}, {ray.ends}"), *ray.cells)
    yield table
    changing = [ray for ray in found if ray.changes]
    yield "Most frequent ending:" if changing else "The most frequent ending is the same at every point."
    yield from (f"  {ray.title}: {ray.changes}" for ray in changing)
    if changing and len(changing) < len(found):
        yield f"  the same all along: {'; '.join(ray.title for ray in found if not ray.changes)}"
    error = 100 * _Z * float(np.nanmax(points.error))
    same = "; moves are surer than that, with the same draws at every point" if points.common else ""
    doubt = " (?): the lead is within chance." if any("(?)" in ray.changes for ray in changing) else ""
    yield f"Each share is within ± {error:.0f} points (95 %){same}.{doubt}"


@dataclass(frozen=True)
class _Ray:
    """What moving one axis does: its title and ends, the moves as cells, the largest, changes of the leading ending."""

    title: str
    ends: str
    cells: list[str]
    largest: float
    changes: str


def _along(points: SweptPoints, axis: str, choices: list[object]) -> Ints:
    """Points that differ from the first, the centre of the design, on this axis only; in the order of its values."""
    same = np.ones(len(points), bool)
    for name, values in points.values.items():
        same &= np.ones(len(points), bool) if name == axis else np.asarray(values == values[0])
    found, names = np.flatnonzero(same), [str(choice) for choice in choices]
    values = points.values[axis][found]
    places = values if _numeric(points, axis) else [names.index(str(value)) for value in values]
    return np.asarray(found[np.argsort(places, kind="stable")])


def _ray(points: SweptPoints, axis: str, choices: list[object]) -> _Ray:
    ordered = _numeric(points, axis)
    at = _along(points, axis, choices)
    moves = [_move(column[at], ordered=ordered) for column in _columns(points)]
    cells = [f"{100 * move:{'+' if ordered else ''}.0f}".replace("-", "−") for move in moves]
    return _Ray(
        points.titles[axis],
        f"{mark(points.values[axis][at[0]])} to {mark(points.values[axis][at[-1]])}"
        if ordered
        else f"{len(at)} choices",
        ["0" if cell in {"+0", "−0"} else cell for cell in cells],
        max((abs(move) for move in moves[:-1] if np.isfinite(move)), default=0.0),
        _changes(points, at, axis, ordered=ordered),
    )


def by_axis(results: xr.Dataset) -> Iterator[Table | str]:
    """Yield the mean share of each ending at each value of every axis, or in its lowest, middle and highest third."""
    points = SweptPoints.of(results)
    table = Table(
        box=None, pad_edge=False, title="Mean share of draws by value, or by third, of each axis", title_justify="left"
    )
    table.add_column("", overflow="fold", min_width=_LABEL)
    for name in _heads(points):
        table.add_column(name, justify="right", no_wrap=True)
    order = _choices(results)
    halves = []
    for axis in points.moving:
        table.add_row(Text(points.titles[axis], style="bold"))
        for level in _pieces(points, axis, order[axis]):
            known = level.where & (points.counted > 0)
            shares = [column[known] for column in _columns(points)]
            table.add_row(Text(f"  {level.name}"), *(_percent(_mean(share)) for share in shares))
            halves += [_Z * share.std(ddof=1) / np.sqrt(len(share)) for share in shares if len(share) > 1]
    yield table
    draws = 100 * _Z * max(points.mean(np.ones(len(points), bool), e)[1] for e in points.seen)
    if not int(results.attrs["grid"]):
        if halves:
            yield f"Means are within ± {100 * max(halves):.0f} points by where the points lie (95 %);"
        else:
            yield "Each row is one point, so how much is due to where that lies on the other axes is not known;"
        yield f"the draws{', the same at every point,' if points.common else ''} may move all of them by ± {draws:.0f}."
    else:
        yield f"Means are over all values of the other axes, within ± {draws:.0f} points by the number of draws (95 %)."


def _choices(results: xr.Dataset) -> dict[str, list[object]]:
    """Choices of each axis in their order; none for a range."""
    return {str(axis["name"]): axis.get("values", []) for axis in json.loads(str(results.attrs["axes"]))}


def _heads(points: SweptPoints) -> list[str]:
    return [*(ENDING_HEADS.get(points.endings[e], points.endings[e]) for e in points.seen), "any deal"]


def _columns(points: SweptPoints) -> list[Floats]:
    return [*(points.share[:, e] for e in points.seen), points.any_deal]


def _numeric(points: SweptPoints, axis: str) -> bool:
    return points.values[axis].dtype.kind in "fiu"


def _move(share: Floats, *, ordered: bool) -> float:
    if np.isnan(share).all():
        return float("nan")
    low, high = int(np.nanargmin(share)), int(np.nanargmax(share))
    return float(share[high] - share[low]) * (-1 if ordered and high < low else 1)


def _changes(points: SweptPoints, at: Ints, axis: str, *, ordered: bool) -> str:
    """The most frequent ending along an axis, and at which values another takes its place; empty if it stays."""
    values, sure = points.values[axis], points.sure
    among = np.unique(values) if _numeric(points, axis) else ()
    told = [(int(points.modal[n]), mark(values[n], among), bool(sure[n])) for n in at if points.modal[n] >= 0]
    parts = []
    for ending, group in groupby(told if ordered else sorted(told, key=lambda item: item[0]), key=lambda item: item[0]):
        run = list(group)
        name = ENDING_HEADS.get(points.endings[ending], points.endings[ending])
        doubt = "" if run[0][2] else " (?)"
        parts.append((name, run[0][1] + doubt if ordered else ", ".join(item[1] for item in run)))
    if len(parts) < 2:
        return ""
    if ordered:
        return "; ".join([parts[0][0], *(f"{name} from {value}" for name, value in parts[1:])])
    return "; ".join(f"{name}: {value}" for name, value in parts)


def _pieces(points: SweptPoints, axis: str, choices: list[object]) -> list[Level]:
    """Values of an axis where they are few or choices, else thirds of the points."""
    values = points.values[axis]
    known = np.unique(values)
    if not _numeric(points, axis):
        return [Level(str(value), np.asarray(values == str(value))) for value in choices if str(value) in known]
    if len(known) <= _MOST_VALUES:
        return [Level(mark(value, known), np.asarray(values == value)) for value in known]
    third = np.minimum(np.searchsorted(np.sort(values), values) * 3 // len(values), 2)
    digits = max(int(np.ceil(-np.log10(np.ptp(known) / 10))), 0)
    parts: list[Level] = []
    for n, name in enumerate(_THIRDS):
        where: Bools = np.asarray(third == n)
        if where.any():
            ends = f"{values[where].min():.{digits}f} to {values[where].max():.{digits}f}"
            parts.append(Level(f"{name}, {ends}", where))
    return parts


def _percent(share: float) -> str:
    return percent(share).replace("under ", "<").replace("over ", ">")


def _mean(share: Floats) -> float:
    return float(np.nanmean(share)) if len(share) and not np.isnan(share).all() else float("nan")
