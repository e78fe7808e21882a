"""Random numbers that many plays of the same worlds share: each stream is made once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sim.foundations import Bools, Dice, Floats, Ints, uniforms
from sim.foundations.dice import several_uniforms

#: Bytes of numbers that are kept; what comes after is made anew each time.
_MOST_BYTES: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Memory:
    """Streams made so far, for some draws.

    draws: (N,) numbers of the draws
    kept:  name of the stream -> (N,) uniforms; names of streams that are asked for together -> (M, N)
    room:  numbers that are kept, one place
    """

    draws: Ints
    kept: dict[str, Floats] = field(default_factory=dict)
    room: list[int] = field(default_factory=lambda: [0])

    def stream(self, seed: str, words: tuple[object, ...]) -> Floats | None:
        """(N,) uniforms of a stream; ``None`` where there is no room for another one."""
        name = "\x1f".join([seed, *(str(word) for word in words)])
        if name not in self.kept:
            if not self._has_room(1):
                return None
            self.kept[name] = uniforms(self.draws, seed, *words)
        return self.kept[name]

    def streams(self, seed: str, purposes: Sequence[tuple[object, ...]]) -> Floats | None:
        """(M, N) uniforms of many streams, kept as one; ``None`` where there is no room for them."""
        name = "\x1e".join([seed, *("\x1f".join([str(word) for word in words]) for words in purposes)])
        if name not in self.kept:
            if not self._has_room(len(purposes)):
                return None
            self.kept[name] = several_uniforms(self.draws, seed, purposes)
        return self.kept[name]

    def _has_room(self, streams: int) -> bool:
        """Make room for so many more streams, if there is any."""
        more = streams * len(self.draws)
        if (self.room[0] + more) * 8 > _MOST_BYTES:
            return False
        self.room[0] += more
        return True


@dataclass(frozen=True, slots=True)
class RememberedDice(Dice):
    """Dice whose numbers are those of plain dice, looked up instead of made again.

    at:     (B,) places of the draws in the memory
    memory: shared by all plays

    Example:
        >>> import numpy as np
        >>> numbers = np.array([3, 5, 8])
        >>> dice = RememberedDice("doc", numbers, np.arange(3), Memory(numbers)).select(np.array([2, 0]))
        >>> bool((dice.uniform("collapse", 1) == Dice("doc", np.array([8, 3])).uniform("collapse", 1)).all())
        True
    """

    at: Ints
    memory: Memory

    def uniform(self, *words: object) -> Floats:
        """(B,) uniforms in (0, 1), bit for bit those of plain dice."""
        whole = self.memory.stream(self.seed, words)
        return uniforms(self.draws, self.seed, *words) if whole is None else whole[self.at]

    def several(self, purposes: Sequence[tuple[object, ...]]) -> Floats:
        """(M, B) uniforms of many streams at once."""
        whole = self.memory.streams(self.seed, purposes)
        return several_uniforms(self.draws, self.seed, purposes) if whole is None else whole[:, self.at]

    def select(self, where: Bools | Ints) -> Dice:
        """Dice of the draws selected by a mask or by indices."""
        return RememberedDice(self.seed, self.draws[where], self.at[where], self.memory)

    def child(self, *words: object) -> Dice:
        """Dice with their own streams, remembered as well."""
        seed = "\x1f".join([self.seed, *(str(word) for word in words)])
        return RememberedDice(seed, self.draws, self.at, self.memory)
