"""Which worlds the shares of a sweep are about: those that fit the observations, and when they are chosen anew."""

from __future__ import annotations

import xarray as xr


def worlds_words(results: xr.Dataset) -> str:
    """Say which rule chooses the worlds that fit the observations; empty without any, or in results of before.

    Example:
        >>> worlds_words(xr.Dataset(attrs={"observations": 2, "fixes_numbers": 1, "changes_more": 0}))
        'The worlds that fit are chosen anew at each point, since a number we did not know is fixed.'
    """
    if not int(results.attrs.get("observations", 0)):
        return ""
    fixed, more = (int(results.attrs.get(name, 0)) for name in ("fixes_numbers", "changes_more"))
    kept = "overlays, levels on offer and rules of the talks do not change what was observed"
    if fixed and more:
        return f"The worlds that fit are chosen anew wherever the sweep fixes a number we did not know; {kept}."
    if fixed:
        return "The worlds that fit are chosen anew at each point, since a number we did not know is fixed."
    if more:
        return f"The worlds that fit are those that fit the base case, at every point: {kept}."
    return ""
