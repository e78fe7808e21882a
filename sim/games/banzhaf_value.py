"""What a player adds to a coalition of the others, each as likely as any: the Banzhaf value."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.games.coalition import contributions, players_of, worths
from sim.games.game import GAMES


@GAMES.register("banzhaf-value", source="Banzhaf 1965, Rutgers Law Rev 19:317-343; Owen 1975, Nav Res Logist Q 22")
def banzhaf_value(worth: npt.ArrayLike) -> npt.NDArray[Any]:
    """Average what each player adds to the coalitions of the others, each as likely as any.

    Args:
        worth: (2 ** P,) worth of each coalition, players by bits; exact arithmetic where worths are fractions
    Returns:
        (P,) values; divided by their sum they are the normalised index
    Raises:  ShapeError if there is not one worth for each coalition
    Source:  Banzhaf 1965 for votes; Owen 1975 for any worth
    Example:
        >>> banzhaf_value([0, 0, 0, 0, 0, 1, 1, 1]).tolist()
        [0.25, 0.25, 0.75]
    """
    values = worths(worth)
    players = players_of(values)
    share = Fraction(1, 2 ** max(0, players - 1))
    kind = object if values.dtype == object else np.float64
    return contributions(values, np.full(players, share, dtype=kind))
