"""What others think an actor may be like: a grid of types, and what deals and no deal are worth to each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.scenario.private_numbers import typed_draws
from sim.table.build_worlds import build
from sim.table.worlds import Worlds

#: Types that are told apart of an actor; a prime, so that a lattice spreads several secrets evenly.
TYPES: Final = 11


@dataclass(frozen=True)
class TypeGrid:
    """Values of deals to every type of those who sign, for a block of draws; G types, equally likely beforehand.

    actors:       (S,) indices of the actors who sign
    payoff:       (B, S, G, K) value V of each deal
    disagreement: (B, S, G) value W of no deal
    permitted:    (B, S, G, K) deals that cross no hard red line

    Example:
        >>> grid = TypeGrid.of_values(np.array([[0.2, 0.6]]), np.array([[0.0, 0.1, 0.3]]))
        >>> grid.count, grid.gain(0)[0, 2].round(3).tolist()
        (3, [-0.1, 0.3])
    """

    actors: Ints
    payoff: Floats
    disagreement: Floats
    permitted: Bools

    @classmethod
    def of(cls, worlds: Worlds, count: int = TYPES) -> TypeGrid:
        """Build the core model once for each type; everything that is not private stays as it was drawn."""
        scenario, signers = worlds.scenario, np.flatnonzero(worlds.rule.signers)
        names = [worlds.actors[one] for one in signers]
        shape = (len(worlds.draws), len(signers), count)
        payoff, nothing = np.empty((*shape, len(worlds.space))), np.empty(shape)
        permitted = np.empty(payoff.shape, bool)
        for number in range(count):
            table = build(worlds.space, typed_draws(scenario, worlds.draws, names, number, count)).table
            payoff[:, :, number], nothing[:, :, number] = table.payoff[:, signers], table.disagreement[:, signers]
            permitted[:, :, number] = table.permitted[:, signers]
        return cls(signers, payoff, nothing, permitted)

    @classmethod
    def of_values(cls, payoff: Floats, disagreement: Floats) -> TypeGrid:
        """Types that differ in what no deal is worth to them, in one world in which everybody signs.

        Args:
            payoff:       (A, K) value of each deal
            disagreement: (A, G) value of no deal to each type
        """
        shape = (1, *disagreement.shape, payoff.shape[1])
        return cls(
            np.arange(len(payoff)),
            np.broadcast_to(payoff[None, :, None], shape).copy(),
            disagreement[None].astype(float),
            np.ones(shape, bool),
        )

    @property
    def count(self) -> int:
        """G."""
        return int(self.disagreement.shape[2])

    def gain(self, actor: int) -> Floats:
        """(B, G, K) what each deal is worth above no deal to each type of a signer; -inf across a hard red line."""
        place = int(np.searchsorted(self.actors, actor))
        above = self.payoff[:, place] - self.disagreement[:, place, :, None]
        return np.where(self.permitted[:, place], above, -np.inf)

    def select(self, where: Bools | Ints) -> TypeGrid:
        """The types in some of the draws."""
        return TypeGrid(self.actors, self.payoff[where], self.disagreement[where], self.permitted[where])


@dataclass
class LazyTypes:
    """Types of a block that are worked out when somebody asks for them, at most once.

    make:  works them out for the whole block
    rows:  (B,) draws of the block that are meant, all if None
    found: shared by all selections of the block
    """

    make: Callable[[], TypeGrid]
    rows: Ints | None = None
    found: list[TypeGrid] = field(default_factory=list)

    @cached_property
    def grid(self) -> TypeGrid:
        """The types in these draws."""
        if not self.found:
            self.found.append(self.make())
        return self.found[0] if self.rows is None else self.found[0].select(self.rows)

    def select(self, where: Bools | Ints) -> LazyTypes:
        """The same for some of the draws."""
        if self.rows is None:
            rows = np.flatnonzero(where) if where.dtype == bool else np.asarray(where, dtype=np.int64)
        else:
            rows = self.rows[where]
        return LazyTypes(self.make, rows, self.found)
