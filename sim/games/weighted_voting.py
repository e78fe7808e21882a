"""Power in a vote: who turns losing coalitions into winning ones, who can block, who decides alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, gcd, lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.foundations import Bools, InputError
from sim.games.game import GAMES

#: Cells of the table of coalitions by size and weight beyond which exact counting is left.
_CELLS = 20_000_000

#: Voters up to whom the number of coalitions fits into an integer of the machine.
_COUNTABLE = 62


@dataclass(frozen=True)
class VotingPower:
    """Exact power of each voter; arrays of fractions are (P,).

    shapley:    Shapley-Shubik: share of orders in which the voter turns the vote, sum 1
    banzhaf:    share of coalitions of the others that the voter turns, 0..1
    veto:       (P,) whether nothing passes without him
    dictator:   (P,) whether he alone passes everything
    passing:    share of all coalitions that carry a proposal, 0..1 (Coleman's power of a body to act)
    """

    shapley: npt.NDArray[Any]
    banzhaf: npt.NDArray[Any]
    veto: Bools
    dictator: Bools
    passing: Fraction

    @property
    def banzhaf_normalised(self) -> npt.NDArray[Any]:
        """Banzhaf power divided by its sum, (P,) fractions; all 0 where nobody ever turns a vote."""
        total = self.banzhaf.sum()
        return np.array([one / total if total else one for one in self.banzhaf], dtype=object)

    @property
    def shapley_decimal(self) -> list[float]:
        """Shapley-Shubik power as decimals, (P,): fractions of many voters are too long to read."""
        return [float(one) for one in self.shapley]

    @property
    def passing_decimal(self) -> float:
        """Share of all coalitions that carry a proposal, as a decimal."""
        return float(self.passing)

    @property
    def dummy(self) -> Bools:
        """(P,) whether the voter never matters."""
        return np.asarray(self.banzhaf == 0, dtype=bool)


@GAMES.register("weighted-voting", source="Shapley & Shubik 1954, Am Polit Sci Rev 48:787-792; Banzhaf 1965")
def weighted_voting(
    weights: Sequence[float | Fraction], quota: float | Fraction, least: int = 0, blocking: int = 0
) -> VotingPower:
    """Count, exactly, in how many orders and coalitions each voter decides.

    Args:
        weights:  (P,) votes of each voter, 0 or more; decimals are taken for the fractions they print as
        quota:    votes that carry a proposal, above 0
        least:    voters who have to agree besides (double majority), 0 or more
        blocking: fewest voters who can block by their votes alone: against fewer the quota counts as reached; 0 where
            votes alone count
    Returns:
        both indices as fractions, who blocks or decides alone, and how easily something passes
    Raises:  InputError for negative numbers, a quota of nothing, or weights so fine that exact counting is hopeless
    Source:  Shapley & Shubik 1954; Banzhaf 1965; counted by size and weight: Mann & Shapley 1962, RAND RM-3158;
             passing: Coleman 1971; double majority: Treaty on European Union, art. 16 (4), members and population
    Example:
        >>> found = weighted_voting([3, 2, 1], 4)
        >>> [str(one) for one in found.shapley], [str(one) for one in found.banzhaf_normalised]
        (['2/3', '1/6', '1/6'], ['3/5', '1/5', '1/5'])
        >>> [str(one) for one in weighted_voting([3, 1, 1, 1], 4, least=3).shapley]
        ['1/2', '1/6', '1/6', '1/6']
    """
    exact = [Fraction(str(one)) for one in (*weights, quota)]
    if min(exact) < 0 or exact[-1] <= 0:
        raise InputError("votes are 0 or more and the quota is above 0")
    if least < 0 or blocking < 0 or int(least) != least or int(blocking) != blocking:
        raise InputError("voters who have to agree, and those who can block, are counted: 0, 1, 2, ...")
    unit = lcm(*(one.denominator for one in exact))
    *votes, needed = (int(one * unit) for one in exact)
    step = gcd(*votes) or 1  # votes come in steps, and a quota between two of them is the upper one
    votes, needed = [vote // step for vote in votes], -(-needed // step)
    players, total = len(votes), sum(votes)
    if (players + 1) * (total + 1) > _CELLS:
        raise InputError("weights are too fine to count exactly; take shapley-value-sampled, or round them")
    size, weight = np.arange(players + 1)[:, None], np.arange(total + 1)

    def carried(joined: int = 0, vote: int = 0) -> Bools:
        """Which coalitions carry a proposal, by size and weight, once some more have joined."""
        heads = size + joined
        enough = (weight + vote >= needed) | ((players - heads < blocking) if blocking else False)
        return np.asarray(enough & (heads >= least))

    counts = np.zeros((players + 1, total + 1), dtype=np.int64 if players <= _COUNTABLE else object)
    counts[0, 0] = 1  # coalitions of each size and weight
    for vote in votes:
        counts[1:, vote:] += counts[:-1, : total + 1 - vote].copy()
    orders = [factorial(k) * factorial(max(0, players - k - 1)) for k in range(players + 1)]
    lost = ~carried()
    shapley, banzhaf = {}, {}
    for vote in set(votes):
        others = counts.copy()  # the same without one voter of this weight
        for k in range(1, players + 1):
            others[k, vote:] -= others[k - 1, : total + 1 - vote]
        turned = [int(one) for one in np.where(lost & carried(1, vote), others, 0).sum(axis=1)]
        weighed = sum(n * order for n, order in zip(turned, orders, strict=True))
        shapley[vote] = Fraction(weighed, factorial(players))
        banzhaf[vote] = Fraction(sum(turned), 2 ** (players - 1))
    passes = bool(carried()[players, total])
    alone = [vote >= needed or (blocking > 0 and players - 1 < blocking) for vote in votes]
    without = [bool(carried()[players - 1, total - vote]) for vote in votes]
    return VotingPower(
        np.array([shapley[vote] for vote in votes], dtype=object),
        np.array([banzhaf[vote] for vote in votes], dtype=object),
        np.array([passes and not one for one in without]),
        np.array([one and least <= 1 and not other for one, other in zip(alone, without, strict=True)]),
        Fraction(int(np.where(lost, 0, counts).sum()), 2**players),
    )
