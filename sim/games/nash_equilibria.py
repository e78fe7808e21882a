"""All Nash equilibria of a game of two players, as corners and as the continua between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.foundations import TOLERANCE, Floats, InputError
from sim.games.game import GAMES, payoff_array

#: Strategies of both players together from which on enumeration takes minutes.
_MOST = 20


@dataclass(frozen=True)
class EquilibriumSet:
    """Every mixture of these rows is in equilibrium with every mixture of these columns.

    rows:    (X, M) mixed strategies of the first player
    columns: (Y, N) mixed strategies of the second
    """

    rows: Floats
    columns: Floats

    @property
    def isolated(self) -> bool:
        """Whether the set is one point and no continuum."""
        return len(self.rows) == len(self.columns) == 1


@dataclass(frozen=True)
class NashEquilibria:
    """What is in equilibrium.

    extreme: corners: pairs of mixed strategies, those with the fewest pure strategies first
    sets:    maximal convex sets whose union is all equilibria; two that share a corner belong to one component
    """

    extreme: tuple[tuple[Floats, Floats], ...]
    sets: tuple[EquilibriumSet, ...]

    @property
    def unique(self) -> bool:
        """Whether there is a single equilibrium."""
        return len(self.extreme) == 1


@GAMES.register(
    "nash-equilibria", source="von Stengel 2007, Algorithmic Game Theory ch. 3; sets: Avis et al. 2010, Econ Theory 42"
)
def nash_equilibria(payoff: npt.ArrayLike) -> NashEquilibria:
    """Enumerate the equilibria of a game of two players by the corners of both best-reply polytopes.

    In a degenerate game equilibria form continua. Their corners are all found; which mixtures of corners are
    equilibria as well is what ``sets`` says, so that nobody takes one corner for the answer.

    Args:
        payoff: (2, M, N) payoffs of both players, together at most 20 strategies
    Returns:
        corners and sets
    Raises:  InputError for more players or strategies; InputError names what to use instead
    Source:  vertex enumeration, Mangasarian 1964, J SIAM 12:778-780; polytopes by nashpy (Knight & Campbell 2018)

    Example:
        >>> stag_hunt = [[[4, 0], [3, 3]], [[4, 3], [0, 3]]]
        >>> [(x.round(2).tolist(), y.round(2).tolist()) for x, y in nash_equilibria(stag_hunt).extreme]
        [([1.0, 0.0], [1.0, 0.0]), ([0.0, 1.0], [0.0, 1.0]), ([0.75, 0.25], [0.75, 0.25])]
    """
    games = payoff_array(payoff)
    if len(games) != 2:
        raise InputError(f"{len(games)} players; beyond two use pure-equilibria, logit-qre or correlated-equilibrium")
    if sum(games.shape[1:]) > _MOST:
        raise InputError(
            f"{games.shape[1]} and {games.shape[2]} strategies are too many to enumerate all equilibria; "
            "drop dominated ones, or use pure-equilibria and logit-qre-trace"
        )
    first, second = (_scaled(one) for one in games)
    rows, row_labels = _corners(second.T)
    columns, column_labels = _corners(first)
    # A corner of the rows' polytope has the labels: replies of the second player that are best, then own rows unused.
    replies = np.roll(row_labels, games.shape[1], axis=1)  # unused rows first, as the columns' polytope has them
    pairs = [
        (rows[i], columns[j])
        for i, j in np.argwhere((replies[:, None, :] | column_labels[None, :, :]).all(axis=2))
        if _gain(first, second, rows[i], columns[j]) <= TOLERANCE
    ]
    extreme = sorted(_distinct(pairs), key=_order)
    return NashEquilibria(tuple(extreme), tuple(_sets(extreme)))


def _scaled(payoff: Floats) -> Floats:
    """Payoffs between 1 and 2, which bound the polytope and change no reply."""
    spread = np.ptp(payoff)
    return np.asarray(1 + (payoff - payoff.min()) / (spread if spread > 0 else 1.0))


def _corners(payoff: Floats) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Mixed strategies at the corners of ``payoff x <= 1, x >= 0``, and which of these constraints hold exactly."""
    size, own = payoff.shape
    if own == 1:  # no polytope: one strategy, and the best replies to it
        tight = np.concatenate([payoff[:, 0] >= payoff.max() - TOLERANCE, [False]])
        return np.ones((1, 1)), tight[None, :]
    from nashpy.polytope import build_halfspaces, non_trivial_vertices

    corners, labels = [], []
    for corner, tight in non_trivial_vertices(build_halfspaces(payoff)):
        corners.append(corner / corner.sum())
        labels.append(np.isin(np.arange(size + own), list(tight)))
    mixed = np.where(np.abs(corners) < 1e-12, 0.0, corners)
    return mixed / mixed.sum(axis=1, keepdims=True), np.array(labels)


def _gain(first: Floats, second: Floats, x: Floats, y: Floats) -> float:
    """What the better of two deviations would gain."""
    return float(max((first @ y).max() - x @ first @ y, (x @ second).max() - x @ second @ y))


def _distinct(pairs: list[tuple[Floats, Floats]]) -> list[tuple[Floats, Floats]]:
    """Pairs without those that differ by rounding."""
    return list({_key(*pair): pair for pair in reversed(pairs)}.values())


def _key(x: Floats, y: Floats) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return _rounded(x), _rounded(y)


def _rounded(mixed: Floats) -> tuple[float, ...]:
    return tuple((np.round(mixed, 8) + 0.0).tolist())


def _order(pair: tuple[Floats, Floats]) -> tuple[int, tuple[float, ...], tuple[float, ...]]:
    """Few pure strategies first, then those listed first."""
    x, y = pair
    return int((x > 1e-9).sum() + (y > 1e-9).sum()), _rounded(-x), _rounded(-y)


def _sets(extreme: list[tuple[Floats, Floats]]) -> list[EquilibriumSet]:
    """Maximal sets of rows and columns all of whose pairs are extreme equilibria (maximal cliques of two sides)."""
    rows = {_rounded(x): x for x, _ in extreme}
    columns = {_rounded(y): y for _, y in extreme}
    partners = {row: frozenset(y for x, y in (_key(*pair) for pair in extreme) if x == row) for row in rows}
    found: set[frozenset[tuple[float, ...]]] = set()
    for own in partners.values():
        found |= {own} | {own & other for other in found}
    sets = {}
    for right in found - {frozenset()}:
        left = tuple(row for row in rows if right <= partners[row])
        shared = frozenset.intersection(*(partners[row] for row in left))
        sets[left] = tuple(column for column in columns if column in shared)
    chosen = sorted(sets.items(), key=lambda one: [list(rows).index(row) for row in one[0]])
    return [
        EquilibriumSet(np.array([rows[row] for row in left]), np.array([columns[column] for column in right]))
        for left, right in chosen
    ]
