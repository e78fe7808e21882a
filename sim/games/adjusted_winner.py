"""Dividing issues between two sides by points, so that both get the same number: Adjusted Winner."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.foundations import InputError, ShapeError
from sim.games.game import GAMES

AssignedPoints = Sequence[int | float | Fraction]


class AdjustedWinner(NamedTuple):
    """Who gets what.

    shares: (I,) the first side's part of each issue, 0..1, as fractions; at most one issue is split
    scores: points of both sides by their own count, equal
    """

    shares: npt.NDArray[Any]
    scores: tuple[Fraction, Fraction]


@GAMES.register("adjusted-winner", source="Brams & Taylor 1996, Fair Division ch. 4; Raiffa 1982")
def adjusted_winner(first: AssignedPoints, second: AssignedPoints) -> AdjustedWinner:
    """Give each issue to who values it more, then move issues, and part of one, until both have the same points.

    The result is efficient and equitable, and envy-free where both distribute the same number of points. It is the
    egalitarian point of issues that can be divided, found exactly.

    Args:
        first:  (I,) points of the first side, 0 or more; decimals are taken for the fractions they print as
        second: (I,) points of the second side
    Returns:
        shares and scores
    Raises:  ShapeError if the numbers of issues differ; InputError for negative points or a side without any
    Source:  Brams & Taylor 1996. Sides that can guess each other's points gain by false ones (ibid., section 4.4)

    Example:
        >>> found = adjusted_winner([60, 30, 10], [30, 60, 10])
        >>> [str(share) for share in found.shares], [str(score) for score in found.scores]
        (['1', '0', '1/2'], ['65', '65'])
    """
    a, b = ([Fraction(str(one)) for one in points] for points in (first, second))
    if len(a) != len(b):
        raise ShapeError(f"points on {len(a)} and on {len(b)} issues")
    if min(*a, *b) < 0 or not sum(a) or not sum(b):
        raise InputError("points are 0 or more, and each side has some")
    # From the issue that is worth most to the first side, compared with the second, to the one worth least.
    order = sorted(range(len(a)), key=lambda k: (0, b[k] / a[k]) if a[k] else (1, Fraction(0)))
    shares = np.array([Fraction(0)] * len(a), dtype=object)
    mine, theirs = Fraction(0), sum(b, Fraction(0))
    for k in order:
        if a[k] + b[k] == 0:
            continue
        shares[k] = max(Fraction(0), min(Fraction(1), (theirs - mine) / (a[k] + b[k])))
        mine, theirs = mine + shares[k] * a[k], theirs - shares[k] * b[k]
    return AdjustedWinner(shares, (mine, theirs))
