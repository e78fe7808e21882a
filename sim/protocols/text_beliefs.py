"""What a mediator learns of the parties from their yes and no to changes of a text, and which change he then tries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.protocols.text_changes import chance_of_yes
from sim.table import TypeGrid

#: Chance of an answer that no type would give: who is asked is none of the types of the grid exactly.
_ODD: Final = 0.01


@dataclass
class TextBeliefs:
    """Beliefs about everybody who signs, over what they may be like, and the answers that each type would give.

    types:  what they may be like, (B, S, G, K) values
    belief: (B, S, G) chance of each type, even at first
    heat:   (B, S, G) temperature of each type at the start; 0 for a hill-climber

    Source:  Bayes' rule on yes and no; the answers are those of Klein, Faratin, Sayama & Bar-Yam 2003. That a mediator
        learns from them: ours, after the one-text procedure of Fisher & Ury 1981, Getting to Yes, ch. 6
    Example:
        >>> values = np.array([[[[0.0, 1.0], [1.0, 0.0]]]])
        >>> types = TypeGrid(np.array([0]), values, np.zeros((1, 1, 2)), np.ones(values.shape, bool))
        >>> beliefs = TextBeliefs(types, np.full((1, 1, 2), 0.5), np.zeros((1, 1, 2)))
        >>> text, change = np.array([0]), np.array([1])
        >>> beliefs.learn(text, change, np.array([[True]]), 1.0, np.array([True]))
        >>> beliefs.belief[0, 0].round(2).tolist()
        [0.99, 0.01]
    """

    types: TypeGrid
    belief: Floats
    heat: Floats

    @classmethod
    def even(cls, types: TypeGrid, heat: Floats) -> TextBeliefs:
        """Nothing has been heard.

        Args:
            heat: (B, S) temperature at the start by unit of the range of payoff of those who sign, 0 for a hill-climber
        """
        unit = np.ptp(types.payoff, axis=3)
        return cls(types, np.full(unit.shape, 1.0 / types.count), heat[:, :, None] * unit)

    def yes(self, text: Ints, change: Ints, warmth: float) -> Floats:
        """(B, S, G, ...) chance that each type says yes to a change (B, ...) of the text (B,).

        Args:
            warmth: share of the temperature at the start that is left, 0..1
        """
        rows = np.arange(len(text)).reshape(-1, *[1] * (change.ndim - 1))
        before, free_before = self._at(rows, np.maximum(text, 0).reshape(rows.shape))
        after, free = self._at(rows, np.maximum(change, 0))
        heat = (self.heat * warmth).reshape(*self.heat.shape, *[1] * (change.ndim - 1))
        chance = chance_of_yes(after - before, np.broadcast_to(heat, after.shape))
        chance = np.where(free & ~free_before, 1.0, np.where(free | ~free_before, chance, 0.0))
        return np.clip(chance, _ODD, 1 - _ODD)

    def _at(self, rows: Ints, deal: Ints) -> tuple[Floats, Bools]:
        """(B, S, G, ...) what deals (B, ...) are worth to each type, and whether they cross no hard red line."""
        worth = self.types.payoff[rows, :, :, deal]
        free = self.types.permitted[rows, :, :, deal]
        order = (0, worth.ndim - 2, worth.ndim - 1, *range(1, worth.ndim - 2))
        return worth.transpose(order), free.transpose(order)

    def most_hopeful(self, text: Ints, changes: Ints, offerable: Bools, warmth: float, luck: Floats) -> Ints:
        """(B,) of some changes (B, L) the one to which everybody most likely says yes, NO_DEAL where there is none.

        Of equals one by ``luck`` (B,), uniform.
        """
        rows = np.arange(len(text))[:, None]
        possible = (changes != NO_DEAL) & offerable[rows, np.maximum(changes, 0)] & (text != NO_DEAL)[:, None]
        hope = (self.belief[..., None] * self.yes(text, changes, warmth)).sum(axis=2).prod(axis=1)
        hope = np.where(possible, np.round(hope, 12), -1.0)
        best = possible & (hope >= hope.max(axis=1, keepdims=True))
        so_far = best.cumsum(axis=1)
        place = (so_far > (luck * so_far[:, -1]).astype(np.int64)[:, None]).argmax(axis=1)
        return np.where(possible.any(axis=1), changes[rows[:, 0], place], NO_DEAL)

    def learn(self, text: Ints, change: Ints, said: Bools, warmth: float, where: Bools) -> None:
        """Bayes' rule on the answers (B, S) to a change, in the draws ``where`` one was put forward."""
        chance = self.yes(text, change, warmth)
        updated = self.belief * np.where(said[:, :, None], chance, 1 - chance)
        heard = (where & (change != NO_DEAL))[:, None, None]
        self.belief = np.where(heard, updated / updated.sum(axis=2, keepdims=True), self.belief)
