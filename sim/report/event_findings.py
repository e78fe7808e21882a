"""How often each event of a case comes, and what is signed before, after and without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.foundations import Bools
from sim.report.case_words import CaseWords
from sim.report.pieces import Sentence
from sim.scenario import Scenario
from sim.words import capital, event_title, percent, points


@dataclass(frozen=True)
class EventShare:
    """What became of an event in some draws.

    id:      its name
    draws:   how many draws were looked at
    comes:   in how many of them it came before the end of the story
    open:    in how many it came while nothing was signed
    signed_after:   in how many of these a deal was signed later
    signed_without: in how many of all others one was signed
    """

    id: str
    draws: int
    comes: int
    open: int
    signed_after: int
    signed_without: int


def event_shares(results: xr.Dataset, where: Bools) -> tuple[EventShare, ...] | None:
    """Count them among the draws ``where`` (B,); ``None`` in cases without events."""
    if not results.sizes.get("event"):
        return None
    signed, round_ = results["deal"].values[where] >= 0, results["round"].values[where]
    found = []
    for n, name in enumerate(str(one) for one in results["event"].values):
        at = results["event_round"].values[where, n]
        open_ = (at >= 0) & (~signed | (round_ >= at))
        found.append(
            EventShare(
                name,
                int(where.sum()),
                int((at >= 0).sum()),
                int(open_.sum()),
                int((open_ & signed).sum()),
                int((~open_ & signed).sum()),
            )
        )
    return tuple(found)


def event_sentences(words: CaseWords, scenario: Scenario, shares: Sequence[EventShare]) -> tuple[Sentence, ...]:
    """Say it, event by event."""
    return tuple(Sentence(_told(words, scenario, one)) for one in shares)


def _told(words: CaseWords, scenario: Scenario, found: EventShare) -> str:
    title, draws = capital(event_title(scenario, found.id)), max(found.draws, 1)
    mover = scenario.events[found.id].by
    if not found.comes:
        why = f": {words.actor(mover)} has nothing to gain by it" if mover is not None else ""
        return f"{title} comes in no world{why}."
    text = f"{title} comes in {percent(found.comes / draws)} of the worlds"
    if not found.open:
        return f"{text}, always after a deal was signed."
    text += f", before anything is signed in {percent(found.open / draws)}"
    rest = found.draws - found.open
    after = found.signed_after / found.open
    if not rest:
        return f"{text}; a deal is signed after it in {percent(after)}."
    without = found.signed_without / rest
    text += f"; a deal is signed in {percent(after)} of these, and in {percent(without)} of the others"
    apart = after - without
    if not apart:
        return f"{text}."
    error = float(np.sqrt(after * (1 - after) / found.open + without * (1 - without) / rest))
    return f"{text} ({points(apart, error, 1)} points)."
