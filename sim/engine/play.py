"""Talks play out in time: fighting is paid, arms may decide, deals come into force and may collapse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.engine.outcome import Outcome
from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.protocols import TalksState
from sim.scenario.kinds import (
    broken_code,
    broken_state,
    declared_codes,
    ending_codes,
    never_code,
    outside_states,
    state_codes,
    waiting_state,
)
from sim.table import Worlds
from sim.table.durability import aged_loading, shifted
from sim.table.war import delayed

#: Holds talks in some of the draws: (indices into the block, which time they meet) -> closed talks.
HoldTalks = Callable[[Ints, int], TalksState]

#: (B, H) or (B,) codes of ``sim.scenario.kinds.state_codes``.
StateCodes = npt.NDArray[np.uint8]


@dataclass
class _Story:
    """State of every draw while its story is told; all arrays (B,), but for the burden (B, A)."""

    agreed_at: Ints  # round in which the current talks agree; far away if they do not
    talks_over: Ints  # round in which the current talks are over without a deal
    pending: Ints  # deal of the current talks
    in_force_at: Ints  # round from which the signed deal is in force; -1 where none is signed
    deal: Ints  # deal signed or in force now
    age: Ints  # rounds the deal in force has lasted
    broken: Bools  # a deal has collapsed and talks are over for good
    over: Bools  # something from outside has ended the matter: arms, a rival, the last vote
    way: Ints  # in which of its ways, e.g. who prevailed
    waited: Ints  # rounds without a deal in force
    meetings: Ints  # how often talks have been held
    by: Ints  # whose offer the current talks accepted
    collapses: Ints
    converted: Bools
    first_deal: Ints
    first_round: Ints
    first_by: Ints
    accepted: Bools  # who said yes in the current talks, (B, A)
    first_accepted: Bools
    held: Ints
    burden: Floats  # lasting losses and shifts from collapses so far

    @classmethod
    def begin(cls, draws: int, actors: int, horizon: int) -> _Story:
        """Nothing has happened yet."""

        def whole(start: int) -> Ints:
            return np.full(draws, start, dtype=np.int64)

        def no() -> Bools:
            return np.zeros(draws, bool)

        return cls(
            agreed_at=whole(horizon),
            talks_over=whole(horizon),
            pending=whole(NO_DEAL),
            in_force_at=whole(-1),
            deal=whole(NO_DEAL),
            age=whole(0),
            broken=no(),
            over=no(),
            way=whole(0),
            waited=whole(0),
            meetings=whole(0),
            by=whole(-1),
            collapses=whole(0),
            converted=no(),
            first_deal=whole(NO_DEAL),
            first_round=whole(-1),
            first_by=whole(-1),
            accepted=np.zeros((draws, actors), bool),
            first_accepted=np.zeros((draws, actors), bool),
            held=whole(0),
            burden=np.zeros((draws, actors)),
        )


def play(worlds: Worlds, hold_talks: HoldTalks, *, keep_states: bool = False) -> Outcome:
    """Tell the story of every draw from the first round to the horizon.

    A round pays its flow; at its end something from outside may end the matter (arms in a war, a rival), or the deal
    in force may collapse by the true hazard or be converted by follow-on talks. After a collapse the parties go on
    without a deal (terminal) or talk again with the concession clock at 0 (recursive). What is left at the horizon is
    paid as its value.

    Args:
        worlds:      the core model of the block
        hold_talks:  holds talks in the draws with the given indices, for the given time they meet
        keep_states: keep the state at the end of every round, for figures
    Source: timing, collapse and delay as `sim.table.worlds` values them: its V is the mean of what is played here
    """
    scenario = worlds.scenario
    size, horizon = len(worlds.draws), scenario.talks.horizon_rounds
    story = _Story.begin(size, len(worlds.actors), horizon)
    utility = np.zeros((size, len(worlds.actors)))
    factor = np.ones_like(utility)  # delta**t
    states = np.zeros((size, horizon if keep_states else 0), np.uint8)
    story.by[:] = _meet(story, hold_talks, np.arange(size), 0)
    agreed = np.where(story.pending != NO_DEAL, story.agreed_at, -1)
    for now in range(horizon):
        signed = _sign(worlds, story, now)
        utility[signed] += factor[signed] * worlds.pressure[signed, :, story.deal[signed]]
        in_force = ~story.over & (story.deal != NO_DEAL) & (story.in_force_at <= now)
        utility += (1 - worlds.delta) * factor * (_flow(worlds, story, in_force) + story.burden)
        factor = factor * worlds.delta
        story.waited += ~story.over & ~in_force
        _end_from_outside(worlds, story, now, ~story.over & ~in_force)
        broken = _deals_end(worlds, story, now, in_force)
        if scenario.conventions.recursive and len(broken):
            story.by[broken] = _meet(story, hold_talks, broken, now + 1)
        else:
            story.broken[broken] = True
            story.over[broken] |= worlds.no_deal.last
        if keep_states:
            states[:, now] = _state(worlds, story, now)
    utility += factor * _left_at_horizon(worlds, story, horizon)
    return _outcome(worlds, story, horizon, utility, agreed, states)


def _sign(worlds: Worlds, story: _Story, now: int) -> Ints:
    """Sign what the talks agreed for this round; returns the indices of the draws that sign."""
    where = np.flatnonzero(~story.over & (story.pending != NO_DEAL) & (story.agreed_at == now))
    if len(where):
        deal = story.pending[where]
        story.deal[where], story.pending[where] = deal, NO_DEAL
        story.in_force_at[where] = now + worlds.delay[where, deal].astype(np.int64)
        story.age[where] = 0
        fresh = where[story.first_deal[where] == NO_DEAL]
        story.first_deal[fresh], story.first_round[fresh] = story.deal[fresh], now
        story.first_by[fresh] = story.by[fresh]
        story.first_accepted[fresh] = story.accepted[fresh]
    return where


def _flow(worlds: Worlds, story: _Story, in_force: Bools) -> Floats:
    """(B, A) what the round pays: no deal, the deal in force, or what has come from outside."""
    none = worlds.no_deal
    flow = none.flow + none.drift * story.waited[:, None]
    where = np.flatnonzero(in_force)
    flow[where] = worlds.flow[where, :, story.deal[where]]
    where = np.flatnonzero(story.over)
    flow[where] = none.imposed[where, :, story.way[where]]
    return flow


def _end_from_outside(worlds: Worlds, story: _Story, now: int, waiting: Bools) -> None:
    """At the end of a round without a deal something from outside may end the matter, for good.

    Arms void whatever was agreed; a signature keeps everything else from happening. Where votes run out, the fallback
    comes with the last of them.
    """
    none = worlds.no_deal
    free = waiting if none.by_arms else waiting & (story.deal == NO_DEAL)
    ended = free & (worlds.draws.dice.uniform("arms" if none.by_arms else "outside", now) < none.ends)
    if none.last:
        ended |= free & (story.pending == NO_DEAL) & (story.talks_over <= now + 1)
    if ended.any():
        if none.by_arms:
            story.way[ended] = _who_prevails(worlds, now)[ended]
        story.over |= ended
        story.deal[ended] = story.pending[ended] = NO_DEAL


def _who_prevails(worlds: Worlds, now: int) -> Ints:
    """(B,) for whom arms decide in a round, if they do."""
    spin = worlds.draws.dice.uniform("who prevails", now)
    # In the order of names, so that the order of the file does not decide who prevails; the last sum is 1
    # but for rounding, or 0 where nobody can prevail.
    by_name = np.argsort(np.array(worlds.actors))
    prevails = np.cumsum(worlds.no_deal.prevail[:, by_name], axis=1)
    prevails /= np.where(prevails[:, -1:] > 0, prevails[:, -1:], 1.0)
    return np.asarray(by_name[np.minimum((spin[:, None] > prevails).sum(axis=1), len(by_name) - 1)])


def _deals_end(worlds: Worlds, story: _Story, now: int, in_force: Bools) -> Ints:
    """Deals in force may collapse or be converted; returns the indices of the draws whose deal collapses."""
    if not in_force.any():
        return np.empty(0, np.int64)
    rows = np.arange(len(in_force))
    group = worlds.space.durability_classes[1][np.maximum(story.deal, 0)]
    story.age[in_force] += 1
    story.held[in_force & (story.collapses == 0)] += 1
    dice = worlds.draws.dice
    breaks = in_force & (dice.uniform("collapse", now) < worlds.documents.true[rows, group])
    chance = worlds.documents.converted[rows, group] * (worlds.reference != NO_DEAL)
    where = np.flatnonzero(in_force & ~breaks & (dice.uniform("conversion", now) < chance))
    story.deal[where], story.in_force_at[where] = worlds.reference[where], now
    story.age[where] = 0
    story.converted[where] = True
    where = np.flatnonzero(breaks)
    # A deal breaks down: its damage and the power shift so far stay for ever.
    share = shifted(worlds.documents.speed[where], story.age[where])
    story.burden[where] += worlds.shift[where] * share[:, None] - worlds.damage[where]
    story.deal[where], story.in_force_at[where], story.age[where] = NO_DEAL, -1, 0
    story.collapses[where] += 1
    return where


def _outcome(worlds: Worlds, story: _Story, horizon: int, utility: Floats, agreed: Ints, states: StateCodes) -> Outcome:
    """Read the columns off the story at the horizon."""
    scenario, by_arms = worlds.scenario, worlds.no_deal.by_arms
    endings = ending_codes(scenario)
    running = ~story.over & (story.deal != NO_DEAL) & (story.in_force_at < horizon)
    waiting = (story.deal != NO_DEAL) & ~running & (story.collapses == 0)
    kind, first = worlds.space.kind, story.first_deal
    never = endings.index(never_code(scenario))
    return Outcome(
        declared=np.where(first != NO_DEAL, kind[np.maximum(first, 0)], declared_codes(scenario).index("none")),
        held=story.held,
        ending=np.select(
            [running, (first == NO_DEAL) | waiting],
            [kind[np.maximum(story.deal, 0)], np.full(len(first), never)],
            default=endings.index(broken_code(scenario) or never_code(scenario)),
        ),
        decided_by_arms=(story.over & by_arms).astype(np.int64),
        round=story.first_round,
        deal=first,
        final_deal=np.where(running, story.deal, NO_DEAL),
        by=story.first_by,
        signed_by=story.first_accepted,
        collapses=story.collapses,
        converted=story.converted.astype(np.int64),
        utility=utility,
        agreed=agreed,
        prevailed=np.where(story.over & by_arms, story.way, -1),
        state=states,
    )


def _meet(story: _Story, hold_talks: HoldTalks, where: Ints, now: int) -> Ints:
    """Hold talks from round ``now`` in the draws ``where``; returns (len(where),) who made the offer."""
    by = np.full(len(where), -1)
    for meeting in np.unique(story.meetings[where]):
        part = np.flatnonzero(story.meetings[where] == meeting)
        talks = hold_talks(where[part], int(meeting))
        story.pending[where[part]] = talks.deal
        story.agreed_at[where[part]] = np.where(talks.deal != NO_DEAL, now + talks.round, np.iinfo(np.int64).max)
        story.talks_over[where[part]] = now + talks.round + (talks.deal != NO_DEAL)
        by[part] = talks.by
        story.accepted[where[part]] = talks.accepted if talks.accepted.size else False
    story.meetings[where] += 1
    return by


def _left_at_horizon(worlds: Worlds, story: _Story, horizon: int) -> Floats:
    """(B, A) value of what there is at the horizon: the deal in force, what came from outside, or no deal.

    A deal that has lasted for some rounds has already moved the balance of power, so the loading of the shift
    is that of its age.
    """
    none = worlds.no_deal
    lapsed = story.broken[:, None] & none.last
    left = np.where(lapsed, none.lapsed, none.value) + none.drift * story.waited[:, None]
    where = np.flatnonzero(story.over)
    left[where] = none.imposed[where, :, story.way[where]]
    where = np.flatnonzero(~story.over & (story.deal != NO_DEAL))
    deal = story.deal[where]
    cls = worlds.space.durability_classes[1][deal]
    omega, phi = worlds.weights.omega[where, :, cls], worlds.weights.phi[where, :, cls]
    aged = aged_loading(omega, phi, worlds.documents.speed[where, None], story.age[where, None])
    waits = np.maximum(story.in_force_at[where] - horizon, 0)[:, None]
    # The value knows of the wait that the deal needs; the play knows how long nobody had a deal.
    waited = story.waited[where, None] + waits
    gained = none.drift[where] * (waited - worlds.delay[where, deal][:, None])
    value = worlds.value[where, :, deal] + (aged - phi) * worlds.shift[where] + omega * gained
    pending = none.pending[where] + none.drift[where] * story.waited[where, None]
    left[where] = delayed(value - none.drift[where] * waits, pending, none.waiting[where], waits)
    return left + story.burden


def _state(worlds: Worlds, story: _Story, now: int) -> StateCodes:
    """(B,) code of the state after the events of the round."""
    scenario = worlds.scenario
    codes = state_codes(scenario)
    waiting = codes.index(waiting_state(scenario))
    broken = codes.index(broken_state(scenario) or waiting_state(scenario))
    ended = np.full(len(worlds.actors), waiting)  # by the way in which it ended; in a war, by who prevailed
    for who, state in outside_states(scenario).items():
        ended[worlds.actors.index(who) if who else slice(None)] = codes.index(state)
    in_force = (story.deal != NO_DEAL) & (story.in_force_at <= now)
    kind = codes.index(worlds.space.kinds[0]) + worlds.space.kind[np.maximum(story.deal, 0)]
    found = np.where(in_force, kind, np.where(story.collapses > 0, broken, waiting))
    if outside_states(scenario):
        # A war that nobody has the power to win goes on as it was.
        someone = worlds.no_deal.prevail.sum(axis=1) > 0 if worlds.no_deal.by_arms else True
        found = np.where(story.over & someone, ended[story.way], found)
    return found.astype(np.uint8)
