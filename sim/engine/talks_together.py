"""Stories of several scenarios told side by side: talks under the same rules are held together.

Talks cost a block as much for few worlds as for many, as what is done in a round is done for all at once. Readings of a
case differ in what deals are worth rather than in the rules of the talks; so where their stories come to talks, those
that are seated alike are held as one block. Each world has its own streams, so the bits are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from typing import Final

import numpy as np

from sim.engine.joined_values import ApartError, joined, require_same
from sim.engine.offers_side_by_side import OffersSideBySide, offers_side_by_side
from sim.engine.play import Meeting, Waiting
from sim.engine.simulation import Block, simulated
from sim.engine.talks_holder import SeatedTalks, TalksHolder, WatchedDice
from sim.foundations import Dice
from sim.protocols import AbstractProtocol, AlternatingOffers, SingleText, TalksState
from sim.scenario import Draws
from sim.table import BargainingTable, DealSpace

#: Rules whose fields that have as many values as there are draws have one for each draw, and no others do -> fields of
#: the table that they do not look at: with a mediator nobody speaks first, and time is counted in rounds.
_JOINABLE: Final[Mapping[type, tuple[str, ...]]] = {AlternatingOffers: (), SingleText: ("order", "round_years")}

_FIRST = np.zeros(1, np.int64)

#: Fields of a table with a value for each draw.
_BY_DRAW = ("payoff", "disagreement", "discount", "permitted", "stated", "salience")


def simulate_together(parts: Iterable[tuple[DealSpace, Draws]]) -> list[Block | Exception]:
    """Simulate blocks of several scenarios side by side, each as ``simulate`` would, bit for bit.

    Returns:
        for each what came of it, or what was raised in it
    """
    stories = [simulated(space, draws) for space, draws in parts]
    found: dict[int, Block | Exception] = {}
    answers: dict[int, TalksState | Exception | None] = dict.fromkeys(range(len(stories)))
    while answers:
        waiting: dict[int, Meeting] = {}
        for n, talks in answers.items():
            try:
                waiting[n] = _went_on(stories[n], talks)
            except StopIteration as end:
                found[n] = end.value
            except Exception as error:  # noqa: BLE001 - told to whoever asked, who plays this one by itself
                found[n] = error
        answers = _held(waiting)
    return [found[n] for n in range(len(stories))]


def _went_on(story: Waiting[Block], talks: TalksState | Exception | None) -> Meeting:
    """The next talks that a story waits for, once it knows what came of the last."""
    if talks is None:
        return next(story)
    return story.throw(talks) if isinstance(talks, Exception) else story.send(talks)


def _held(meetings: dict[int, Meeting]) -> dict[int, TalksState | Exception | None]:
    """What comes of talks that stories wait for, by their numbers; what is raised where nothing does."""
    found: dict[int, TalksState | Exception | None] = {}
    groups: list[list[int]] = []
    seated: dict[int, SeatedTalks] = {}
    for n, meeting in meetings.items():
        holder = meeting.holder
        if not isinstance(holder, TalksHolder) or (known := holder.known(meeting.where, meeting.begin)) is not None:
            found[n] = known if isinstance(holder, TalksHolder) else meeting.held()
            continue
        seated[n] = holder.seated(meeting.where, meeting.number, meeting.begin)
        for group in groups:
            if _go_together(seated[group[0]], seated[n]):
                group.append(n)
                break
        else:
            groups.append([n])
    for group in groups:
        for n, talks in zip(group, held_together([seated[n] for n in group]), strict=True):
            holder, meeting = meetings[n].holder, meetings[n]
            if isinstance(talks, TalksState) and isinstance(holder, TalksHolder):
                holder.kept(meeting.where, meeting.number, meeting.begin, talks)
            found[n] = talks
    return found


def _go_together(one: SeatedTalks, two: SeatedTalks) -> bool:
    """Whether two can be held together, by the first draw of each."""
    try:
        joined_talks([one.select(_FIRST), two.select(_FIRST)])
    except ApartError:
        return False
    return True


def held_together(parts: Sequence[SeatedTalks]) -> list[TalksState | Exception]:
    """Hold talks as one block where they are seated alike, else one after the other; for each what came of it."""
    if len(parts) > 1:
        try:
            whole = joined_talks(parts)
            talks = whole.held()
            if isinstance(whole.protocol, OffersSideBySide):
                talks = whole.protocol.lapsed(talks)
        except Exception:  # noqa: BLE001 - whose fault it is turns out where each is held by itself
            return [_tried(one) for one in parts]
        for one in parts:
            one.dice.thrown[0] |= whole.dice.thrown[0]
        ends = np.cumsum([one.table.draws for one in parts])
        return [_part(talks, slice(end - one.table.draws, end)) for one, end in zip(parts, ends, strict=True)]
    return [_tried(one) for one in parts]


def _tried(talks: SeatedTalks) -> TalksState | Exception:
    try:
        return talks.held()
    except Exception as error:  # noqa: BLE001 - thrown into the story that waits for it
        return error


def _part(talks: TalksState, of: slice) -> TalksState:
    return TalksState(talks.open[of], talks.deal[of], talks.round[of], talks.by[of], talks.accepted[of])


def joined_talks(parts: Sequence[SeatedTalks]) -> SeatedTalks:
    """Several talks as one block.

    Raises:  ApartError where their rules, people, deals or dice differ in more than what they hold for each draw
    """
    first = parts[0]
    dice = [one.dice.watched for one in parts]
    if type(first.protocol) not in _JOINABLE or any(type(one) is not Dice for one in dice):
        raise ApartError
    require_same([(one.begin, one.dice.seed) for one in parts])
    tables = [one.table for one in parts]
    sizes = [one.draws for one in tables]
    protocol, unread = _rules(parts, sizes)
    apart = {*_BY_DRAW, *unread}
    rest = [item.name for item in fields(BargainingTable) if item.name not in apart]
    require_same([tuple(getattr(one, name) for name in rest) for one in tables])
    by_draw = {name: joined([getattr(one, name) for one in tables], sizes) for name in _BY_DRAW}
    watched = Dice(dice[0].seed, np.concatenate([one.draws for one in dice]))
    return SeatedTalks(protocol, tables[0].replace(**by_draw), WatchedDice.of(watched, [False]), first.begin)


def _rules(parts: Sequence[SeatedTalks], sizes: Sequence[int]) -> tuple[AbstractProtocol, tuple[str, ...]]:
    """Rules of several talks as one, and what these do not read off the table.

    Raises:  ApartError where there are none
    """
    rules, tables = [one.protocol for one in parts], [one.table for one in parts]
    unread = _JOINABLE[type(rules[0])]
    if "round_years" in unread or len({one.round_years for one in tables}) == 1:
        with suppress(ApartError):
            return joined(rules, sizes), unread
    if parts[0].begin:
        raise ApartError
    return offers_side_by_side(rules, tables), (*unread, "round_years")
