"""Talks of people who go by the clock alone, begun in the first round in which some deal could suit all of them.

Whoever asks for less as time passes would take, in a round, what he would not have taken before, and never the other
way round. So whether any deal could suit all of them is found by halving steps over the rounds, without a look at who
offers what; up to there nothing is agreed. Most talks then close within a round or two, so that few offers are looked
for, each in one pass over the deals, and no deals are sorted.

Source: rules as `sim.protocols.alternating_offers`, with which results agree bit for bit; the halving is ours
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.protocols.protocol import TalksState
from sim.strategies import (
    AcNext,
    NearestToAspiration,
    Negotiator,
    TimeDependent,
    TimeDependentExponential,
    exponential,
    polynomial,
)
from sim.strategies.ranges import Setting
from sim.table import BargainingTable

#: Rounds that are played after the first chance, and looked at before it: those that need more are few.
_ROUNDS: Final = 16
_BACK: Final = 6


def begins_at_first_chance(negotiator: Negotiator) -> bool:
    """Whether the least that a negotiator takes is near what he asks for, and the same curve gives it to the last bit.

    Powers of one number and of many may differ in the last bit, so a curve needs both of its settings alike.
    """
    acceptance, curve = negotiator.acceptance, negotiator.aspiration
    assert isinstance(curve, TimeDependent | TimeDependentExponential)
    alike = np.ndim(curve.exponent) > 0 or np.ndim(curve.kappa) == 0
    return alike and (not isinstance(acceptance, AcNext) or acceptance.plain)


def hold_from_first_chance(
    table: BargainingTable,
    negotiators: Sequence[Negotiator],
    times: Sequence[float],
    talks: TalksState,
    where: slice,
) -> tuple[Ints, int]:
    """Hold the talks of the draws ``where`` and write down what comes of them.

    Args:
        negotiators: one for each speaker, in the order in which they speak
        times:       share of the talks that has passed in each round, rising
    Returns:
        draws whose talks would go on for longer, and a round before which none of them agrees
    """
    passed = tuple(times)
    people = [
        _Party.of(table, int(actor), one, passed, where) for actor, one in zip(table.order, negotiators, strict=True)
    ]
    rows = np.arange(table.draws)[where]
    chance = _first_chance(people, len(passed))
    some = np.flatnonzero(chance < len(passed))
    if len(people) == 2:
        rounds, standing = np.maximum(chance[some] - 1, 0), np.full(len(some), people[0].nothing)
        before = chance[some] > 0
        early = some[before]
        standing[before] = people[1].proposes(early, people[1].target(early, rounds[before]))[0]
        rounds, late = chance[some], some[:0]
    else:
        some, rounds, standing, late = _last_words(people, chance, some)
    yeses = np.zeros(len(some), np.int16)
    for _ in range(_ROUNDS):
        if not len(some):
            break
        open_ = np.ones(len(some), bool)
        for turn, person in enumerate(people):
            target = person.target(some, rounds)
            offer, least = person.proposes(some, target)
            taken = person.worth(some, standing) >= least
            yeses += taken
            yeses *= taken
            signs = (yeses == len(people) - 1) & open_
            if signs.any():
                agreed = rows[some[signs]]
                talks.deal[agreed], talks.round[agreed] = standing[signs], rounds[signs]
                talks.by[agreed] = table.order[(turn + 1) % len(people)]  # everybody else has said yes
                open_ &= ~signs
            standing = np.where(taken, standing, offer)
        rounds += 1
        open_ &= rounds < len(passed)
        some, rounds, standing, yeses = some[open_], rounds[open_], standing[open_], yeses[open_]
    left = np.sort(np.concatenate([some, late]))
    return rows[left], int(chance[left].min(initial=len(passed)))


def _first_chance(people: Sequence[_Party], rounds: int) -> Ints:
    """(B,) the first round in which some deal could suit everybody, ``rounds`` where there is none."""
    found = np.full(len(people[0].floor), -1)  # the last round known to hold no such deal
    step = 1 << (rounds.bit_length() - 1)
    while step:
        probe = found + step
        within = probe < rounds
        probe[~within] = 0
        suits = people[0].suited(probe)
        for person in people[1:]:
            suits &= person.suited(probe)
        np.copyto(found, probe, where=within & ~suits.any(axis=1))
        step //= 2
    return found + 1


def _last_words(people: Sequence[_Party], chance: Ints, some: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """A round before the first chance in which the last to speak refused whatever could stand, so that he speaks.

    What stands when his turn comes was offered in the same round: else all others have answered it.

    Returns:
        the draws in which there is one (b,), the round after it (b,) and what he offers (b,); and all other draws
    """
    nothing = people[0].nothing
    known, rounds, words = [], [], []
    at = chance[some] - 1
    for _ in range(_BACK):
        fresh = at < 0
        known.append(some[fresh])
        rounds.append(np.zeros(int(fresh.sum()), np.int64))
        words.append(np.full(int(fresh.sum()), nothing))
        some, at = some[~fresh], at[~fresh]
        last = people[-1]
        offer, least = last.proposes(some, last.target(some, at))
        speaks = np.ones(len(some), bool)
        for person in people[:-1]:
            other, _ = person.proposes(some, person.target(some, at))
            speaks &= last.worth(some, other) < least
        known.append(some[speaks])
        rounds.append(at[speaks] + 1)
        words.append(offer[speaks])
        some, at = some[~speaks], at[~speaks] - 1
    found = np.concatenate(known)
    order = found.argsort()
    return found[order], np.concatenate(rounds)[order], np.concatenate(words)[order], some


@dataclass(frozen=True)
class _Party:
    """One actor in a block of draws (B,).

    negotiator:  what he does
    times:       share of the talks that has passed in each round
    floor, best: (B,) as in ``Hearing``
    top:         (B,) his payoff of the best deal that he may offer, -inf where he may offer none
    offers:      (B, K) his payoffs of the deals that he may offer, -inf elsewhere
    heard:       (B, K) what each deal is worth to him, -inf where he would not sign it
    shares:      share that he asks for in each round, where it is the same in all draws
    """

    negotiator: Negotiator
    times: tuple[float, ...]
    floor: Floats
    best: Floats
    top: Floats
    offers: Floats
    heard: Floats
    shares: Floats | None

    @classmethod
    def of(
        cls, table: BargainingTable, actor: int, negotiator: Negotiator, times: tuple[float, ...], where: slice
    ) -> _Party:
        """Read his side off the table."""
        payoff, disagreement = table.payoff[where, actor], table.disagreement[where, actor]
        worst = payoff.min(axis=1)
        floor = np.maximum(disagreement, worst)
        heard = offers = payoff
        if not ((worst - disagreement >= -TOLERANCE).all() and table.permitted[where, actor].all()):
            heard = np.where(table.acceptable[where, actor], payoff, -np.inf)
            offers = heard
        if table.consent[~table.rule.signers].any():
            offers = np.where(table.offerable[where], heard, -np.inf)
        top = offers.max(axis=1)
        best = np.maximum(top, floor)
        rule = negotiator.aspiration
        assert isinstance(rule, TimeDependent | TimeDependentExponential)
        same = np.ndim(rule.exponent) == 0 and np.ndim(rule.kappa) == 0
        shares = _shares(type(rule), float(rule.exponent), float(rule.kappa), times) if same else None
        return cls(negotiator.select(np.arange(table.draws)[where]), times, floor, best, top, offers, heard, shares)

    @property
    def nothing(self) -> int:
        """K, what stands where nobody has offered anything."""
        return int(self.heard.shape[1])

    def target(self, rows: Ints, rounds: Ints) -> Floats:
        """(b,) the payoff that he asks for in some draws (b,), in a round of each."""
        if self.shares is not None:
            demand = self.shares[rounds]
        else:
            rule = self.negotiator.aspiration
            assert isinstance(rule, TimeDependent | TimeDependentExponential)
            conceded = polynomial if isinstance(rule, TimeDependent) else exponential
            time = np.asarray(self.times)[rounds]
            demand = np.asarray(1.0 - conceded(time, _of_draws(rule.exponent, rows), _of_draws(rule.kappa, rows)))
        floor, best = self.floor[rows], self.best[rows]
        found = demand * (best - floor)
        found += floor
        found -= _of_draws(self.negotiator.tolerance, rows)
        return np.asarray(np.clip(found, floor, best, out=found))

    def proposes(self, rows: Ints, target: Floats) -> tuple[Ints, Floats]:
        """What he offers in some draws (b,), the first of equals, and the least that he takes, (b,) each."""
        wanted = target - self._slack(rows)
        offers = self.offers if len(rows) == len(self.offers) else self.offers[rows]
        reached = np.where(offers >= wanted[:, None], offers, np.inf)
        deal = reached.argmin(axis=1)
        own = reached[np.arange(len(rows)), deal]
        none = np.flatnonzero(np.isinf(own))
        if len(none):
            own[none] = self.top[rows[none]]
            deal[none] = np.where(np.isinf(own[none]), self.nothing, offers[none].argmax(axis=1))
        least = target
        if isinstance(self.negotiator.acceptance, AcNext):
            least = np.where(np.isinf(own), target, own)
        return np.asarray(deal), least - TOLERANCE

    def worth(self, rows: Ints, standing: Ints) -> Floats:
        """(b,) what the deals that stand are worth in his eyes, -inf for what he would not sign."""
        found = self.heard[rows, np.minimum(standing, self.nothing - 1)]
        return np.where(standing == self.nothing, -np.inf, found)

    def suited(self, rounds: Ints) -> Bools:
        """(B, K) deals that he might offer or take by a round (B,): none that he would is left out."""
        rows = np.arange(len(rounds))
        least = np.minimum(self.target(rows, rounds) - self._slack(rows), self.top)
        # Far more than a comparison or a power may err, so that rounds are never taken as closed by mistake.
        least -= TOLERANCE * (4.0 + np.abs(self.best) + np.abs(self.floor))
        return np.asarray(self.heard >= least[:, None])

    def _slack(self, rows: Ints) -> Floats:
        offering = self.negotiator.offering
        assert isinstance(offering, NearestToAspiration)
        return _of_draws(offering.slack, rows)


def _of_draws(setting: Setting, rows: Ints) -> Floats:
    """A setting in some draws."""
    found = np.asarray(setting, float)
    return np.asarray(found[rows]) if found.ndim else found


@lru_cache(maxsize=64)
def _shares(rule: type, exponent: float, kappa: float, times: tuple[float, ...]) -> Floats:
    """(T,) share that somebody asks for in each round, as it is worked out one round at a time."""
    conceded = polynomial if rule is TimeDependent else exponential
    return np.array([1.0 - conceded(time, exponent, kappa) for time in times])
