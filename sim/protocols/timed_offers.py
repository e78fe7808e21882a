"""Alternating offers of people who go by the clock alone, all worked out without anybody listening.

Who asks for less as time passes, proposes the deal nearest to what he asks for and takes what is worth as much, minds
nothing that others say. So what everybody offers and takes in each round is known beforehand, and all that is left to
do is to look in which turn an offer first meets the yes of everybody else.

Source: rules as `sim.protocols.alternating_offers`, with which results agree bit for bit; ours, the search by halving
    steps in all draws and rounds at once
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Floats, Ints
from sim.protocols.first_chance import begins_at_first_chance, hold_from_first_chance
from sim.protocols.protocol import TalksState
from sim.strategies import (
    AcNext,
    Hearing,
    NearestToAspiration,
    Negotiator,
    OwnCurve,
    TimeDependent,
    TimeDependentExponential,
    exponential,
    polynomial,
)
from sim.table import BargainingTable

#: Rounds that are looked ahead at once; draws that have agreed by then are put aside.
_AHEAD: Final = 16
#: Numbers in each array of a block of draws: what a processor keeps at hand.
_AT_ONCE: Final = 2**17
#: Deals above which they are not all sorted beforehand.
_MANY: Final = 4096
_TWO: Final = 2


def goes_by_the_clock(negotiator: Negotiator) -> bool:
    """Whether what a negotiator offers and takes depends on the time alone.

    Example:
        >>> goes_by_the_clock(Negotiator(TimeDependent(), NearestToAspiration(), OwnCurve()))
        True
    """
    return (
        type(negotiator) is Negotiator
        and type(negotiator.aspiration) in {TimeDependent, TimeDependentExponential}
        and type(negotiator.offering) is NearestToAspiration
        and type(negotiator.acceptance) in {OwnCurve, AcNext}
    )


def takes_by_the_clock(negotiator: Negotiator) -> bool:
    """Whether he goes by the clock alone, and an offer counts for him as it is.

    Example:
        >>> takes_by_the_clock(Negotiator(TimeDependent(), NearestToAspiration(), AcNext(factor=1.1)))
        False
    """
    acceptance = negotiator.acceptance
    return goes_by_the_clock(negotiator) and (not isinstance(acceptance, AcNext) or acceptance.plain)


def least_taken(negotiator: Negotiator, hearing: Hearing, time: float) -> Floats:
    """(B,) the least that one who ``takes_by_the_clock`` takes at a time, red lines aside.

    Source: the acceptance rules themselves, ``OwnCurve`` and ``AcNext``
    """
    now = replace(hearing, time=time)
    target = negotiator.target(now)
    if isinstance(negotiator.acceptance, OwnCurve):
        return target - TOLERANCE
    own = now.value(negotiator.offering.offer(now, target))
    return np.where(np.isnan(own), target, own) - TOLERANCE


def timed_offers(
    table: BargainingTable, negotiators: Sequence[Negotiator], times: Sequence[float]
) -> TalksState | None:
    """Hold the talks; ``None`` where they are not of this kind.

    Args:
        negotiators: one for each actor
        times:       share of the talks that has passed in each round, 0..1, rising
    Returns:
        closed talks, as the protocol leaves them
    """
    speakers, signers = [int(actor) for actor in table.order], np.flatnonzero(table.rule.signers)
    if len(speakers) < 2 or sorted(speakers) != signers.tolist() or not table.rule.unanimous:
        return None
    if table.payoff.shape[2] > _MANY or not all(goes_by_the_clock(negotiators[actor]) for actor in speakers):
        return None
    talks = TalksState.begin(table.draws)
    talks.accepted = np.zeros((table.draws, len(table.actors)), bool)
    talks.round[:] = len(times)
    step = max(1, _AT_ONCE // table.payoff.shape[2])
    asked: dict[tuple[int, float], Floats] = {}
    people = [negotiators[actor] for actor in speakers]
    from_chance = all(begins_at_first_chance(one) for one in people)
    for start in range(0, table.draws, step):
        where, begin = np.arange(start, min(start + step, table.draws)), 0
        if from_chance:
            where, begin = hold_from_first_chance(table, people, times, talks, slice(start, start + step))
        if len(where):
            heads = [
                _Speaker.of(table, actor, one.select(where), where, asked)
                for actor, one in zip(speakers, people, strict=True)
            ]
            if len(heads) == _TWO:
                _hold_two(table, heads, times, talks, where, begin=max(begin - 1, 0))
            else:
                _hold(table, heads, times, talks, where)
    agreed = talks.deal != NO_DEAL
    talks.open = ~agreed
    talks.accepted[np.ix_(agreed, signers)] = True
    return talks


def _hold_two(
    table: BargainingTable,
    speakers: list[_Speaker],
    times: Sequence[float],
    talks: TalksState,
    where: Ints,
    *,
    begin: int,
) -> None:
    """Hold the talks of two in the draws ``where``: each answers every offer of the other, all of them at once.

    Nothing is agreed in the round ``begin`` unless it is the first, so what stands then need not be known.
    """
    standing = np.full((1, len(where)), table.payoff.shape[2])
    for start in range(begin, len(times), _AHEAD):
        ahead = times[start : start + _AHEAD]
        (mine, my_least), (yours, your_least) = (speaker.plan(ahead) for speaker in speakers)
        heard = np.concatenate([standing, yours[:-1]])
        signs = np.empty((len(ahead), _TWO, len(where)), bool)
        np.greater_equal(speakers[0].worth(heard), my_least, out=signs[:, 0])
        np.greater_equal(speakers[1].worth(mine), your_least, out=signs[:, 1])
        turns = signs.reshape(-1, len(where))
        first = turns.argmax(axis=0)
        column = np.arange(len(where))
        agreed = turns[first, column]
        done = np.flatnonzero(agreed)
        round_, turn = np.divmod(first[done], _TWO)
        rows = where[done]
        talks.deal[rows] = np.where(turn == 0, heard[round_, done], mine[round_, done])
        talks.round[rows], talks.by[rows] = start + round_, table.order[1 - turn]
        if len(done) == len(where):
            return
        still = np.flatnonzero(~agreed)
        where, standing = where[still], yours[-1:, still]
        speakers = [speaker.select(still) for speaker in speakers]


def _hold(
    table: BargainingTable, speakers: list[_Speaker], times: Sequence[float], talks: TalksState, where: Ints
) -> None:
    """Hold the talks of the draws ``where`` and write down what comes of them."""
    last = len(speakers) - 1
    nothing = table.payoff.shape[2]  # what stands where nobody has offered anything
    standing, yeses = np.full(len(where), nothing), np.zeros(len(where), np.int16)
    for start in range(0, len(times), _AHEAD):
        ahead = times[start : start + _AHEAD]
        plans = [speaker.plan(ahead) for speaker in speakers]
        open_ = np.ones(len(where), bool)
        for n in range(len(ahead)):
            for turn, (speaker, (offers, least)) in enumerate(zip(speakers, plans, strict=True)):
                taken = speaker.worth(standing) >= least[n]
                yeses += taken  # whoever refuses speaks next, so that yeses come one after the other
                yeses *= taken
                signs = yeses == last
                signs &= open_
                if signs.any():
                    rows = where[signs]
                    talks.deal[rows], talks.round[rows] = standing[signs], start + n
                    talks.by[rows] = table.order[(turn + 1) % len(speakers)]  # everybody else has said yes
                    open_ &= ~signs
                    if not open_.any():
                        return
                standing = np.where(taken, standing, offers[n])
        if not open_.all():
            still = np.flatnonzero(open_)
            where, standing, yeses = where[still], standing[still], yeses[still]
            speakers = [speaker.select(still) for speaker in speakers]


@dataclass(frozen=True)
class _Speaker:
    """One actor in some draws (B,).

    negotiator: what he does
    floor, best: (B,) as in ``Hearing``
    values:  (B, P) his payoffs of the deals he may offer, best first, then -inf; P + 1 is a power of two
    deals:   (B, P) the deals, of equal ones the first each time; K, for no deal, where he may offer none
    heard:   (B, K + 1) what each deal is worth to him, -inf where he would not sign it, and for no deal
    rows:    (b,) the draws that are still talking, as rows of these; floor and best are theirs alone
    actor:   who he is
    asked:   actor and time -> share that he asks for then, where it is the same in all draws, as far as it is known
    """

    negotiator: Negotiator
    floor: Floats
    best: Floats
    values: Floats
    deals: Ints
    heard: Floats
    rows: Ints
    actor: int
    asked: dict[tuple[int, float], Floats]

    @classmethod
    def of(
        cls,
        table: BargainingTable,
        actor: int,
        negotiator: Negotiator,
        where: Ints,
        asked: dict[tuple[int, float], Floats],
    ) -> _Speaker:
        """Sort his deals."""
        together = int(where[-1]) - int(where[0]) + 1 == len(where)
        rows = slice(int(where[0]), int(where[-1]) + 1) if together else where
        payoff, acceptable = table.payoff[rows, actor], table.acceptable[rows, actor]
        draws, count = payoff.shape
        size = (1 << count.bit_length()) - 1
        offers = acceptable & table.offerable[rows]
        everything = bool(offers.all())
        loss = np.empty((draws, size))
        loss[:, count:] = np.inf
        np.negative(payoff, out=loss[:, :count])
        if not everything:
            np.copyto(loss[:, :count], np.inf, where=~offers)
        order = loss.argsort(axis=1)
        values = loss.ravel().take(order + np.arange(draws)[:, None] * size)
        np.negative(values, out=values)
        alike = values[:, 1:count] == values[:, : count - 1]
        if not everything:
            alike &= values[:, 1:count] > -np.inf
        if alike.any():
            tied = np.flatnonzero(alike.any(axis=1))
            order[tied] = _first_of_equals(loss[tied])
        none = values[:, 0] == -np.inf
        order[none] = count
        floor = np.maximum(table.disagreement[rows, actor], payoff.min(axis=1))
        heard = np.empty((draws, count + 1))
        heard[:, count] = -np.inf
        heard[:, :count] = payoff
        if not everything:
            np.copyto(heard[:, :count], -np.inf, where=~acceptable)
        best = np.where(none, floor, np.maximum(values[:, 0], floor))
        return cls(negotiator, floor, best, values, order, heard, np.arange(draws), actor, asked)

    def select(self, where: Ints) -> _Speaker:
        """The same actor in some of the draws."""
        return replace(
            self,
            negotiator=self.negotiator.select(where),
            floor=self.floor[where],
            best=self.best[where],
            rows=self.rows[where],
        )

    def worth(self, standing: Ints) -> Floats:
        """(..., B) what the deals that stand are worth in his eyes, -inf for what he would not sign."""
        found = self.heard.ravel().take(standing + self.rows * self.heard.shape[1])
        acceptance = self.negotiator.acceptance
        if isinstance(acceptance, AcNext) and not acceptance.plain:
            found = np.asarray(acceptance.factor) * found + acceptance.gap
        return np.asarray(found)

    def plan(self, times: Sequence[float]) -> tuple[Ints, Floats]:
        """What he offers and the least that he takes, (T, B) each, at some times."""
        span, tolerance = self.best - self.floor, self.negotiator.tolerance
        target = np.empty((len(times), len(span)))
        for n, time in enumerate(times):
            np.multiply(self._demand(time), span, out=target[n])
        target += self.floor
        target -= tolerance
        target = np.clip(target, self.floor, self.best, out=target)
        offering, acceptance = self.negotiator.offering, self.negotiator.acceptance
        assert isinstance(offering, NearestToAspiration)
        found = self._nearest(target - offering.slack)
        if isinstance(acceptance, AcNext):
            own = self.values.ravel().take(found)
            target = np.where(np.isinf(own), target, own)
        target -= TOLERANCE
        return np.asarray(self.deals.ravel().take(found)), target

    def _demand(self, time: float) -> Floats:
        """Share that he asks for at a time, one or (B,)."""
        if (known := self.asked.get((self.actor, time))) is not None:
            return known
        rule = self.negotiator.aspiration
        assert isinstance(rule, TimeDependent | TimeDependentExponential)
        conceded = polynomial if isinstance(rule, TimeDependent) else exponential
        found = np.asarray(1.0 - conceded(time, rule.exponent, rule.kappa))
        if found.ndim == 0:
            self.asked[self.actor, time] = found
        return found

    def _nearest(self, target: Floats) -> Ints:
        """(T, B) places in ``values`` of the worst deal that reaches a target (T, B), of the best where none does."""
        size, values = self.values.shape[1], self.values.ravel()
        first = self.rows * size
        place = np.broadcast_to(first - 1, target.shape).copy()
        step = (size + 1) // 2
        probe = np.empty_like(place)
        while step:
            np.add(place, step, out=probe)
            np.copyto(place, probe, where=values.take(probe) >= target)
            step //= 2
        return np.asarray(np.maximum(place, first, out=place))


def _first_of_equals(loss: Floats) -> Ints:
    """(B, P) the deals by rising loss, of equal ones the first in place of each."""
    order = loss.argsort(axis=1, kind="stable")
    found = np.take_along_axis(loss, order, axis=1)
    begins = np.zeros(loss.shape, np.int64)
    begins[:, 1:] = np.where(found[:, 1:] != found[:, :-1], np.arange(1, loss.shape[1]), 0)
    return np.asarray(np.take_along_axis(order, np.maximum.accumulate(begins, axis=1), axis=1))
