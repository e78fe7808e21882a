"""A conflict as a graph: states, who can move between them, and where nobody will because others would answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.foundations import Bools, Floats, ShapeError
from sim.games.game import GAMES


@dataclass(frozen=True)
class GraphStability:
    """Where each decision maker stays, for four ways to look ahead: arrays (B, D, S).

    nash:       no move of his own improves on the state
    general:    every improvement can be answered by others so that he is no better off (GMR)
    symmetric:  and he cannot then get away from the answer either (SMR)
    sequential: every improvement can be so answered by others who improve with each step (SEQ)
    """

    nash: Bools
    general: Bools
    symmetric: Bools
    sequential: Bools

    def equilibria(self) -> dict[str, Bools]:
        """States that are stable for everybody, (B, S), by the name of the concept."""
        names = ("nash", "general", "symmetric", "sequential")
        return {name: np.asarray(getattr(self, name).all(axis=1)) for name in names}


@GAMES.register("graph-model", source="Fang, Hipel & Kilgour 1993, Interactive Decision Making: The Graph Model")
def graph_model(moves: npt.ArrayLike, payoff: npt.ArrayLike) -> GraphStability:
    """Ask at every state, for every decision maker, whether an improvement is worth its consequences.

    An answer is a sequence of moves by the others in which nobody moves twice in a row; each uses what it says he can
    reach in one move. Nash is blind to answers; the other three look one, two and one step ahead, the last of them
    without moves that hurt those who make them.

    Args:
        moves:  (D, S, S) whether decision maker d can move from a state to another; it need not be possible to return
        payoff: (D, S) or (B, D, S) what states are worth to each, in B worlds; only the order matters, ties count
    Returns:
        stability in every world
    Raises:  ShapeError if moves and payoffs do not fit
    Source:  Fang, Hipel & Kilgour 1993, ch. 3 (definitions for more than two: answers by legal sequences)

    Example:
        >>> to = np.zeros((2, 4, 4), dtype=bool)  # prisoner's dilemma: CC, CD, DC, DD
        >>> to[0, [0, 2, 1, 3], [2, 0, 3, 1]] = to[1, [0, 1, 2, 3], [1, 0, 3, 2]] = True
        >>> found = graph_model(to, [[3, 0, 5, 1], [3, 5, 0, 1]]).equilibria()
        >>> [np.flatnonzero(found[name][0]).tolist() for name in ("nash", "sequential")]
        [[3], [0, 3]]
    """
    reach, worth = _checked(moves, payoff)
    found = [_stability(reach, worth, (player,)) for player in range(len(reach))]
    return GraphStability(*(np.stack([one[concept] for one in found], axis=1) for concept in range(4)))


@GAMES.register("graph-model-coalition", source="Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008")
def graph_model_coalition(moves: npt.ArrayLike, payoff: npt.ArrayLike, coalition: Sequence[int]) -> GraphStability:
    """Ask the same of several decision makers who move together, when each of them gains by the result.

    Args:
        moves:     (D, S, S) as in ``graph_model``
        payoff:    (D, S) or (B, D, S)
        coalition: decision makers, 1 or more
    Returns:
        stability for the coalition, (B, 1, S) each; an answer deters it if one member is no better off
    Raises:  ShapeError if moves and payoffs do not fit
    Source:  Inohara & Hipel 2008, Group Decis Negot 17:379-403. Deviation: those outside answer one by one, not as
             coalitions of their own
    Example:
        >>> to = np.zeros((2, 4, 4), dtype=bool)
        >>> to[0, [0, 2, 1, 3], [2, 0, 3, 1]] = to[1, [0, 1, 2, 3], [1, 0, 3, 2]] = True
        >>> graph_model_coalition(to, [[3, 0, 5, 1], [3, 5, 0, 1]], (0, 1)).nash[0, 0].tolist()
        [True, True, True, False]
    """
    reach, worth = _checked(moves, payoff)
    return GraphStability(*(one[:, None, :] for one in _stability(reach, worth, tuple(coalition))))


def _checked(moves: npt.ArrayLike, payoff: npt.ArrayLike) -> tuple[Bools, Floats]:
    reach, worth = np.asarray(moves, dtype=bool), np.asarray(payoff, dtype=np.float64)
    worth = worth[None] if worth.ndim == 2 else worth
    if reach.ndim != 3 or reach.shape[1] != reach.shape[2] or worth.shape[1:] != reach.shape[:2]:
        raise ShapeError(f"moves of shape {reach.shape} and payoffs of shape {worth.shape} are no graph model")
    return reach & ~np.eye(reach.shape[1], dtype=bool), worth


def _stability(reach: Bools, worth: Floats, coalition: tuple[int, ...]) -> tuple[Bools, Bools, Bools, Bools]:
    """Nash, general, symmetric and sequential stability of a coalition: (B, S) each."""
    others = [player for player in range(len(reach)) if player not in coalition]
    gains = worth[:, :, None, :] > worth[:, :, :, None]  # (B, D, from, to)
    better = np.asarray(gains[:, coalition].all(axis=1))
    own = _sequences(reach[None, list(coalition)])
    improves = own & better
    answers = _sequences(reach[None, others])
    willing = _sequences(reach[None, others] & gains[:, others])
    # No way out of an answer: nothing the coalition reaches from there is better than where it began.
    no_better = np.logical_not(better)
    trapped = no_better & ~_any(better, own.swapaxes(-1, -2))
    return (
        _stays(improves, np.zeros_like(better)),
        _stays(improves, _any(no_better, answers.swapaxes(-1, -2))),
        _stays(improves, _any(trapped, answers.swapaxes(-1, -2))),
        _stays(improves, _any(no_better, willing.swapaxes(-1, -2))),
    )


def _sequences(steps: Bools) -> Bools:
    """States reached by sequences of steps (B, D, S, S) in which nobody moves twice in a row: (B, S, S)."""
    last = steps.copy()  # by who moved last
    while True:
        longer = last.copy()
        for mover in range(steps.shape[1]):
            before = np.asarray(np.delete(last, mover, axis=1).any(axis=1))
            longer[:, mover] |= _any(before, steps[:, mover])
        if (longer == last).all():
            return np.asarray(last.any(axis=1))
        last = longer


def _any(first: Bools, second: Bools) -> Bools:
    """Whether some state links two relations: (B, S, S)."""
    return np.asarray((first.astype(np.float32) @ second.astype(np.float32)) > 0)


def _stays(improves: Bools, answered: Bools) -> Bools:
    """Whether every improvement is answered: (B, S)."""
    return np.asarray(~(improves & ~answered).any(axis=-1))
