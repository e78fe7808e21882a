"""What moving one slider did, so that no slider stays silent."""

from __future__ import annotations

from typing import Final

import numpy as np
import xarray as xr

from sim.view.setting_results import SettingResults

#: Arrays that are looked at, from what is seen first to what is seen last.
_STORY: Final = ("declared", "deal", "round", "held", "final_deal", "by", "collapses", "decided_by_arms")
_WORTH: Final = ("utility", "war", "alternative", "surplus", "surplus_part", "barred", "cloud_payoff")


def moved_paths(before: SettingResults, after: SettingResults) -> list[str]:
    """The numbers in which two settings differ, by name."""
    paths = {*before.fixed, *after.fixed}
    return sorted(path for path in paths if before.fixed.get(path) != after.fixed.get(path))


def effect(before: SettingResults, after: SettingResults) -> str:
    """Say in a sentence what changed between two settings played on the same worlds.

    Compared world by world: how each ends, the story before that, what each outcome is worth. A number that
    changes none of these in any world is said to change nothing; of numbers moved in one go it is said together.
    """
    moved = len(moved_paths(before, after))
    said = _effect(before, after)
    if moved < 2:
        return said
    return said.replace("Moved:", f"{moved} numbers moved together:").replace(
        "This moves", f"All {moved} together move"
    )


def _effect(before: SettingResults, after: SettingResults) -> str:
    one, two = before.results, after.results
    worlds = f"{after.draws:,} worlds"
    other = int((one["ending"].values != two["ending"].values).sum())
    if other:
        return f"Moved: {other:,} of {worlds} end differently."
    if not all(_same(one, two, name) for name in _STORY):
        return f"Moved: all {worlds} end as before, but some on another way (deal, round or duration)."
    if not all(_same(one, two, name) for name in _WORTH):
        return f"Moved: nothing that happens changes in {worlds}; what deals are worth does."
    return f"This moves nothing: all {worlds} stay as they were."


def _same(one: xr.Dataset, two: xr.Dataset, name: str) -> bool:
    if (name in one) != (name in two):
        return False
    return name not in one or np.array_equal(one[name].values, two[name].values, equal_nan=True)
