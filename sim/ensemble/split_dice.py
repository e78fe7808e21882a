"""Luck of talks and collapses kept apart from what kind of world it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.foundations import Bools, Dice, Floats, Ints, uniforms

#: Streams that say what the world is like, not how the story goes: whether a line is hard, whether somebody bluffs.
WORLD_STREAMS: Final = frozenset({"red line", "bluff"})


@dataclass(frozen=True, slots=True)
class SplitDice(Dice):
    """Random numbers of a block in which the world and the luck are counted separately.

    draws: (B,) number of the world: hard or soft red lines, bluffs
    luck:  (B,) number of the luck: talks, arms, collapses, conversions

    Two rows with the same world number and different luck are the same world told twice.

    Example:
        >>> import numpy as np
        >>> dice = SplitDice("doc", np.array([3, 3]), np.array([0, 1]))
        >>> lines, collapses = dice.uniform("red line", "x"), dice.uniform("collapse", 0)
        >>> bool(lines[0] == lines[1]), bool(collapses[0] == collapses[1])
        (True, False)
    """

    luck: Ints

    def uniform(self, *words: object) -> Floats:
        """(B,) uniforms in (0, 1), of the world or of the luck as the first word says."""
        numbers = self.draws if words and words[0] in WORLD_STREAMS else self.luck
        return uniforms(numbers, self.seed, *words)

    def select(self, where: Bools | Ints) -> Dice:
        """Dice of the rows selected by a mask or by indices."""
        return SplitDice(self.seed, self.draws[where], self.luck[where])

    def child(self, *words: object) -> Dice:
        """Dice of talks within the story: all luck."""
        return Dice("\x1f".join([self.seed, *(str(word) for word in words)]), self.luck)
