"""Stored results played again, a sample of them, and compared bit for bit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.ensemble import Design, play_rows
from sim.ensemble.cells import PlayedCells, play_cells
from sim.foundations import Ints, ResultsError, uniforms
from sim.store import ask_again, load_manifest, load_results
from sim.store.provenance import package_versions
from sim.sweeps.chunks import ChunkPlan, load_chunk
from sim.sweeps.sweep_again import ask_sweep_again, same_request

#: What of single draws is compared in a run.
_COMPARED = ("declared", "ending", "held", "round", "deal", "final_deal", "by", "collapses", "converted", "utility")


@dataclass(frozen=True)
class Reproduction:
    """How a sample of stored results came out again.

    kind:      ``run`` or ``sweep``
    looked:    what was played again: numbers of chunks or draws
    of:        how many there are
    differing: those of them that came out differently
    inputs:    whether program and inputs are those that the results were made with
    versions:  package -> (then, now), of those that differ
    """

    kind: str
    looked: tuple[int, ...]
    of: int
    differing: tuple[int, ...]
    inputs: bool
    versions: dict[str, tuple[str, str]]

    @property
    def same(self) -> bool:
        """Whether every bit came out again."""
        return not self.differing and bool(self.looked)


def reproduce(folder: str | Path, sample: int = 3, *, told: Callable[[int, int], None] | None = None) -> Reproduction:
    """Play a sample of what is stored again, from the copies of the inputs, and compare.

    Args:
        sample: chunks of a sweep; of a run, a hundred times as many draws
        told:   told (done, in all)

    Returns:
        ``same``, and what was looked at and what differs
    Raises:  ResultsError if there is nothing to compare with
    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from sim import play_case, read_case, reproduce
        >>> with TemporaryDirectory() as top:
        ...     results = play_case(read_case("scenarios/pie"), 3, out=f"{top}/pie")
        ...     found = reproduce(f"{top}/pie")
        >>> found.same, found.looked
        (True, (0, 1, 2))
    """
    folder = Path(folder)
    manifest = load_manifest(folder, ("run", "sweep"))
    now = package_versions()
    versions = {
        name: (then, now.get(name, "absent")) for name, then in manifest.packages.items() if now.get(name) != then
    }
    if not manifest.sweep:
        return _run(folder, 100 * sample, versions)
    asked = ask_sweep_again(folder)
    plan = ChunkPlan(asked.points, asked.draws, int(manifest.sweep["cells_in_chunk"]))
    job = asked.job().to_bytes()
    chosen = _chosen(plan.chunks, sample, manifest.fingerprint)
    looked, differing = [], []
    for n, number in enumerate(chosen.tolist()):
        stored = load_chunk(folder, number, manifest.fingerprint)
        if stored is not None:
            looked.append(number)
            if not _equal(stored, play_cells(job, plan.chunk(number))):
                differing.append(number)
        if told is not None:
            told(n + 1, len(chosen))
    if not looked:
        raise ResultsError(f"{folder} has no chunks to compare with")
    return Reproduction("sweep", tuple(looked), plan.chunks, tuple(differing), same_request(manifest, asked), versions)


def _run(folder: Path, sample: int, versions: dict[str, tuple[str, str]]) -> Reproduction:
    manifest, results = load_manifest(folder), load_results(folder)
    scenario = ask_again(folder).scenario
    numbers = np.sort(_chosen(manifest.draws, min(sample, manifest.draws), manifest.fingerprint))
    found = play_rows(Design.of_draws(scenario, numbers, central=manifest.central), _COMPARED)
    wrong = np.zeros(len(numbers), bool)
    for name in _COMPARED:
        before, after = results[name].sel(draw=numbers).values, found.arrays[name]
        unequal = np.asarray(before != after)
        wrong |= unequal.reshape(len(numbers), -1).any(axis=1)
    return Reproduction("run", tuple(numbers.tolist()), manifest.draws, tuple(numbers[wrong].tolist()), True, versions)


def _chosen(count: int, sample: int, seed: str) -> Ints:
    """Some of so many, without repetition, always the same ones for the same results."""
    return np.sort(np.argsort(uniforms(np.arange(count), seed, "reproduce"), kind="stable")[:sample])


def _equal(one: PlayedCells, other: PlayedCells) -> bool:
    """Whether two plays have the same bits; cells that died or hung are left out, they may have been unlucky."""
    lost = {failure.cell for failure in one.failures if failure.kind != "failed"}
    if lost or not one.totals:
        return {f.cell for f in one.failures} >= {f.cell for f in other.failures} and (
            not one.totals or _equal_cells(one, other, lost)
        )
    return {f.cell for f in one.failures} == {f.cell for f in other.failures} and _equal_arrays(one, other)


def _equal_arrays(one: PlayedCells, other: PlayedCells) -> bool:
    names = {*one.totals, *one.single}
    return names == {*other.totals, *other.single} and all(
        np.array_equal({**one.totals, **one.single}[name], {**other.totals, **other.single}[name], equal_nan=True)
        for name in names
    )


def _equal_cells(one: PlayedCells, other: PlayedCells, lost: set[int]) -> bool:
    kept = [cell for cell in range(len(one.totals["draws"])) if cell not in lost]
    return all(np.array_equal(one.totals[name][kept], other.totals[name][kept]) for name in one.totals)
