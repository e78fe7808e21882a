"""What deals are worth over all that may follow: collapse, conversion, talks that reopen, power that moves."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.table.durability import DurabilityWeights, value_of_document
from sim.table.lifetimes import Lifetimes
from sim.table.reopening import LESSONS, Loads, Premium, loads, signed_again
from sim.table.war import waiting_discount

#: Numbers in each of the arrays that are worked on at once: what a processor keeps at hand.
_AT_ONCE: Final = 2**16
#: Dimensions of what holds for all draws alike: actors and deals.
_BY_DEAL: Final = 2


@dataclass(frozen=True)
class Prospects:
    """Deals at hand and what may become of them; arrays (B, A, .) end with deals (K), their classes (G) or 1.

    flow:         (B, A, K) own value per round while each deal holds
    group:        (K,) class of each deal
    believed:     how long they last in everybody's eyes, (B, A, G)
    conversion:   (B, 1, G) chance per round that a deal that stands becomes the reference settlement
    delay:        (B, 1, D) rounds from a signature until each is in force, by classes of as long a delay
    lag:          (K,) class of each deal by its delay
    settled_flow: (B, A, 1) own value per round of the reference settlement
    settled_life: how long it lasts in everybody's eyes, (B, A, 1)
    war, pending, back: (B, A, 1) W, value of waiting with a signed deal, R before talks reopen
    waiting:      (B, A, 1) discount of a round of such waiting
    damage, shift: (B, A, 1) eta, Delta
    moves:        whether the shift moves who prevails, once, and not own value at every collapse
    delta, speed: (B, A, 1), (B, 1, 1)
    talked:       (B, A, 1) what is left at a collapse of a unit paid at the next signature; 0 where talks never reopen
    creep:        (B, A, 1) what each round without a deal adds to W; None where it does not drift
    until:        (B, A, 1) mean rounds from a collapse to the next signature, weighted by what is left then
    needed:       (A, K) actors whose no keeps a deal from being signed again
    """

    flow: Floats
    group: Ints
    believed: Lifetimes
    conversion: Floats
    delay: Floats
    lag: Ints
    settled_flow: Floats
    settled_life: Lifetimes
    war: Floats
    pending: Floats
    back: Floats
    waiting: Floats
    damage: Floats
    shift: Floats
    moves: bool
    delta: Floats
    speed: Floats
    talked: Floats
    creep: Floats | None
    until: Floats
    needed: Bools

    @property
    def late(self) -> Floats:
        """(B, A, K) discount of the wait from a signature until the deal is in force."""
        return waiting_discount(self.waiting, self.delay)[..., self.lag]

    @property
    def sorts(self) -> EqualProspects:
        """Deals that last equally long and come into force equally late."""
        return EqualProspects.of(self.group, self.lag, self.delay.shape[-1])

    def part(self, rows: slice) -> Prospects:
        """Those in some of the draws."""
        shared = {"group", "lag"} if self.needed.ndim > _BY_DEAL else {"group", "lag", "needed"}
        found = copy(self)
        vars(found)["believed"] = self.believed.part(rows)
        vars(found)["settled_life"] = self.settled_life.part(rows)
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray) and name not in shared:
                vars(found)[name] = value[rows]
        return found

    def weights(
        self, *, pressed: Bools | bool = False, collapses: Ints | int = 0, age: Ints | None = None
    ) -> DurabilityWeights:
        """Weights of what follows, (B, A, G); see ``Lifetimes.weights``."""
        return self.believed.weights(
            self.delta, self.conversion, self.speed, pressed=pressed, collapses=collapses, age=age
        )

    def settled(self, collapses: Ints | int) -> tuple[Floats, DurabilityWeights]:
        """(B, A, 1) value of the reference settlement in force if nobody talked again, and its weights."""
        own = self.settled_life.weights(self.delta, np.zeros_like(self.speed), self.speed, collapses=collapses)
        return value_of_document(self.settled_flow, self.back, self.damage, self.shift, own), own

    def in_force(self, premium: Premium) -> Floats:
        """(B, A, K) value of deals signed now once they are in force, nothing of the shift of power behind one."""
        value = premium.level + self.war
        if self.creep is None:
            return np.asarray(value)
        return np.asarray(value + (premium.drift + self.creep) * self.delay[..., self.lag])

    def bare(self, *, pressed: Bools | bool = False, collapses: Ints | int = 0) -> tuple[Floats, Loads]:
        """(B, A, K) v0 - W, the premium of deals in force if nobody ever talked again, and loads of their classes."""
        there, own = self.settled(collapses)
        life = self.weights(pressed=pressed, collapses=collapses)
        value = value_of_document(self.flow, self.back, self.damage, self.shift, life, s0=there, spread=self.group)
        value -= self.war
        return value, loads(life, own)

    def premium(
        self, *, pressed: Bools | bool = False, lump: Floats | float = 0.0, free: Bools | bool = True,
        collapses: Ints | int = 0,
    ) -> tuple[Premium, tuple[Bools, ...]]:  # fmt: skip
        """What deals in force are worth above war, talks that reopen included; see `sim.table.reopening`.

        Args:
            pressed:   whether somebody was pressed to sign
            lump:      (B, A, K) what each further signature pays besides
            free:      (B, A, K) deals that cross no hard red line
            collapses: deals that broke before
        Returns:
            the premium, and where a collapse teaches, for each number of collapses from 1 on, the deals that those who
            are needed would sign again, (B, K)
        """
        step = max(1, _AT_ONCE // max(1, self.flow[:1].size))
        level, sorts = np.empty(self.flow.shape), self.sorts
        slopes, drifts, signs = [], [], []
        for start in range(0, max(1, len(self.flow)), step):
            rows = slice(start, start + step)
            one, other = self.part(rows).premium_at_once(
                _rows(pressed, rows), _rows(lump, rows), _rows(free, rows), _rows(collapses, rows),
                sorts=sorts, learns=self.believed.learns,
            )  # fmt: skip
            level[rows] = one.level
            slopes.append(one.slope)
            drifts.append(one.drift)
            signs.append(other)
        whole = Premium(level, np.concatenate(slopes), 0.0 if self.creep is None else np.concatenate(drifts))
        return whole, tuple(np.concatenate(parts) for parts in zip(*signs, strict=True))

    def premium_at_once(
        self, pressed: Bools | bool, lump: Floats | float, free: Bools | bool, collapses: Ints | int, *,
        sorts: EqualProspects, learns: bool,
    ) -> tuple[Premium, tuple[Bools, ...]]:  # fmt: skip
        """The same in so few draws that all of it stays in the processor's own memory."""
        spread: Ints | None = sorts.of_deal
        group, late = sorts.group, waiting_discount(self.waiting, self.delay)[..., sorts.lag]
        if learns or np.ndim(lump):  # what follows a collapse differs from deal to deal
            spread, group, late = None, self.group, self.late
        moving = self.shift if self.moves else 0.0
        kappa = self.talked * late
        # A signature ends what may come from outside before the deal is in force, unless arms overtake it.
        paid = self.talked * ((1 - late) * (self.pending - self.war) + lump)
        if not learns:
            bare, load = self.bare(pressed=pressed, collapses=collapses)
            load = Loads(*(one[..., group] for one in load))
            wait: Floats | float = 0.0
            if self.creep is not None:
                wait = self.until + self.delay[..., self.lag if spread is None else sorts.lag]
            return signed_again(
                bare, load, kappa, shift=moving, paid=paid, creep=self.creep, wait=wait, spread=spread
            ), ()
        signs: list[Bools] = []
        found = Premium(np.zeros(1), np.zeros(1))
        for ahead in range(LESSONS, -1, -1):
            broken = np.minimum(np.asarray(collapses) + ahead, LESSONS)
            bare, load = self.bare(pressed=pressed, collapses=broken)
            load = Loads(*(one[..., group] for one in load))
            if ahead == LESSONS:
                found = signed_again(bare, load, kappa, shift=moving, paid=paid)
            else:
                on = signs[-1][:, None]
                after = Premium(found.level * on, found.slope * on)
                found = signed_again(bare, load, kappa, shift=moving, paid=paid * on, after=after)
            gain = late * found.level + (1 - late) * (self.pending - self.war) + lump
            signs.append(np.asarray((((gain >= -TOLERANCE) & free) | ~self.needed).all(axis=1)))
        return found, tuple(reversed(signs[:-1]))


@dataclass(frozen=True)
class EqualProspects:
    """Deals by how long they last and how late they come into force.

    of_deal: (K,) sort of each deal
    group:   (C,) class of each sort by how long its deals last
    lag:     (C,) and by their delay
    """

    of_deal: Ints
    group: Ints
    lag: Ints

    @classmethod
    def of(cls, group: Ints, lag: Ints, lags: int) -> EqualProspects:
        """Find them for deals (K,) of these classes, of which there are so many by delay.

        Example:
            >>> found = EqualProspects.of(np.array([0, 1, 1, 0]), np.array([0, 0, 2, 0]), 3)
            >>> found.of_deal.tolist(), found.group.tolist(), found.lag.tolist()
            ([0, 1, 2, 0], [0, 1, 1], [0, 0, 2])
        """
        both = group * lags + lag
        there = np.flatnonzero(np.bincount(both))
        places = np.zeros(int(there[-1]) + 1, np.int64)
        places[there] = np.arange(len(there))
        return cls(places[both], there // lags, there % lags)


def _rows(value: Any, rows: slice) -> Any:
    """Some of the draws of what has a value in each, or the one value of all."""
    return value[rows] if isinstance(value, np.ndarray) and value.ndim else value
