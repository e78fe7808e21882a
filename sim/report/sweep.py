"""A sweep in the terminal: where each ending lies, in a few lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import xarray as xr
from rich.console import Console

from sim.report.shown_group import shown_group as shown_group
from sim.report.sweep_tables import sweep_tables
from sim.report.sweep_worlds import worlds_words
from sim.report.words import ENDING_NOUNS, widened_words


def print_sweep(
    results: xr.Dataset | None,
    folder: Path,
    *,
    failed: int,
    seconds: float,
    played: int,
    spread: str = "",
    console: Console | None = None,
) -> None:
    """Print how often each ending is the most frequent one, a table or map if it is small, and where results are.

    Args:
        spread: what the spread of the endings comes from, in a sentence
    """
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
    ranked = [
        f"{ENDING_NOUNS.get(endings[n], endings[n])} at {counts[n]:,}"
        for n in np.argsort(-counts, kind="stable")
        if counts[n]
    ]
    lost = int((modal < 0).sum())
    none = f"; {lost:,} {'has' if lost == 1 else 'have'} no draws" if lost else ""
    if wider := widened_words(float(results.attrs.get("widened", 1.0))):
        console.print(wider)
    if ranked:
        console.print(f"Most frequent ending of {size:,} point{'s' * (size > 1)}: {', '.join(ranked)}{none}.")
    else:
        console.print(f"No point of {size:,} has any draws to tell of.")
    for part in sweep_tables(results, group):
        console.print(part, markup=False)
    for line in _measured(results, group):
        console.print(line)
    among = "draws consistent with the observations" if group == "consistent" else "all draws"
    rate = f", {played / seconds:,.0f} negotiations per second" if played and seconds else ""
    console.print(f"Shares are among {among}; {int(results.attrs['draws']):,} draws at each point{rate}.")
    if group == "consistent" and (chosen := worlds_words(results)):
        console.print(chosen)
    if spread:
        console.print(spread)
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
