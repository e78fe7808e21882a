"""What the lines on a map mean, and why its colours need not follow them."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from sim.plots.sweep.boundary_lines import BoundaryLine
from sim.words import enumerated


def boundary_note(results: xr.Dataset, lines: Sequence[BoundaryLine]) -> str:
    """Explain the lines of a map, or of several; empty where the sweep stored none to speak of."""
    if "boundary_signs" not in results.attrs:
        return ""
    by_role: dict[str, list[BoundaryLine]] = {}
    for line in lines:
        by_role.setdefault(line.role, []).append(line)
    text = [_signing(results, by_role)]
    if "kind" in by_role:
        text.append(f"Dashed: the same for one kind of deal ({_labels(by_role['kind'])}).")
    if "half" in by_role:
        text.append("Dotted: some deal is acceptable in half of the worlds.")
    if "terms" in by_role:
        one = by_role["terms"][0]
        text.append(f"Dash-dotted: {one.label} ({_sources(results, one)}).")
    if int(results.attrs.get("boundary_red_lines", 0)):
        text.append("At central values a red line is hard if its firmness is above one half.")
    shares = results["ending_share"].values
    varies = "numbers vary from world to world, " if ((shares > 0) & (shares < 1)).any() else ""
    text.append(f"Colours need not follow: {varies}talks can miss a deal, and a signed one can break.")
    return " " + " ".join(text)


def _signing(results: xr.Dataset, by_role: dict[str, list[BoundaryLine]]) -> str:
    """The line of the signing rule and its closed form, or why there is none."""
    if "signing" not in by_role:
        where = {"everywhere": "at every point", "nowhere": "at no point"}.get(
            str(results.attrs["boundary_signs"]), "on one side of a line that does not cross this map"
        )
        return (
            f"At central values some deal is acceptable to all who must sign {where}, whatever the talks do (signing "
            "rule), so no line is drawn for that."
        )
    text = (
        "Solid line: on the side of its strokes some deal is acceptable to all who must sign at central values, "
        "whatever the talks do (signing rule)."
    )
    if "check" in by_role:
        solid, circles = by_role["signing"][0], by_role["check"][0]
        if results[solid.name].attrs["role"] == "closed form":
            text += (
                f" It is a closed form: {circles.label} ({_sources(results, solid)}); circles: the rule, deal by deal."
            )
        else:
            text += (
                f" Circles: the closed form if levels were not so few: {circles.label} ({_sources(results, circles)})."
            )
    return text


def _labels(lines: Sequence[BoundaryLine]) -> str:
    return enumerated(list(dict.fromkeys(line.label.removesuffix(", central values") for line in lines)))


def _sources(results: xr.Dataset, line: BoundaryLine) -> str:
    return str(results[line.name].attrs["source"])
