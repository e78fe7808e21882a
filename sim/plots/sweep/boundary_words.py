"""What the lines on a map mean, and why its colours need not follow them."""

from __future__ import annotations

from collections.abc import Sequence

import xarray as xr

from sim.plots.sweep.boundary_lines import BoundaryLine


def boundary_note(results: xr.Dataset, lines: Sequence[BoundaryLine], *, labels: bool = True) -> str:
    """Explain the lines of a map, or of several; empty where the sweep stored none to speak of.

    Args:
        labels: whether names with arrows are written on the map; small triangles stand on the lines otherwise
    """
    if "boundary_signs" not in results.attrs:
        return ""
    by_role: dict[str, list[BoundaryLine]] = {}
    for line in lines:
        by_role.setdefault(line.role, []).append(line)
    text = [_signing(results, by_role, labels=labels)]
    if "kind" in by_role:
        text.append("Dashed: the same for one kind of deal.")
    if "half" in by_role:
        text.append("Dotted: some deal is acceptable in half of the draws.")
    if "terms" in by_role:
        one = by_role["terms"][0]
        text.append(f"Dash-dotted: {one.label} ({_sources(results, one)}).")
    if int(results.attrs.get("boundary_red_lines", 0)):
        text.append("At central values a red line is hard if its firmness is above one half.")
    shares = results["ending_share"].values
    varies = "numbers vary in the draws, " if ((shares > 0) & (shares < 1)).any() else ""
    text.append(f"Colours need not follow: {varies}talks can miss a deal, and a signed one can break.")
    return " " + " ".join(text)


def _signing(results: xr.Dataset, by_role: dict[str, list[BoundaryLine]], *, labels: bool) -> str:
    """The line of the signing rule and its closed form, or why there is none."""
    if "signing" not in by_role:
        where = {"everywhere": "at every point", "nowhere": "at no point"}.get(
            str(results.attrs["boundary_signs"]), "on one side of a line that does not cross this map"
        )
        return (
            f"At central values some deal is acceptable to all who must sign {where}, whatever the talks do (signing "
            "rule), so no line is drawn for that."
        )
    side = "on its arrow's side" if labels else "on the side of its small triangles"
    text = (
        f"Solid line: {side} some deal is acceptable to all who must sign at central values, whatever the talks do "
        "(signing rule)."
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


def _sources(results: xr.Dataset, line: BoundaryLine) -> str:
    return str(results[line.name].attrs["source"])
