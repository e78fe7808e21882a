"""After an edit of the scenario: which numbers changed, and what that did to the endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import xarray as xr

from sim.ensemble import counting, meanings, recoded
from sim.runs.difference import Difference, difference
from sim.scenario import Scenario


@dataclass(frozen=True)
class Edits:
    """What was edited since an earlier run.

    changed: path -> (words before, words after), in the order of the file; "absent" where there was none
    endings: change of the shares among consistent draws, earlier run first
    """

    changed: Mapping[str, tuple[str, str]]
    endings: Difference


def words_of_numbers(scenario: Scenario) -> dict[str, str]:
    """Every number of a scenario in words, by its path: what the manifest keeps for the next run."""
    return {path: number.quantity.words() for path, number in scenario.numbers.items()}


def effect_of_edits(
    earlier: xr.Dataset, earlier_words: Mapping[str, str], results: xr.Dataset, scenario: Scenario
) -> Edits | None:
    """Compare a run with an earlier one of the same case; ``None`` if no number changed.

    The error is paired where both runs have the same seed, draws and consistent draws.
    """
    now = words_of_numbers(scenario)
    paths = [*now, *(path for path in earlier_words if path not in now)]
    changed = {
        path: (earlier_words.get(path, "absent"), now.get(path, "absent"))
        for path in paths
        if earlier_words.get(path) != now.get(path)
    }
    if not changed:
        return None
    masks = [counting(run["consistent"].values) for run in (earlier, results)]
    codes = tuple(dict.fromkeys(code for run in (earlier, results) for code in meanings(run, "ending")))
    same = earlier.attrs.get("seed") == results.attrs.get("seed")
    return Edits(
        changed,
        difference(
            recoded(earlier, "ending", codes),
            recoded(results, "ending", codes),
            codes,
            where_before=masks[0],
            where_after=masks[1],
            paired=same,
        ),
    )
