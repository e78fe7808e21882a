"""A negotiator's behaviour: three small choices, combined."""

from __future__ import annotations

from abc import ABC, abstractmethod
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Floats, Ints, Registry
from sim.strategies.ranges import Setting, require
from sim.strategies.ranking import Ranking
from sim.strategies.said import Said
from sim.table import BargainingTable, LazyTypes

ASPIRATIONS: Registry[type[AbstractAspiration]] = Registry("strategy", plural="strategies", home="sim.strategies")
ACCEPTANCES: Registry[type[AbstractAcceptance]] = Registry("acceptance rule", home="sim.strategies")
OFFERINGS: Registry[type[AbstractOffering]] = Registry("offering rule", home="sim.strategies")


def _part(value: Any, where: Bools | Ints) -> Any:
    """Take some of the draws out of one setting, whatever it holds."""
    if isinstance(value, np.ndarray) and value.ndim:
        return value[where]
    if isinstance(value, _PerDraw):
        return value.select(where)
    if isinstance(value, tuple):
        return tuple(_part(item, where) for item in value)
    return value


class _PerDraw:
    """Frozen settings some of which may hold a value per draw."""

    def select(self, where: Bools | Ints) -> Self:
        """The same settings for some of the draws."""
        found = copy(self)  # parts of settings that were in their range are, too
        for name, value in vars(self).items():
            if (part := _part(value, where)) is not value:
                vars(found)[name] = part
        return found


@dataclass(frozen=True)
class Hearing:
    """What one actor knows at a moment of the talks, for a block of draws.

    ``at`` gives the next moment, ``remembering`` what stays in his mind of it. Only the counts ``sent`` and
    ``received`` move on by themselves, as offers are made.

    actor:      index of the actor
    table:      the whole table; a rule that looks at others' payoffs says so
    dice:       random streams
    ranking:    the deals he may offer, best for himself first
    floor:      (B,) the least he could end with: his disagreement value, or his worst deal if better
    best:       (B,) his value of the best deal he may offer; ``floor`` where there is none
    worst:      (B,) his value of the worst deal of all
    time:       share of the talks that has passed, 0..1 (scale set by the protocol)
    round:      round of talks, from 0
    turn:       number of his turn, from 0; with ``round`` it names his random numbers
    asked:      (B,) his past targets, in payoff, oldest first
    heard:      (B, A) for each of his turns, this one included, the values to him of everybody's latest
                offer; nan where somebody has offered nothing yet, and in his own column
    moments:    ``time`` at each entry of ``heard``
    standing:   (B,) value to him of the offer on the table, nan where there is none
    next_offer: (B,) value to him of the offer he would make now; nan where he would make none
    sent:       (B,) number of different deals he has offered
    received:   (B,) number of different deals others have offered
    said:       what everybody has said so far
    open:       (B,) draws that are still talking; elsewhere nobody needs his offer
    memory:     what his offering rule worked out for the whole session, or has learnt in it
    types:      what he knows that the others may be like; None where he knows them
    """

    actor: int
    table: BargainingTable
    dice: Dice
    ranking: Ranking
    floor: Floats
    best: Floats
    worst: Floats
    standing: Floats
    next_offer: Floats
    sent: Ints
    received: Ints
    said: Said
    open: Bools
    time: float = 0.0
    round: int = 0
    turn: int = 0
    asked: tuple[Floats, ...] = ()
    heard: tuple[Floats, ...] = ()
    moments: tuple[float, ...] = ()
    memory: dict[str, np.ndarray] = field(default_factory=dict)
    types: LazyTypes | None = None

    @classmethod
    def begin(
        cls,
        table: BargainingTable,
        actor: int,
        dice: Dice,
        said: Said | None = None,
        types: LazyTypes | None = None,
    ) -> Hearing:
        """Nothing has been said yet; sorts the deals he may offer once for the whole session.

        Args:
            said: the record that everybody shares
            types: what the others may be like
        """
        payoff = table.payoff[:, actor]
        ranking = Ranking.of(payoff, table.acceptable[:, actor] & table.offerable)
        worst = payoff.min(axis=1)
        floor = np.maximum(table.disagreement[:, actor], worst)
        nothing = np.full(table.draws, np.nan)
        return cls(
            actor=actor,
            table=table,
            dice=dice,
            ranking=ranking,
            floor=floor,
            best=np.where(ranking.count > 0, np.maximum(ranking.value(np.zeros(table.draws, np.int64)), floor), floor),
            worst=worst,
            standing=nothing,
            next_offer=nothing.copy(),
            sent=np.zeros(table.draws, np.int64),
            received=np.zeros(table.draws, np.int64),
            said=Said.begin(table) if said is None else said,
            open=np.ones(table.draws, bool),
            types=types,
        )

    def at(
        self, time: float, round_: int, turn: int, *, standing: Ints, heard: Floats, open_: Bools | None = None
    ) -> Hearing:
        """What he knows when somebody looks at him next: what he remembers, and this moment.

        Args:
            standing: (B,) deal on the table, NO_DEAL where there is none
            heard:    (B, A) value to him of everybody's latest offer, as in ``heard``
            open_:    (B,) draws that are still talking; all by default
        """
        return replace(
            self,
            time=time,
            round=round_,
            turn=turn,
            standing=self.value(standing),
            heard=(*self.heard, heard),
            moments=(*self.moments, time),
            open=self.open if open_ is None else open_,
        )

    def select(self, where: Ints, said: Said) -> Hearing:
        """What he knows in some of the draws.

        Args:
            said: the record of these draws, which everybody shares
        """
        return replace(
            self,
            table=self.table.select(where),
            dice=self.dice.select(where),
            ranking=self.ranking.select(where),
            floor=self.floor[where],
            best=self.best[where],
            worst=self.worst[where],
            standing=self.standing[where],
            next_offer=self.next_offer[where],
            sent=self.sent[where],
            received=self.received[where],
            said=said,
            open=self.open[where],
            asked=tuple(one[where] for one in self.asked),
            heard=tuple(one[where] for one in self.heard),
            memory={name: found[where] for name, found in self.memory.items()},
            types=None if self.types is None else self.types.select(where),
        )

    def about_to_offer(self, deal: Ints) -> Hearing:
        """The same moment, once he knows which deal (B,) he would offer."""
        return replace(self, next_offer=self.value(deal))

    def remembering(self, target: Floats) -> Hearing:
        """What he takes along from his turn: this moment, and the payoff (B,) he asked for."""
        return replace(self, asked=(*self.asked, target))

    def value(self, deal: Ints) -> Floats:
        """(B,) his value of one deal per draw, nan for NO_DEAL."""
        found = self.table.payoff[np.arange(len(deal)), self.actor, np.maximum(deal, 0)]
        return np.where(deal == NO_DEAL, np.nan, found)

    def share(self, value: Floats) -> Floats:
        """How far up from floor to best a value lies, 0..1; 1 where there is no way to go."""
        span = self.best - self.floor
        part = (value - self.floor) / np.where(span > 0, span, 1.0)
        return np.where(span > 0, np.clip(part, 0.0, 1.0), 1.0)

    def uniform(self, purpose: str) -> Floats:
        """(B,) uniforms in (0, 1) of this turn, keyed by the actor's name."""
        return self.dice.uniform(purpose, self.table.actors[self.actor], self.round, self.turn)


class AbstractAspiration(_PerDraw, ABC):
    """How much a negotiator still asks for.

    companions: offering and acceptance rule that the published strategy brings along, if it does
    """

    companions: ClassVar[tuple[str, str] | None] = None

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
    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """(B,) deal to propose out of ``hearing.ranking``, given his target; NO_DEAL if it is empty."""


@dataclass(frozen=True)
class Negotiator(_PerDraw):
    """One actor's behaviour at the table.

    aspiration: how much he asks for as time passes
    offering:   which of the deals that good he proposes
    acceptance: when he takes what is offered
    tolerance:  taken off the target, in payoff, 0 or more
    """

    aspiration: AbstractAspiration
    offering: AbstractOffering
    acceptance: AbstractAcceptance
    tolerance: Setting = 0.0

    def __post_init__(self) -> None:
        require("tolerance", self.tolerance, 0)

    def target(self, hearing: Hearing) -> Floats:
        """(B,) payoff he asks for now: floor + demand (best - floor) - tolerance, within floor..best."""
        demand = self.aspiration.demand(hearing)
        wanted = demand * (hearing.best - hearing.floor) + hearing.floor - self.tolerance
        return np.clip(wanted, hearing.floor, hearing.best)
