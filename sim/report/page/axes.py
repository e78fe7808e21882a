"""What a sweep varied: each axis with its ends, where the scenario stands, and what its numbers rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.page.markup import Markup, dotted, element, joined, paragraph, section
from sim.report.page.numbers import grounds
from sim.report.page.table import Cell, Table
from sim.report.stored_sweep import StoredSweep
from sim.report.sweep_points import mark
from sim.report.words import number_title


def what_was_varied(stored: StoredSweep) -> Markup:
    """Write the section on the axes."""
    heads = ("what was varied", "from, to", "the scenario stands at", "range in the scenario", "rests on")
    rows = []
    for axis in stored.axes:
        rows += _choices(stored, axis) if "settings" in axis else _range(stored, axis)
    caption = "The axes, and what the numbers on them rest on where they are not swept"
    table = Table("axes-table", caption, heads, rows, stacked=True, long=True)
    note = "A swept number is put at each value in turn, so its own range plays no part; everything else is drawn."
    return section("axes", "What was varied", paragraph(note), table.markup())


def swept_numbers(stored: StoredSweep) -> dict[str, str]:
    """Path -> where the sweep put the number."""
    found: dict[str, str] = {}
    for axis in stored.axes:
        if "settings" not in axis:
            found |= dict.fromkeys(axis["paths"], f"{axis['low']:g} to {axis['high']:g}")
            continue
        paths = dict.fromkeys(path for setting in axis["settings"] for path in setting["numbers"])
        found |= {
            path: ", ".join(
                f"{setting['numbers'][path]:g}" for setting in axis["settings"] if path in setting["numbers"]
            )
            for path in paths
        }
    return found


def _range(stored: StoredSweep, axis: Mapping[str, Any]) -> list[list[object]]:
    count = f", {axis['count']} values" if stored.points.design in {"grid", "one-at-a-time"} else ""
    ends = f"{axis['low']:g} to {axis['high']:g}{count}"
    base = "nowhere" if axis["base"] is None else f"{mark(axis['base'])}"
    rows: list[list[object]] = []
    for n, path in enumerate(axis["paths"]):
        number = stored.scenario.numbers.get(path)
        title = str(axis["title"]) if n == 0 else "moves together with it"
        name = joined((title, element("br"), dotted(path)))
        if number is None:
            rows.append([Cell(name, title), ends, base, "–", "–"])
            continue
        if len(axis["paths"]) > 1:
            name = joined(
                (title, element("br"), element("small", number_title(stored.scenario, path)), " ", dotted(path))
            )
        rows.append(
            [Cell(name, str(axis["title"])), ends, base, number.quantity.words(), grounds(stored, number.quantity)]
        )
    return rows


def _choices(stored: StoredSweep, axis: Mapping[str, Any]) -> list[list[object]]:
    rows: list[list[object]] = []
    for setting in axis["settings"]:
        changes = [f"{path} = {value:g}" for path, value in setting["numbers"].items()]
        changes += [f"{path} = {_said(value)}" for path, value in setting["structure"].items()]
        if setting["overlay"]:
            changes.append(f"overlay {setting['overlay']}")
        here = "here" if axis["base"] is not None and setting["value"] == axis["base"] else "–"
        name = joined((str(axis["title"]), ": ", element("strong", mark(setting["value"]))))
        rests = [grounds(stored, stored.scenario.numbers[path].quantity) for path in setting["numbers"]
                 if path in stored.scenario.numbers]  # fmt: skip
        lines = joined((element("code", change) for change in changes), element("br")) if changes else "as it is"
        rows.append(
            [
                Cell(name, f"{axis['title']}: {setting['value']}"), lines, here, "a choice",
                joined(rests, element("br")) if rests else "a choice of ours; nothing is claimed about it",
            ]
        )  # fmt: skip
    return rows


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
