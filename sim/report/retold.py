"""The story of one stored draw, told again."""

from __future__ import annotations

from pathlib import Path

from sim.report.transcript import transcript as told
from sim.sweeps.stored_draw import replay_stored


def transcript(folder: str | Path, draw: int, point: int | None = None) -> list[str]:
    """Replay one draw of a results folder and tell its talks offer by offer and what came of them, as `sim show`.

    Args:
        folder: of a run or a sweep
        draw:   number of the draw, the replicate in tables
        point:  point of a sweep, as in points.csv; may be left out where there is only one
    Returns:
        lines, indented by two blanks where they belong to the line above
    Raises:  InputError for a draw or point that was not played; ResultsError if the folder holds no results
    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from sim import play_case, read_case, transcript
        >>> with TemporaryDirectory() as top:
        ...     results = play_case(read_case("scenarios/pie"), 3, out=f"{top}/pie")
        ...     lines = transcript(f"{top}/pie", draw=2)
        >>> lines[0]
        'The talks (a round is 1 year)'
    """
    found = replay_stored(folder, draw, point)
    return told(found.results, found.scenario)
