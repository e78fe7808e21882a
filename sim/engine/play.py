"""Talks play out in time: fighting is paid, arms may decide, deals come into force and may collapse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.engine.outcome import DECLARED, ENDINGS, STATES, Outcome
from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.protocols import TalksState
from sim.table import Worlds
from sim.table.durability import aged_loading, shifted
from sim.table.war import delayed

#: Holds talks in some of the draws: (indices into the block, which time they meet) -> closed talks.
HoldTalks = Callable[[Ints, int], TalksState]

#: (B, H) or (B,) codes of STATES.
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
    arms: Bools  # arms have decided
    winner: Ints  # who prevailed
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
            arms=no(),
            winner=whole(0),
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

    A round pays its flow; at its end arms may decide (in fighting), or the deal in force may collapse by the
    true hazard or be converted by follow-on talks. After a collapse the parties fight on (terminal) or talk
    again with the concession clock at 0 (recursive). What is left at the horizon is paid as its value.

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
    for now in range(horizon):
        signed = _sign(worlds, story, now)
        utility[signed] += factor[signed] * worlds.pressure[signed, :, story.deal[signed]]
        in_force = ~story.arms & (story.deal != NO_DEAL) & (story.in_force_at <= now)
        utility += (1 - worlds.delta) * factor * (_flow(worlds, story, in_force) + story.burden)
        factor = factor * worlds.delta
        _arms_decide(worlds, story, now, ~story.arms & ~in_force)
        broken = _deals_end(worlds, story, now, in_force)
        if scenario.conventions.recursive and len(broken):
            story.by[broken] = _meet(story, hold_talks, broken, now + 1)
        else:
            story.broken[broken] = True
        if keep_states:
            states[:, now] = _state(worlds, story, now)
    utility += factor * _left_at_horizon(worlds, story, horizon)
    return _outcome(worlds, story, horizon, utility, states)


def _sign(worlds: Worlds, story: _Story, now: int) -> Ints:
    """Sign what the talks agreed for this round; returns the indices of the draws that sign."""
    where = np.flatnonzero(~story.arms & (story.pending != NO_DEAL) & (story.agreed_at == now))
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
    """(B, A) what the round pays: fighting, the deal in force, or what arms have imposed."""
    flow = worlds.fighting.flow.copy()
    where = np.flatnonzero(in_force)
    flow[where] = worlds.flow[where, :, story.deal[where]]
    where = np.flatnonzero(story.arms)
    flow[where] = worlds.fighting.imposed[where, :, story.winner[where]]
    return flow


def _arms_decide(worlds: Worlds, story: _Story, now: int, fighting: Bools) -> None:
    """At the end of a round of fighting arms may decide: whatever was agreed is void."""
    decided = fighting & (worlds.draws.dice.uniform("arms", now) < worlds.decisive)
    if decided.any():
        spin = worlds.draws.dice.uniform("who prevails", now)
        # In the order of names, so that the order of the file does not decide who prevails; the last sum is 1
        # but for rounding, or 0 where nobody can prevail.
        by_name = np.argsort(np.array(worlds.actors))
        prevails = np.cumsum(worlds.fighting.prevail[:, by_name], axis=1)
        prevails /= np.where(prevails[:, -1:] > 0, prevails[:, -1:], 1.0)
        winner = np.minimum((spin[:, None] > prevails).sum(axis=1), len(by_name) - 1)
        story.winner[decided] = by_name[winner[decided]]
        story.arms |= decided
        story.deal[decided] = story.pending[decided] = NO_DEAL


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


def _outcome(worlds: Worlds, story: _Story, horizon: int, utility: Floats, states: StateCodes) -> Outcome:
    """Read the columns off the story at the horizon."""
    running = ~story.arms & (story.deal != NO_DEAL) & (story.in_force_at < horizon)
    waiting = (story.deal != NO_DEAL) & ~running & (story.collapses == 0)
    kind, first = worlds.space.kind, story.first_deal
    return Outcome(
        declared=np.where(first != NO_DEAL, kind[np.maximum(first, 0)], DECLARED.index("none")),
        held=story.held,
        ending=np.select(
            [running, (first == NO_DEAL) | waiting],
            [kind[np.maximum(story.deal, 0)], np.full(len(first), ENDINGS.index("stalemate"))],
            default=ENDINGS.index("war"),
        ),
        decided_by_arms=story.arms.astype(np.int64),
        round=story.first_round,
        deal=first,
        final_deal=np.where(running, story.deal, NO_DEAL),
        by=story.first_by,
        signed_by=story.first_accepted,
        collapses=story.collapses,
        converted=story.converted.astype(np.int64),
        utility=utility,
        prevailed=np.where(story.arms, story.winner, -1),
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
    """(B, A) value of what there is at the horizon: the deal in force, the imposed order, or fighting on.

    A deal that has lasted for some rounds has already moved the balance of power, so the loading of the shift
    is that of its age.
    """
    left = worlds.fighting.value.copy()
    where = np.flatnonzero(story.arms)
    left[where] = worlds.fighting.imposed[where, :, story.winner[where]]
    where = np.flatnonzero(~story.arms & (story.deal != NO_DEAL))
    deal = story.deal[where]
    cls = worlds.space.durability_classes[1][deal]
    omega, phi = worlds.weights.omega[where, :, cls], worlds.weights.phi[where, :, cls]
    aged = aged_loading(omega, phi, worlds.documents.speed[where, None], story.age[where, None])
    value = worlds.value[where, :, deal] + (aged - phi) * worlds.shift[where]
    waits = np.maximum(story.in_force_at[where] - horizon, 0)[:, None]
    left[where] = delayed(value, worlds.fighting.value[where], worlds.gamma[where], waits)
    return left + story.burden


def _state(worlds: Worlds, story: _Story, now: int) -> StateCodes:
    """(B,) index into STATES after the events of the round."""
    in_force = (story.deal != NO_DEAL) & (story.in_force_at <= now)
    kind = worlds.space.kind[np.maximum(story.deal, 0)]
    return np.select(
        [
            story.arms,
            in_force,
            story.deal != NO_DEAL,
            story.broken,
            story.talks_over > now + 1,
        ],
        [
            STATES.index("decided by arms"),
            STATES.index("truce") + kind,
            STATES.index("agreed, not yet in force"),
            STATES.index("broken down"),
            STATES.index("talking"),
        ],
        default=STATES.index("fighting on"),
    ).astype(np.uint8)
