"""A sweep in the terminal: where each ending lies, in a few lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr
from rich.console import Console
from rich.table import Table

#: Rows and columns up to which a map is printed.
_MOST_ROWS: Final = 24
_MOST_COLUMNS: Final = 12
#: Columns up to which endings are written out, and their letters beyond.
_WRITTEN: Final = 4
_LETTERS: Final = {"truce": "T", "partial": "P", "settlement": "S", "stalemate": "–", "war": "W"}


def print_sweep(
    results: xr.Dataset | None,
    folder: Path,
    *,
    failed: int,
    seconds: float,
    played: int,
    console: Console | None = None,
) -> None:
    """Print how often each ending is the most frequent one, a table or map if it is small, and where results are."""
    console = console or Console(highlight=False)
    if results is None:
        return
    group = shown_group(results)
    endings = [str(name) for name in results["ending"].values]
    modal = results["modal_ending"].sel(group=group).values.ravel()
    counts = np.bincount(modal[modal >= 0], minlength=len(endings))
    size = results["modal_ending"].sel(group=group).size
    title = str(results.attrs.get("study_title") or results.attrs["title"])
    console.print(f"[bold]{title}[/bold]")
    ranked = [f"{endings[n]} at {counts[n]:,}" for n in np.argsort(-counts, kind="stable") if counts[n]]
    none = f"; {int((modal < 0).sum())} have no draws" if (modal < 0).any() else ""
    console.print(f"Most frequent ending of {size:,} points: {', '.join(ranked)}{none}.")
    axes = [axis for axis in json.loads(results.attrs["axes"]) if results.sizes.get(axis["name"], 0) > 1]
    if int(results.attrs["grid"]) and len(axes) == 1 and results.sizes[axes[0]["name"]] <= _MOST_ROWS:
        console.print(_table(results.squeeze(drop=False), axes[0], group, endings))
    elif int(results.attrs["grid"]) and len(axes) == 2:
        rows, columns = sorted(axes, key=lambda axis: -results.sizes[axis["name"]])
        if results.sizes[rows["name"]] <= _MOST_ROWS and results.sizes[columns["name"]] <= _MOST_COLUMNS:
            console.print(_map(results, rows, columns, group, endings))
    for line in _measured(results, group):
        console.print(line)
    among = "draws consistent with the observations" if group == "consistent" else "all draws"
    rate = f", {played / seconds:,.0f} negotiations per second" if played and seconds else ""
    console.print(f"Shares are among {among}; {int(results.attrs['draws']):,} draws at each point{rate}.")
    if failed:
        console.print(f"[red]{failed:,} negotiations could not be played: {folder / 'failures.csv'}[/red]")
    console.print(f"Results: {folder}", soft_wrap=True)


def _measured(results: xr.Dataset, group: str) -> list[str]:
    """From where to where each measure of the study runs over the points."""
    lines = []
    for name in filter(None, str(results.attrs.get("measures", "")).split(",")):
        variable = name if name == "acceptance" else f"{name}_mean" if name in {"held", "utility"} else f"{name}_share"
        if name == "modal_ending":
            continue
        found = results[variable]
        found = found.sel(group=group) if "group" in found.dims else found
        kinds = [dim for dim in found.dims if dim in {"ending", "declared", "kind", "actor"}]
        for kind in found[kinds[0]].values if kinds else [None]:
            values = found.sel({kinds[0]: kind}).values if kinds else found.values
            label = f"{name.replace('_', ' ')}{'' if kind is None else f' {kind}'}"
            low, high = float(np.nanmin(values)), float(np.nanmax(values))
            plain = name in {"held", "utility"}
            ends = f"{low:.2f} to {high:.2f}" if plain else f"{100 * low:.0f} to {100 * high:.0f} %"
            lines.append(f"  {label:<24} {ends}")
    return ["Over the points:", *lines] if lines else []


def shown_group(results: xr.Dataset) -> str:
    """The draws that headlines speak of: consistent ones where every point has some, else all."""
    if not int(results.attrs.get("observations", 0)):
        return "all"
    return "consistent" if bool((results["draws_played"].sel(group="consistent").values > 0).all()) else "all"


def _table(results: xr.Dataset, axis: dict[str, Any], group: str, endings: list[str]) -> Table:
    table = Table(title=None, box=None, pad_edge=False)
    table.add_column(str(axis["title"]))
    for name in [*endings, "any deal"]:
        table.add_column(name, justify="right")
    found = results.sel(group=group).transpose(axis["name"], ...)
    for n, value in enumerate(found[axis["name"]].values):
        cells = [
            _percent(found["ending_share"].values[n, e], found["ending_error"].values[n, e])
            for e in range(len(endings))
        ]
        any_deal = _percent(found["any_deal_share"].values[n], found["any_deal_error"].values[n])
        table.add_row(_mark(axis, value), *cells, any_deal)
    return table


def _map(results: xr.Dataset, rows: dict[str, Any], columns: dict[str, Any], group: str, endings: list[str]) -> Table:
    found = results.sel(group=group)
    extra = [dim for dim in found["modal_ending"].dims if dim not in {rows["name"], columns["name"]}]
    found = found.isel(dict.fromkeys(extra, 0)).transpose(rows["name"], columns["name"], ...)
    short = found.sizes[columns["name"]] > _WRITTEN
    legend = "; ".join(f"{_LETTERS[name]} {name}" for name in endings)
    caption = f"down: {rows['title']}\nacross: {columns['title']}" + (f"\n{legend}; share in percent" if short else "")
    table = Table(title=None, box=None, pad_edge=False, caption=caption, caption_justify="left")
    table.add_column("")
    for value in found[columns["name"]].values:
        table.add_column(_mark(columns, value), justify="right")
    for r, value in enumerate(found[rows["name"]].values):
        cells = []
        for c in range(found.sizes[columns["name"]]):
            code = int(found["modal_ending"].values[r, c])
            share = found["ending_share"].values[r, c, code] if code >= 0 else np.nan
            if code < 0:
                cells.append("none")
            else:
                name = endings[code]
                cells.append(f"{_LETTERS[name]} {100 * share:.0f}" if short else f"{name} {100 * share:.0f} %")
        table.add_row(_mark(rows, value), *cells)
    return table


def _mark(axis: dict[str, Any], value: Any) -> str:
    text = f"{value:.4g}" if isinstance(value, float | np.floating) else str(value)
    return f"{text} *" if axis["base"] is not None and value == axis["base"] else text


def _percent(share: float, error: float) -> str:
    return "—" if np.isnan(share) else f"{100 * share:.0f} ± {196 * error:.0f} %"
