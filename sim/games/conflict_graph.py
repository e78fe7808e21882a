"""A conflict as options that decision makers take or leave, and what the graph model says of its states."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, InputError
from sim.games.graph_model import GraphStability, graph_model, graph_model_coalition

#: Options up to which all their combinations are looked at, where no states are named.
MOST_OPTIONS: Final = 12
#: Decision makers up to whom coalitions are asked.
_MOST_TOGETHER: Final = 6
#: Concepts of stability, as they are written, in the order of how far they look ahead.
CONCEPTS: Final = ("nash", "general", "symmetric", "sequential")


@dataclass(frozen=True)
class ConflictGraph:
    """Options, the states that can occur, and what each decision maker prefers; D of them, O options, S states.

    title:   of the conflict
    makers:  (D,) decision makers
    options: (O,) pairs (place of the decision maker, option)
    states:  (S,) patterns of O characters: Y taken, N left, - either, where that makes one state
    names:   (S,) what the states are called
    once:    (O,) whether an option, once taken, cannot be given up
    payoff:  (D, S) only the order matters; ties count
    """

    title: str
    makers: tuple[str, ...]
    options: tuple[tuple[int, str], ...]
    states: tuple[str, ...]
    names: tuple[str, ...]
    once: tuple[bool, ...]
    payoff: Floats

    def moves(self) -> Bools:
        """(D, S, S) whether a decision maker can move from a state to another by options of his own."""
        found = np.zeros((len(self.makers), len(self.states), len(self.states)), bool)
        for start, end in itertools.permutations(range(len(self.states)), 2):
            for maker in range(len(self.makers)):
                found[maker, start, end] = self._reaches(maker, self.states[start], self.states[end])
        return found

    def _reaches(self, maker: int, start: str, end: str) -> bool:
        for (owner, _), once, before, after in zip(self.options, self.once, start, end, strict=True):
            if owner != maker and before != after and "-" not in {before, after}:
                return False
            if owner == maker and once and (before, after) == ("Y", "N"):
                return False
        return True


@dataclass(frozen=True)
class CoalitionEscape:
    """A state that somebody would leave together though nobody would alone.

    coalition: places of the decision makers
    state:     place of the state that is an equilibrium for each of them alone
    """

    coalition: tuple[int, ...]
    state: int


@dataclass(frozen=True)
class SolvedConflict:
    """What the graph model says of a conflict.

    stable:     concept -> (D, S) whether a state is stable for a decision maker
    equilibria: concept -> places of the states that are stable for everybody
    escapes:    sequentially stable equilibria that a coalition would leave, if its members moved together
    """

    stable: Mapping[str, Bools]
    equilibria: Mapping[str, tuple[int, ...]]
    escapes: tuple[CoalitionEscape, ...]


def read_states(options: int, states: Sequence[str], infeasible: Sequence[str]) -> tuple[str, ...]:
    """The states that can occur: those named, or all combinations of options but the infeasible ones.

    Raises:  InputError for patterns of another length or with other characters, or too many combinations
    Example:
        >>> read_states(2, (), ("YY",))
        ('NN', 'YN', 'NY')
    """
    for pattern in (*states, *infeasible):
        if len(pattern) != options or set(pattern) - set("YN-"):
            raise InputError(f'"{pattern}" is no pattern of {options} options: one of Y, N, - for each, in their order')
    if states:
        return tuple(states)
    if options > MOST_OPTIONS:
        raise InputError(f"{options} options have too many combinations; name the states that can occur")
    every = ("".join(one[::-1]) for one in itertools.product("NY", repeat=options))
    return tuple(one for one in every if not any(_fits(one, pattern) for pattern in infeasible))


def _fits(state: str, pattern: str) -> bool:
    return all("-" in pair or pair[0] == pair[1] for pair in zip(state, pattern, strict=True))


def solve_conflict(conflict: ConflictGraph) -> SolvedConflict:
    """Ask at every state who stays, by four concepts, and what coalitions would leave.

    Source: Fang, Hipel & Kilgour 1993, Interactive Decision Making; coalitions: Kilgour, Hipel, Fang & Peng 2001
    """
    moves = conflict.moves()
    found: GraphStability = graph_model(moves, conflict.payoff)
    stable = {name: getattr(found, name)[0] for name in CONCEPTS}
    equilibria = {name: tuple(int(s) for s in np.flatnonzero(one.all(axis=0))) for name, one in stable.items()}
    escapes = []
    if len(conflict.makers) <= _MOST_TOGETHER:
        for size in range(2, len(conflict.makers) + 1):
            for coalition in itertools.combinations(range(len(conflict.makers)), size):
                stays = graph_model_coalition(moves, conflict.payoff, coalition).sequential[0, 0]
                escapes += [CoalitionEscape(coalition, s) for s in equilibria["sequential"] if not stays[s]]
    return SolvedConflict(stable, equilibria, tuple(escapes))
