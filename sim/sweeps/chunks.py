"""Chunks: cells that are played and written together, each a file that is either whole or not there."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

from sim.ensemble.cells import CELL, CellFailure, Cells, PlayedCells
from sim.ensemble.columns import SWEPT
from sim.foundations import ResultsError
from sim.store.folder import write_atomically
from sim.sweeps.design_points import DesignPoints

CHUNKS_FOLDER: Final = "chunks"
#: Which totals a chunk holds: chunks of versions that counted something else are played again.
_LAYOUT: Final = hashlib.sha256("|".join(column.name for column in SWEPT).encode()).hexdigest()[:8]
#: Draws in a chunk: a second or so of work, so that little is lost and the overhead stays small.
_MOST_ROWS: Final = 4096
#: Chunks that each worker should have, so that all are busy to the end.
_EACH: Final = 6


@dataclass(frozen=True)
class ChunkPlan:
    """How the cells of a sweep are cut into chunks; changes no result.

    points: the points
    draws:  draws at each point
    cells:  cells in a chunk
    """

    points: DesignPoints
    draws: int
    cells: int

    @property
    def parts(self) -> int:
        """Cells at each point."""
        return -(-self.draws // CELL)

    @property
    def all_cells(self) -> int:
        """Cells of the sweep."""
        return len(self.points.played) * self.parts

    @property
    def chunks(self) -> int:
        """Chunks of the sweep."""
        return -(-self.all_cells // self.cells)

    @property
    def rows(self) -> int:
        """Negotiations of the sweep."""
        return len(self.points.played) * self.draws

    def chunk(self, number: int) -> Cells:
        """The cells of a chunk."""
        index = np.arange(number * self.cells, min((number + 1) * self.cells, self.all_cells))
        point, part = np.divmod(index, self.parts)
        first = part * CELL
        return Cells(
            point=point,
            first=first,
            size=np.minimum(self.draws - first, CELL),
            structure=self.points.structure[point],
            numbers=self.points.numbers[point],
        )

    def rows_of(self, number: int) -> int:
        """Negotiations in a chunk."""
        return int(self.chunk(number).size.sum())


def make_plan(points: DesignPoints, draws: int, workers: int, rows: int | None = None) -> ChunkPlan:
    """Cut the cells into chunks of about ``rows`` negotiations."""
    found = ChunkPlan(points, draws, 1)
    wanted = rows or int(np.clip(found.rows / (max(workers, 1) * _EACH), 64, _MOST_ROWS))
    return ChunkPlan(points, draws, max(1, wanted // min(draws, CELL)))


def chunk_file(folder: Path, number: int) -> Path:
    """Where a chunk is kept."""
    return folder / CHUNKS_FOLDER / f"{number:06d}.npz"


def save_chunk(folder: Path, number: int, request: str, played: PlayedCells) -> None:
    """Write a chunk; it is on the disk, whole, when this returns.

    Args:
        request: fingerprint of what was asked, so that a chunk of something else is never taken for one of this
    Raises:  ResultsError if it cannot be written
    """
    stream = io.BytesIO()
    arrays = {f"totals {name}": array for name, array in played.totals.items()}
    arrays |= {f"single {name}": array for name, array in played.single.items()}
    failures = json.dumps([asdict(failure) for failure in played.failures])
    np.savez(stream, layout=np.array(_LAYOUT), request=np.array(request), failures=np.array(failures), **arrays)  # type: ignore[arg-type]
    content = stream.getvalue()
    write_atomically(chunk_file(folder, number), hashlib.sha256(content).digest() + content)


def load_chunk(folder: Path, number: int, request: str) -> PlayedCells | None:
    """Read a chunk back; ``None`` if there is none of this request, or not as it was written: it is played again."""
    found = _stored(folder, number, request)
    if found is None:
        return None
    return PlayedCells(
        {name.removeprefix("totals "): array for name, array in found.items() if name.startswith("totals ")},
        {name.removeprefix("single "): array for name, array in found.items() if name.startswith("single ")},
        _failures(found),
    )


def failed_chunk(folder: Path, number: int, request: str) -> PlayedCells | None:
    """Read a chunk in which something failed; ``None`` where nothing did, or there is none as it was written."""
    found = _stored(folder, number, request, only="failures")
    return load_chunk(folder, number, request) if found is not None and _failures(found) else None


def _failures(found: Mapping[str, np.ndarray]) -> tuple[CellFailure, ...]:
    return tuple(CellFailure(**failure) for failure in json.loads(str(found["failures"])))


def _stored(folder: Path, number: int, request: str, *, only: str = "") -> dict[str, np.ndarray] | None:
    """What a chunk of this request holds, or one of it; ``None`` where it is not there as it was written."""
    try:
        content = _whole(chunk_file(folder, number).read_bytes())
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            if str(stored["request"]) != request or str(stored["layout"]) != _LAYOUT:
                return None
            return {name: stored[name] for name in ([only] if only else stored.files)}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _whole(content: bytes) -> bytes:
    """What follows the hash that a chunk begins with.

    Raises:  ValueError if a byte of it has changed
    """
    size = hashlib.sha256().digest_size
    if hashlib.sha256(content[size:]).digest() != content[:size]:
        raise ValueError("the chunk has changed since it was written")
    return content[size:]


def each_chunk(folder: Path, plan: ChunkPlan, request: str) -> Iterator[tuple[int, Cells, PlayedCells]]:
    """Yield the chunks in their order.

    Raises:  ResultsError if one is missing
    """
    for number in range(plan.chunks):
        played = load_chunk(folder, number, request)
        if played is None:
            raise ResultsError(f"{chunk_file(folder, number)} is missing or cannot be read; run with --resume {folder}")
        yield number, plan.chunk(number), played
