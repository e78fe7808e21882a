"""Worlds played with levers in use: the same worlds, whatever is done in them."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from sim.bridges.goal import Goal
from sim.bridges.remembered import Memory, RememberedDice
from sim.engine import block_size
from sim.ensemble import Rows, play_parts
from sim.ensemble.played_block import PlayedBlock
from sim.ensemble.side_by_side import side_by_side
from sim.foundations import Bools, Floats, Ints
from sim.scenario import Draws, Scenario, draw
from sim.scenario.changes import change
from sim.scenario.kinds import ending_codes
from sim.scenario.levers_at import moved, on_offer
from sim.table import DealSpace


@dataclass(frozen=True)
class PlayedUse:
    """What came of some draws.

    reached: (B,) whether the draw brings what is wanted
    utility: (B, A) realised value, outside pressure included, without what levers cost; single precision
    ending:  (B,) how each stands at the end, codes of endings
    """

    reached: Bools
    utility: np.ndarray
    ending: np.ndarray


class Stage:
    """A scenario, the levers that may be used in it, and the draws it is played in.

    A lever is an intervention: it moves numbers in draws that the observations have selected without it, and
    every use of it is played on the same draws.

    Source: abduction, action, prediction (Pearl 2009, ch. 7); common random numbers (Glasserman & Yao 1992)
    """

    def __init__(
        self, scenario: Scenario, levers: Sequence[str], goal: Goal, numbers: Ints, executor: Executor | None = None
    ) -> None:
        """Set the stage.

        Args:
            levers:   (L,) names of the levers that may be used
            numbers:  (B,) numbers of the draws
            executor: plays uses that are expected side by side; the bits are the same without one
        """
        self.executor = executor
        self.scenario, self.levers, self.goal = scenario, tuple(levers), goal
        self.numbers = np.asarray(numbers, dtype=np.int64)
        self._spaces: dict[tuple[tuple[str, tuple[str | float, ...]], ...], DealSpace] = {}
        self._played: dict[tuple[float, ...], PlayedUse] = {}
        self._mirrors = {path for path, number in scenario.numbers.items() if number.quantity.follows}
        self._memory = Memory(self.numbers)
        self._states = goal.states(scenario)
        self._drawn: dict[tuple[int, int, int], Draws] = {}

    def named(self, use: Floats) -> dict[str, float]:
        """Lever -> how much it is used, for those in use."""
        return {name: float(amount) for name, amount in zip(self.levers, use, strict=True) if amount > 0}

    def endings(self, use: Floats) -> dict[str, float]:
        """Ending -> share of the draws with the levers used so much."""
        names = ending_codes(self.scenario)
        counts = np.bincount(self.play(use).ending, minlength=len(names))
        return dict(zip(names, (counts / len(self.numbers)).tolist(), strict=True))

    def blocks(self, use: Floats) -> Iterator[PlayedBlock]:
        """Play the draws part by part with the levers used so much, (L,) each 0..1."""
        for _, played in self._parts(use):
            yield played

    def _parts(self, use: Floats) -> Iterator[tuple[Ints, PlayedBlock]]:
        """The same, with the places of the draws among all."""
        named = self.named(use)
        space = self._space(named)
        size = block_size(space, len(space.scenario.actors))
        for start in range(0, len(self.numbers), size):
            worlds = self._moved(space, named, start, min(start + size, len(self.numbers)))
            for where, played in play_parts(space, Rows(worlds.dice.draws, drawn=worlds), states=self._states):
                yield start + where, played

    def _moved(self, space: DealSpace, named: Mapping[str, float], start: int, stop: int) -> Draws:
        """Some of the draws with levers in use."""
        worlds = self._worlds(space, start, stop)
        if fixed := moved(self.scenario, named, worlds):
            own = {path: v for path, v in worlds.values.items() if path not in self._mirrors}
            values = draw(space.scenario, worlds.dice.draws, fixed={**own, **fixed}).values
            worlds = Draws(values, worlds.dice)
        return worlds

    def _play_together(self, keys: Sequence[tuple[float, ...]]) -> None:
        """Play uses under which the same deals are there, in as few blocks as they fit into."""
        by_space: dict[int, list[tuple[float, ...]]] = {}
        spaces: dict[int, DealSpace] = {}
        for key in keys:
            space = self._space(self.named(np.array(key)))
            spaces[id(space)] = space
            by_space.setdefault(id(space), []).append(key)
        count = len(self.numbers)
        for name, group in by_space.items():
            space = spaces[name]
            each = block_size(space, len(space.scenario.actors)) // count
            if each < 2:
                continue  # a use fills blocks of its own
            for first in range(0, len(group), each):
                some = group[first : first + each]
                worlds = [self._moved(space, self.named(np.array(key)), 0, count).values for key in some]
                values = {path: np.concatenate([one[path] for one in worlds]) for path in worlds[0]}
                numbers, at = np.tile(self.numbers, len(some)), np.tile(np.arange(count), len(some))
                dice = RememberedDice(space.scenario.seed, numbers, at, self._memory)
                parts = play_parts(space, Rows(numbers, drawn=Draws(values, dice)), states=self._states)
                whole = self._read(parts)
                for n, key in enumerate(some):
                    where = slice(n * count, (n + 1) * count)
                    self._played[key] = PlayedUse(whole.reached[where], whole.utility[where], whole.ending[where])

    def _read(self, parts: Iterable[tuple[Ints, PlayedBlock]]) -> PlayedUse:
        """What came of draws that were played part by part."""
        places, reached, utility, ending = [], [], [], []
        for where, block in parts:
            places.append(where)
            reached.append(self.goal.reached(block))
            utility.append(block.outcome.utility.astype(np.float32))
            ending.append(block.outcome.ending.astype(np.uint8))
        order = np.argsort(np.concatenate(places), kind="stable")
        return PlayedUse(np.concatenate(reached)[order], np.concatenate(utility)[order], np.concatenate(ending)[order])

    def play(self, use: Floats) -> PlayedUse:
        """Play all draws with the levers used so much; what was played is remembered."""
        key = tuple(float(amount) for amount in use)
        if key not in self._played:
            self._played[key] = self._read(self._parts(use))
        return self._played[key]

    def on(self, numbers: Ints) -> Stage:
        """The same on other draws."""
        return Stage(self.scenario, self.levers, self.goal, numbers, self.executor)

    def expect(self, uses: Iterable[Floats]) -> None:
        """Play uses that are about to be asked for: side by side, or without an executor in the same blocks."""
        keys = dict.fromkeys(tuple(float(amount) for amount in use) for use in uses)
        new = [key for key in keys if key not in self._played]
        if len(new) < 2:
            return
        if self.executor is None:
            self._play_together(new)
            return
        shared = partial(pickle.dumps, (self.scenario, self.levers, self.goal, self.numbers), protocol=5)
        found = side_by_side(new, self._played_here, self.executor, _played_elsewhere, shared)
        self._played |= dict(zip(new, found, strict=True))

    def _played_here(self, key: tuple[float, ...]) -> PlayedUse:
        return self.play(np.array(key))

    def _worlds(self, space: DealSpace, start: int, stop: int) -> Draws:
        """Some of the draws as they are without levers, with random numbers that all uses share; drawn once."""
        key = (id(space), start, stop)
        if key not in self._drawn:
            numbers = self.numbers[start:stop]
            dice = RememberedDice(space.scenario.seed, numbers, np.arange(start, stop), self._memory)
            self._drawn[key] = Draws(draw(space.scenario, numbers).values, dice)
        return self._drawn[key]

    def _space(self, named: Mapping[str, float]) -> DealSpace:
        offer = on_offer(self.scenario, named)
        key = tuple(sorted(offer.items()))
        if key not in self._spaces:
            changes = {f"issues.{issue}.available": list(levels) for issue, levels in offer.items()}
            self._spaces[key] = DealSpace.of(change(self.scenario, changes))
        return self._spaces[key]


def _played_elsewhere(packed: bytes, key: tuple[float, ...]) -> PlayedUse:
    """Play a use on a stage that was sent to this process."""
    return _stage(packed).play(np.array(key))


@lru_cache(maxsize=2)
def _stage(packed: bytes) -> Stage:
    return Stage(*pickle.loads(packed))  # noqa: S301 - made by this program, a moment ago
