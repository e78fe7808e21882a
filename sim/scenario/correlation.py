"""Numbers that are high or low together: rank correlations, drawn by one Gaussian copula."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from scipy.special import ndtr, ndtri

from sim.foundations import Floats

#: Quantiles stay within the open unit interval.
_EDGE: Final = 2.0**-53


class Correlation(BaseModel):
    """Numbers that move together from world to world, each pair of them with the same rank correlation.

    Each keeps its own range and shape. A number that is fixed leaves the others where they were. Designs that choose
    quantiles themselves (Sobol, Morris) choose those before they are tied: the index of a number is then that of what
    it adds to the tied numbers before it in the order of names.

    Source: Gaussian copula with Spearman's rank correlation: Iman & Conover 1982, Commun Stat B 11:311-334.

    Example:
        >>> Correlation(numbers=["a.patience", "b.patience"], rank=0.5, assumed="the same school of thought").rank
        0.5
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    numbers: tuple[str, ...] = Field(min_length=2, description="paths of the numbers")
    rank: float = Field(gt=-1, lt=1, description="Spearman's rank correlation of each pair, above -1 and below 1")
    claims: tuple[str, ...] = Field((), description="claims of the evidence file that it rests on")
    assumed: str = Field("", description="why, where the evidence is silent")

    @property
    def words(self) -> str:
        """Which numbers are high or low together, and how far, for people.

        Example:
            >>> Correlation(numbers=["a.patience", "b.patience"], rank=-0.5, assumed="rivals").words
            'a.patience and b.patience are drawn together, with a rank correlation of -0.5: rivals'
        """
        *first, last = self.numbers
        why = f": {self.assumed}" if self.assumed else f": {', '.join(self.claims)}" if self.claims else ""
        return f"{', '.join(first)} and {last} are drawn together, with a rank correlation of {self.rank:g}{why}"


def correlated(paths: tuple[str, ...], factor: Floats, uniform: Mapping[str, Floats]) -> dict[str, Floats]:
    """Turn independent quantiles of some numbers into correlated ones.

    Args:
        paths:   of the numbers, in the order of ``factor``; the first keeps its quantiles
        factor:  (N, N) lower triangle whose product with its transpose is the correlation of normal scores
        uniform: path -> (B,) quantiles in (0, 1)

    Returns:
        path -> (B,) quantiles, each uniform by itself
    """
    scores = [ndtri(uniform[path]) for path in paths]
    found = {}
    for row, path in enumerate(paths):  # summed one by one, so that a draw is the same in blocks of any size
        score = np.zeros_like(scores[row])
        for column in range(row + 1):
            score += factor[row, column] * scores[column]
        found[path] = uniform[path] if row == 0 else np.clip(ndtr(score), _EDGE, 1 - _EDGE)
    return found


def copula(correlations: Mapping[str, Correlation]) -> tuple[tuple[str, ...], Floats]:
    """The numbers of all correlations, in the order of their names, and the factor of the copula of all of them.

    Pairs of which nothing is said are independent.

    Returns:
        (N,) paths, and (N, N) factor as ``correlated`` takes it
    Raises:  ValueError if there is no joint distribution with these correlations
    Source:  normal score correlation 2 sin(pi rank / 6) for Spearman's rank: Kruskal 1958, J Am Stat Assoc 53:814-861
    """
    paths = tuple(sorted({path for one in correlations.values() for path in one.numbers}))
    matrix = np.eye(len(paths))
    for one in correlations.values():
        score = 2 * np.sin(np.pi * one.rank / 6)
        for first, second in itertools.permutations(one.numbers, 2):
            matrix[paths.index(first), paths.index(second)] = score
    try:
        return paths, np.asarray(np.linalg.cholesky(matrix), np.float64)
    except np.linalg.LinAlgError:
        raise ValueError("no joint distribution has all of these correlations; some pairs contradict others") from None
