"""Screening: which of many inputs are worth an index of their own, from few points of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.ensemble.complete import require_complete
from sim.foundations import Floats, Ints
from sim.sensitivity.grouping import DUMMY, LUCK, OTHERS, RED_LINES
from sim.sensitivity.saltelli import Saltelli
from sim.words import Z

#: Plays the points of a design from a given one on: (design, first) -> (N, M) outcomes.
PlayInputs = Callable[[Saltelli, int], Floats]
#: Groups up to which nothing is screened: each has an index of its own anyway.
SCREENED_ABOVE: Final = 32
#: Base points and how many inputs go on to the next round.
_ROUNDS: Final = ((64, 40), (256, 16))
_NAMELESS: Final = frozenset({RED_LINES, LUCK, DUMMY})


@dataclass(frozen=True)
class ScreenedInputs:
    """What a screening found.

    names:  every input that was screened
    total:  (names,) rough total index, of the measure where it is largest
    half:   (names,) half the width of its 95 % interval
    base:   (names,) base points that it rests on
    kept:   inputs that go on, the others are one group
    groups: groups of the design that follows
    shown:  (M,) whether a measure counts
    points: how many points were played
    """

    names: tuple[str, ...]
    total: Floats
    half: Floats
    base: Ints
    kept: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    shown: np.ndarray
    points: int

    def largest_left_out(self) -> int | None:
        """Place in ``names`` of the input left out whose rough total index is largest."""
        out = [n for n, name in enumerate(self.names) if name not in self.kept]
        return max(out, key=lambda n: float(self.total[n])) if out else None


def screen(play: PlayInputs, design: Saltelli, shown: np.ndarray, *, most: int = 1 << 30) -> ScreenedInputs:
    """Redraw one input at a time from few base points, keep those that change most, and look closer at these.

    Of an indicator the rough total index is the chance that redrawing the input flips it, over twice its variance;
    so inputs that work only together with others are found too, which first-order screens miss. The points are
    of a sequence of their own, so that what looked large by chance does not enter the indices that follow.

    Args:
        design: groups that are to be told apart; its size does not matter
        shown:  (M,) whether a measure counts; where none is marked, the one that varies most counts alone
        most:   base points of a round at most
    Raises:  IncompleteError if a point failed
    Source:  radial one-at-a-time screening by the estimator of the total index (Campolongo, Saltelli &
        Cariboni 2011; Jansen 1999); two rounds that halve the field are ours
    """
    some = {name: paths for name, paths in design.groups.items() if name not in _NAMELESS}
    names = tuple(some)
    total, half, base = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names), np.int64)
    field, points = list(range(len(names))), 0
    for size, left in _ROUNDS:
        groups = {names[n]: some[names[n]] for n in field}
        tried = Saltelli(f"{design.seed} screening", design.paths, groups, min(size, most))
        outcomes = play(tried, 0)
        require_complete(outcomes, "screening")
        if not shown.any():
            shown = varies_most(plain_points(outcomes, tried.width))
        rough, wide = _totals(outcomes[:, shown], tried.width)
        total[field], half[field], base[field] = rough, wide, tried.base
        points += tried.points
        field = [field[n] for n in np.argsort(-rough, kind="stable")[:left]]
    kept = tuple(names[n] for n in field)
    return ScreenedInputs(names, total, half, base, kept, _with_others(design, kept), shown, points)


def plain_points(outcomes: Floats, width: int) -> Floats:
    """(2 base, M) outcomes at A and at B alone, which are independent points."""
    return np.concatenate([outcomes[0::width], outcomes[width - 1 :: width]])


def varies_most(outcomes: Floats) -> np.ndarray:
    """(M,) marks the measure of the largest variance.

    Example:
        >>> varies_most(np.array([[0.0, 1.0], [0.0, 0.0]])).tolist()
        [False, True]
    """
    variance = outcomes.var(axis=0)
    return np.asarray(np.arange(len(variance)) == variance.argmax())


def _totals(outcomes: Floats, width: int) -> tuple[Floats, Floats]:
    """(width - 2,) Jansen's total index and half its interval, of the measure where it is largest."""
    rows = outcomes.reshape(-1, width, outcomes.shape[1])
    variance = plain_points(outcomes, width).var(axis=0)
    squares = (rows[:, 1:-1] - rows[:, :1]) ** 2  # (base, groups, M)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.nan_to_num(squares.mean(axis=0) / (2 * variance))
        half = np.nan_to_num(Z * squares.std(axis=0, ddof=1) / np.sqrt(len(rows)) / (2 * variance))
    at = total.argmax(axis=1)
    each = np.arange(len(at))
    return total[each, at], half[each, at]


def _with_others(design: Saltelli, kept: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The inputs that are kept, all other numbers as one, and the inputs that are no numbers."""
    named = {path for name in kept for path in design.groups[name]}
    rest = tuple(path for path in design.paths if path not in named and path != DUMMY)
    groups = {name: design.groups[name] for name in kept}
    if rest:
        groups[OTHERS] = rest
    return groups | {name: paths for name, paths in design.groups.items() if name in _NAMELESS}
