"""Tables of a sweep for the terminal: by value, as a map, as maps, or axis by axis, whatever fits its design."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import xarray as xr
from rich.table import Table

from sim.report.sweep_by_axis import by_axis, one_at_a_time
from sim.report.sweep_points import mark
from sim.report.words import ENDING_HEADS
from sim.words.intervals import wilson

#: Rows and columns up to which a map is printed, and rows of all maps together.
_MOST_ROWS: Final = 24
_MOST_COLUMNS: Final = 12
#: Columns up to which endings are written out, and their letters beyond.
_WRITTEN: Final = 4
_LETTERS: Final = {"truce": "T", "partial": "P", "settlement": "S", "stalemate": "–", "war": "B", "deal": "D",
                   "no_deal": "–", "broken": "B"}  # fmt: skip


def sweep_tables(results: xr.Dataset, group: str) -> Iterator[Table | str]:
    """Yield the tables that fit the design, and sentences between them; nothing where they would be too large.

    One axis of a grid: a row for each value. Two: a map. Three: a map for each value of the third if these are small.
    One at a time: a row for each axis. Everything else: means along each axis.
    """
    endings = [str(name) for name in results["ending"].values]
    axes = json.loads(str(results.attrs["axes"]))
    if not int(results.attrs["grid"]):
        yield from one_at_a_time(results) if results.attrs["design"] == "one-at-a-time" else by_axis(results)
        return
    axes = [axis for axis in axes if results.sizes[axis["name"]] > 1] or axes[:1]
    if len(axes) == 1 and results.sizes[axes[0]["name"]] <= _MOST_ROWS:
        others = [dim for dim, size in results.sizes.items() if size == 1 and dim != axes[0]["name"]]
        yield _table(results.squeeze(others), axes[0], group, endings)
    elif len(axes) == 2:
        rows, columns = sorted(axes, key=lambda axis: -results.sizes[axis["name"]])
        if results.sizes[rows["name"]] <= _MOST_ROWS and results.sizes[columns["name"]] <= _MOST_COLUMNS:
            yield _map(results, rows, columns, group, endings)
    elif len(axes) > 2:
        yield from (
            _maps(results, axes, group, endings) if len(axes) == 3 and _small(results, axes) else by_axis(results)
        )


def _roles(results: xr.Dataset, axes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows, columns and what a map is for each value of: the longest axes of numbers are on the maps."""

    def order(axis: dict[str, Any]) -> tuple[bool, int]:
        return results[axis["name"]].dtype.kind not in "fiu", -results.sizes[axis["name"]]

    return sorted(axes, key=order)


def _small(results: xr.Dataset, axes: list[dict[str, Any]]) -> bool:
    rows, columns, over = (results.sizes[axis["name"]] for axis in _roles(results, axes))
    return rows * over <= _MOST_ROWS and columns <= _MOST_COLUMNS


def _maps(results: xr.Dataset, axes: list[dict[str, Any]], group: str, endings: list[str]) -> Iterator[Table | str]:
    rows, columns, over = _roles(results, axes)
    values = results[over["name"]].values
    for n, value in enumerate(values):
        yield f"{over['title']}: {_mark(over, value, values)}"
        found = _map(results.isel({over["name"]: n}), rows, columns, group, endings)
        if n < len(values) - 1:
            found.caption = None
        elif star := _star(results, over) if not _star(results, rows, columns) else "":
            found.caption = f"{found.caption}\n{star}"
        yield found


def _table(results: xr.Dataset, axis: dict[str, Any], group: str, endings: list[str]) -> Table:
    star = _star(results, axis) or None
    table = Table(title=None, box=None, pad_edge=False, caption=star, caption_justify="left")
    table.add_column(str(axis["title"]))
    for name in [*(ENDING_HEADS.get(name, name) for name in endings), "any deal"]:
        table.add_column(name, justify="right")
    found = results.sel(group=group).transpose(axis["name"], ...)
    values = found[axis["name"]].values
    for n, value in enumerate(values):
        cells = [
            _percent(found["ending_share"].values[n, e], found["draws_played"].values[n]) for e in range(len(endings))
        ]
        any_deal = _percent(found["any_deal_share"].values[n], found["draws_played"].values[n])
        table.add_row(_mark(axis, value, values), *cells, any_deal)
    return table


def _map(results: xr.Dataset, rows: dict[str, Any], columns: dict[str, Any], group: str, endings: list[str]) -> Table:
    found = results.sel(group=group)
    extra = [dim for dim in found["modal_ending"].dims if dim not in {rows["name"], columns["name"]}]
    found = found.isel(dict.fromkeys(extra, 0)).transpose(rows["name"], columns["name"], ...)
    short = found.sizes[columns["name"]] > _WRITTEN
    legend = "; ".join(f"{_LETTERS.get(name, name[0].upper())} {ENDING_HEADS[name]}" for name in endings)
    caption = f"down: {rows['title']}\nacross: {columns['title']}" + (f"\n{legend}; share in percent" if short else "")
    caption = "\n".join(filter(None, [caption, _star(results, rows, columns)]))
    table = Table(title=None, box=None, pad_edge=False, caption=caption, caption_justify="left")
    table.add_column("")
    for value in found[columns["name"]].values:
        table.add_column(_mark(columns, value, found[columns["name"]].values), justify="right")
    for r, value in enumerate(found[rows["name"]].values):
        cells = []
        for c in range(found.sizes[columns["name"]]):
            code = int(found["modal_ending"].values[r, c])
            share = found["ending_share"].values[r, c, code] if code >= 0 else np.nan
            if code < 0:
                cells.append("none")
            else:
                name = endings[code]
                cells.append(
                    f"{_LETTERS.get(name, name[0].upper())} {100 * share:.0f}"
                    if short
                    else f"{ENDING_HEADS[name]} {100 * share:.0f} %"
                )
        table.add_row(_mark(rows, value, found[rows["name"]].values), *cells)
    return table


def _mark(axis: dict[str, Any], value: Any, values: np.ndarray) -> str:
    text = mark(value, values if values.dtype.kind in "fiu" else ())
    return f"{text} *" if _is_base(axis, value) else text


def _is_base(axis: dict[str, Any], value: Any) -> bool:
    return axis["base"] is not None and bool(value == axis["base"])


def _star(results: xr.Dataset, *axes: dict[str, Any]) -> str:
    """What the mark of the base case means, where it is on an axis."""
    marked = any(_is_base(axis, value) for axis in axes for value in results[axis["name"]].values)
    return "* where the scenario stands" if marked else ""


def _percent(share: float, count: int) -> str:
    """A share with half the width of its 95 % interval, which is not 0 where none or all of few draws are counted.

    Source: Wilson 1927, J Am Stat Assoc 22:209-212
    """
    if np.isnan(share) or not count:
        return "—"
    low, high = wilson(share * count, count)
    return f"{100 * share:.0f} ± {50 * float(high - low):.0f} %"
