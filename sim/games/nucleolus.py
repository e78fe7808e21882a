"""The division whose most unhappy coalition is least unhappy, then the second, and so on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from sim.foundations import Bools, Floats, InputError
from sim.games.coalition import members
from sim.games.game import GAMES
from sim.games.least_core import checked_players

#: Relative to the largest worth: excesses closer than this are equal.
_SAME = 1e-7


@dataclass(frozen=True)
class Nucleolus:
    """A division, and whether it is proven to be the nucleolus.

    allocation: (P,) what each player receives
    levels:     (L,) excesses, falling: what the coalitions fixed at each step would gain by leaving
    certified:  whether at every level the coalitions that unhappy are balanced, so that no change helps any of them
                without hurting another (Kohlberg 1971)
    """

    allocation: Floats
    levels: Floats
    certified: bool


@GAMES.register("nucleolus", source="Schmeidler 1969, SIAM J Appl Math 17:1163-1170; Kohlberg 1971, 20:62-66")
def nucleolus(worth: npt.ArrayLike, *, individually_rational: bool = True) -> Nucleolus:
    """Divide the worth of all by a sequence of linear programmes, each fixing the coalitions that are worst off.

    Args:
        worth: (2 ** P,) worth of each coalition, players by bits, P from 2 to 14
        individually_rational: whether nobody receives less than he is worth alone; without it, the prenucleolus
    Returns:
        the division, with a check that does not depend on how it was found
    Raises:  ShapeError if there is not one worth for each coalition; InputError for too few or many players, or
             players who are worth more apart than together
    Source:  Maschler, Peleg & Shapley 1979, Math Oper Res 4:303-338 (sequence of programmes)

    Example:
        >>> estate = [0, 0, 0, 0, 0, 0, 100, 200]  # claims of 100, 200 and 300 on 200
        >>> found = nucleolus(estate)
        >>> found.allocation.round(6).tolist(), found.certified
        ([50.0, 75.0, 75.0], True)
    """
    values = np.asarray(worth, dtype=np.float64)
    players = checked_players(values)
    alone = values[2 ** np.arange(players)]
    scale = float(np.abs(values).max()) or 1.0
    if individually_rational and alone.sum() > values[-1] + _SAME * scale:
        raise InputError("the players are worth more apart than together; no division gives each what he has alone")
    floor = alone / scale if individually_rational else np.full(players, -np.inf)
    inside = members(players)
    division, levels = _solve(values / scale, inside, floor)
    return Nucleolus(division * scale, levels * scale, _balanced(values / scale, inside, division, floor))


def _solve(worth: Floats, inside: Bools, floor: Floats) -> tuple[Floats, Floats]:
    """Lower the largest excess, fix the coalitions that hold it there, and go on until everything is fixed."""
    players = inside.shape[1]
    rows = inside.astype(np.float64)
    fixed, shares = rows[-1:], worth[-1:]
    free = np.ones(len(rows), dtype=bool)
    free[[0, -1]] = False
    levels = []
    while len(fixed) < players:
        open_rows = np.flatnonzero(free)
        found = scipy.optimize.linprog(
            np.append(np.zeros(players), 1.0),
            A_ub=-np.column_stack([rows[open_rows], np.ones(len(open_rows))]),
            b_ub=-worth[open_rows],
            A_eq=np.column_stack([fixed, np.zeros(len(fixed))]),
            b_eq=shares,
            bounds=[*((low, None) for low in floor), (None, None)],
        )
        if found.status != 0:
            raise InputError("no division was found within rounding; bring the worths to one scale")
        levels.append(float(found.x[-1]))
        # A coalition with a price on its excess holds it in every solution (complementary slackness).
        for row in open_rows[found.ineqlin.marginals < -1e-9]:
            if _new(fixed, rows[row]):
                fixed, shares = np.vstack([fixed, rows[row]]), np.append(shares, worth[row] - found.x[-1])
        # Coalitions whose share follows from what is fixed are fixed as well.
        basis = np.linalg.qr(fixed.T)[0]
        left = rows - (rows @ basis) @ basis.T
        free &= np.abs(left).max(axis=1) > 1e-9
    return np.asarray(np.linalg.solve(fixed, shares), dtype=np.float64), np.array(levels)


def _new(fixed: Floats, row: Floats) -> bool:
    """Whether a coalition says something that the fixed ones do not."""
    return int(np.linalg.matrix_rank(np.vstack([fixed, row]))) > len(fixed)


def _balanced(worth: Floats, inside: Bools, division: Floats, floor: Floats) -> bool:
    """Kohlberg's test: at no level can shares move so that no coalition of the level loses and one gains."""
    rows = inside[1:-1].astype(np.float64)
    excess = worth[1:-1] - rows @ division
    bound = division <= floor + _SAME
    for level in sorted({round(one, 7) for one in excess.tolist()}, reverse=True):
        unhappy = rows[excess >= level - _SAME]
        moved = scipy.optimize.linprog(
            -unhappy.sum(axis=0),
            A_ub=-unhappy,
            b_ub=np.zeros(len(unhappy)),
            A_eq=np.ones((1, division.size)),
            b_eq=[0.0],
            bounds=[(0.0 if held else -1.0, 1.0) for held in bound],
        )
        if -moved.fun > 1e-6:
            return False
        if np.linalg.matrix_rank(np.vstack([unhappy, np.ones(division.size)])) == division.size:
            return True  # nothing can move any more: levels below hold by themselves
    return True
