"""A game in extensive form: who moves when, what he knows then, and what it comes to."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sim.foundations import Floats, InputError

#: Payoffs that a strategic form may hold; more would take minutes and tell nobody anything.
_MOST_CELLS: Final = 2_000_000


@dataclass(frozen=True)
class TreeNode:
    """A node: a chance move, a player's move or an end.

    player:   index of who moves; -1 for chance, ``None`` at an end
    infoset:  name of what the player knows here; nodes of a player with the same one look the same to him
    actions:  names of the moves
    chances:  of the moves of chance, sum 1
    children: what each move leads to
    payoff:   (P,) paid on the way here
    label:    what the node is called, if anything
    """

    player: int | None
    infoset: str = ""
    actions: tuple[str, ...] = ()
    chances: tuple[float, ...] = ()
    children: tuple[TreeNode, ...] = ()
    payoff: tuple[float, ...] = ()
    label: str = ""

    def walk(self) -> Iterator[TreeNode]:
        """Yield the node and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class GameTree:
    """A game in extensive form.

    title:   what it is called
    players: names
    root:    where it begins

    Source:  Kuhn 1953; Selten 1975, Int J Game Theory 4:25-55
    Example:
        >>> end = TreeNode(None, payoff=(1.0, 2.0))
        >>> other = TreeNode(None, payoff=(3.0, 0.0))
        >>> tree = GameTree("a choice", ("A", "B"), TreeNode(0, "1", ("left", "right"), (), (end, other)))
        >>> tree.payoffs().tolist(), tree.perfect_information
        ([[[1.0], [3.0]], [[2.0], [0.0]]], True)
    """

    title: str
    players: tuple[str, ...]
    root: TreeNode

    @cached_property
    def infosets(self) -> tuple[dict[str, tuple[str, ...]], ...]:
        """For each player what he may know when he moves -> his moves there."""
        found: tuple[dict[str, tuple[str, ...]], ...] = tuple({} for _ in self.players)
        for node in self.root.walk():
            if node.player is not None and node.player >= 0:
                found[node.player].setdefault(node.infoset, node.actions)
        return found

    @property
    def perfect_information(self) -> bool:
        """Whether everybody who moves knows where he is."""
        seen = [
            (node.player, node.infoset) for node in self.root.walk() if node.player is not None and node.player >= 0
        ]
        return len(seen) == len(set(seen))

    @cached_property
    def plans(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """For each player his strategies: a move for everything that he may know.

        Raises:  InputError where there are too many to list
        """
        size = float(len(self.players))
        for sets in self.infosets:
            size *= float(np.prod([len(actions) for actions in sets.values()], dtype=float))
        if size > _MOST_CELLS:
            raise InputError(f"the strategic form of this tree would hold {size:.3g} payoffs; too many to list")
        return tuple(
            tuple(itertools.product(*(range(len(actions)) for actions in sets.values()))) for sets in self.infosets
        )

    @property
    def strategies(self) -> tuple[tuple[str, ...], ...]:
        """For each player what his strategies are called: his moves, one after the other."""
        named = []
        for sets, plans in zip(self.infosets, self.plans, strict=True):
            actions = list(sets.values())
            named.append(
                tuple("/".join(actions[k][move] for k, move in enumerate(plan)) or "nothing" for plan in plans)
            )
        return tuple(named)

    def payoffs(self) -> Floats:
        """(P, S_1, ..., S_P) expected payoffs of the strategic form.

        Raises:  InputError where it is too large
        """
        moves = [
            {name: np.array([plan[k] for plan in plans]) for k, name in enumerate(sets)}
            for sets, plans in zip(self.infosets, self.plans, strict=True)
        ]
        return self._expected(self.root, moves, tuple(len(plans) for plans in self.plans))

    def _expected(self, node: TreeNode, moves: list[dict[str, np.ndarray]], shape: tuple[int, ...]) -> Floats:
        paid = np.array(node.payoff or [0.0] * len(self.players)).reshape(-1, *([1] * len(shape)))
        if node.player is None:
            return np.asarray(np.broadcast_to(paid, (len(self.players), *shape)).astype(float))
        below = [self._expected(child, moves, shape) for child in node.children]
        if node.player < 0:
            return np.asarray(paid + sum(chance * one for chance, one in zip(node.chances, below, strict=True)))
        axis = node.player
        which = moves[axis][node.infoset].reshape([-1 if k == axis else 1 for k in range(len(shape))])
        return np.asarray(paid + np.select([which[None] == k for k in range(len(below))], below))
