"""Power in a vote: who turns losing coalitions into winning ones, who can block, who decides alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial, lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.foundations import Bools, InputError
from sim.games.game import GAMES

#: Cells of the table of coalitions by size and weight beyond which exact counting is left.
_CELLS = 20_000_000


@dataclass(frozen=True)
class VotingPower:
    """Exact power of each voter; arrays of fractions are (P,).

    shapley:    Shapley-Shubik: share of orders in which the voter turns the vote, sum 1
    banzhaf:    share of coalitions of the others that the voter turns, 0..1
    veto:       (P,) whether nothing passes without him
    dictator:   (P,) whether he alone passes everything
    """

    shapley: npt.NDArray[Any]
    banzhaf: npt.NDArray[Any]
    veto: Bools
    dictator: Bools

    @property
    def banzhaf_normalised(self) -> npt.NDArray[Any]:
        """Banzhaf power divided by its sum, (P,) fractions; all 0 where nobody ever turns a vote."""
        total = self.banzhaf.sum()
        return np.array([one / total if total else one for one in self.banzhaf], dtype=object)

    @property
    def dummy(self) -> Bools:
        """(P,) whether the voter never matters."""
        return np.asarray(self.banzhaf == 0, dtype=bool)


@GAMES.register("weighted-voting", source="Shapley & Shubik 1954, Am Polit Sci Rev 48:787-792; Banzhaf 1965")
def weighted_voting(weights: Sequence[float | Fraction], quota: float | Fraction) -> VotingPower:
    """Count, exactly, in how many orders and coalitions each voter decides.

    Args:
        weights: (P,) votes of each voter, 0 or more; decimals are taken for the fractions they print as
        quota:   votes that carry a proposal, above 0
    Returns:
        both indices as fractions, and who blocks or decides alone
    Raises:  InputError for negative weights, a quota of nothing, or weights so fine that exact counting is hopeless
    Source:  Shapley & Shubik 1954; Banzhaf 1965; counting by size and weight: Mann & Shapley 1962, RAND RM-3158
    Example:
        >>> found = weighted_voting([3, 2, 1], 4)
        >>> [str(one) for one in found.shapley], [str(one) for one in found.banzhaf_normalised]
        (['2/3', '1/6', '1/6'], ['3/5', '1/5', '1/5'])
    """
    exact = [Fraction(str(one)) for one in (*weights, quota)]
    if min(exact) < 0 or exact[-1] <= 0:
        raise InputError("votes are 0 or more and the quota is above 0")
    unit = lcm(*(one.denominator for one in exact))
    *votes, needed = (int(one * unit) for one in exact)
    players, total = len(votes), sum(votes)
    if (players + 1) * (total + 1) > _CELLS:
        raise InputError("weights are too fine to count exactly; take shapley-value-sampled, or round them")
    counts = np.zeros((players + 1, total + 1), dtype=object)  # coalitions of each size and weight
    counts[0, 0] = 1
    for vote in votes:
        counts[1:, vote:] += counts[:-1, : total + 1 - vote].copy()
    orders = np.array([factorial(k) * factorial(max(0, players - k - 1)) for k in range(players + 1)], dtype=object)
    shapley, banzhaf = {}, {}
    for vote in set(votes):
        others = counts.copy()  # the same without one voter of this weight
        for size in range(1, players + 1):
            others[size, vote:] -= others[size - 1, : total + 1 - vote]
        turned = others[:, max(0, needed - vote) : needed].sum(axis=1)
        shapley[vote] = Fraction(int((turned * orders).sum()), factorial(players))
        banzhaf[vote] = Fraction(int(turned.sum()), 2 ** (players - 1))
    passes = total >= needed
    return VotingPower(
        np.array([shapley[vote] for vote in votes], dtype=object),
        np.array([banzhaf[vote] for vote in votes], dtype=object),
        np.array([passes and total - vote < needed for vote in votes]),
        np.array([vote >= needed and total - vote < needed for vote in votes]),
    )
