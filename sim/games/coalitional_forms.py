"""Coalitional games as textbooks give them: claims on an estate, runways, gloves, votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.foundations import Floats, InputError
from sim.games.coalition import members

#: Players up to whom every coalition is listed.
MOST_PLAYERS = 16


def bankruptcy_worth(claims: Sequence[float], estate: float) -> Floats:
    """What is left of an estate for each coalition once all others have been paid in full.

    Args:
        claims: (P,) debts, 0 or more
        estate: what there is, 0 or more
    Returns:
        (2 ** P,) worth of each coalition, players by bits
    Raises:  InputError for negative numbers, or too many players
    Source:  O'Neill 1982, Math Soc Sci 2:345-371; its nucleolus: Aumann & Maschler 1985, J Econ Theory 36:195-213
    Example:
        >>> bankruptcy_worth([100, 200, 300], 200).tolist()
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 100.0, 200.0]
    """
    debts = _numbers(claims, "claims")
    if estate < 0:
        raise InputError(f"the estate is {estate:g}; it is 0 or more")
    others = debts.sum() - members(len(debts)) @ debts
    return np.asarray(np.maximum(0.0, estate - others))


def airport_worth(costs: Sequence[float]) -> Floats:
    """What each coalition pays for the longest runway that one of its members needs, as a negative worth.

    Args:
        costs: (P,) of the runway that each needs, 0 or more
    Returns:
        (2 ** P,) worth of each coalition, 0 or less: what a member is given is less what he pays
    Raises:  InputError for negative numbers, or too many players
    Source:  Littlechild & Owen 1973, Management Science 20:370-372
    Example:
        >>> airport_worth([10, 20]).tolist()
        [0.0, -10.0, -20.0, -20.0]
    """
    needs = _numbers(costs, "costs")
    return np.asarray(0.0 - (members(len(needs)) * needs).max(axis=1, initial=0.0))


def glove_worth(left: int, right: int) -> Floats:
    """How many pairs each coalition can make of its members' gloves, one glove each, left ones first.

    Args:
        left:  holders of a left glove, 0 or more
        right: holders of a right one, 0 or more
    Returns:
        (2 ** P,) worth of each coalition
    Raises:  InputError for negative numbers, nobody, or too many players
    Source:  Shapley & Shubik 1969, J Econ Theory 1:9-25 (the market for gloves)

    Example:
        >>> glove_worth(1, 2).tolist()
        [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]
    """
    if left < 0 or right < 0:
        raise InputError(f"{left} left and {right} right gloves: neither is negative")
    held = _numbers([1.0] * (left + right), "gloves")
    inside = members(len(held))
    return np.asarray(np.minimum(inside[:, :left].sum(axis=1), inside[:, left:].sum(axis=1)), dtype=np.float64)


def voting_worth(weights: Sequence[float], quota: float) -> Floats:
    """1 for each coalition that has the votes, 0 for all others.

    Args:
        weights: (P,) votes, 0 or more
        quota:   votes needed
    Returns:
        (2 ** P,) worth of each coalition
    Raises:  InputError for negative numbers, or too many players
    Source:  von Neumann & Morgenstern 1944, ch. 10 (simple games)

    Example:
        >>> voting_worth([2, 1, 1], 3).tolist()
        [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0]
    """
    votes = _numbers(weights, "weights")
    return np.asarray(members(len(votes)) @ votes >= quota - 1e-9, dtype=np.float64)


def named_worth(worth: Mapping[Any, float]) -> Floats:
    """Worths by who belongs: 1 and 2 together are 12; of ten players and more, numbers with a blank between them.

    Coalitions that are left out are worth nothing.

    Raises:  InputError for a coalition that names nobody, somebody twice, or too many players
    Example:
        >>> named_worth({12: 90, 13: 80, 23: 70, 123: 120}).tolist()
        [0.0, 0.0, 0.0, 90.0, 0.0, 80.0, 70.0, 120.0]
    """
    found: dict[frozenset[int], float] = {}
    for name, value in worth.items():
        parts = str(name).split() if " " in str(name) else list(str(name))
        who = [int(part) for part in parts if part.isdecimal()]
        if len(who) != len(parts) or len(set(who)) != len(who) or 0 in who:
            raise InputError(f'"{name}" names no coalition; 12 is of the players 1 and 2')
        found[frozenset(who)] = float(value)
    players = max((max(named, default=0) for named in found), default=0)
    _numbers([0.0] * players, "players")
    told = np.zeros(2**players)
    for named, value in found.items():
        told[sum(1 << (player - 1) for player in named)] = value
    return told


def _numbers(given: Sequence[float], name: str) -> npt.NDArray[np.float64]:
    """One number for each player."""
    found = np.asarray(given, dtype=np.float64)
    if found.ndim != 1 or not 1 <= found.size <= MOST_PLAYERS:
        raise InputError(f"{name}: one number for each player is needed, of 1 to {MOST_PLAYERS} players")
    if not np.isfinite(found).all() or (found < 0).any():
        raise InputError(f"{name} are finite and 0 or more")
    return found
