"""Strategies that earn more than the average spread: replicator dynamics."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import scipy

from sim.foundations import Floats, ShapeError
from sim.games.game import GAMES, against, payoff_array

#: Length of the last stretch, in units of one over the range of payoffs.
_LONGEST = 2.0e5


@GAMES.register("replicator", source="Taylor & Jonker 1978, Math Biosci 40:145-156; Hofbauer & Sigmund 1998, ch. 7")
def replicator(payoff: npt.ArrayLike, start: npt.ArrayLike, time: float) -> Floats | None:
    """Follow one population in which a strategy grows at the rate at which it earns more than the average.

    Args:
        payoff: (S, S) payoff of the row's strategy against the column's
        start:  (S,) shares of the population, sum 1; a strategy that is absent stays absent
        time:   how long, 0 or more; infinity asks for the limit
    Returns:
        (S,) shares; None if the limit is asked for and the population cycles for ever
    Raises:  ShapeError if payoffs and shares do not fit
    Source:  Taylor & Jonker 1978. Integrated in logarithms of shares, which cannot leave the simplex. A limit must be
             an equilibrium among the strategies present (Hofbauer & Sigmund 1998, theorem 7.2.1), so that resting
             near a corner of a cycle does not pass for one
    Example:
        >>> dilemma = [[3, 0], [5, 1]]
        >>> replicator(dilemma, [0.9, 0.1], 2.0).round(6).tolist(), replicator(dilemma, [0.9, 0.1], np.inf).tolist()
        ([0.269123, 0.730877], [0.0, 1.0])
    """
    games, shares = np.asarray(payoff, dtype=np.float64), np.asarray(start, dtype=np.float64)
    if games.shape != (shares.size, shares.size):
        raise ShapeError(f"payoffs of shape {games.shape} for {shares.size} shares of a population")
    found = _follow(lambda x: (games @ x[0],), (shares,), float(np.ptp(games)), time)
    return None if found is None else found[0]


@GAMES.register("replicator-pair", source="Taylor 1979, J Appl Prob 16:76-83; Hofbauer & Sigmund 1998, ch. 10")
def replicator_pair(
    payoff: npt.ArrayLike, start: tuple[npt.ArrayLike, npt.ArrayLike], time: float
) -> tuple[Floats, Floats] | None:
    """Follow two populations that play against each other, rows against columns.

    Args:
        payoff: (2, M, N) payoffs of both
        start:  shares (M,) of the first population and (N,) of the second, sum 1 each
        time:   how long, 0 or more; infinity asks for the limit
    Returns:
        shares of both populations; None if the limit is asked for and they cycle for ever
    Raises:  ShapeError if payoffs and shares do not fit
    Source:  Taylor 1979
    Example:
        >>> battle_of_the_sexes = [[[2, 0], [0, 1]], [[1, 0], [0, 2]]]
        >>> [one.tolist() for one in replicator_pair(battle_of_the_sexes, ([0.7, 0.3], [0.4, 0.6]), np.inf)]
        [[1.0, 0.0], [1.0, 0.0]]
    """
    games = np.asarray(payoff, dtype=np.float64)
    shares = tuple(np.asarray(one, dtype=np.float64) for one in start)
    if games.shape != (2, shares[0].size, shares[1].size):
        raise ShapeError(f"payoffs of shape {games.shape} for populations of {shares[0].size} and {shares[1].size}")
    found = _follow(lambda x: (games[0] @ x[1], x[0] @ games[1]), shares, float(np.ptp(games)), time)
    return None if found is None else (found[0], found[1])


@GAMES.register("replicator-populations", source="Taylor 1979, J Appl Prob 16:76-83; Weibull 1995, ch. 5")
def replicator_populations(
    payoff: npt.ArrayLike, start: Sequence[npt.ArrayLike], time: float
) -> tuple[Floats, ...] | None:
    """Follow one population for each player of a game, any number of them.

    Args:
        payoff: (P, S_1, ..., S_P) payoffs
        start:  for each player shares (S_i,) of his population, sum 1
        time:   how long, 0 or more; infinity asks for the limit
    Returns:
        shares of every population; None if the limit is asked for and they cycle for ever
    Raises:  ShapeError if payoffs and shares do not fit
    Source:  Taylor 1979 for two; Weibull 1995, section 5.2 for any number
    Example:
        >>> to_agree = [[[[2, 0], [0, 0]], [[0, 0], [0, 1]]]] * 3
        >>> found = replicator_populations(to_agree, [[0.5, 0.5]] * 3, np.inf)
        >>> [one.round(6).tolist() for one in found]
        [[1.0, 0.0], [1.0, 0.0], [1.0, 0.0]]
    """
    games = payoff_array(payoff)
    shares = tuple(np.asarray(one, dtype=np.float64) for one in start)
    if tuple(one.size for one in shares) != games.shape[1:]:
        raise ShapeError(f"payoffs of shape {games.shape} for populations of {[one.size for one in shares]}")
    players = range(len(games))
    earned = lambda x: tuple(against(games[i], x, i) for i in players)  # noqa: E731
    return _follow(earned, shares, float(np.ptp(games)), time)


Populations = tuple[Floats, ...]


def _follow(
    earned: Callable[[Populations], Populations], start: Populations, spread: float, time: float
) -> Populations | None:
    """Shares at a time, or in the limit; a share is exp of what its strategy has earned so far, normalised."""
    if spread == 0 or time == 0:
        return start
    edges = np.cumsum([one.size for one in start])[:-1]
    with np.errstate(divide="ignore"):
        logs = np.log(np.concatenate(start))
    present = np.isfinite(logs)

    def shares(at: Floats) -> Populations:
        full = np.where(present, at, -np.inf)
        return tuple(np.asarray(scipy.special.softmax(one)) for one in np.split(full, edges))

    def growth(_: float, at: Floats) -> Floats:
        mixed = shares(at)
        own = earned(mixed)
        return np.concatenate([pay - x @ pay for x, pay in zip(mixed, own, strict=True)])

    begin = np.where(present, logs, 0.0)
    if np.isfinite(time):
        return shares(scipy.integrate.solve_ivp(growth, (0, time), begin, "DOP853", rtol=1e-12, atol=1e-13).y[:, -1])
    return _limit(growth, shares, begin, present, spread)


def _limit(
    growth: Callable[[float, Floats], Floats],
    shares: Callable[[Floats], Populations],
    begin: Floats,
    present: npt.NDArray[np.bool_],
    spread: float,
) -> Populations | None:
    """Go on in ever longer stretches until nothing moves and nothing absent would grow; None for a cycle."""
    at, length, before = begin, 20.0 / spread, np.inf
    while length * spread <= _LONGEST:
        run = scipy.integrate.solve_ivp(growth, (0, length), at, "LSODA", rtol=1e-12, atol=1e-13)
        at = run.y[:, -1]
        faster = growth(0.0, at)
        speed = float(np.abs(np.concatenate(shares(at)) * faster).max()) / spread
        settled = (faster[present] <= 1e-6 * spread).all()
        if settled and speed < 1e-11:
            return _rest(shares(at), faster / spread)
        along = run.y.T[:: max(1, run.y.shape[1] // 200)]
        fastest = max(float(np.abs(np.concatenate(shares(one)) * growth(0.0, one)).max()) for one in along) / spread
        if length * spread > 300 and fastest > 0.97 * before:
            return _rest(shares(at), faster / spread) if settled and speed < 1e-9 else None
        before, length = fastest, 2 * length
    return _rest(shares(at), faster / spread) if settled and speed < 1e-8 else None


def _rest(shares: Populations, faster: Floats) -> Populations:
    """Shares at rest: what is about to vanish is gone, also where it vanishes slowly, like one over time."""
    edges = np.cumsum([one.size for one in shares])[:-1]
    kept = [
        np.where((one < 1e-9) | ((one < 1e-4) & (rate < -1e-7)), 0.0, one)
        for one, rate in zip(shares, np.split(faster, edges), strict=True)
    ]
    return tuple(one / one.sum() for one in kept)
