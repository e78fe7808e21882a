"""Offers in turn under several rules at once: every draw with its own people, its own clock and its own last round.

What an offer is worth and which swap would be better for all takes longest, and does not depend on how long the talks
are or when somebody says yes. So readings that differ in these share every turn; in each draw the bits are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import numpy as np

from sim.engine.joined_values import ApartError, joined, require_same
from sim.foundations import NO_DEAL, Bools, Dice, Floats, Ints
from sim.protocols import AlternatingOffers, TalksState
from sim.strategies import (
    AbstractAcceptance,
    AbstractAspiration,
    AcCombi,
    AcNext,
    ElapsedTime,
    Hearing,
    Negotiator,
    OwnCurve,
    SwapFirst,
    TimeDependent,
    TimeDependentExponential,
    TradeOff,
)
from sim.table import BargainingTable

#: What looks at nothing but the moment, so that it may be asked in draws that are not its own; and offering rules that
#: do not look at the clock.
_OF_THE_MOMENT: Final = {
    ElapsedTime,
    TimeDependent,
    TimeDependentExponential,
    SwapFirst,
    OwnCurve,
    AcNext,
    AcCombi,
}
_TIMELESS: Final = {TradeOff}

_Rule = TypeVar("_Rule", AbstractAspiration, AbstractAcceptance)


@dataclass(frozen=True)
class Clock:
    """The time of some talks.

    times:       share of the talks that has passed in each round, 0..1; after the last one it stands still
    round_years: length of a round
    """

    times: tuple[float, ...]
    round_years: float

    def read_by(self, hearing: Hearing) -> Hearing:
        """What somebody knows, by this clock."""
        table = hearing.table
        if table.round_years != self.round_years:
            table = copy(table)
            object.__setattr__(table, "round_years", self.round_years)
        return replace(hearing, table=table, time=self.times[hearing.round], moments=self.times[: len(hearing.moments)])


@dataclass(frozen=True)
class _Kinds:
    """Rules of which each counts in some of the draws.

    rules:  (N,) rules, settings of all draws in each
    clocks: (N,) of these
    which:  (B,) the rule that counts
    """

    rules: tuple[Any, ...]
    clocks: tuple[Clock, ...]
    which: Ints

    def asked(self, hearing: Hearing, ask: Callable[[Any, Hearing], np.ndarray]) -> np.ndarray:
        """(B,) what the rule says that counts."""
        found: np.ndarray | None = None
        for n, (rule, clock) in enumerate(zip(self.rules, self.clocks, strict=True)):
            mine = self.which == n
            if not mine.any():
                continue
            said = ask(rule, clock.read_by(hearing))
            found = said if found is None else np.where(mine, said, found)
        assert found is not None  # every draw has its rule
        return found


@dataclass(frozen=True)
class AspirationsSideBySide(_Kinds, AbstractAspiration):
    """Everybody asks for what his own aspiration says."""

    def demand(self, hearing: Hearing) -> Floats:
        """(B,) share still asked for."""
        return self.asked(hearing, lambda rule, now: rule.demand(now))


@dataclass(frozen=True)
class AcceptancesSideBySide(_Kinds, AbstractAcceptance):
    """Everybody takes what his own rule takes."""

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """(B,) yes or no."""
        return self.asked(hearing, lambda rule, now: rule.accepts(now, target))


@dataclass(frozen=True)
class OffersSideBySide(AlternatingOffers):
    """Offers in turn in draws that end after different rounds.

    ends: (B,) rounds of each
    """

    ends: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def select(self, where: Bools | Ints) -> OffersSideBySide:
        """The same rules for some of the draws."""
        found = super().select(where)
        assert isinstance(found, OffersSideBySide)
        return replace(found, ends=self.ends[where])

    def hopeless(self, table: BargainingTable) -> Bools:
        """As by turns: no deal has the yes of enough signers."""
        return np.asarray(~table.may_pass.any(axis=1))

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Whose time is up is put aside; the others act."""
        talks.open &= self.ends > round_
        super().step(table, talks, dice, round_)

    def lapsed(self, talks: TalksState) -> TalksState:
        """The closed talks as each would have come out by itself: where nothing was agreed they have lapsed."""
        nothing = talks.deal == NO_DEAL
        rounds = np.where(nothing, self.ends, talks.round)
        return TalksState(talks.open | nothing, talks.deal, rounds, talks.by, talks.accepted)


def offers_side_by_side(rules: Sequence[Any], tables: Sequence[BargainingTable]) -> OffersSideBySide:
    """Put rules of talks by turns together that differ in their rounds, and in when people concede and say yes.

    Args:
        tables: of each
    Raises:  ApartError where they differ in more, or somebody looks at more than the moment
    """
    first, sizes = rules[0], [one.draws for one in tables]
    if any(type(one) is not AlternatingOffers or one.deadlines for one in rules) or first.time_scale == "turns":
        raise ApartError
    require_same([(one.responses, one.time_scale, one.speakers, len(one.negotiators)) for one in rules])
    longest = max(one.rounds for one in rules)
    clocks = [
        Clock(one.times + one.times[-1:] * (longest - one.rounds), table.round_years)
        for one, table in zip(rules, tables, strict=True)
    ]
    has_say = tables[0].rule.signers.copy()
    has_say[tables[0].order] = True
    people = [[one.negotiators[n] for one in rules] for n in range(len(first.negotiators))]
    return OffersSideBySide(
        rounds=longest,
        negotiators=tuple(
            _one_of(some, clocks, sizes) if says else joined(some, sizes)  # nobody asks the others
            for some, says in zip(people, has_say, strict=True)
        ),
        types=joined([one.types for one in rules], sizes),
        responses=first.responses,
        time_scale=first.time_scale,
        speakers=first.speakers,
        ends=np.repeat([one.rounds for one in rules], sizes),
    )


def _one_of(people: Sequence[Negotiator], clocks: Sequence[Clock], sizes: Sequence[int]) -> Negotiator:
    """One negotiator in place of several."""
    if any(type(one) is not Negotiator or type(one.offering) not in _TIMELESS for one in people):
        raise ApartError
    return Negotiator(
        AspirationsSideBySide(*_kinds([one.aspiration for one in people], clocks, sizes)),
        joined([one.offering for one in people], sizes),
        AcceptancesSideBySide(*_kinds([one.acceptance for one in people], clocks, sizes)),
        joined([one.tolerance for one in people], sizes),
    )


def _kinds(
    parts: Sequence[_Rule], clocks: Sequence[Clock], sizes: Sequence[int]
) -> tuple[tuple[_Rule, ...], tuple[Clock, ...], Ints]:
    """Rules that are alike put together, each for all draws, with their clocks; and (B,) which counts where."""
    alike: dict[tuple[type, Clock], list[int]] = {}
    for n, (part, clock) in enumerate(zip(parts, clocks, strict=True)):
        if type(part) not in _OF_THE_MOMENT:
            raise ApartError
        alike.setdefault((type(part), clock), []).append(n)
    of_draw = np.repeat(np.arange(len(parts)), sizes)
    which = np.zeros(len(of_draw), np.int64)
    rules = []
    for k, members in enumerate(alike.values()):
        mine = np.isin(of_draw, members)
        which[mine] = k
        places = np.where(mine, np.cumsum(mine) - 1, 0)
        rules.append(joined([parts[n] for n in members], [sizes[n] for n in members]).select(places))
    return tuple(rules), tuple(clock for _, clock in alike), which
