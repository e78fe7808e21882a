"""Games from files: of Gambit, or arrays of NumPy."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from sim.formats.gambit_efg import read_efg
from sim.formats.gambit_nfg import read_nfg
from sim.formats.source_text import SourceText
from sim.foundations import Floats, InputError, Problem, ShapeError, brief
from sim.games import GameTree, StrategicForm
from sim.games.game import payoff_array

#: Ends of the names of files that hold a game, and what they hold.
GAME_FILES: Final = {
    ".nfg": "a strategic form, of Gambit",
    ".efg": "a tree, of Gambit",
    ".npy": "payoffs as one array (players, strategies of each player ...)",
    ".npz": 'payoffs as one array "payoff", or one array for each player',
}


def is_game_file(path: Path) -> bool:
    """Whether a file holds a game, going by its name.

    Example:
        >>> is_game_file(Path("selten.NFG")), is_game_file(Path("scenario.toml"))
        (True, False)
    """
    return path.suffix.lower() in GAME_FILES


def read_game(path: Path) -> StrategicForm | GameTree:
    """Read a game, in strategic or in extensive form.

    Raises:  InputError if the file cannot be read as what its name says, with line and column where it has lines
    """
    kind = path.suffix.lower()
    if kind not in GAME_FILES:
        known = "; ".join(f"{end} ({holds})" for end, holds in GAME_FILES.items())
        raise InputError(Problem(f'"{brief(path.name)}" does not end like a file that holds a game', allowed=known))
    if kind in {".nfg", ".efg"}:
        source = SourceText.read(path)
        return (read_nfg if kind == ".nfg" else read_efg)(source.text, str(source.path))
    payoff = _arrays(path)
    try:
        return StrategicForm.unnamed(payoff_array(payoff), path.stem)
    except ShapeError as error:
        raise InputError(Problem(str(error), file=str(path))) from None


def _arrays(path: Path) -> Floats:
    try:
        found = np.load(path, allow_pickle=False)
        if isinstance(found, np.ndarray):
            return _numbers(found, path)
        with found:
            arrays = [found["payoff"]] if "payoff" in found.files else [found[name] for name in found.files]
    except (OSError, ValueError, EOFError) as error:
        raise InputError(Problem(f"is no array that can be read: {error}", file=str(path))) from None
    if len(arrays) == 1:
        return _numbers(arrays[0], path)
    if len({one.shape for one in arrays}) != 1:
        shapes = ", ".join(str(one.shape) for one in arrays)
        raise InputError(Problem(f"arrays of the players differ in shape: {shapes}", file=str(path)))
    return _numbers(np.stack(arrays), path)


def _numbers(found: np.ndarray, path: Path) -> Floats:
    if found.dtype.kind not in "biuf" or not np.isfinite(found).all():
        raise InputError(Problem("holds payoffs that are no finite numbers", file=str(path)))
    return np.asarray(found, dtype=np.float64)
