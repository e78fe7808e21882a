"""Arrays of cases without a war as files have them: without columns that only a war has, and under names of their own.

In memory every run has the same columns, so that whatever reads them need not ask; in files a reader meets no word of
a war that is not modelled. This is the one place that knows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import xarray as xr

from sim.words import Vocabulary

#: Column that says nothing without a war -> what it holds there in every draw, and along which dimensions it runs.
_EMPTY: Final[Mapping[str, tuple[int, tuple[str, ...], str]]] = {
    "decided_by_arms": (0, ("draw",), "bool"),
    "prevailed": (-1, ("draw",), "int8"),
}
#: The same of sweeps -> what runs along the same dimensions beside it, and misses where a point failed.
_SWEPT: Final[Mapping[str, tuple[str, str]]] = {
    "decided_by_arms_share": ("any_deal_share", "float64"),
    "decided_by_arms_error": ("any_deal_error", "float64"),
    "draw_decided_by_arms": ("draw_any_deal", "int32"),
}
#: Column in memory -> its name in files.
_NAMES: Final[Mapping[str, str]] = {
    "war": "no_deal",
    "cloud_war": "cloud_no_deal",
    "stalemate": "no_deal_kind",
    "truce_accepted": "accepted_at_hazard",
    "truce_signed": "signed_at_hazard",
}
#: What only a war has, in what files say about their columns.
_WORDS: Final = ("war", "arms", "truce", "fighting", "stalemate", "settlement")


def as_filed(results: xr.Dataset) -> xr.Dataset:
    """Return the arrays as a file has them; of a case with a war they stay as they are."""
    if _war(results):
        return results
    drop = [name for name, (value, dims, _) in _EMPTY.items() if name in results and results[name].dims == dims
            and bool((results[name].values == value).all())]  # fmt: skip
    drop += [name for name in _SWEPT if name in results and not bool((results[name].values > 0).any())]
    filed = results.drop_vars(drop).rename({name: to for name, to in _NAMES.items() if name in results})
    for variable in filed.variables.values():
        told = str(variable.attrs.get("long_name", ""))
        if any(word in told for word in _WORDS):
            variable.attrs = {key: text for key, text in variable.attrs.items() if key != "long_name"}
    return filed


def as_played(filed: xr.Dataset) -> xr.Dataset:
    """Return the arrays as they were played, from those of a file; older files, which have them all, stay so."""
    if _war(filed):
        return filed
    found = filed.rename({to: name for name, to in _NAMES.items() if to in filed and name not in filed})
    for name, (value, dims, kind) in _EMPTY.items():
        if name not in found and all(dim in found.sizes for dim in dims):
            shape = tuple(found.sizes[dim] for dim in dims)
            found[name] = (dims, np.full(shape, value, np.dtype(kind)))
    for name, (beside, kind) in _SWEPT.items():
        if name not in found and beside in found:
            values = found[beside].values
            missing = (values < 0) | np.isnan(values)
            found[name] = (found[beside].dims, np.where(missing, values, 0).astype(kind))
    return found


def _war(results: xr.Dataset) -> bool:
    return "vocabulary" not in results.attrs or Vocabulary.from_attrs(results.attrs).war
