"""Two runs or sweeps side by side: endings, differences with their error, and what was set differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import counting
from sim.foundations import Bools, ResultsError
from sim.foundations.plain_data import plain_data
from sim.report.case_words import ToldCase
from sim.report.change_rows import ChangeRow, ChangesSaid, outcome_rows, shown_changes, state_rows
from sim.report.outcome_words import mean_change_words, outcome_title, summary_words
from sim.report.pieces import (
    Cell,
    FigurePiece,
    Items,
    KeyValues,
    Row,
    Section,
    Sentence,
    Span,
    Story,
    Table,
    Words,
    share_cell,
)
from sim.report.run_story import figure_sections
from sim.report.since import changed_settings, moved_centres
from sim.runs.difference import Difference, Shares, difference
from sim.runs.outcome_changes import OutcomeChange, outcome_changes
from sim.runs.outcome_summary import compared_outcomes
from sim.scenario import widening_words
from sim.store import Manifest, ask_again, load_manifest, load_results, meanings, recoded
from sim.words import NOTHING, Vocabulary, clear, counted, points

#: So many outcomes stand in the first sentence, besides endings.
_TOLD: Final = 4


@dataclass(frozen=True)
class Side:
    """One of the two runs.

    folder, case, title, overlay, seed, draws, digest, widened: as in its manifest; 1: ranges as they are stated
    points: of a sweep; a run has one
    consistent: draws that agree with the observations
    endings, endings_consistent, declared: shares
    states: at the horizon, among the draws that agree with the observations, or all where none does; ``None`` of sweeps
    """

    folder: str
    case: str
    title: str
    overlay: str | None
    seed: str
    draws: int
    digest: str
    widened: float
    points: int
    consistent: int
    endings: Shares
    endings_consistent: Shares
    declared: Shares
    states: Shares | None = None


@dataclass(frozen=True)
class Comparison:
    """Two runs, the first and the second.

    identical: whether every array is equal bit for bit
    endings, endings_consistent, declared: second minus first
    numbers:   path -> (first, second) in words, where they differ
    settings:  rules and conventions that differ, by path
    titles:    ending of either run -> what it is called in a table
    common:    how many worlds both have, which the differences are taken in; ``None`` where they have none in common
    outcomes:  what the first case asks for and its terms, among consistent draws; empty for sweeps
    told:      outcome -> what it is called, what it is in each and how it changes, in words
    changes:   states at the horizon, then outcomes, row by row as the figure has them; empty for sweeps
    """

    sides: tuple[Side, Side]
    identical: bool
    endings: Difference
    endings_consistent: Difference
    declared: Difference
    numbers: Mapping[str, tuple[str, str]]
    settings: Mapping[str, tuple[str, str]]
    titles: Mapping[str, str]
    common: int | None = None
    outcomes: tuple[OutcomeChange, ...] = ()
    told: Mapping[str, tuple[str, str, str, str]] = field(default_factory=dict)
    changes: tuple[ChangeRow, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain data."""
        found: dict[str, Any] = plain_data(self)
        return found


def compare(first: Path | str, second: Path | str) -> Comparison:
    """Read two results folders and compare them.

    Differences are paired where both runs have the same seed, and taken in the worlds that both have.

    A sweep counts with the worlds of all its points alike.

    Raises:  ResultsError if one of them holds neither a finished run nor a sweep with its single draws
    """
    stored = [load_results(folder, ("run", "sweep")) for folder in (first, second)]
    runs = [_worlds(results, folder) for results, folder in zip(stored, (first, second), strict=True)]
    manifests = [load_manifest(folder) for folder in (first, second)]
    one, two = manifests
    paired = one.seed == two.seed and one.case == two.case and one.central == two.central and _same_points(*stored)
    if "axes" in stored[0].attrs:
        paired &= one.draws == two.draws
    # Of two runs with one seed, the worlds of the shorter one are the first of the longer one.
    common = min(run.sizes["draw"] for run in runs) if paired else max(run.sizes["draw"] for run in runs)
    masks = [np.asarray(run["consistent"].values, bool)[:common] for run in runs]

    def moved(name: str, where: Sequence[Bools] | None = None) -> Difference:
        codes = tuple(dict.fromkeys(code for run in runs for code in meanings(run, name)))
        return difference(
            recoded(runs[0], name, codes)[:common],
            recoded(runs[1], name, codes)[:common],
            codes,
            where_before=None if where is None else where[0],
            where_after=None if where is None else where[1],
            paired=paired,
        )

    sides = [_side(Path(f), m, r) for f, m, r in zip((first, second), manifests, runs, strict=True)]
    states: tuple[ChangeRow, ...] = ()
    if sides[0].states is not None and sides[1].states is not None:
        change = moved("final_state", [counting(mask) for mask in masks])
        states = state_rows(_joint_words(runs), sides[0].states, sides[1].states, change)
    outcomes, told, rows = _outcomes(first, stored, masks, paired=paired)
    spoken = [Vocabulary.from_attrs(run.attrs).endings for run in runs]
    return Comparison(
        (sides[0], sides[1]),
        bool(one.digest) and one.digest == two.digest,
        moved("ending"),
        moved("ending", masks),
        moved("declared"),
        _numbers(one, two),
        {**_requests(one, two), **changed_settings(one, two)},
        {code: words.row for found in reversed(spoken) for code, words in found.items()},
        common if paired else None,
        outcomes,
        told,
        (*states, *rows),
    )


def _joint_words(runs: list[xr.Dataset]) -> Vocabulary:
    """Words of the first run, with those of states that only the second one has."""
    first, second = (Vocabulary.from_attrs(run.attrs) for run in runs)
    return replace(
        first, states={**second.states, **first.states} if first.states.keys() != second.states.keys() else first.states
    )


def _outcomes(
    first: Path | str, stored: list[xr.Dataset], masks: list[Bools], *, paired: bool
) -> tuple[tuple[OutcomeChange, ...], dict[str, tuple[str, str, str, str]], tuple[ChangeRow, ...]]:
    """Outcomes of two runs, of which the first says what they are called; none of sweeps."""
    if any("axes" in results.attrs for results in stored) or len(masks[0]) != len(masks[1]):
        return (), {}, ()
    told = ToldCase(ask_again(Path(first)).scenario)
    where = [counting(mask) for mask in masks]
    found = outcome_changes(compared_outcomes(told.scenario), stored[0], stored[1], where[0], where[1], paired=paired)
    words = {
        one.of: (
            outcome_title(told, one.of),
            summary_words(told, one.before) if one.before.draws else NOTHING,
            summary_words(told, one.after) if one.after.draws else NOTHING,
            mean_change_words(told, one) if one.before.draws and one.after.draws else NOTHING,
        )
        for one in found
    }
    return found, words, outcome_rows(told, found)


def _worlds(results: xr.Dataset, folder: Path | str) -> xr.Dataset:
    """The worlds of a run; of a sweep those of all its points one after the other, without those that failed.

    Raises:  ResultsError for a sweep of which no single draws were kept
    """
    if "axes" not in results.attrs:
        return results
    if "draw_ending" not in results:
        told = f"{folder} holds a sweep that kept no single draws, so it cannot be compared; sweep it with --keep draws"
        raise ResultsError(told)
    flat = {
        name: np.asarray(results[f"draw_{name}"].values).reshape(-1) for name in ("ending", "declared", "consistent")
    }
    played = (flat["ending"] >= 0) & (flat["declared"] >= 0)
    codes = {name: {"flag_meanings": "|".join(map(str, results[name].values))} for name in ("ending", "declared")}
    found = {name: (("draw",), values[played].astype(np.int64), codes.get(name, {})) for name, values in flat.items()}
    return xr.Dataset(found, attrs=results.attrs)


def _same_points(one: xr.Dataset, two: xr.Dataset) -> bool:
    """Whether two results stand at the same points, each with the same worlds; two runs stand at one."""
    return all(one.attrs.get(name) == two.attrs.get(name) for name in ("axes", "design", "common")) and all(
        one.sizes.get(dim) == two.sizes.get(dim) and (dim not in one.coords or one[dim].equals(two[dim]))
        for dim in {*one.dims, *two.dims}
        if "axes" in one.attrs
    )


def comparison_shown(found: Comparison) -> xr.Dataset | None:
    """What changes from the first run to the second, to be drawn; none where all is the same."""
    if found.identical:
        return None
    titles = dict.fromkeys(side.title for side in found.sides)
    worlds = "different worlds, so the changes are not paired"
    if found.common is not None:
        worlds = f"{_which(found, consistent=True)}, so the changes are paired"
    return shown_changes(
        found.changes,
        ChangesSaid(" and ".join(titles), "B, the second run, less A, the first", worlds, "what it is in A → in B"),
    )


def comparison_story(found: Comparison, figures: Sequence[FigurePiece] = ()) -> Story:
    """Tell two runs side by side."""
    runs = Section("runs", "", (KeyValues(tuple((letter, _asked(side)) for letter, side in _lettered(found))),))
    if found.identical:
        same = Section("same", "", (Sentence("The results are the same, bit for bit."),))
        return Story("Two runs side by side", "", (runs, same))
    groups = [_endings(found, consistent=False)]
    if any(0 < side.consistent < side.draws * side.points for side in found.sides):
        groups.append(_endings(found, consistent=True))
    changed = [*found.numbers.items(), *found.settings.items()]
    lines = tuple(f"{path}: {before} → {after}" for path, (before, after) in changed)
    settings = Section(
        "settings", "What was set differently (A → B)", (Items(lines or ("nothing that is on record",)),)
    )
    parts = (*_lead(found), *figure_sections(figures), *_states(found), *_asked_for(found))
    return Story("Two runs side by side", "", (runs, *parts, *groups, settings))


def _lead(found: Comparison) -> tuple[Section, ...]:
    """What differs, in a sentence, for whoever reads no further."""
    states = [row for row in found.changes if row.of == "state"]
    told = [
        f"{row.title}: {row.before} → {row.after} ({row.told})"
        for row in sorted((row for row in states if row.sure), key=lambda row: -row.size)[:2]
    ]
    if not states:
        told = _sure_endings(found)
    moved = [one for one in found.outcomes if one.seen()][:_TOLD]
    told += [_moved(found, one) for one in moved]
    said = f"{'; '.join(told)}." if told else "Nothing differs beyond what chance may do."
    return (Section("difference", "", (KeyValues((("What differs (B - A)", said),), "lead"),)),)


def _moved(found: Comparison, one: OutcomeChange) -> str:
    """An outcome that moves: of names the one that moves most beyond chance, what it was and is."""
    surely = [row for row in found.changes if row.of == one.of and row.name and row.sure]
    if surely:
        row = max(surely, key=lambda row: row.size)
        return f"{row.title}: {row.before} → {row.after} ({row.told})"
    title, before, after, mean = found.told[one.of]
    return f"{title}: {before} → {after}" if before != after else f"{title}: {mean}"


def _sure_endings(found: Comparison) -> list[str]:
    """The endings that change most, of those that do beyond chance."""
    change = found.endings
    sure = sorted(
        (name for name in change.share if clear(change.share[name], change.error[name]) and change.share[name]),
        key=lambda name: -abs(change.share[name]),
    )[:2]
    return [
        f"{found.titles.get(name, name)} {points(change.share[name], change.error[name], 1)} points" for name in sure
    ]


def _states(found: Comparison) -> tuple[Section, ...]:
    """How things stand at the horizon in both."""
    rows: list[Row] = [
        [
            row.title,
            *(share_cell(side.states.proportion(row.name)) for side in found.sides if side.states is not None),
            Cell(points(row.change / 100, row.error / 100, 1), row.change / 100),
        ]
        for row in found.changes
        if row.of == "state"
    ]
    caption = f"B - A in percentage points, {_which(found, consistent=True)}, ± 95 %"
    table = Table("states-table", caption, ("state", "A", "B", "B - A"), rows, (1, 2, 3))
    return (Section("states", f"How things stand at the end, in {_fitting(found)}", (table,)),) if rows else ()


def _fitting(found: Comparison) -> str:
    """The worlds that states and outcomes are of."""
    fit = any(0 < side.consistent < side.draws for side in found.sides)
    return "the worlds that fit what was observed" if fit else "the worlds"


def _asked_for(found: Comparison) -> tuple[Section, ...]:
    """What the case asks for and its terms, side by side."""
    rows: list[Row] = [list(found.told[one.of]) for one in found.outcomes]
    caption = f"Median, share or most frequent, of {_fitting(found)}; changes of means ± 95 %"
    table = Table("outcomes-table", caption, ("outcome", "A", "B", "B - A"), rows, stacked=True)
    return (Section("outcomes", "What the case asks for, and terms", (table,)),) if rows else ()


def _lettered(found: Comparison) -> list[tuple[str, Side]]:
    return list(zip("AB", found.sides, strict=True))


def _asked(side: Side) -> Words:
    overlay = f" with {side.overlay}" if side.overlay else ""
    wider = "" if side.widened == 1 else f", ranges widened {widening_words(side.widened)}"
    where = f" at each of {side.points:,} points" if side.points > 1 else ""
    asked = f"{side.case}{overlay}: {counted(side.draws, 'draws')}{where}, seed {side.seed!r}{wider}"
    return (Span(asked, "strong"), Span(f" {side.folder}", "small"))


def _endings(found: Comparison, *, consistent: bool) -> Section:
    change = found.endings_consistent if consistent else found.endings
    which = "worlds that fit what was observed" if consistent else "all worlds"
    how = _which(found, consistent=consistent)
    sides = [side.endings_consistent if consistent else side.endings for side in found.sides]
    rows: list[Row] = [
        [
            title,
            *(share_cell(side.proportion(name)) for side in sides),
            Cell(points(change.share[name], change.error[name], 1), change.share[name]),
        ]
        for name, title in found.titles.items()
        if any(side.endings.count.get(name) for side in found.sides)
    ]
    caption = f"B - A in percentage points, {how}, ± 95 %"
    identity = "fitting" if consistent else "all"
    table = Table(f"{identity}-table", caption, ("ending", "A", "B", "B - A"), rows, (1, 2, 3))
    return Section(identity, f"Endings in {which}", (table,))


def _which(found: Comparison, *, consistent: bool) -> str:
    """In which worlds the difference is taken."""
    if found.common is None:
        return "different worlds"
    same = f"the {found.common:,} worlds that both have"
    if not consistent or all(side.consistent == side.draws * side.points for side in found.sides):
        return same
    return f"those of {same} that fit in each, one by one where they fit in both"


def _side(folder: Path, manifest: Manifest, results: xr.Dataset) -> Side:
    where = np.asarray(results["consistent"].values, bool)
    return Side(
        folder.as_posix(),
        manifest.case,
        manifest.title,
        manifest.overlay,
        manifest.seed,
        manifest.draws,
        manifest.digest,
        manifest.widen,
        max(1, int(manifest.counts.get("points", 1))),
        int(where.sum()),
        Shares.of(results["ending"].values, meanings(results, "ending")),
        Shares.of(results["ending"].values, meanings(results, "ending"), where),
        Shares.of(results["declared"].values, meanings(results, "declared")),
        Shares.of(results["final_state"].values, meanings(results, "final_state"), counting(where))
        if "final_state" in results
        else None,
    )


def _requests(one: Manifest, two: Manifest) -> dict[str, tuple[str, str]]:
    """What was asked for, or with which version, where it differs."""
    found = {}
    for name in ("case", "overlay", "seed", "draws", "central", "version"):
        before, after = getattr(one, name), getattr(two, name)
        if before != after:
            found[name] = (str(before or "none"), str(after or "none"))
    return found


def _numbers(one: Manifest, two: Manifest) -> dict[str, tuple[str, str]]:
    words = [{path: str(number["words"]) for path, number in m.numbers.items()} for m in (one, two)]
    found = {
        path: (words[0].get(path, "absent"), words[1].get(path, "absent"))
        for path in dict.fromkeys([*words[0], *words[1]])
        if words[0].get(path) != words[1].get(path)
    }
    return found if one.widen == two.widen else moved_centres(one, two, found)
