"""Games in which everybody knows where he is, solved from their ends, ties told."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import TOLERANCE, InputError
from sim.games.game import GAMES
from sim.games.game_tree import GameTree, TreeNode

#: Equilibria that are told apart; where ties make more, it is said that there are more.
_MOST: Final = 200


@dataclass(frozen=True)
class SubgamePerfectPath:
    """What happens in a subgame-perfect equilibrium.

    payoffs: (P,) expected payoffs
    path:    moves that are made, each as (player's index, -1 for chance; what he knows; move)
    """

    payoffs: tuple[float, ...]
    path: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class SubgamePerfect:
    """What backward induction finds.

    equilibria: what can happen, each way once; more than one only where somebody is indifferent
    plan:       of the first of them: (player, what he knows) -> move, also where it is never reached
    ties:       (player, what he knows) where he is indifferent in some equilibrium
    more:       whether there are more than are listed
    """

    equilibria: tuple[SubgamePerfectPath, ...]
    plan: dict[tuple[int, str], str]
    ties: tuple[tuple[int, str], ...]
    more: bool

    @property
    def unique(self) -> bool:
        """Whether everything that can happen is one thing."""
        return len(self.equilibria) == 1 and not self.more


@GAMES.register("subgame-perfect", source="Zermelo 1913; Kuhn 1953; Selten 1965; ties: Osborne & Rubinstein 1994, 6.2")
def subgame_perfect(tree: GameTree) -> SubgamePerfect:
    """Solve a game of perfect information backwards, and list everything that can happen where somebody is indifferent.

    A move can be part of an equilibrium if what follows it is at least as good for the mover as the worst that may
    follow each of his other moves.

    Args:
        tree: the game
    Returns:
        payoffs and paths of all subgame-perfect equilibria in pure strategies, 200 at most
    Raises:  InputError where somebody does not know where he is
    Source:  Kuhn 1953; with ties the set of equilibria is built from the ends as well
    Example:
        >>> end = [TreeNode(None, payoff=one) for one in [(0.0, 0.0), (2.0, 1.0), (1.0, 2.0)]]
        >>> inner = TreeNode(1, "B", ("fight", "yield"), (), (end[0], end[1]))
        >>> tree = GameTree("entry", ("A", "B"), TreeNode(0, "A", ("enter", "stay out"), (), (inner, end[2])))
        >>> found = subgame_perfect(tree)
        >>> found.unique, found.equilibria[0].payoffs, [move for _, _, move in found.equilibria[0].path]
        (True, (2.0, 1.0), ['enter', 'yield'])
    """
    if not tree.perfect_information:
        raise InputError(
            "somebody moves without knowing where he is, so this tree is not solved by backward induction; its "
            "strategic form is"
        )
    solver = _Solver(len(tree.players))
    found = solver.solve(tree.root)
    return SubgamePerfect(tuple(found), solver.plan, tuple(solver.ties), solver.more)


class _Solver:
    def __init__(self, players: int) -> None:
        self.players = players
        self.plan: dict[tuple[int, str], str] = {}
        self.ties: list[tuple[int, str]] = []
        self.more = False

    def solve(self, node: TreeNode) -> list[SubgamePerfectPath]:
        """What can happen from a node on."""
        paid = node.payoff or (0.0,) * self.players
        if node.player is None:
            return [SubgamePerfectPath(tuple(float(one) for one in paid), ())]
        below = [self.solve(child) for child in node.children]
        found = self._chance(node, below) if node.player < 0 else self._choice(node, below)
        added = [
            SubgamePerfectPath(tuple(float(a + b) for a, b in zip(paid, one.payoffs, strict=True)), one.path)
            for one in found
        ]
        return self._distinct(added)

    def _choice(self, node: TreeNode, below: list[list[SubgamePerfectPath]]) -> list[SubgamePerfectPath]:
        player = node.player
        assert player is not None
        worst = [min(one.payoffs[player] for one in paths) for paths in below]
        found, moves = [], set()
        for move, paths in enumerate(below):
            others = max((worst[k] for k in range(len(below)) if k != move), default=-np.inf)
            for one in paths:
                if one.payoffs[player] >= others - TOLERANCE * max(1.0, abs(others)):
                    moves.add(move)
                    here = (player, node.infoset, node.actions[move])
                    found.append(SubgamePerfectPath(one.payoffs, (here, *one.path)))
        if len(moves) > 1:
            self.ties.append((player, node.infoset))
        best = max(range(len(below)), key=lambda k: (below[k][0].payoffs[player], -k))
        self.plan[(player, node.infoset)] = node.actions[best]
        first = [one for one in found if one.path[0][2] == node.actions[best]]
        return first + [one for one in found if one.path[0][2] != node.actions[best]]

    def _chance(self, node: TreeNode, below: list[list[SubgamePerfectPath]]) -> list[SubgamePerfectPath]:
        found = []
        for together in itertools.islice(itertools.product(*below), _MOST + 1):
            mean = np.dot(node.chances, np.array([one.payoffs for one in together]))
            path = tuple(
                step
                for action, one in zip(node.actions, together, strict=True)
                for step in ((-1, node.infoset, action), *one.path)
            )
            found.append(SubgamePerfectPath(tuple(float(one) for one in mean), path))
        return found

    def _distinct(self, paths: list[SubgamePerfectPath]) -> list[SubgamePerfectPath]:
        found = list({one.path: one for one in paths}.values())
        self.more |= len(found) > _MOST
        return found[:_MOST]
