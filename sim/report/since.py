"""What changed since the last run of a case, and what that did to the endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import counting
from sim.ensemble.ask import Ask
from sim.foundations import ResultsError
from sim.runs.difference import Difference, difference
from sim.runs.edits import effect_of_edits, words_of_numbers
from sim.runs.outcome_changes import OutcomeChange, outcome_changes
from sim.runs.outcome_summary import compared_outcomes
from sim.scenario import Scenario, widening_words
from sim.store import Manifest, load_manifest, load_results, meanings, recoded, rules_of

#: How wide the ranges are, beside the rules of the talks.
RANGES: Final = "ranges"


@dataclass(frozen=True)
class Since:
    """Differences from the last run of the same case and overlay.

    run:     its folder
    numbers: path -> (before, after) in words
    settings: path -> (before, after) of protocol, conventions and other rules
    endings: change of the shares of the endings among consistent draws (all, where none is consistent)
    draws:   how many draws the last run had
    endings_all: the same in all draws; paired where seed and number of draws are the same
    outcomes: what the case asks for and the terms then and now, among consistent draws (all, where none is)
    """

    run: str
    numbers: Mapping[str, tuple[str, str]]
    settings: Mapping[str, tuple[str, str]]
    endings: Difference
    draws: int
    endings_all: Difference | None = None
    outcomes: tuple[OutcomeChange, ...] = ()


@dataclass(frozen=True)
class Earlier:
    """An earlier run; its arrays are read when they are first looked at."""

    folder: Path
    manifest: Manifest

    @cached_property
    def results(self) -> xr.Dataset:
        """Its arrays.

        Raises:  ResultsError if they cannot be read
        """
        return load_results(self.folder)


def read_earlier(folder: Path | None, replaced_by: Ask | None = None) -> Earlier | None:
    """Read an earlier run; ``None`` if there is none or it cannot be read any more.

    Args:
        replaced_by: what may replace its folder before its arrays are looked at: these are read at once if something
            was edited since
    """
    if folder is None:
        return None
    try:
        found = Earlier(folder, load_manifest(folder))
        if replaced_by is not None:
            after = replace(found.manifest, **rules_of(replaced_by))
            if _edited(found.manifest, after, replaced_by.scenario):
                found.results  # noqa: B018 - read now
    except ResultsError:
        return None
    return found


def since(earlier: Earlier, manifest: Manifest, results: xr.Dataset, scenario: Scenario) -> Since | None:
    """Compare a run with an earlier one; ``None`` if nothing that matters was edited, or it cannot be read any more."""
    if not _edited(earlier.manifest, manifest, scenario):
        return None  # so that its arrays need not be read
    try:
        before = earlier.results
    except ResultsError:
        return None
    edits = effect_of_edits(before, _words(earlier.manifest), results, scenario)
    settings = changed_settings(earlier.manifest, manifest)
    if edits is None and not settings:
        return None
    endings = edits.endings if edits is not None else _endings(before, results)
    everywhere = _endings(before, results, kept=False)
    numbers = edits.changed if edits is not None else {}
    if earlier.manifest.widen != manifest.widen:  # one line instead of one for every range
        numbers = moved_centres(earlier.manifest, manifest, numbers)
    outcomes = _outcomes(before, results, scenario)
    return Since(earlier.folder.as_posix(), numbers, settings, endings, earlier.manifest.draws, everywhere, outcomes)


def _words(manifest: Manifest) -> dict[str, str]:
    """Every number of a run in words, by its path."""
    return {path: str(number["words"]) for path, number in manifest.numbers.items()}


def _edited(before: Manifest, after: Manifest, scenario: Scenario) -> bool:
    """Whether a number or a rule is another one now."""
    return _words(before) != words_of_numbers(scenario) or bool(changed_settings(before, after))


def changed_settings(before: Manifest, after: Manifest) -> dict[str, tuple[str, str]]:
    """Rules of the talks and conventions that differ, by path."""
    old, new = ({**_flat({"talks": m.talks, "conventions": m.conventions}), RANGES: widening_words(m.widen)}
                for m in (before, after))  # fmt: skip
    return {
        path: (str(old.get(path, "absent")), str(new.get(path, "absent")))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    }


def moved_centres(
    before: Manifest, after: Manifest, numbers: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Of the numbers that differ, those that would without widened ranges too, as far as that can be known.

    Kept are those that are new or gone, and those whose central value or ground differs.
    """

    def centre(manifest: Manifest, path: str) -> tuple[Any, ...] | None:
        number = manifest.numbers.get(path)
        return None if number is None else (number["value"], list(number["claims"]), number["assumed"])

    return {path: words for path, words in numbers.items() if centre(before, path) != centre(after, path)}


def _flat(found: Mapping[str, Any], start: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in found.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{start}{key}.")
        else:
            flat[f"{start}{key}"] = value
    return flat


def _endings(before: xr.Dataset, after: xr.Dataset, *, kept: bool = True) -> Difference:
    masks = [np.asarray(run["consistent"].values, bool) for run in (before, after)]
    codes = tuple(dict.fromkeys(code for run in (before, after) for code in meanings(run, "ending")))
    return difference(
        recoded(before, "ending", codes),
        recoded(after, "ending", codes),
        codes,
        where_before=masks[0] if kept and masks[0].any() else None,
        where_after=masks[1] if kept and masks[1].any() else None,
        paired=before.attrs["seed"] == after.attrs["seed"],
    )


def _outcomes(before: xr.Dataset, after: xr.Dataset, scenario: Scenario) -> tuple[OutcomeChange, ...]:
    """What the case asks for now, then and now; in the draws that both have where their seed is the same."""
    same = before.attrs["seed"] == after.attrs["seed"]
    common = min(run.sizes["draw"] for run in (before, after)) if same else None
    masks = [counting(np.asarray(run["consistent"].values, bool)[:common]) for run in (before, after)]
    if len(masks[0]) != len(masks[1]):
        return ()
    return outcome_changes(compared_outcomes(scenario), before, after, masks[0], masks[1], paired=same)
