"""What a sweep varied: each axis with its ends, where the scenario stands, and what its numbers rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.foundations import short_number
from sim.report.grounds import quantity_grounds
from sim.report.pieces import Cell, Row, Section, Sentence, Span, Table, Words, joined_words
from sim.report.sweep_report import SweepReport
from sim.words import NOTHING, number_title


def axis_section(sweep: SweepReport) -> Section:
    """Write the section on the axes; for pages."""
    heads = ("what was varied", "from, to", "the scenario stands at", "range in the scenario", "rests on")
    rows: list[Row] = []
    for axis in sweep.axes:
        rows += _choices(sweep, axis) if "settings" in axis else _range(sweep, axis)
    caption = "The axes, and what the numbers on them rest on where they are not swept"
    table = Table("axes-table", caption, heads, rows, stacked=True, long=True)
    note = "A swept number is put at each value in turn, so its own range plays no part; everything else is drawn."
    return Section("axes", "What was varied", (Sentence(note), table), shown="page")


def swept_numbers(sweep: SweepReport) -> dict[str, str]:
    """Path -> where the sweep put the number."""
    found: dict[str, str] = {}
    for axis in sweep.axes:
        if "settings" not in axis:
            found |= dict.fromkeys(axis["paths"], f"{axis['low']:g} to {axis['high']:g}")
            continue
        put: dict[str, list[str]] = {}
        for setting in axis["settings"]:
            for path, value in setting["numbers"].items():
                put.setdefault(path, []).append(f"{value:g}")
        found |= {path: ", ".join(values) for path, values in put.items()}
    return found


def _range(sweep: SweepReport, axis: Mapping[str, Any]) -> list[Row]:
    count = f", {axis['count']} values" if sweep.points.design in {"grid", "one-at-a-time"} else ""
    ends = f"{axis['low']:g} to {axis['high']:g}{count}"
    base = "nowhere" if axis["base"] is None else _written(axis["base"])
    rows: list[Row] = []
    for n, path in enumerate(axis["paths"]):
        number = sweep.scenario.numbers.get(path)
        title = str(axis["title"]) if n == 0 else "moves together with it"
        own = f"{number_title(sweep.scenario, path)} " if number is not None and len(axis["paths"]) > 1 else ""
        name = Cell((title, "\n", Span(own, "small"), Span(path, "path")), str(axis["title"]))
        if number is None:
            rows.append([name, ends, base, NOTHING, NOTHING])
            continue
        quantity = number.quantity
        grounds = quantity_grounds(sweep.scenario, sweep.article, quantity)
        rows.append([name, ends, base, quantity.words(), grounds])
    return rows


def _choices(sweep: SweepReport, axis: Mapping[str, Any]) -> list[Row]:
    rows: list[Row] = []
    for setting in axis["settings"]:
        changes = [f"{path} = {value:g}" for path, value in setting["numbers"].items()]
        changes += [f"{path} = {_said(value)}" for path, value in setting["structure"].items()]
        if setting["overlay"]:
            changes.append(f"overlay {setting['overlay']}")
        here = "here" if axis["base"] is not None and setting["value"] == axis["base"] else NOTHING
        shown = _written(setting["value"])
        rests = [
            quantity_grounds(sweep.scenario, sweep.article, sweep.scenario.numbers[path].quantity)
            for path in setting["numbers"]
            if path in sweep.scenario.numbers
        ]
        lines: Words = joined_words([Span(change, "code") for change in changes]) if changes else "as it is"
        rows.append(
            [
                Cell((f"{axis['title']}: ", Span(shown, "strong")), f"{axis['title']}: {shown}"), lines, here,
                "a choice", joined_words(rests) if rests else "a choice of ours; nothing is claimed about it",
            ]
        )  # fmt: skip
    return rows


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else short_number(value)


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
