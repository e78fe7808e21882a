"""First, total and second-order indices from the outcomes of a Saltelli design, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from sim.ensemble.complete import require_complete
from sim.foundations import Floats
from sim.foundations.dice import stream_key
from sim.sensitivity.input_screening import plain_points
from sim.sensitivity.quiet import quiet

#: Smallest prefix at which convergence is shown.
_SMALLEST = 32


def sobol_indices(
    outcomes: Floats,
    names: Sequence[str],
    wanted: Sequence[str],
    *,
    second: bool = False,
    seed: str = "0",
    resamples: int = 200,
) -> xr.Dataset:
    """Compute indices with bootstrap intervals from the outcomes of a Saltelli design, in SALib's order.

    Args:
        outcomes: (N, M) one column per measure
        names:    inputs (or groups of them), in the order of the design
        wanted:   names of the measures
    Returns:
        S1, ST (input, measure) with S1_half and ST_half, half the width of their 95 % intervals; S1_at, ST_at
        (size, input, measure) over growing prefixes; S2, S2_half (input, other, measure) if asked for;
        variance and mean (measure). nan where an outcome does not vary.
    Raises:  IncompleteError if an outcome is missing
    Source:  Saltelli et al. 2010 (first and total order), Saltelli 2002 (second), through SALib
    """
    from SALib.analyze import sobol as salib

    require_complete(outcomes, "Sobol's method")
    count, kinds = len(names), len(wanted)
    width = (2 if second else 1) * count + 2
    base = len(outcomes) // width
    sizes = [base // 2**n for n in range(5) if base // 2**n >= _SMALLEST][::-1] or [base]
    problem = {"num_vars": count, "names": list(names), "bounds": [[0, 1]] * count}
    one = {name: np.full((count, kinds), np.nan) for name in ("S1", "ST", "S1_half", "ST_half")}
    grown = {name: np.full((len(sizes), count, kinds), np.nan) for name in ("S1_at", "ST_at")}
    two = {name: np.full((count, count, kinds), np.nan) for name in ("S2", "S2_half")}
    number = int(stream_key(seed, "bootstrap")[0] % 2**31) or 1
    for m in range(kinds):
        for s, size in enumerate(sizes):
            part = np.asarray(outcomes[: size * width, m], float)
            if np.ptp(part) == 0:
                continue
            last = s == len(sizes) - 1
            with quiet():
                got = salib.analyze(
                    problem, part, calc_second_order=second, num_resamples=resamples if last else 2, seed=number
                )
            grown["S1_at"][s, :, m], grown["ST_at"][s, :, m] = got["S1"], got["ST"]
            if last:
                one["S1"][:, m], one["ST"][:, m] = got["S1"], got["ST"]
                one["S1_half"][:, m], one["ST_half"][:, m] = got["S1_conf"], got["ST_conf"]
                if second:
                    two["S2"][:, :, m], two["S2_half"][:, :, m] = got["S2"], got["S2_conf"]
    data: dict[str, tuple[tuple[str, ...], Floats]] = {name: (("input", "measure"), v) for name, v in one.items()}
    data |= {name: (("size", "input", "measure"), values) for name, values in grown.items()}
    if second:
        data |= {name: (("input", "other", "measure"), values) for name, values in two.items()}
    plain = plain_points(outcomes, width)
    data["mean"], data["variance"] = (("measure",), plain.mean(axis=0)), (("measure",), plain.var(axis=0))
    coords: dict[str, list[str] | list[int]] = {"input": list(names), "measure": list(wanted), "size": sizes}
    if second:
        coords["other"] = list(names)
    return xr.Dataset(data, coords, {"method": "sobol", "base": base, "points": len(outcomes), "failed": 0})
