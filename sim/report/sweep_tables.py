"""The table that fits the design of a sweep: by value, as a map or maps, moved one at a time, or means along each axis.

A grid over one axis has a row for each value, over two a map, over three a map for each value of the third if these
are small. Everything else is told axis by axis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from sim.foundations import Floats, Ints
from sim.report.pieces import Cell, Items, Piece, Row, Section, Sentence, Table
from sim.report.sweep_report import SweepReport
from sim.sweeps.sweep_effects import draws_half
from sim.sweeps.sweep_points import ONE_AT_A_TIME
from sim.sweeps.swept_axes import SweptAxis
from sim.words import Proportion, percent, plus_minus, points

#: Rows and columns up to which a map is printed, and rows of all maps together.
_MOST_ROWS: Final = 24
_MOST_COLUMNS: Final = 12
#: Columns up to which endings are written out, and their letters beyond.
_WRITTEN: Final = 4
#: Values of an axis that have a row of means each; of more, thirds of the points have.
_MOST_MEANS: Final = 6
_STAR: Final = "* where the scenario stands"


def design_section(sweep: SweepReport) -> Section:
    """Show the shares in the way that fits the design; nothing where that would be too large."""
    axes = sweep.points.axes
    if sweep.points.design == ONE_AT_A_TIME:
        return Section("alone", "What moves when one thing is moved", tuple(_alone(sweep)))
    if sweep.points.grid and len(axes) < 2:  # a page has all of it in the table of every point
        return Section("values", "Shares by value", tuple(_values(sweep)), shown="terminal")
    if sweep.points.grid and (len(axes) == 2 or _small(axes)):
        return Section("maps", "The most frequent ending", tuple(_maps(sweep)))
    return Section("means", "Along each axis", tuple(_means(sweep)))


def _values(sweep: SweepReport) -> Iterator[Piece]:
    """A row for each value of the only axis."""
    (axis,) = sweep.points.axes or sweep.points.single[:1]
    if len(axis.values) > _MOST_ROWS:
        return
    rows, shares = list[Row](), list[Proportion]()
    for n, value in enumerate(axis.values):
        told = [*(sweep.proportion(n, e) for e in sweep.points.seen), sweep.any_deal(n)]
        rows.append([_mark(axis, value), *(Cell(percent(one.share), one.share) for one in told)])
        shares += told
    heads = (axis.title, *_heads(sweep))
    yield Table("values-table", "Share of each ending", heads, rows, range(1, len(heads)))
    if any(one.size for one in shares):
        yield Sentence(f"Each share is within {_widest(shares)} (95 %).", "note")
    yield _star([axis])


def _maps(sweep: SweepReport) -> Iterator[Piece]:
    """A map of the most frequent ending; of three axes one for each value of the third."""
    rows, columns, *over = _roles(sweep.points.axes)
    if len(rows.values) > _MOST_ROWS or len(columns.values) > _MOST_COLUMNS:
        return
    letters = _letters([words.head for words in sweep.endings]) if len(columns.values) > _WRITTEN else []
    legend = "; ".join(f"{letters[e]} {sweep.endings[e].head}" for e in sweep.points.seen) if letters else ""
    legend = f" {legend}; share in percent." if letters else ""
    yield Sentence(f"Down: {rows.title}. Across: {columns.title}.{legend}", "note")
    for n, value in enumerate(over[0].values if over else ("",)):
        caption = "Most frequent ending, with its share"
        if over:
            caption = f"{over[0].title}: {_mark(over[0], value)}"
        yield _map(sweep, rows, columns, letters, (over[0], value) if over else None, f"map-table-{n + 1}", caption)
    yield _star([rows, columns, *over])


def _map(
    sweep: SweepReport,
    rows: SweptAxis,
    columns: SweptAxis,
    letters: Sequence[str],
    at: tuple[SweptAxis, object] | None,
    identity: str,
    caption: str,
) -> Table:
    found, where = sweep.points, sweep.points.values
    here = np.ones(len(found), bool) if at is None else np.asarray(where[at[0].name] == at[1])
    shown: list[Row] = []
    for value in rows.values:
        row: list[Cell | str] = [_mark(rows, value)]
        for other in columns.values:
            (n,) = np.flatnonzero(here & (where[rows.name] == value) & (where[columns.name] == other))
            e = int(found.modal[n])
            if e < 0:
                row.append("none")
                continue
            share = percent(found.share[n, e])
            told = f"{letters[e]} {share.removesuffix(' %')}" if letters else f"{sweep.endings[e].head} {share}"
            row.append(Cell(told, float(found.share[n, e])))
        shown.append(row)
    heads = ("down", *(_mark(columns, value) for value in columns.values))
    return Table(identity, caption, heads, shown, range(1, len(heads)))


def _roles(axes: Sequence[SweptAxis]) -> list[SweptAxis]:
    """Rows, columns and what a map is for each value of: the longest axes of numbers are on the maps."""
    return sorted(axes, key=lambda axis: (len(axes) > 2 and not axis.numeric, -len(axis.values)))


def _small(axes: Sequence[SweptAxis]) -> bool:
    if len(axes) != 3:
        return False
    rows, columns, over = _roles(axes)
    return len(rows.values) * len(over.values) <= _MOST_ROWS and len(columns.values) <= _MOST_COLUMNS


def _letters(heads: Sequence[str]) -> list[str]:
    """A letter for each head, its first one that no other has taken.

    Example:
        >>> _letters(["truce", "partial", "settled", "no deal", "deal broke", "terms"])
        ['T', 'P', 'S', 'N', 'D', 'E']
    """
    taken: list[str] = []
    for n, head in enumerate(heads):
        free = (letter for letter in head.upper() if letter.isalpha() and letter not in taken)
        taken.append(next(free, str(n)))
    return taken


def _alone(sweep: SweepReport) -> Iterator[Piece]:
    """A row for each axis with how far each ending moves, then where the most frequent one changes.

    The axis that moves an ending most comes first. A move is the share at the value where it is highest less that
    where it is lowest, with a minus where the lowest comes later; choices have no order, so no sign.
    """
    found = sweep.points
    rays = [found.ray(d) for d in range(len(found.axes))]
    columns = [*(found.share[:, e] for e in found.seen), found.any_deal]
    told: list[tuple[float, Row, str, str]] = []
    for d, (axis, at) in enumerate(zip(found.axes, rays, strict=True)):
        ordered = axis.numeric
        moves = [_move(column[at], ordered=ordered) for column in columns]
        ends = f"{axis.written(axis.values[0])} to {axis.written(axis.values[-1])}"
        name = f"{axis.title}, {ends if ordered else f'{len(at)} choices'}"
        cells = [Cell(points(move).removeprefix("" if ordered else "+"), abs(move)) for move in moves]
        largest = max((abs(move) for move in moves[:-1] if np.isfinite(move)), default=0.0)
        told.append((largest, [name, *cells], axis.title, _changes(sweep, d, at)))
    told.sort(key=lambda item: -item[0])
    heads = ("what was moved", *_heads(sweep))
    caption = "Moved one at a time, from–to: largest change in percentage points"
    yield Table("alone-table", caption, heads, [row for _, row, _, _ in told], range(1, len(heads)))
    changing = [f"{title}: {changes}" for _, _, title, changes in told if changes]
    yield Sentence("Most frequent ending:" if changing else "The most frequent ending is the same at every point.")
    if changing and (same := [title for _, _, title, changes in told if not changes]):
        changing.append(f"the same all along: {'; '.join(same)}")
    yield Items(tuple(changing))
    surer = "; moves are surer than that, with the same draws at every point" if found.common else ""
    doubt = " (?): the lead is within chance." if any("(?)" in line for line in changing) else ""
    shares = [sweep.proportion(n, e) for at in rays for n in at for e in found.seen]
    yield Sentence(f"Each share is within {_widest(shares)} (95 %){surer}.{doubt}", "note")


def _widest(shares: Sequence[Proportion]) -> str:
    """How far chance may have moved any of some shares, to the side on which it may have moved it more."""
    sides = (max(one.share - one.interval[0], one.interval[1] - one.share) for one in shares if one.size)
    return plus_minus(max(sides, default=1.0))


def _move(share: Floats, *, ordered: bool) -> float:
    if np.isnan(share).all():
        return float("nan")
    low, high = int(np.nanargmin(share)), int(np.nanargmax(share))
    return float(share[high] - share[low]) * (-1 if ordered and high < low else 1)


def _changes(sweep: SweepReport, d: int, at: Ints) -> str:
    """The most frequent ending along an axis, and at which values another takes its place; empty if it stays."""
    found, axis = sweep.points, sweep.points.axes[d]
    values, sure, ordered = found.values[axis.name], found.sure, axis.numeric
    told = [(int(found.modal[n]), axis.written(values[n]), bool(sure[n])) for n in at if found.modal[n] >= 0]
    parts = []
    for ending, group in groupby(told if ordered else sorted(told, key=lambda item: item[0]), key=lambda item: item[0]):
        run = list(group)
        doubt = "" if run[0][2] else " (?)"
        where = run[0][1] + doubt if ordered else ", ".join(item[1] for item in run)
        parts.append((sweep.endings[ending].head, where))
    if len(parts) < 2:
        return ""
    if ordered:
        return "; ".join([parts[0][0], *(f"{name} from {value}" for name, value in parts[1:])])
    return "; ".join(f"{name}: {value}" for name, value in parts)


def _means(sweep: SweepReport) -> Iterator[Piece]:
    """The mean share of each ending at each value of every axis, or in its lowest, middle and highest third."""
    found, halves = sweep.points.known, []
    if not len(found):
        return
    heads = ("value", *_heads(sweep))
    for d, axis in enumerate(found.axes):
        means = sweep.means(d, _MOST_MEANS)
        rows: list[Row] = []
        for name, at, share in zip(means.names, means.rows, means.share, strict=True):
            mean = [*(share[e] for e in sweep.points.seen), found.any_deal[at].mean()]
            rows.append([name.strip("“”"), *(Cell(percent(one), float(one)) for one in mean)])
        halves.append(means.half[:, sweep.points.seen])
        yield Table(f"means-table-{d + 1}", axis.title, heads, rows, range(1, len(heads)))
    draws = plus_minus(float(draws_half(found).max()))
    if sweep.points.grid:
        words = f"Means are over all values of the other axes, within {draws} by the number of draws (95 %)."
        yield Sentence(words, "note")
        return
    half = np.concatenate([one.ravel() for one in halves])
    lie = (
        f"Means are within {plus_minus(float(np.nanmax(half)))} by where the points lie (95 %)"
        if np.isfinite(half).any()
        else "Each row is one point, so how much is due to where that lies on the other axes is not known"
    )
    same = ", the same at every point," if sweep.points.common else ""
    yield Sentence(f"{lie}; the draws{same} may move all of them by {draws}.", "note")


def _heads(sweep: SweepReport) -> list[str]:
    return [*(sweep.endings[e].head for e in sweep.points.seen), "any deal"]


def _mark(axis: SweptAxis, value: float | str) -> str:
    """A value at the edge of a table, with a star where the scenario stands."""
    return f"{axis.written(value)}*" if _is_base(axis, value) else axis.written(value)


def _is_base(axis: SweptAxis, value: object) -> bool:
    return axis.base is not None and value == axis.base


def _star(axes: Sequence[SweptAxis]) -> Sentence:
    """What the star means, where there is one."""
    marked = any(_is_base(axis, value) for axis in axes for value in axis.values)
    return Sentence(_STAR if marked else "", "note")
