"""What a player adds to the coalitions he may join, on average: the Shapley value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.foundations import Bools, Floats, InputError
from sim.games.coalition import contributions, players_of, worths
from sim.games.game import GAMES


class SampledValue(NamedTuple):
    """Shapley values from orders drawn at random.

    value: (P,) means
    error: (P,) standard errors of the means
    """

    value: Floats
    error: Floats


@GAMES.register("shapley-value", source="Shapley 1953, Contributions to the Theory of Games II:307-317")
def shapley_value(worth: npt.ArrayLike) -> npt.NDArray[Any]:
    """Average what each player adds to those who came before, over all orders in which players may come.

    Args:
        worth: (2 ** P,) worth of each coalition, players by bits; exact arithmetic where worths are fractions
    Returns:
        (P,) values, of the kind of the worths; they add up to the worth of all less that of nobody
    Raises:  ShapeError if there is not one worth for each coalition
    Source:  Shapley 1953
    Example:
        >>> gloves = [0, 0, 0, 0, 0, 1, 1, 1]  # players 0 and 1 hold left gloves, 2 a right one
        >>> shapley_value(gloves).round(4).tolist()
        [0.1667, 0.1667, 0.6667]
    """
    values = worths(worth)
    players = players_of(values)
    weight = [Fraction(factorial(k) * factorial(players - k - 1), factorial(players)) for k in range(players)]
    exact = np.array(weight, dtype=object) if values.dtype == object else np.array(weight, dtype=np.float64)
    return contributions(values, exact)


@GAMES.register("shapley-value-sampled", source="Castro, Gomez & Tejada 2009, Comput Oper Res 36:1726-1730")
def shapley_value_sampled(
    worth: Callable[[Bools], npt.ArrayLike], players: int, orders: int, seed: int = 0
) -> SampledValue:
    """Estimate Shapley values of a game too large to list, from orders drawn at random.

    Orders come in pairs, one the reverse of the other: what is added early in one is added late in the other.

    Args:
        worth:   gives the worths (N,) of coalitions (N, P)
        players: P, 1 or more
        orders:  orders drawn, rounded up to pairs; at least two pairs
        seed:    of the random order
    Returns:
        values with standard errors
    Raises:  InputError for fewer than four orders
    Source:  Castro et al. 2009; pairs: Lomeli et al. 2019, NeurIPS workshop (antithetic permutations)

    Example:
        >>> found = shapley_value_sampled(lambda who: who.sum(axis=1) > 2, 5, 400)
        >>> bool((abs(found.value - 0.2) < 4 * found.error + 1e-12).all())
        True
    """
    if orders < 4:
        raise InputError(f"{orders} orders give no standard error; draw 4 or more")
    pairs = (orders + 1) // 2
    draw = np.random.default_rng(seed).random((pairs, players)).argsort(axis=1)
    means = np.zeros((2, pairs, players))
    for reverse, order in enumerate((draw, draw[:, ::-1])):
        place = np.empty_like(order)
        np.put_along_axis(place, order, np.arange(players)[None, :], axis=1)
        before = np.zeros(pairs)
        for turn in range(players + 1):  # one coalition of every order at a time, so that memory stays flat
            now = np.asarray(worth(place < turn), dtype=np.float64)
            if turn:
                np.put_along_axis(means[reverse], order[:, turn - 1 : turn], (now - before)[:, None], axis=1)
            before = now
    added = means.mean(axis=0)
    return SampledValue(added.mean(axis=0), added.std(axis=0, ddof=1) / np.sqrt(pairs))
