"""Stories of several scenarios told side by side: talks under the same rules are held together.

Talks cost a block as much for few worlds as for many, as what is done in a round is done for all at once. Readings of a
case differ in what deals are worth rather than in the rules of the talks; so where their stories come to talks, those
that are seated alike are held as one block. Each world has its own streams, so the bits are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import fields, is_dataclass
from typing import Any, Final, Never

import numpy as np

from sim.engine.play import Meeting, Waiting
from sim.engine.simulation import Block, simulated
from sim.engine.talks_holder import SeatedTalks, TalksHolder, WatchedDice
from sim.foundations import Dice
from sim.protocols import AlternatingOffers, SingleText, TalksState
from sim.scenario import Draws
from sim.table import BargainingTable, DealSpace, LazyTypes

#: Rules whose fields that have as many values as there are draws have one for each draw, and no others do -> fields of
#: the table that they do not look at: with a mediator nobody speaks first, and time is counted in rounds.
_JOINABLE: Final[Mapping[type, tuple[str, ...]]] = {AlternatingOffers: (), SingleText: ("order", "round_years")}

_FIRST = np.zeros(1, np.int64)

#: Fields of a table with a value for each draw.
_BY_DRAW = ("payoff", "disagreement", "discount", "permitted", "stated", "salience")


class _ApartError(Exception):
    """Talks that cannot be held together."""


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
    except _ApartError:
        return False
    return True


def held_together(parts: Sequence[SeatedTalks]) -> list[TalksState | Exception]:
    """Hold talks as one block where they are seated alike, else one after the other; for each what came of it."""
    if len(parts) > 1:
        try:
            whole = joined_talks(parts)
            talks = whole.held()
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

    Raises:  _ApartError where their rules, people, deals or dice differ in more than what they hold for each draw
    """
    first = parts[0]
    dice = [one.dice.watched for one in parts]
    if type(first.protocol) not in _JOINABLE or any(type(one) is not Dice for one in dice):
        raise _ApartError
    _require_same([(one.begin, one.dice.seed) for one in parts])
    tables = [one.table for one in parts]
    apart = {*_BY_DRAW, *_JOINABLE[type(first.protocol)]}
    rest = [item.name for item in fields(BargainingTable) if item.name not in apart]
    _require_same([tuple(getattr(one, name) for name in rest) for one in tables])
    sizes = [one.draws for one in tables]
    by_draw = {name: _joined([getattr(one, name) for one in tables], sizes) for name in _BY_DRAW}
    protocol = _joined([one.protocol for one in parts], sizes)
    watched = Dice(dice[0].seed, np.concatenate([one.draws for one in dice]))
    return SeatedTalks(protocol, tables[0].replace(**by_draw), WatchedDice.of(watched, [False]), first.begin)


def _joined(parts: Sequence[Any], sizes: Sequence[int]) -> Any:
    """One value in place of several, whatever they hold: numbers of each draw are strung together, others are the same.

    Raises:  _ApartError where they are not
    """
    first = parts[0]
    if any(type(one) is not type(first) for one in parts):
        raise _ApartError
    if isinstance(first, np.ndarray) and first.ndim and all(len(one) == n for one, n in zip(parts, sizes, strict=True)):
        if len({one.shape[1:] for one in parts}) > 1:
            raise _ApartError
        return np.concatenate(parts)
    if isinstance(first, tuple):
        if len({len(one) for one in parts}) > 1:
            raise _ApartError
        return tuple(_joined(each, sizes) for each in zip(*parts, strict=True))
    if isinstance(first, LazyTypes):
        return LazyTypes(_refuse)
    if is_dataclass(first):
        found = copy(first)  # parts that were in their range are so together, too
        for item in fields(first):
            object.__setattr__(found, item.name, _joined([getattr(one, item.name) for one in parts], sizes))
        return found
    _require_same(parts)
    return first


def _refuse() -> Never:
    """What others may be like is worked out for one table; where somebody asks, talks are held apart."""
    raise _ApartError


def _require_same(parts: Sequence[Any]) -> None:
    """Refuse values that are not all the same.

    Raises:  _ApartError
    """
    if not all(_same(parts[0], one) for one in parts[1:]):
        raise _ApartError


def _same(one: Any, other: Any) -> bool:
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    if is_dataclass(one):
        return all(_same(getattr(one, item.name), getattr(other, item.name)) for item in fields(one))
    return bool(one == other)
