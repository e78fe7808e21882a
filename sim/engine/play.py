"""Talks play out in time: fighting is paid, arms may decide, deals come into force and may collapse."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from sim.engine.deals_end import deals_end, draw_sort
from sim.engine.goodwill import Goodwill
from sim.engine.outcome import Outcome
from sim.engine.played_story import Beginning, PlayedStory
from sim.engine.without_deal import end_from_outside, reopen_after_collapse, reopen_after_failure, world_changes
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
from sim.table.durability import aged_loading
from sim.table.outlook import Past, plainly_lasting, value_in_force, value_of_waiting
from sim.table.war import delayed

#: Holds talks in some of the draws: (indices into the block, which time they meet, with which round of the talks they
#: begin) -> closed talks, whose rounds count from the first one of all.
HoldTalks = Callable[[Ints, int, int], TalksState]

_Told = TypeVar("_Told")


@dataclass(frozen=True)
class Meeting:
    """Talks that a story waits for.

    holder:  holds them
    where:   (R,) draws of the block in which they are held
    number:  which time these meet
    begin:   round of the talks with which they begin
    """

    holder: HoldTalks
    where: Ints
    number: int
    begin: int

    def held(self) -> TalksState:
        """Hold them by themselves."""
        return self.holder(self.where, self.number, self.begin)


#: A story that stops where talks are to be held, and goes on when it is told what came of them.
Waiting: TypeAlias = Generator[Meeting, TalksState, _Told]

#: (B, H) or (B,) codes of ``sim.scenario.kinds.state_codes``.
StateCodes = npt.NDArray[np.uint8]


def play_story(worlds: Worlds, hold_talks: HoldTalks, *, keep_states: bool = False) -> Outcome:
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
    begins = Beginning.of_all(worlds.delta, worlds.due.shape[1])
    return told(play_from(worlds, hold_talks, begins, keep_states=keep_states))[0]


def told(story: Waiting[_Told]) -> _Told:
    """Tell a story to its end; each of its talks is held by itself."""
    try:
        meeting = next(story)
        while True:
            meeting = story.send(meeting.held())
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def play_from(
    worlds: Worlds, hold_talks: HoldTalks, begins: Beginning, *, keep_states: bool
) -> Waiting[tuple[Outcome, Ints, Beginning]]:
    """Tell the story of every draw from where it begins, up to the next talks; else as ``play_story``.

    Args:
        begins: the round in which talks open in each draw, and what was realised before
    Returns:
        what came of it; (R,) the draws whose world changes before the horizon while there is no deal, as talks failed
        and reopen, or as events come, whose outcome is still to be told in the world as it is by then; and where their
        stories go on
    """
    scenario = worlds.scenario
    size, horizon = len(worlds.draws), scenario.talks.horizon_rounds
    story = PlayedStory.begin(size, len(worlds.actors), horizon)
    goodwill = Goodwill.begin(worlds)
    story.waited[:] = begins.waited
    utility, factor = begins.utility.copy(), begins.factor.copy()
    states = np.zeros((size, horizon if keep_states else 0), np.uint8)
    rounds, news = np.full(size, horizon), np.zeros(worlds.due.shape, bool)
    later = Beginning(rounds, utility.copy(), factor.copy(), story.waited.copy(), np.zeros(size, np.int64), news)
    late, impatience = bool(begins.at.any()), 1 - worlds.delta
    for start in np.unique(begins.at):
        for first in np.unique(begins.first[begins.at == start]):
            where = np.flatnonzero((begins.at == start) & (begins.first == first))
            story.by[where] = yield from _meet(story, hold_talks, where, int(start), int(first))
    agreed = np.where(story.pending != NO_DEAL, story.agreed_at, -1)
    for now in range(int(begins.at.min(initial=horizon)), horizon):
        awake = begins.at <= now
        signed = _sign(worlds, story, now)
        paid = signed[story.collapses[signed] == 0] if _pressed_once(worlds) else signed
        utility[paid] += factor[paid] * worlds.pressure[paid, :, story.deal[paid]]
        in_force = ~story.over & (story.deal != NO_DEAL) & (story.in_force_at <= now)
        pays = impatience * factor * (_flow(worlds, story, in_force) + story.burden)
        utility += np.where(awake[:, None], pays, 0.0) if late else pays
        factor = np.where(awake[:, None], factor * worlds.delta, factor) if late else factor * worlds.delta
        waiting = ~story.over & ~in_force & awake
        story.waited += waiting
        end_from_outside(worlds, story, now, waiting)
        broken = deals_end(worlds, story, goodwill, now, in_force)
        if scenario.after_signature.breaking is not None:
            utility[broken] += factor[broken] * goodwill.gained[broken]
        if scenario.conventions.damage == "years of war":
            utility[broken] -= factor[broken] * worlds.damage[broken]
        if scenario.talks.reopening is not None and worlds.reopening is not None:
            story.waits_again[broken] = True
            reopen_after_collapse(worlds, story, now)
            again = reopen_after_failure(worlds, story, now, awake & (later.at == horizon))
            later.at[again], later.waited[again] = now + 1, story.waited[again]
            later.utility[again], later.factor[again] = utility[again], factor[again]
        elif scenario.conventions.recursive and len(broken):
            story.by[broken] = yield from _meet(story, hold_talks, broken, now + 1)
        else:
            story.broken[broken] = True
            story.over[broken] |= worlds.no_deal.last
        changed = world_changes(worlds, story, now + 1, awake & (later.at == horizon))
        if len(changed) and now + 1 < horizon:
            later.at[changed], later.first[changed], later.waited[changed] = now + 1, now + 1, story.waited[changed]
            later.utility[changed], later.factor[changed] = utility[changed], factor[changed]
            later.news[changed] = worlds.due[changed] == now + 1
        if keep_states:
            states[:, now] = _state(worlds, story, now)
    utility += factor * _left_at_horizon(worlds, story, horizon)
    where = np.flatnonzero(later.at < horizon)
    return _outcome(worlds, story, horizon, utility, agreed, states), where, later.select(where)


def _sign(worlds: Worlds, story: PlayedStory, now: int) -> Ints:
    """Sign what the talks agreed for this round; returns the indices of the draws that sign."""
    where = np.flatnonzero(~story.over & (story.pending != NO_DEAL) & (story.agreed_at == now))
    if len(where):
        deal = story.pending[where]
        story.deal[where], story.pending[where] = deal, NO_DEAL
        story.in_force_at[where] = now + worlds.delay[where, deal].astype(np.int64)
        story.age[where] = 0
        story.original[where] = deal
        draw_sort(worlds, story, where, now)
        fresh = where[story.first_deal[where] == NO_DEAL]
        story.first_deal[fresh], story.first_round[fresh] = story.deal[fresh], now
        story.first_by[fresh] = story.by[fresh]
        story.first_fragile[fresh] = story.fragile[fresh]
        story.first_accepted[fresh] = story.accepted[fresh]
        if worlds.breaches is not None:
            story.cheats[fresh] = worlds.breaches.of_deals(fresh, story.deal[fresh], len(worlds.actors))
    return where


def _pressed_once(worlds: Worlds) -> bool:
    """Whether outside pressure is paid for the first signature alone."""
    return worlds.scenario.talks.reopening is not None and not (
        worlds.reopening is not None and worlds.reopening.paid_each_time
    )


def _flow(worlds: Worlds, story: PlayedStory, in_force: Bools) -> Floats:
    """(B, A) what the round pays: no deal, the deal in force, or what has come from outside."""
    none = worlds.no_deal
    flow = none.flow + none.drift * story.waited[:, None]
    where = np.flatnonzero(in_force)
    flow[where] = worlds.flow[where, :, story.deal[where]]
    where = np.flatnonzero(story.over)
    flow[where] = none.imposed[where, :, story.way[where]]
    return flow


def _outcome(
    worlds: Worlds, story: PlayedStory, horizon: int, utility: Floats, agreed: Ints, states: StateCodes
) -> Outcome:
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
        reopened=np.zeros(len(first), np.int64),
        changed=np.zeros(len(first), np.int64),
        event=np.where(worlds.due < horizon, worlds.due, -1),
        fragile=story.first_fragile.astype(np.int64),
        cheats=story.cheats,
        found_out=story.found_out,
        state=states,
    )


def _meet(story: PlayedStory, hold_talks: HoldTalks, where: Ints, now: int, first: int = 0) -> Waiting[Ints]:
    """Hold talks from round ``now`` in the draws ``where``; returns (len(where),) who made the offer.

    Args:
        first: the round of the talks that comes then; later than the first one where they go on
    """
    by = np.full(len(where), -1)
    for meeting in np.unique(story.meetings[where]):
        part = np.flatnonzero(story.meetings[where] == meeting)
        talks = yield Meeting(hold_talks, where[part], int(meeting), first)
        story.pending[where[part]] = talks.deal
        ends = now - first + talks.round
        story.agreed_at[where[part]] = np.where(talks.deal != NO_DEAL, ends, np.iinfo(np.int64).max)
        story.talks_over[where[part]] = ends + (talks.deal != NO_DEAL)
        by[part] = talks.by
        story.accepted[where[part]] = talks.accepted if talks.accepted.size else False
    story.meetings[where] += 1
    return by


def _left_at_horizon(worlds: Worlds, story: PlayedStory, horizon: int) -> Floats:
    """(B, A) value of what there is at the horizon: the deal in force, what came from outside, or no deal.

    A deal that has lasted for some rounds has already moved the balance of power, so the loading of the shift
    is that of its age.
    """
    none = worlds.no_deal
    lapsed = story.broken[:, None] & none.last
    left = np.where(lapsed, none.lapsed, none.value) + none.creep * story.waited[:, None]
    if worlds.swing is not None:
        left += story.behind[:, None] * worlds.shift

    def past(where: Ints) -> Past:
        return Past(story.age[where], story.behind[where], story.collapses[where], story.original[where])

    if worlds.reopening is not None and worlds.scenario.talks.reopening is not None:
        where = np.flatnonzero(~story.over & story.waits_again)
        left[where] = value_of_waiting(worlds, where, past(where), story.waited[where])
        where = np.flatnonzero(~story.over & (story.pending != NO_DEAL) & (story.collapses > 0))
        talks = story.agreed_at[where] - horizon
        left[where] = value_of_waiting(worlds, where, past(where), story.waited[where], talks)
    where = np.flatnonzero(story.over)
    left[where] = none.imposed[where, :, story.way[where]]
    where = np.flatnonzero(~story.over & (story.deal != NO_DEAL))
    deal = story.deal[where]
    waits = np.maximum(story.in_force_at[where] - horizon, 0)[:, None]
    waited = story.waited[where, None]
    pending = none.pending[where] + none.creep[where] * waited
    if plainly_lasting(worlds):
        cls = worlds.space.durability_classes[1][deal]
        omega, phi = worlds.weights.omega[where, :, cls], worlds.weights.phi[where, :, cls]
        aged = aged_loading(omega, phi, worlds.documents.speed[where, None], story.age[where, None])
        # The value knows of the wait that the deal needs; the play knows how long nobody had a deal.
        gained = none.creep[where] * (waited + waits - worlds.delay[where, deal][:, None])
        value = worlds.value[where, :, deal] + (aged - phi) * worlds.shift[where] + omega * gained
    else:
        value = value_in_force(worlds, where, deal, past(where), story.waited[where] + waits[:, 0])
        if worlds.swing is not None:
            pending = pending + story.behind[where, None] * worlds.shift[where]
    left[where] = delayed(value - none.creep[where] * waits, pending, none.waiting[where], waits)
    return left + story.burden


def _state(worlds: Worlds, story: PlayedStory, now: int) -> StateCodes:
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
