"""Lines from theory that cross a map of a sweep, as they are stored with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

import numpy as np
import xarray as xr

from sim.foundations import Floats
from sim.store import BOUNDARY
from sim.sweeps.sweep_points import sweep_group
from sim.sweeps.swept_axes import SweptAxis, in_order

LineRole = Literal["signing", "kind", "check", "terms", "half"]

#: A line about one kind of deal is drawn if it parts at least this share of the map from the rest, and from the line
#: of any deal.
_WORTH_A_LINE: Final = 0.03
_RULE: Final = f"{BOUNDARY}any_deal"
#: A closed form is the line if it says the same as the signing rule on at least this share of the map.
_AGREE: Final = 0.98
#: How near to the border of a choice its value is taken to hold, as a share of the axis.
_BESIDE: Final = 1e-6


@dataclass(frozen=True)
class BoundaryLine:
    """One line of a map.

    name:  variable of the results that it is read from
    role:  what it is for
    label: what holds where the field is 0 or more
    field: (rows, columns) signed field it is the zero of; between choices it has steps
    across, up: (columns,), (rows,) places at which the field is known, rising
    """

    name: str
    role: LineRole
    label: str
    field: Floats
    across: Floats
    up: Floats


def boundary_lines(
    results: xr.Dataset, across: SweptAxis, up: SweptAxis, at: Mapping[str, Any] | None = None
) -> list[BoundaryLine]:
    """Find the lines that cross a map: those stored with the sweep, and where a deal exists in half of the worlds.

    Args:
        across, up: axes of the map
        at:         value of every other axis that has several
    """
    if "boundary_signs" not in results.attrs:
        return []
    fixed, results = dict(at or {}), in_order(results)
    found = [*_exact_first(_stored(results, across, up, fixed)), *_half(results, across, up, fixed)]
    return [line for line in found if (line.field >= 0).any() and (line.field < 0).any()]


def _exact_first(lines: list[BoundaryLine]) -> list[BoundaryLine]:
    """Let the closed form be the line and the signing rule the circles on it, where they agree but for steps.

    Deals on offer are steps, so the rule's own line has teeth; with few levels it is another line, and stays first.
    """
    rule = next((line for line in lines if line.role == "signing"), None)
    form = next((line for line in lines if line.role == "check"), None)
    if rule is None or form is None or ((rule.field >= 0) == (form.field >= 0)).mean() < _AGREE:
        return lines
    others = [line for line in lines if line.role not in {"signing", "check"}]
    return [replace(form, role="signing", label=rule.label), *others, replace(rule, role="check", label=form.label)]


def alike(maps: Sequence[Sequence[BoundaryLine]]) -> list[list[BoundaryLine]]:
    """Draw the same thing as the line on every one of several maps: the signing rule, unless it is everywhere a check.

    Where the rule and the closed form agree differs from map to map, and one caption explains them all.
    """
    rules = [line.role for lines in maps for line in lines if line.name == _RULE]
    if len(set(rules)) < 2:
        return [list(lines) for lines in maps]
    return [[_turned(line, lines) for line in lines] for lines in maps]


def _turned(line: BoundaryLine, lines: Sequence[BoundaryLine]) -> BoundaryLine:
    """One line of a map on which the rule is to be the line."""
    rule = next((other for other in lines if other.name == _RULE), None)
    form = next((other for other in lines if other.role == "signing" and other.name != _RULE), None)
    if rule is None or form is None or (line is not rule and line is not form):
        return line
    return replace(line, role="signing" if line is rule else "check", label=form.label if line is rule else rule.label)


def _stored(results: xr.Dataset, across: SweptAxis, up: SweptAxis, at: Mapping[str, Any]) -> list[BoundaryLine]:
    dims = [f"{BOUNDARY}{axis.name}" for axis in (up, across)]
    found: list[tuple[int, BoundaryLine]] = []
    for name in map(str, results.data_vars):
        if not name.startswith(BOUNDARY) or not set(dims) <= set(results[name].dims):
            continue
        field = results[name]
        for axis, value in at.items():
            dim = f"{BOUNDARY}{axis}"
            if dim in field.dims:
                field = field.sel({dim: value}) if isinstance(value, str) else field.sel({dim: value}, method="nearest")
        values = np.asarray(field.transpose(*dims).values, float)
        stored = str(field.attrs["role"])
        role: LineRole = "terms"
        label = str(field.attrs["label"])
        if stored == "closed form":
            role = "check"
        elif stored == "signing":
            role = "signing" if name == _RULE else "kind"
            label += ", central values"
        places = [np.asarray(results[dim].values) for dim in dims]
        found.append((int(field.attrs["rank"]), _line(name, role, label, values, (up, places[0]), (across, places[1]))))
    rules = [line for _, line in found if line.role == "signing"]
    found = [pair for pair in found if pair[1].role != "kind" or _worth_a_line(pair[1], rules)]
    closed = sorted((pair for pair in found if pair[1].role == "check"), key=lambda pair: pair[0])
    return [line for _, line in found if line.role != "check"] + [line for _, line in closed[:1]]


def _worth_a_line(kind: BoundaryLine, rules: list[BoundaryLine]) -> bool:
    """Whether a kind of deal divides the map, and otherwise than any deal does; partial deals are left out."""
    holds = kind.field >= 0
    apart = min((float((holds != (rule.field >= 0)).mean()) for rule in rules), default=1.0)
    parts = float(holds.mean()), float(1 - holds.mean()), apart
    return not kind.name.endswith("partial") and min(parts) >= _WORTH_A_LINE


def _half(results: xr.Dataset, across: SweptAxis, up: SweptAxis, at: Mapping[str, Any]) -> list[BoundaryLine]:
    """The line on either side of which more or less than half of the worlds have an acceptable deal."""
    share = results["any_deal_share"].sel(group=sweep_group(results))
    share = share.sel({axis: value for axis, value in at.items() if axis in share.dims})
    others = {str(dim): 0 for dim in share.dims if dim not in (across.name, up.name)}
    values = np.asarray(share.isel(others).transpose(up.name, across.name).values, float)
    if not ((values > 0) & (values < 1)).any() or np.isnan(values).any():
        return []  # no draw differs from another: the line at central values says it all
    rows, columns = ((axis, axis.places) for axis in (up, across))
    return [_line("any_deal_share", "half", "acceptable deal, half of worlds", values - 0.5, rows, columns)]


def _line(
    name: str, role: LineRole, label: str, field: Floats, up: tuple[SweptAxis, np.ndarray],
    across: tuple[SweptAxis, np.ndarray],
) -> BoundaryLine:  # fmt: skip
    """A line of a field known at some values of two axes; a choice has its value up to the borders of its cell."""
    for n, (axis, _) in enumerate((up, across)):
        if axis.choice:
            field = np.repeat(field, 2, axis=n)
    high, wide = (_beside(axis) if axis.choice else np.asarray(places, float) for axis, places in (up, across))
    return BoundaryLine(name, role, label, field, wide, high)


def _beside(axis: SweptAxis) -> Floats:
    """Places beside the borders of the cell of each choice, two of each."""
    edges = axis.edges
    inside = _BESIDE * (edges[-1] - edges[0])
    places = np.column_stack([edges[:-1] + inside, edges[1:] - inside]).ravel()
    places[[0, -1]] = edges[[0, -1]]
    return np.asarray(places)
