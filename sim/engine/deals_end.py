"""Deals in force end: they collapse, are found out, are broken by what happens, or are converted."""

from __future__ import annotations

import numpy as np

from sim.engine.goodwill import Goodwill, ended_after_signature
from sim.engine.played_story import PlayedStory
from sim.foundations import NO_DEAL, Bools, Ints
from sim.table import Worlds
from sim.table.durability import shifted


def draw_sort(worlds: Worlds, story: PlayedStory, where: Ints, now: int, *, converted: bool = False) -> None:
    """Draw whether the deals that the draws ``where`` have from now on are fragile."""
    true = worlds.documents.true
    if true.fragile is None or not len(where):
        return
    deal = story.deal[where]
    pressed: Bools | bool = False
    if worlds.pressed is not None and not converted:
        pressed = worlds.pressed[where, deal][:, None]
    life = true.of_class(where, worlds.space.durability_classes[1][deal])
    chance = life.fragile_chance(pressed, story.collapses[where][:, None])
    assert chance is not None
    luck = worlds.draws.dice.uniform("fragile settlement" if converted else "fragile", now)[where]
    story.fragile[where] = luck < chance[:, 0]


def _broken_by_events(worlds: Worlds, now: int, in_force: Bools) -> Bools:
    """(B,) deals in force that an event breaks at the end of a round."""
    found = np.zeros(len(in_force), bool)
    for e, (name, event) in enumerate(worlds.scenario.events.items()):
        here = in_force & (worlds.due[:, e] == now + 1)
        if event.breaks is not None and here.any():
            found |= here & (worlds.draws.dice.uniform("event breaks", name) < worlds.draws[f"events.{name}.breaks"])
    return found


def deals_end(worlds: Worlds, story: PlayedStory, goodwill: Goodwill, now: int, in_force: Bools) -> Ints:
    """Deals in force may collapse or be converted; returns the indices of the draws whose deal collapses."""
    if not in_force.any():
        return np.empty(0, np.int64)
    story.age[in_force] += 1
    story.held[in_force & (story.collapses == 0)] += 1
    dice = worlds.draws.dice
    rows = np.arange(len(in_force))
    group = worlds.space.durability_classes[1][np.maximum(story.deal, 0)]
    chance_of_collapse = worlds.documents.true.of_class(rows, group).collapse(story.fragile, np.maximum(story.age, 1))
    breaks = in_force & (dice.uniform("collapse", now) < chance_of_collapse)
    breaks |= _found_out(worlds, story, now, in_force & ~breaks)
    breaks |= _broken_by_events(worlds, now, in_force)
    breaks |= ended_after_signature(worlds, goodwill, story.deal, in_force, breaks, now)
    chance = worlds.documents.converted[rows, group] * (worlds.reference != NO_DEAL)
    may_be_converted = in_force & ~breaks & (chance > 0)
    if may_be_converted.any():
        where = np.flatnonzero(may_be_converted & (dice.uniform("conversion", now) < chance))
        story.deal[where], story.in_force_at[where] = worlds.reference[where], now
        story.age[where] = 0
        story.converted[where] = True
        draw_sort(worlds, story, where, now, converted=True)
    where = np.flatnonzero(breaks)
    if not len(where):
        return where
    # A deal breaks down. Its damage, where that is not paid once, stays for ever, and so does the power shift so far:
    # as a change of who prevails, or in own value.
    share = shifted(worlds.documents.speed[where], story.age[where])
    change = worlds.shift[where] * share[:, None]
    if worlds.swing is not None:
        story.behind[where] += (1 - story.behind[where]) * share
        change = np.zeros_like(change)
    if worlds.scenario.conventions.damage == "for ever":
        change = change - worlds.damage[where]
    story.burden[where] += change
    story.deal[where], story.in_force_at[where], story.age[where] = NO_DEAL, -1, 0
    story.collapses[where] += 1
    return where


def _found_out(worlds: Worlds, story: PlayedStory, now: int, in_force: Bools) -> Bools:
    """(B,) deals in force that are over, as one who breaks them in secret is found out at the end of the round."""
    found = np.zeros(len(in_force), bool)
    breaches, where = worlds.breaches, np.flatnonzero(in_force)
    if breaches is None or not len(where):
        return found
    chance = breaches.caught(where, story.deal[where], story.age[where])
    for c, actor in enumerate(breaches.who):
        luck = worlds.draws.dice.uniform("found out", worlds.actors[actor], now)[where]
        caught = where[luck < chance[c]]
        story.burden[caught, actor] -= breaches.penalty[c, caught]
        story.found_out[caught, actor] = True
        found[caught] = True
    return found
