"""Talks play out in time: rounds of fighting are paid, arms may decide, deals come into force and may collapse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.engine.outcome import DECLARED, ENDINGS, STATES, Outcome
from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.protocols import Talks
from sim.table import KINDS, Worlds

#: Holds talks in some of the draws: (indices into the block, which time they meet) -> closed talks.
HoldTalks = Callable[[Ints, int], Talks]




@dataclass
class _Story:
    """State of every draw while its story is told; all arrays (B,) or (B, A)."""

    agreed_at: Ints  # round in which the current talks agree; horizon or later if they do not
    talks_over: Ints  # round in which the current talks are over without a deal
    pending: Ints  # deal of the current talks
    in_force_at: Ints  # round from which the signed deal is in force; -1 where none is signed
    deal: Ints  # deal signed or in force now
    age: Ints  # rounds the deal in force has lasted
    broken: Bools  # a deal has collapsed and talks are over for good
    arms: Bools
    burden: Floats  # lasting losses and shifts from collapses so far
    winner: Ints
    meetings: Ints


def play(worlds: Worlds, hold_talks: HoldTalks, *, keep_states: bool = False) -> Outcome:
    """Tell the story of every draw from the first round to the horizon.

    A round pays its flow; at its end arms may decide (in fighting), or the deal in force may collapse by the
    true hazard or be converted by follow-on talks. After a collapse the parties fight on (terminal) or talk
    again with the concession clock at 0 (recursive). What is left at the horizon is paid as its value.

    Args:
        worlds:      the core model of the block
        hold_talks:  holds talks in the draws with the given indices, for the given time they meet
        keep_states: keep the state at the end of every round, for figures
    Source: theory.md T.1 (timing, collapse, delay); design of this package, section 4 (words, time)
    """
    scenario = worlds.scenario
    size, horizon = len(worlds.draws), scenario.talks.horizon_rounds
    rows = np.arange(size)
    group = worlds.space.durability_classes[1]
    recursive = scenario.conventions.recursive
    story = _Story(
        agreed_at=np.full(size, horizon),
        talks_over=np.full(size, horizon),
        pending=np.full(size, NO_DEAL),
        in_force_at=np.full(size, -1),
        deal=np.full(size, NO_DEAL),
        age=np.zeros(size, np.int64),
        broken=np.zeros(size, bool),
        arms=np.zeros(size, bool),
        burden=np.zeros((size, len(worlds.actors))),
        winner=np.zeros(size, np.int64),
        meetings=np.zeros(size, np.int64),
    )
    first_deal, first_round = np.full(size, NO_DEAL), np.full(size, -1)
    first_by, held = np.full(size, -1), np.zeros(size, np.int64)
    collapses, converted = np.zeros(size, np.int64), np.zeros(size, bool)
    utility = np.zeros((size, len(worlds.actors)))
    factor = np.ones_like(utility)  # delta**t
    states = np.zeros((size, horizon if keep_states else 0), np.uint8)
    # Read in the order of names, so that the order of the file does not decide who prevails.
    by_name = np.argsort(np.array(worlds.actors))
    prevails = np.cumsum(worlds.fighting.prevail[:, by_name], axis=1)
    prevails /= np.where(prevails[:, -1:] > 0, prevails[:, -1:], 1.0)

    by = _meet(worlds, hold_talks, story, rows, 0)
    for now in range(horizon):
        signing = ~story.arms & (story.pending != NO_DEAL) & (story.agreed_at == now)
        if signing.any():
            where = np.flatnonzero(signing)
            deal = story.pending[where]
            story.deal[where], story.pending[where] = deal, NO_DEAL
            story.in_force_at[where] = now + worlds.delay[where, deal].astype(np.int64)
            story.age[where] = 0
            utility[where] += factor[where] * worlds.pressure[where, :, deal]
            fresh = where[first_deal[where] == NO_DEAL]
            first_deal[fresh], first_round[fresh] = story.deal[fresh], now
            first_by[fresh] = by[fresh]
        in_force = ~story.arms & (story.deal != NO_DEAL) & (story.in_force_at <= now)
        fighting = ~story.arms & ~in_force

        flow = np.where(fighting[:, None], worlds.fighting.flow, 0.0)
        where = np.flatnonzero(in_force)
        flow[where] = worlds.flow[where, :, story.deal[where]]
        where = np.flatnonzero(story.arms)
        flow[where] = worlds.fighting.imposed[where, :, story.winner[where]]
        utility += (1 - worlds.delta) * factor * (flow + story.burden)
        factor = factor * worlds.delta

        # End of the round: arms, collapse, conversion.
        decided = fighting & (worlds.draws.dice.uniform("arms", now) < worlds.decisive)
        if decided.any():
            spin = worlds.draws.dice.uniform("who prevails", now)
            below = (spin[:, None] > prevails).sum(axis=1)[decided]  # all, where nobody can prevail
            story.winner[decided] = by_name[np.minimum(below, len(by_name) - 1)]
            story.arms |= decided
            story.deal[decided] = story.pending[decided] = NO_DEAL
        if in_force.any():
            cls = group[np.maximum(story.deal, 0)]
            story.age[in_force] += 1
            held[in_force & (collapses == 0)] += 1
            chance = worlds.documents.true[rows, cls]
            breaks = in_force & (worlds.draws.dice.uniform("collapse", now) < chance)
            passes = worlds.documents.converted[rows, cls] * (worlds.reference != NO_DEAL)
            turns = in_force & ~breaks & (worlds.draws.dice.uniform("conversion", now) < passes)
            where = np.flatnonzero(turns)
            story.deal[where], story.in_force_at[where] = worlds.reference[where], now
            story.age[where] = 0
            converted |= turns
            where = np.flatnonzero(breaks)
            if len(where):
                _collapse(worlds, story, where)
                collapses[where] += 1
                if recursive:
                    again = _meet(worlds, hold_talks, story, where, now + 1)
                    by[where] = again
                else:
                    story.broken[where] = True
        if keep_states:
            states[:, now] = _state(worlds, story, now)

    left = _left_at_horizon(worlds, story, horizon)
    utility += factor * left
    running = ~story.arms & (story.deal != NO_DEAL) & (story.in_force_at < horizon)
    kind = worlds.space.kind
    declared = np.where(first_deal != NO_DEAL, kind[np.maximum(first_deal, 0)], DECLARED.index("none"))
    waiting = (story.deal != NO_DEAL) & ~running & (collapses == 0)
    ending = np.select(
        [running, (first_deal == NO_DEAL) | waiting],
        [kind[np.maximum(story.deal, 0)], ENDINGS.index("stalemate")],
        default=ENDINGS.index("war"),
    )
    return Outcome(
        declared=declared,
        held=held,
        ending=ending,
        decided_by_arms=story.arms.astype(np.int64),
        round=first_round,
        deal=first_deal,
        final_deal=np.where(running, story.deal, NO_DEAL),
        by=first_by,
        collapses=collapses,
        converted=converted.astype(np.int64),
        utility=utility,
        state=states,
    )


def _meet(worlds: Worlds, hold_talks: HoldTalks, story: _Story, where: Ints, now: int) -> Ints:
    """Hold talks from round ``now`` in the draws ``where``; returns (len(where),) who made the offer."""
    by = np.full(len(where), -1)
    for meeting in np.unique(story.meetings[where]):
        part = np.flatnonzero(story.meetings[where] == meeting)
        talks = hold_talks(where[part], int(meeting))
        story.pending[where[part]] = talks.deal
        story.agreed_at[where[part]] = np.where(talks.deal != NO_DEAL, now + talks.round, np.iinfo(np.int64).max)
        story.talks_over[where[part]] = now + talks.round + (talks.deal != NO_DEAL)
        by[part] = talks.by
    story.meetings[where] += 1
    return by


def _collapse(worlds: Worlds, story: _Story, where: Ints) -> None:
    """A deal breaks down: its damage and the power shift so far stay for ever."""
    share = 1 - (1 - worlds.documents.speed[where]) ** story.age[where]
    story.burden[where] += worlds.shift[where] * share[:, None] - worlds.damage[where]
    story.deal[where], story.in_force_at[where], story.age[where] = NO_DEAL, -1, 0


def _left_at_horizon(worlds: Worlds, story: _Story, horizon: int) -> Floats:
    """(B, A) value of what there is at the horizon: the deal in force, the imposed order, or fighting on.

    A deal that has lasted for some rounds has already moved the balance of power, so the loading of the shift
    is that of its age: omega - (1 - theta)**age (omega - phi).
    """
    left = worlds.fighting.value.copy()
    where = np.flatnonzero(story.arms)
    left[where] = worlds.fighting.imposed[where, :, story.winner[where]]
    where = np.flatnonzero(~story.arms & (story.deal != NO_DEAL))
    deal = story.deal[where]
    cls = worlds.space.durability_classes[1][deal]
    value = worlds.value[where, :, deal]
    gone = 1 - (1 - worlds.documents.speed[where]) ** story.age[where]
    weights = worlds.weights
    more = (weights.omega - weights.phi)[where, :, cls] * gone[:, None] * worlds.shift[where]
    waits = np.maximum(story.in_force_at[where] - horizon, 0)[:, None]
    war = worlds.fighting.value[where]
    left[where] = war + worlds.gamma[where] ** waits * (value + more - war)
    return left + story.burden


def _state(worlds: Worlds, story: _Story, now: int) -> np.ndarray:
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
