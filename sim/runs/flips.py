"""What would flip the headline: assumed numbers at the ends of their ranges, and conventions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import xarray as xr
from pydantic import SerializerFunctionWrapHandler, model_serializer

from sim.ensemble import Rows, meanings
from sim.ensemble.play_settings import play_settings
from sim.foundations.plain_data import Real, without_empty
from sim.runs.conventions import Variant
from sim.runs.difference import Shares
from sim.runs.outcome_changes import CountedOutcomes, OutcomeChange, changes_between
from sim.runs.outcome_summary import OutcomeSummary, compared_needs, compared_outcomes
from sim.scenario import Scenario
from sim.scenario.draws import ends

#: Assumed numbers that are tried, the most important first.
_CANDIDATES = 12
#: Draws on which conventions and ends of ranges are tried, where they are not asked for themselves.
TRIED = 250
#: Settings that are played together: all that are tried by default, as a block costs talks as much for few worlds.
_TOGETHER = 2 * _CANDIDATES + 1


@dataclass(frozen=True)
class Flip:
    """One assumed number or convention, and the endings it would lead to.

    name:    path of the number, or name of the convention
    kind:    ``number`` or ``convention``
    setting: the value tried, in words
    before:  shares of the endings as the scenario stands, consistent draws
    after:   shares with the setting
    changes_modal: whether the most frequent ending differs; on fresh worlds only where chance does not explain it
    distance: half the sum of absolute changes of the shares, 0..1
    reason:  why the number is assumed; empty for conventions
    change:  ending -> change of its share; empty where it was not played on fresh worlds
    half:    ending -> half the interval around that change, which holds for all changes that are told at once (95 %)
    """

    name: str
    kind: str
    setting: str
    before: Shares
    after: Shares
    changes_modal: bool
    distance: Real
    reason: str = ""
    change: Mapping[str, Real] = field(default_factory=dict)
    half: Mapping[str, Real] = field(default_factory=dict)

    @property
    def seen(self) -> bool:
        """Whether some ending changes by more than chance may do."""
        return any(abs(self.change[name]) > self.half[name] for name in self.change)


@dataclass(frozen=True)
class OutcomeMove:
    """An outcome that the case asks for, a term or who signs, and the number or convention that moves it most.

    name, kind, setting: as in ``Flip``
    before, after: the outcome as the scenario stands, and with the setting
    distance: of names half the sum of absolute changes of shares; of conditions the change of the share; of numbers
        the change of the median, relative to it
    change, error, shares, errors: as in ``OutcomeChange``
    seen:   whether that is more than chance may make of the largest of all that were tried

    JSON leaves out what an outcome of its kind does not have.
    """

    name: str
    kind: str
    setting: str
    before: OutcomeSummary
    after: OutcomeSummary
    distance: Real
    change: Real = math.nan
    error: Real = math.nan
    shares: Mapping[str, Real] = field(default_factory=dict)
    errors: Mapping[str, Real] = field(default_factory=dict)
    seen: bool = True

    @model_serializer(mode="wrap")
    def _of_its_kind(self, serialise: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return without_empty(serialise(self))


def flips_and_moves(
    scenario: Scenario,
    results: xr.Dataset,
    *,
    draws: int = TRIED,
    conventions: Sequence[Variant] = (),
    judge: Scenario | None = None,
    most: int = 5,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[tuple[Flip, ...], tuple[OutcomeMove, ...]]:
    """Name the numbers that rest on no claim, or the conventions, that would most change the headline.

    Those numbers that explain most of the ending are set to either end of their range on the same
    draws, with the observations evaluated anew. Those that change the most frequent ending come first, then
    those that move the shares most; each number appears once, at the end that moves more. The largest of many changes
    is larger than it should be where it was found: ``sim.runs.proven_flips`` plays them again in other worlds.

    Args:
        results:     the run, with ``importance`` (see importance.py)
        conventions: variants already played, the first of them the scenario as it stands
        judge:       whose observations say which worlds count, such as the base of an overlay; by default its own
    Returns:
        at most ``most`` flips, and what moves most each outcome of the headline, term and who signs, of those moved
    """
    order = np.argsort(-results["importance"].values, kind="stable")
    numbers = [scenario.numbers[str(results["path"].values[n])] for n in order]
    chosen = [number for number in numbers if number.quantity.spread and number.quantity.ground != "claim"][
        :_CANDIDATES
    ]
    found: list[Flip] = []
    moves: list[OutcomeMove] = []
    settings = [{}, *({number.path: value} for number in chosen for value in ends(scenario, number))]
    tried_of_each = len(settings) - 1 + max(len(conventions) - 1, 0)
    played = _tried(scenario, draws, settings, judge, progress)
    base, outcomes = next(played)
    for number in chosen:
        tried = []
        for word, value in zip(("low", "high"), ends(scenario, number), strict=True):
            after, moved = next(played)
            setting = f"{word} end, {_shown(scenario, number.issue, value)}"
            reason = scenario.reason(number.quantity) or f"counted elsewhere: {', '.join(number.quantity.rates)}"
            tried.append(_flip(number.path, "number", setting, base, after, reason))
            moves += moves_of(number.path, "number", setting, changes_between(outcomes, moved), tried_of_each)
        found.append(max(tried, key=_rank))
    if conventions:
        start = conventions[0].endings
        for variant in conventions[1:]:
            moves += moves_of(variant.name, "convention", variant.setting, variant.changes, tried_of_each)
        found.extend(
            _flip(variant.name, "convention", variant.setting, start, variant.endings, "")
            for variant in conventions[1:]
        )
    best: dict[str, Flip] = {}
    for flip in sorted(found, key=_rank, reverse=True):
        best.setdefault(flip.name, flip)
    furthest: dict[str, OutcomeMove] = {}
    for move in sorted(moves, key=lambda move: (not move.seen, -move.distance)):
        furthest.setdefault(move.before.of, move)
    order_of = [of for of in outcomes.columns if of in furthest]
    return tuple(best.values())[:most], tuple(furthest[of] for of in order_of)


def _rank(flip: Flip) -> tuple[bool, float]:
    return flip.changes_modal, flip.distance


def _flip(name: str, kind: str, setting: str, before: Shares, after: Shares, reason: str) -> Flip:
    distance = sum(abs(after.share[ending] - before.share[ending]) for ending in before.share) / 2
    if not after.draws:
        distance = 0.0
    changed = bool(after.draws) and after.modal != before.modal
    return Flip(name, kind, setting, before, after, changed, distance, reason)


def _tried(
    scenario: Scenario,
    draws: int,
    settings: Sequence[Mapping[str, float]],
    judge: Scenario | None,
    progress: Callable[[int, int], None] | None,
) -> Iterator[tuple[Shares, CountedOutcomes]]:
    """Endings and compared outcomes under each setting, as many at a time as keep memory flat."""
    columns, names = ("ending", *compared_needs(scenario)), compared_outcomes(scenario)
    worlds = np.arange(draws)
    for first in range(0, len(settings), _TOGETHER):
        together = [Rows(worlds, fixed=fixed) for fixed in settings[first : first + _TOGETHER]]
        for one in play_settings(scenario, together, columns, judge=judge):
            where = np.ones(one.results.sizes["draw"], bool)
            endings = Shares.of(one.results["ending"].values, meanings(one.results, "ending"), where)
            yield endings, CountedOutcomes.of_setting(names, one)
        if progress is not None:
            progress(min(first + _TOGETHER, len(settings)), len(settings))


def moves_of(name: str, kind: str, setting: str, changes: Sequence[OutcomeChange], tried: int) -> Iterator[OutcomeMove]:
    """Outcomes that a setting moves at all, of those that occur with and without it.

    Args:
        tried: how many settings are tried
    """
    for one in changes:
        if one.moved > 0 and one.before.draws and one.after.draws:
            two, seen = (one.before, one.after), one.seen(tried)
            yield OutcomeMove(
                name, kind, setting, *two, one.moved, one.change, one.error, one.shares, one.errors, seen=seen
            )


def _shown(scenario: Scenario, issue: str | None, value: float) -> str:
    """A value in words: the nearest level's name for a place on an issue."""
    if issue is None:
        return f"{value:.3g}"
    found = scenario.issues[issue]
    return f'"{found.names[int(np.abs(found.scale - value).argmin())]}"'
