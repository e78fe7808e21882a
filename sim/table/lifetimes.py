"""How long deals last, in truth or as somebody sees it: hazards by class, ages, and which deals are fragile."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.scenario import Draws
from sim.scenario.actor import Durability
from sim.table.durability import (
    DurabilityWeights,
    aged_hazard,
    ageing,
    at_odds,
    durability,
    hazard,
    mixed,
    posterior_fragile,
    survival,
    watched,
)


@dataclass(frozen=True)
class Lifetimes:
    """Chances of a collapse for each class of deals; arrays lead with (B,) or (B, A) and end with classes, (G,) or 1.

    holds:    (..., G) chance in the first round of a deal that holds
    shape:    (..., 1) how that chance changes with age, see ``aged_hazard``; None where it does not
    fragile:  (..., G) chance that a deal of the class is fragile; None where every deal holds
    breaks:   (..., 1) chance per round that a fragile deal collapses
    pressed:  (..., 1) factor on the odds of being fragile where somebody was pressed to sign
    lesson:   (..., 1) factor on these odds for each deal that broke before
    tail:     age in rounds from which the chance of a deal that holds no longer changes
    found:    of each who may break a deal in secret, (..., G) chance per round that he is found out, once he can be;
        0 where he keeps it
    unseen:   of each of them, (..., 1) rounds that he cannot be
    """

    holds: Floats
    shape: Floats | None
    fragile: Floats | None
    breaks: Floats
    pressed: Floats
    lesson: Floats
    tail: int
    found: tuple[Floats, ...] = ()
    unseen: tuple[Floats, ...] = ()

    @classmethod
    def none(cls, size: int, classes: int) -> Lifetimes:
        """Deals that never break."""
        one = np.ones((size, 1))
        return cls(np.zeros((size, classes)), None, None, 0 * one, one, one, 0)

    @classmethod
    def of(
        cls, draws: Draws, path: str, found: Durability, years: float, enforcement: Floats, resolved: Floats, tail: int
    ) -> Lifetimes:
        """Read what makes deals last at a path, (B, G) each.

        Args:
            years:       length of a round
            enforcement: (G,) of each class
            resolved:    (B, G) share of the root causes that it settles
        """

        def number(key: str, otherwise: float = 0.0) -> Floats:
            return draws.get(f"{path}.{key}", otherwise)[:, None]

        length = number("base") * years
        shape = None
        if found.shape is not None:
            shape = number("shape")
            length = number("base") * years**shape
        holds = hazard(length, enforcement[None, :], resolved, number("enforcement"), number("resolved"))
        one = np.ones((len(draws), 1))
        if found.fragile is None:
            return cls(holds, shape, None, 0 * one, one, one, tail)
        lowered = np.exp(-number("fragile.enforcement") * enforcement[None, :] - number("fragile.resolved") * resolved)
        return cls(
            holds=holds,
            shape=shape,
            fragile=at_odds(number("fragile.chance"), lowered),
            breaks=hazard(number("fragile.base") * years, 0.0, 0.0, 0.0, 0.0),
            pressed=np.exp(number("fragile.pressure")),
            lesson=np.exp(number("fragile.after_collapse")),
            tail=tail,
        )

    @classmethod
    def stacked(cls, each: list[Lifetimes]) -> Lifetimes:
        """Those of every actor, (B, A, ...); who sees no fragile deals gives them no chance."""

        def stack(values: list[Floats]) -> Floats:
            return np.stack(values, axis=1)

        shaped = any(one.shape is not None for one in each)
        fragile = any(one.fragile is not None for one in each)
        return cls(
            holds=stack([one.holds for one in each]),
            shape=stack([np.ones_like(one.breaks) if one.shape is None else one.shape for one in each])
            if shaped
            else None,
            fragile=stack([np.zeros_like(one.holds) if one.fragile is None else one.fragile for one in each])
            if fragile
            else None,
            breaks=stack([one.breaks for one in each]),
            pressed=stack([one.pressed for one in each]),
            lesson=stack([one.lesson for one in each]),
            tail=max(one.tail for one in each),
        )

    def of_class(self, rows: Ints, group: Ints) -> Lifetimes:
        """Those of one class in each of some draws; classes end up (..., 1)."""

        def one(values: Floats | None, *, by_class: bool) -> Floats | None:
            if values is None:
                return None
            return values[rows, ..., group][..., None] if by_class and values.shape[-1] > 1 else values[rows]

        def sure(values: Floats, *, by_class: bool = False) -> Floats:
            found = one(values, by_class=by_class)
            assert found is not None
            return found

        return Lifetimes(
            sure(self.holds, by_class=True),
            one(self.shape, by_class=False),
            one(self.fragile, by_class=True),
            sure(self.breaks),
            sure(self.pressed),
            sure(self.lesson),
            self.tail,
            tuple(sure(values, by_class=True) for values in self.found),
            tuple(sure(values) for values in self.unseen),
        )

    def part(self, rows: slice) -> Lifetimes:
        """Those in some of the draws."""
        shape, fragile = (None if one is None else one[rows] for one in (self.shape, self.fragile))
        return Lifetimes(
            self.holds[rows],
            shape,
            fragile,
            self.breaks[rows],
            self.pressed[rows],
            self.lesson[rows],
            self.tail,
            tuple(values[rows] for values in self.found),
            tuple(values[rows] for values in self.unseen),
        )

    @property
    def learns(self) -> bool:
        """Whether deals that broke before bear on how long the next one lasts."""
        return self.fragile is not None and bool((self.lesson != 1).any())

    @property
    def one_hazard(self) -> bool:
        """Whether each deal has one constant hazard: no two sorts of them, and no change with age."""
        return self.fragile is None and self.shape is None and not self.found

    @property
    def breaks_ever(self) -> bool:
        """Whether any deal may break."""
        fragile = self.fragile is not None and bool((self.fragile * self.breaks).any())
        return fragile or bool(self.holds.any()) or any(values.any() for values in self.found)

    @property
    def minds_pressure(self) -> bool:
        """Whether pressure on those who sign bears on how long a deal lasts."""
        return self.fragile is not None and bool((self.pressed != 1).any())

    def fragile_chance(self, pressed: Bools | bool = False, collapses: Ints | int = 0) -> Floats | None:
        """Chance that a deal is fragile when it is signed; ``pressed`` and ``collapses`` broadcast.

        Args:
            pressed:   whether somebody was pressed to sign
            collapses: deals that broke before
        """
        if self.fragile is None:
            return None
        taught = np.asarray(collapses) != 0
        factor = np.where(pressed, self.pressed, 1.0)
        if taught.any():
            factor = factor * self.lesson ** np.asarray(collapses, dtype=np.float64)
        elif not np.any(pressed):
            return self.fragile
        return at_odds(self.fragile, factor)

    def weights(
        self,
        delta: Floats,
        conversion: Floats,
        speed: Floats,
        *,
        pressed: Bools | bool = False,
        collapses: Ints | int = 0,
        age: Ints | None = None,
    ) -> DurabilityWeights:
        """Weights of what follows, each (..., G), from the signature on or for deals that have stood a while.

        Args:
            delta:      (..., 1) discount factor per round
            conversion: chance per round that the deal is converted, given that it stands
            speed:      share of the remaining shift of power that a round brings
            age:        rounds that each deal has stood; what is known of its sort by then counts. The loading phi is
                that of the shift from then on
        """
        if self.found:
            return watched(
                delta, self.holds, conversion, speed, self.found, self.unseen, age=0 if age is None else age
            )[0]
        if self.shape is None:
            holds = durability(delta, self.holds, conversion, speed)
        else:
            holds = ageing(
                delta, self.holds, self.shape, conversion, speed, age=0 if age is None else age, tail=self.tail
            )
        share = self.fragile_chance(pressed, collapses)
        if share is None:
            return holds
        if age is not None:
            stood = survival(self.breaks, 1.0, age)
            held = survival(self.holds, 1.0 if self.shape is None else self.shape, age)
            share = posterior_fragile(share, stood, held)
        return mixed(share, durability(delta, self.breaks, conversion, speed), holds)

    def found_out(self, delta: Floats, conversion: Floats, speed: Floats, age: Ints | int = 0) -> tuple[Floats, ...]:
        """Of each who may break a deal in secret, the weight (..., G) of his being found out; see ``weights``."""
        return tuple(watched(delta, self.holds, conversion, speed, self.found, self.unseen, age=age)[1])

    def collapse(self, fragile: Bools, age: Ints) -> Floats:
        """Chance of a collapse in the round of some age; after ``of_class``, (N,) each.

        Args:
            fragile: whether the deal is fragile
            age:     1 for its first round
        """
        holds = self.holds[..., 0]
        if self.shape is not None:
            holds = aged_hazard(holds, self.shape[..., 0], np.minimum(age, self.tail + 1))
        return holds if self.fragile is None else np.where(fragile, self.breaks[..., 0], holds)
