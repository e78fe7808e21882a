"""Scenario discovery: where a condition on outcomes holds, from results at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.discovery.prim import DiscoveredBox
from sim.discovery.proven_boxes import SCREENED, proven_boxes
from sim.discovery.searched_points import SearchedPoints
from sim.ensemble.complete import complete_rows
from sim.ensemble.condition import parse
from sim.ensemble.quantity_conditions import spelled_out
from sim.ensemble.varying_outcome import any_varies
from sim.foundations import Floats, InputError, Problem
from sim.scenario import Scenario

#: Outcomes that a condition may be about, if they vary; those before the dot stand for each of their entries.
_ASKED: Final = ("terms", "ending", "signers", "round", "time", "state", "efficiency", "surplus_share", "payoff")
#: How many of them are named.
_NAMED: Final = 8


def discover(
    points: SearchedPoints,
    text: str,
    scenario: Scenario | None = None,
    *,
    most: int = 2,
    most_inputs: int = 4,
    permutations: int = 99,
    seed: str = "0",
) -> xr.Dataset:
    """Find the boxes in which a condition holds, as long as they are more than search finds in noise.

    Args:
        points:   points of a run or of a sweep; those with gaps are left out and counted
        text:     condition, see ``condition``; of an outcome that stands alone the first that is spelled out
        scenario: tells which numbers are drawn from options, whose values have names
        most:     boxes, each found among the points that the earlier ones leave
        permutations: of the points that are sought, for the test of the whole search
    Returns:
        per box coverage, density, mass, p_search, held_density, held_points (box); low, high, limited_low,
        limited_high, p_value, reproduced (box, input) for the inputs that some box limits, nan where it does not;
        step_coverage, step_density, step_inputs (step) of the first box's trajectory; total_* (all boxes together);
        options (box, input) as text; in the attribute ``p_search`` that of the last search, told or not
    Raises:  InputError for a condition that makes no sense, holds nowhere or everywhere
    """
    condition = parse(spelled_out([text], points.columns)[0])
    hits_all = condition(points.columns)
    outcome = points.columns["ending"].values if "ending" in points.columns else np.zeros(len(points.inputs))
    good = complete_rows(points.inputs, outcome)
    inputs, hits = points.inputs[good], hits_all[good]
    if hits.all() or not hits.any():
        where = "everywhere" if hits.all() else "nowhere"
        said = f"{condition.text} holds {where} among {len(hits):,} points"
        told = ", ".join(_varying(points)[:_NAMED])
        allowed = f"what varies here: {told}" if told else ""
        raise InputError(Problem(f"{said}, so there is no region to be found", allowed=allowed))
    unordered = dict(points.options) | _named(points.names, inputs, scenario)
    varied = [p for p in range(inputs.shape[1]) if np.ptp(inputs[:, p]) > 0 and not _mirror(points.names[p], scenario)]
    proven, chance = proven_boxes(
        inputs[:, varied],
        hits,
        most=most,
        seed=seed,
        most_inputs=most_inputs,
        permutations=permutations,
        unordered=[n for n, p in enumerate(varied) if p in unordered],
    )
    found = [one.found for one in proven]
    names = [points.names[p] for p in varied]
    data = _labelled(
        found, names, inputs[:, varied], hits, {n: unordered[p] for n, p in enumerate(varied) if p in unordered}
    )
    for name in ("p_search", "held_density", "held_points"):
        data[name] = (("box",), np.array([getattr(one, name) for one in proven], float))
    data.attrs = {
        "method": "prim",
        "p_search": chance,
        "searched": len(varied),
        "screened": min(SCREENED, len(varied)),
        "fewest": int(min(hits.sum(), (~hits).sum())),
        "condition": condition.text,
        "points": int(good.sum()),
        "failed": int((~good).sum()),
        "share": float(hits.mean()),
    }
    return data


def _varying(points: SearchedPoints) -> list[str]:
    """Outcomes that vary over the points, the terms first."""
    own = [name for head in _ASKED for name in points.columns if name.partition(".")[0] == head]
    return [name for name in own if any_varies(spelled_out([name], points.columns), points.columns)]


def _named(names: Sequence[str], inputs: Floats, scenario: Scenario | None) -> dict[int, tuple[str, ...]]:
    """Inputs that are drawn from options without an order between them that a cut could use."""
    found: dict[int, tuple[str, ...]] = {}
    for p, path in enumerate(names):
        number = None if scenario is None else scenario.numbers.get(path)
        if number is not None and number.quantity.options is not None and number.issue is None:
            found[p] = tuple(f"{value:g}" for value in np.unique(inputs[:, p]))
    return found


def _mirror(path: str, scenario: Scenario | None) -> bool:
    number = None if scenario is None else scenario.numbers.get(path)
    return number is not None and number.quantity.follows


def _labelled(
    found: Sequence[DiscoveredBox],
    names: Sequence[str],
    inputs: Floats,
    hits: np.ndarray,
    options: dict[int, tuple[str, ...]],
) -> xr.Dataset:
    used = sorted({p for one in found for p in one.box.restricted})
    shape = (len(found), len(used))
    arrays = {name: np.full(shape, np.nan) for name in ("low", "high", "p_value", "reproduced")}
    limits = {name: np.zeros(shape, np.int8) for name in ("limited_low", "limited_high", "limited")}
    words = np.full(shape, "", dtype=object)
    inside = np.zeros(len(hits), bool)
    for b, one in enumerate(found):
        inside |= one.box.inside(inputs)
        for n, p in enumerate(used):
            arrays["low"][b, n] = one.box.low.get(p, inputs[:, p].min())
            arrays["high"][b, n] = one.box.high.get(p, inputs[:, p].max())
            limits["limited_low"][b, n], limits["limited_high"][b, n] = p in one.box.low, p in one.box.high
            limits["limited"][b, n] = p in one.box.restricted
            arrays["p_value"][b, n] = one.p_values.get(p, np.nan)
            arrays["reproduced"][b, n] = one.reproduced.get(p, np.nan)
            if p in one.box.options:
                kinds = options.get(p, ())
                words[b, n] = "|".join(_option(kinds, code) for code in sorted(one.box.options[p]))
    data = {name: (("box", "input"), values) for name, values in {**arrays, **limits}.items()}
    result = xr.Dataset(data, {"input": [names[p] for p in used], "box": np.arange(1, len(found) + 1)})
    result["options"] = (("box", "input"), words.astype(str))
    for name in ("coverage", "density", "mass"):
        result[name] = (("box",), np.array([getattr(one.quality, name) for one in found]))
    caught = np.array([0.0] * len(found))
    left = np.ones(len(hits), bool)
    for b, one in enumerate(found):
        taken = one.box.inside(inputs) & left
        caught[b] = (taken & hits).sum() / hits.sum()
        left &= ~taken
    result["share_of_all"] = (("box",), caught)
    result["total_coverage"] = ((), (inside & hits).sum() / hits.sum())
    result["total_density"] = ((), hits[inside].mean() if inside.any() else np.nan)
    result["lowest"] = (("input",), inputs[:, used].min(axis=0))
    result["highest"] = (("input",), inputs[:, used].max(axis=0))
    steps = found[0].qualities if found else ()
    for name in ("coverage", "density", "mass", "inputs"):
        result[f"step_{name}"] = (("step",), np.array([getattr(q, name) for q in steps], float))
    return result


def _option(kinds: Sequence[str], code: float) -> str:
    return kinds[int(code)] if len(kinds) > code else f"{code:g}"
