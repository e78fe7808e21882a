"""A sweep in three sentences: which ending is most frequent where, what moves it, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from sim.report.stored_sweep import StoredSweep
from sim.report.sweep_points import Level, SweptPoints, mark
from sim.report.words import ENDING_NOUNS, percent, widened_words, with_error

#: Pieces of an axis that a sentence can name.
_NAMED = 3


@dataclass(frozen=True)
class Effect:
    """How far an axis moves the share of an ending, the other axes averaged over.

    axis:   its name
    title:  in words
    ending: index of the ending
    low, high: levels at which its mean share is lowest and highest
    share:  mean share at these
    error:  its standard error
    """

    axis: str
    title: str
    ending: int
    low: str
    high: str
    share: tuple[float, float]
    error: tuple[float, float]

    @property
    def size(self) -> float:
        """From the lowest to the highest."""
        return self.share[1] - self.share[0]

    @property
    def half(self) -> float:
        """Half the width of its 95 % interval, as if both ends were drawn apart (rather too wide)."""
        return float(1.96 * np.hypot(*self.error))


def three_of_sweep(stored: StoredSweep) -> tuple[str, str, str]:
    """Say in one sentence each which ending is most frequent where, what moves it most, and how sure that is."""
    return where(stored.points), moves(stored.points), how_sure(stored)


def effects(points: SweptPoints) -> list[Effect]:
    """For each axis the ending that it moves most, the axis that moves most first."""
    found = []
    for axis in points.moving:
        levels = points.levels(axis)
        options = [effect for e in points.seen if (effect := _effect(points, axis, levels, e)) is not None]
        if options:
            found.append(max(options, key=lambda effect: effect.size))
    return sorted(found, key=lambda effect: -effect.size)


def _effect(points: SweptPoints, axis: str, levels: list[Level], ending: int) -> Effect | None:
    told = [(level.spoken, *points.mean(level.where, ending)) for level in levels]
    told = [item for item in told if np.isfinite(item[1])]
    if len(told) < 2:
        return None
    low, high = min(told, key=lambda item: item[1]), max(told, key=lambda item: item[1])
    return Effect(axis, points.titles[axis], ending, low[0], high[0], (low[1], high[1]), (low[2], high[2]))


def where(points: SweptPoints) -> str:
    """Which ending is the most frequent, at how many points, and where these lie."""
    known = points.modal >= 0
    counts = np.bincount(points.modal[known], minlength=len(points.endings))
    ranked = [int(e) for e in np.argsort(-counts, kind="stable") if counts[e]]
    if not ranked:
        return "At no point is there a draw to tell of."
    first, size = ranked[0], int(known.sum())
    blank = f" ({int((~known).sum())} more have no draws)" if not known.all() else ""
    if len(ranked) == 1:
        every = f"all {size:,} points" if size > 1 else "the one point"
        text = f"{_capital(_noun(points, first))} is the most frequent ending at {every}{blank}"
        return f"{text}, from {_extreme(points, first, low=True)} to {_extreme(points, first)}."
    told = [f"{_noun(points, first)} is the most frequent ending at {counts[first]:,} of {size:,} points{blank}"]
    told += [f"{_noun(points, e)} at {counts[e]:,}" for e in ranked[1:]]
    text = _capital(", ".join(told[:-1]) + f" and {told[-1]}")
    pieces = _pieces(points)
    second = ranked[1]
    return f"{text}: {pieces}." if pieces else f"{text}; the latter is likeliest, in {_extreme(points, second)}."


def _pieces(points: SweptPoints) -> str:
    """Where along the axis that moves most each ending prevails; empty if that takes too many words."""
    found = effects(points)
    if not found:
        return ""
    told = []
    for level in points.levels(found[0].axis):
        modal = points.modal[level.where & (points.modal >= 0)]
        if len(modal):
            counts = np.bincount(modal, minlength=len(points.endings))
            told.append((level, int(counts.argmax())))
    runs = [(ending, [level for level, _ in group]) for ending, group in groupby(told, key=lambda item: item[1])]
    if not 1 < len(runs) <= _NAMED:
        return ""
    parts = []
    for ending, levels in runs:
        here = np.logical_or.reduce([level.where for level in levels]) & (points.modal >= 0)
        agreeing = int((points.modal[here] == ending).sum())
        often = "" if agreeing == here.sum() else f" at {agreeing} of {int(here.sum())}"
        parts.append(f"{_noun(points, ending)}{often} with {_span(levels)}")
    return f"along “{found[0].title}”, {'; '.join(parts)}"


def _span(levels: list[Level]) -> str:
    names = [level.spoken for level in levels]
    if len(names) == 1:
        return names[0]
    if not any(level.named for level in levels):
        return f"{names[0].split(' to ')[0]} to {names[-1].split(' to ')[-1]}"
    return " or ".join(names) if len(names) <= _NAMED else f"{names[0]} … {names[-1]}"


def moves(points: SweptPoints) -> str:
    """Which axis moves an ending most, from where to where, and how far the others do."""
    found = effects(points)
    if not found:
        return "Nothing was varied, so nothing moves it."
    first, rest = found[0], found[1:]
    if first.size <= 0:
        return "Nothing that was varied moves any ending at all."
    averaged = " (others averaged over)" if rest and points.design != "one-at-a-time" else ""
    low, high = (with_error(share, error) for share, error in zip(first.share, first.error, strict=True))
    text = (
        f"“{first.title}” moves it most: {_noun(points, first.ending)} in {low} of worlds with {first.low} "
        f"and in {high} with {first.high}{averaged}"
    )
    if not rest:
        return f"{text}."
    others = [f"“{one.title}” moves {_noun(points, one.ending)} by {_points(one)}" for one in rest[:2]]
    more = f", and {len(rest) - 2} more less than that" if len(rest) > 2 else ""
    return f"{text}; {' and '.join(others)}{more}."


def how_sure(stored: StoredSweep) -> str:
    """At how many points the lead is beyond chance, what failed, and what is assumed."""
    points = stored.points
    sure, size = int(points.sure.sum()), len(points)
    failed = int(points.failed.sum())
    wrong = (
        "nothing failed"
        if not failed
        else f"{failed:,} of {size * points.draws:,} negotiations could not be played, "
        f"at {int((points.failed > 0).sum()):,} points"
    )
    worlds = f"{points.draws:,} drawn worlds" if points.draws > 1 else "one world"
    kept = ""
    if points.group == "consistent":
        low, high = int(points.counted.min()), int(points.counted.max())
        kept = f", of which {low:,} to {high:,} fit what was observed," if low < high else f", {low:,} of them kept,"
    total = len(stored.scenario.numbers)
    text = (
        f"The lead of the most frequent ending exceeds what chance in {worlds}{kept} may do (95 %) at {sure:,} of "
        f"{size:,} points; {wrong}, and {stored.assumed_count} of {total} numbers behind it are assumed."
    )
    return " ".join(filter(None, (text, widened_words(stored.manifest.widen))))


def place(points: SweptPoints, n: int) -> str:
    """Where a point lies on the axes that vary."""
    told = []
    for axis in points.moving:
        value = points.values[axis][n]
        told.append(f"“{points.titles[axis]}” at " + (f"“{value}”" if isinstance(value, str) else mark(value)))
    return " and ".join(told)


def _extreme(points: SweptPoints, ending: int, *, low: bool = False) -> str:
    """The point at which an ending is likeliest, or least likely, with its share."""
    share = np.where(points.counted > 0, points.share[:, ending], np.nan)
    n = int(np.nanargmin(share) if low else np.nanargmax(share))
    told = with_error(float(points.share[n, ending]), float(points.error[n, ending]))
    at = place(points, n)
    return f"{told} with {at}" if at else told


def _points(found: Effect) -> str:
    return f"{100 * found.size:.0f} ± {100 * found.half:.0f} points"


def _noun(points: SweptPoints, ending: int) -> str:
    name = points.endings[ending]
    return ENDING_NOUNS.get(name, name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def effect_words(points: SweptPoints, found: Effect) -> tuple[str, str]:
    """What an axis moves, and by how much, as cells of a table."""
    return _noun(points, found.ending), f"{percent(found.share[0])} → {percent(found.share[1])}"
