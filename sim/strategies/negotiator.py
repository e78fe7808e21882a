"""A negotiator's behaviour: three small choices, combined."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from sim.foundations import Bools, Dice, Floats, Ints, Registry

if TYPE_CHECKING:
    from sim.table import BargainingTable

#: A setting that is one number for all draws or one number per draw, (B,).
Setting = float | Floats

ASPIRATIONS: Registry[type[AbstractAspiration]] = Registry("strategy")
ACCEPTANCES: Registry[type[AbstractAcceptance]] = Registry("acceptance rule")
OFFERINGS: Registry[type[AbstractOffering]] = Registry("offering rule")


class _PerDraw:
    """Frozen settings some of which may hold a value per draw."""

    def select(self, where: Bools | Ints) -> Self:
        """The same settings for some of the draws."""
        changed: dict[str, Any] = {}
        for item in fields(self):  # type: ignore[arg-type]
            value = getattr(self, item.name)
            if isinstance(value, np.ndarray) and value.ndim:
                changed[item.name] = value[where]
            elif isinstance(value, _PerDraw):
                changed[item.name] = value.select(where)
            elif isinstance(value, tuple) and any(isinstance(part, _PerDraw) for part in value):
                changed[item.name] = tuple(part.select(where) for part in value)
        return replace(self, **changed) if changed else self  # type: ignore[type-var]


@dataclass
class Hearing:
    """What one actor knows when it is his turn, for a block of draws.

    actor:     index of the actor
    time:      share of the talks that has passed, 0..1 (scale set by the protocol), scalar or (B,)
    payoff:    (B, K) his value of each deal
    floor:     (B,) the least he could end with: his disagreement value, or his worst deal if better
    best:      (B,) his value of his best permitted deal
    own:       list of (B,) values to him of his own past offers, oldest first
    heard:     list of (B,) values to him of the offers of others, oldest first; nan where none was made
    standing:  (B,) value to him of the offer on the table, nan where there is none
    next_offer:(B,) value to him of the offer he would make now
    sent, received: (B,) numbers of different deals he has offered and been offered
    table:     the whole table
    dice:      random streams
    round:     round of talks, from 0
    """

    actor: int
    time: float | Floats
    payoff: Floats
    floor: Floats
    best: Floats
    own: list[Floats]
    heard: list[Floats]
    standing: Floats
    next_offer: Floats
    sent: Ints
    received: Ints
    table: BargainingTable
    dice: Dice
    round: int


class AbstractAspiration(_PerDraw, ABC):
    """How much a negotiator still asks for."""

    @abstractmethod
    def demand(self, hearing: Hearing) -> Floats:
        """(B,) share still asked for of the way from floor to best: 1 = the best deal, 0 = anything."""


class AbstractAcceptance(_PerDraw, ABC):
    """Whether a negotiator takes the offer on the table."""

    @abstractmethod
    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """(B,) yes or no to ``hearing.standing``; ``target`` (B,) is what he asks for now, in payoff."""


class AbstractOffering(_PerDraw, ABC):
    """Which deal a negotiator puts on the table."""

    @abstractmethod
    def offer(self, hearing: Hearing, target: Floats, allowed: Bools) -> Ints:
        """(B,) deal to propose among ``allowed`` (B, K), given what he asks for; NO_DEAL for silence."""


@dataclass(frozen=True)
class Negotiator(_PerDraw):
    """One actor's behaviour at the table.

    aspiration: how much he asks for as time passes
    offering:   which of the deals that good he proposes
    acceptance: when he takes what is offered
    """

    aspiration: AbstractAspiration
    offering: AbstractOffering
    acceptance: AbstractAcceptance
