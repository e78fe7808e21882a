"""What happens while there is no deal: arms decide, talks reopen, events come and battles teach."""

from __future__ import annotations

import numpy as np

from sim.engine.played_story import PlayedStory
from sim.foundations import NO_DEAL, Bools, Ints
from sim.scenario import Scenario
from sim.table import Worlds


def reopen_after_collapse(worlds: Worlds, story: PlayedStory, now: int) -> None:
    """At the end of a round talks may reopen where a deal has broken; then the same deal is signed again in time."""
    reopening = worlds.reopening
    assert reopening is not None
    again = story.waits_again & ~story.over
    if not again.any():
        return
    again &= worlds.draws.dice.uniform("talks reopen", now) < reopening.chance
    where = np.flatnonzero(again)
    story.waits_again[where] = False
    signs = worlds.signs_again(where, story.original[where], story.collapses[where])
    story.broken[where[~signs]] = True
    where = where[signs]
    story.pending[where] = story.original[where]
    story.agreed_at[where] = now + 1 + reopening.rounds[where].astype(np.int64)


def reopen_after_failure(worlds: Worlds, story: PlayedStory, now: int, free: Bools) -> Ints:
    """The draws in which talks have failed and reopen with the next round; there is no deal, and there was none."""
    reopening = worlds.reopening
    assert reopening is not None
    if not reopening.failed.any():
        return np.empty(0, np.int64)
    failed = free & ~story.over & (story.first_deal == NO_DEAL) & (story.pending == NO_DEAL)
    failed &= story.talks_over <= now + 1
    return np.flatnonzero(failed & (worlds.draws.dice.uniform("failed talks reopen", now) < reopening.failed))


def _battle(scenario: Scenario, at: int) -> bool:
    """Whether a battle that teaches something is fought before round ``at``, while talks may still go on."""
    every = scenario.talks.battle_rounds
    return every > 0 and at % every == 0 and at < scenario.talks.talk_rounds


def world_changes(worlds: Worlds, story: PlayedStory, at: int, free: Bools) -> Ints:
    """The draws without a deal that go on in another world from round ``at``: events come, or a battle has taught."""
    fought = _battle(worlds.scenario, at)
    if not fought and not (worlds.due == at).any():
        return np.empty(0, np.int64)
    here = free & ~story.over & (story.first_deal == NO_DEAL)
    return np.flatnonzero(here if fought else here & (worlds.due == at).any(axis=1))


def end_from_outside(worlds: Worlds, story: PlayedStory, now: int, waiting: Bools) -> None:
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
            story.way[ended] = _who_prevails(worlds, story, now)[ended]
        story.over |= ended
        story.deal[ended] = story.pending[ended] = NO_DEAL


def _who_prevails(worlds: Worlds, story: PlayedStory, now: int) -> Ints:
    """(B,) for whom arms decide in a round, if they do; by who prevails once power has moved in pauses."""
    spin = worlds.draws.dice.uniform("who prevails", now)
    # In the order of names, so that the order of the file does not decide who prevails; the last sum is 1
    # but for rounding, or 0 where nobody can prevail.
    by_name = np.argsort(np.array(worlds.actors))
    chances = worlds.no_deal.prevail
    if worlds.swing is not None:
        chances = chances + story.behind[:, None] * worlds.swing
    prevails = np.cumsum(chances[:, by_name], axis=1)
    prevails /= np.where(prevails[:, -1:] > 0, prevails[:, -1:], 1.0)
    return np.asarray(by_name[np.minimum((spin[:, None] > prevails).sum(axis=1), len(by_name) - 1)])
