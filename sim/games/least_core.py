"""Divisions that no coalition can better by leaving: the core, and how far it is from being there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy

from sim.foundations import TOLERANCE, Floats, InputError
from sim.games.coalition import members, players_of
from sim.games.game import GAMES

#: Players up to which every coalition is looked at.
_MOST_PLAYERS = 14


@dataclass(frozen=True)
class LeastCore:
    """How much every coalition must be short of at most, and why no division does with less.

    excess:     least subsidy, or tax if below 0, for leaving, at which nobody leaves; the core exists if 0 or below
    allocation: (P,) a division that does with it
    balanced:   (2 ** P,) weights of coalitions in which each player takes part with weight 1 in all: what they are
                worth together, less what all are worth, is the excess times the sum of weights
    """

    excess: float
    allocation: Floats
    balanced: Floats

    @property
    def core(self) -> bool:
        """Whether some division is such that no coalition gains by leaving."""
        return self.excess <= TOLERANCE * max(1.0, float(np.abs(self.allocation).max()))


@GAMES.register("least-core", source="Maschler, Peleg & Shapley 1979, Math Oper Res 4:303-338; Shapley 1967")
def least_core(worth: npt.ArrayLike) -> LeastCore:
    """Divide the worth of all so that the most that any coalition could gain by leaving is as small as possible.

    Args:
        worth: (2 ** P,) worth of each coalition, players by bits, P from 2 to 14
    Returns:
        excess and division, with the balanced collection that proves that no division does better
    Raises:  ShapeError if there is not one worth for each coalition; InputError for too few or many players
    Source:  Maschler et al. 1979; balanced collections: Bondareva 1963, Shapley 1967, Nav Res Logist Q 14:453-460
    Example:
        >>> majority_of_three = [0, 0, 0, 1, 0, 1, 1, 1]
        >>> found = least_core(majority_of_three)
        >>> round(found.excess, 6), found.core, found.balanced.round(6).tolist()
        (0.333333, False, [0.0, 0.0, 0.0, 0.5, 0.0, 0.5, 0.5, 0.0])
    """
    values = np.asarray(worth, dtype=np.float64)
    players = checked_players(values)
    inside = members(players)[1:-1].astype(np.float64)
    scale = float(np.abs(values).max()) or 1.0
    found = scipy.optimize.linprog(
        np.append(np.zeros(players), 1.0),
        A_ub=-np.column_stack([inside, np.ones(len(inside))]),
        b_ub=-values[1:-1] / scale,
        A_eq=np.append(np.ones(players), 0.0)[None, :],
        b_eq=[values[-1] / scale],
        bounds=(None, None),
    )
    weight = np.zeros(values.size)
    weight[1:-1] = -found.ineqlin.marginals
    return LeastCore(float(found.x[-1]) * scale, found.x[:-1] * scale, weight / (weight[1:-1] @ inside).max())


def checked_players(worth: Floats) -> int:
    """Return the number of players of a game whose coalitions can all be looked at.

    Raises:  ShapeError if there is not one worth for each coalition; InputError for too few or many players
    """
    players = players_of(worth)
    if not 2 <= players <= _MOST_PLAYERS:
        raise InputError(f"{players} players; coalitions are compared for 2 to {_MOST_PLAYERS} of them")
    return players
