"""Learning by best replies to what the other has done so far: fictitious play."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.foundations import Floats, InputError
from sim.games.game import GAMES, payoff_array


class FictitiousPlay(NamedTuple):
    """What two learners have done.

    row, column: (M,), (N,) how often each played each strategy, sum 1
    gain:        what both together would gain by a best reply to these frequencies, as a part of the range of
                 payoffs; near 0 where the frequencies are close to an equilibrium
    """

    row: Floats
    column: Floats
    gain: float


@GAMES.register("fictitious-play", source="Brown 1951; Robinson 1951, Ann Math 54:296-301; Shapley 1964")
def fictitious_play(payoff: npt.ArrayLike, rounds: int, start: tuple[int, int] | None = None) -> FictitiousPlay:
    """Let two players answer, at the same time and round after round, what the other has played so far.

    Frequencies approach an equilibrium in zero-sum, 2 x 2, potential and dominance-solvable games, and cycle for ever
    in Shapley's; ``gain`` tells which happened. Stretches in which both repeat themselves are counted in one step.

    Args:
        payoff: (2, M, N) payoffs of both
        rounds: number of rounds, 1 or more
        start:  strategies of the first round; best replies to nothing, the first of each, if not given
    Returns:
        frequencies over all rounds, the first included
    Raises:  InputError for no rounds or more than two players
    Source:  Brown 1951, in Activity Analysis of Production and Allocation; indifferent, a player takes the strategy
             that is listed first
    Example:
        >>> pennies = [[[1, -1], [-1, 1]], [[-1, 1], [1, -1]]]
        >>> fictitious_play(pennies, 10_000).row.round(2).tolist()
        [0.5, 0.5]
    """
    games = payoff_array(payoff)
    if len(games) != 2 or rounds < 1:
        raise InputError("fictitious play needs two players and at least one round")
    first, second = games[0], games[1].T
    times = np.zeros(first.shape[0], dtype=np.int64), np.zeros(first.shape[1], dtype=np.int64)
    i, j = start if start is not None else (0, 0)
    times[0][i] += 1
    times[1][j] += 1
    done = 1
    while done < rounds:
        own, other = first @ times[1], second @ times[0]
        i, j = int(own.argmax()), int(other.argmax())
        stay = min(_stay(own, first[:, j], i), _stay(other, second[:, i], j), rounds - done)
        times[0][i] += stay
        times[1][j] += stay
        done += stay
    row, column = times[0] / rounds, times[1] / rounds
    gain = (first @ column).max() - row @ first @ column + (second @ row).max() - column @ second @ row
    return FictitiousPlay(row, column, float(gain / max(np.ptp(games), np.finfo(float).tiny)))


def _stay(total: Floats, gain: Floats, best: int) -> int:
    """For how many rounds of the same answers a best reply surely stays one, 1 or more."""
    rising = gain > gain[best]
    if not rising.any():
        return np.iinfo(np.int64).max
    rounds = (total[best] - total[rising]) / (gain[rising] - gain[best])
    return max(1, int(rounds.min()) - 1)
