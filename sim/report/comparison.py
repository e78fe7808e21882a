"""Two runs side by side: endings, differences with their error, and what was set differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from rich.text import Text

from sim.engine import DECLARED, ENDINGS
from sim.experiments.difference import Difference, Shares, difference
from sim.report.plain import plain
from sim.report.since import changed_settings, moved_centres
from sim.report.terminal import console, listed, section, share_table
from sim.report.words import ENDING_WORDS, points, with_error
from sim.scenario import widening_words
from sim.store import Manifest, load_manifest, load_results


@dataclass(frozen=True)
class Side:
    """One of the two runs.

    folder, case, title, overlay, seed, draws, digest, widened: as in its manifest; 1: ranges as they are stated
    consistent: draws that agree with the observations
    endings, endings_consistent, declared: shares
    """

    folder: str
    case: str
    title: str
    overlay: str | None
    seed: str
    draws: int
    digest: str
    widened: float
    consistent: int
    endings: Shares
    endings_consistent: Shares
    declared: Shares


@dataclass(frozen=True)
class Comparison:
    """Two runs, the first and the second.

    identical: whether every array is equal bit for bit
    endings, endings_consistent, declared: second minus first
    numbers:   path -> (first, second) in words, where they differ
    settings:  rules and conventions that differ, by path
    """

    sides: tuple[Side, Side]
    identical: bool
    endings: Difference
    endings_consistent: Difference
    declared: Difference
    numbers: Mapping[str, tuple[str, str]]
    settings: Mapping[str, tuple[str, str]]

    def to_json(self) -> dict[str, Any]:
        """The comparison as plain data."""
        found: dict[str, Any] = plain(asdict(self))
        return found


def compare(first: Path | str, second: Path | str) -> Comparison:
    """Read two results folders and compare them.

    Errors of differences are paired where both runs have the same seed and number of draws.

    Raises:  ResultsError if one of them holds no finished run
    """
    runs = [load_results(folder) for folder in (first, second)]
    manifests = [load_manifest(folder) for folder in (first, second)]
    one, two = manifests
    paired = one.seed == two.seed and one.draws == two.draws and one.case == two.case
    masks = [np.asarray(run["consistent"].values, bool) for run in runs]

    def moved(name: str, names: tuple[str, ...], *, kept: bool = False) -> Difference:
        return difference(
            runs[0][name].values,
            runs[1][name].values,
            names,
            where_before=masks[0] if kept else None,
            where_after=masks[1] if kept else None,
            paired=paired,
        )

    sides = [_side(Path(f), m, r) for f, m, r in zip((first, second), manifests, runs, strict=True)]
    return Comparison(
        (sides[0], sides[1]),
        bool(one.digest) and one.digest == two.digest,
        moved("ending", ENDINGS),
        moved("ending", ENDINGS, kept=True),
        moved("declared", DECLARED),
        _numbers(one, two),
        {**_asked(one, two), **changed_settings(one, two)},
    )


def print_comparison(found: Comparison) -> None:
    """Print two runs side by side."""
    out = console()
    for letter, side in zip("AB", found.sides, strict=True):
        overlay = f" with {side.overlay}" if side.overlay else ""
        wider = "" if side.widened == 1 else f", ranges widened {widening_words(side.widened)}"
        line = f"{letter}  {side.case}{overlay}: {side.draws:,} draws, seed {side.seed!r}{wider}"
        out.print(Text(line, style="bold"))
        out.print(Text(f"   {side.folder}", style="dim"), soft_wrap=True)
    if found.identical:
        out.print()
        out.print("The results are the same, bit for bit.")
        return
    _table(found, consistent=False)
    if any(0 < side.consistent < side.draws for side in found.sides):
        _table(found, consistent=True)
    words = [f"{path}: {before} → {after}" for path, (before, after) in found.numbers.items()]
    words += [f"{path}: {before} → {after}" for path, (before, after) in found.settings.items()]
    nothing = ["nothing that is on record"]
    listed(out, "What was set differently (A → B)", words or nothing)


def _table(found: Comparison, *, consistent: bool) -> None:
    out = console()
    change = found.endings_consistent if consistent else found.endings
    which = "worlds that fit what was observed" if consistent else "all worlds"
    how = "the same worlds" if change.paired else "different worlds"
    section(out, f"Endings in {which} (B - A in percentage points, {how}, ± 95%)")
    table = share_table("", "A", "B", "B - A")
    sides = [side.endings_consistent if consistent else side.endings for side in found.sides]
    both = (*found.sides[0].endings.share.items(), *found.sides[1].endings.share.items())
    seen = {name for name, share in both if share > 0}
    for name, words in ENDING_WORDS.items():
        if name not in seen:
            continue
        cells = [with_error(side.share[name], side.error[name]) for side in sides]
        table.add_row(words, *cells, points(change.share[name], change.error[name]))
    out.print(table)


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
        int(where.sum()),
        Shares.of(results["ending"].values, ENDINGS),
        Shares.of(results["ending"].values, ENDINGS, where),
        Shares.of(results["declared"].values, DECLARED),
    )


def _asked(one: Manifest, two: Manifest) -> dict[str, tuple[str, str]]:
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
