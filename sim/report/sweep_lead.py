"""A sweep in three sentences: which ending is most frequent where, what moves it, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np

from sim.foundations import Ints
from sim.report.glossary_links import linked
from sim.report.number_sections import assumed_count
from sim.report.pieces import KeyValues, Words
from sim.report.sweep_report import SweepReport
from sim.report.terms_along_axes import terms_moved
from sim.sweeps.sweep_effects import SweepMeans
from sim.sweeps.sweep_points import ONE_AT_A_TIME, SweepPoints
from sim.sweeps.swept_axes import SweptAxis
from sim.words import Proportion, capital, counted, enumerated, share_with_half, widened_words, words_of

#: Pieces of an axis that a sentence can name.
_NAMED: Final = 3


@dataclass(frozen=True)
class AxisEffect:
    """How far an axis moves the mean share of an ending over the points, the other axes averaged over.

    axis:   what was varied
    ending: index of the ending that it moves most
    places: where its mean share is lowest and highest, as inside a sentence
    share:  mean share there, 0..1
    half:   half the width of its 95 % interval there
    ends:   the two shares in words
    """

    axis: SweptAxis
    ending: int
    places: tuple[str, str]
    share: tuple[float, float]
    half: tuple[float, float]
    ends: tuple[str, str]

    @property
    def size(self) -> float:
        """From the lowest to the highest."""
        return self.share[1] - self.share[0]


def sweep_lead(sweep: SweepReport) -> KeyValues:
    """Say which ending is most frequent where, what moves it most, what follows a signature, and how sure that is."""
    seen: set[str] = set()
    told = {
        "Which ending, where": sweep_headline(sweep),
        "What moves it": what_moves(sweep),
        "After signing": after_signing_words(sweep),
        "How sure": sweep_sureness(sweep),
    }
    pairs: list[tuple[str, Words]] = [
        (head, linked(text, seen, words_of(sweep.words))) for head, text in told.items() if text
    ]
    return KeyValues(tuple(pairs), "lead")


def axis_effects(sweep: SweepReport) -> list[AxisEffect]:
    """For each axis the ending that it moves most, the axis that moves most first."""
    points = sweep.points.known
    known = [_effect(axis, sweep.means(d), points) for d, axis in enumerate(sweep.points.axes) if len(points)]
    return sorted((found for found in known if found is not None), key=lambda found: -found.size)


def _effect(axis: SweptAxis, means: SweepMeans, points: SweepPoints) -> AxisEffect | None:
    if len(means.names) < 2:
        return None
    ending = int(means.spans.argmax())
    share, half = means.share[:, ending], means.half[:, ending]
    low, high = int(share.argmin()), int(share.argmax())
    places = means.names[low], means.names[high]
    first, last = (_mean_words(share[m], half[m], points.counted[means.rows[m]]) for m in (low, high))
    return AxisEffect(axis, ending, places, (share[low], share[high]), (half[low], half[high]), (first, last))


def _mean_words(share: float, half: float, counted: Ints) -> str:
    """A mean share with its interval: that of one point as its own, and so is never or always.

    What no point has shown in n worlds has an interval of Wilson's, though no spread.
    """
    if len(counted) == 1 or share in {0.0, 1.0}:
        draws = int(counted.min())
        return str(Proportion(float(share * draws), draws))
    return share_with_half(share, half)


def sweep_headline(sweep: SweepReport) -> str:
    """Which ending is the most frequent, at how many points, and where these lie."""
    counts, blank = sweep.modal_counts, int((sweep.points.modal < 0).sum())
    ranked = [int(e) for e in np.argsort(-counts, kind="stable") if counts[e]]
    if not ranked:
        return "At no point is there a draw to tell of."
    first, size = ranked[0], int(counts.sum())
    without = f" ({blank:,} more {'has' if blank == 1 else 'have'} no draws)" if blank else ""
    if len(ranked) == 1:
        every = f"all {size:,} points" if size > 1 else "the one point"
        text = f"{capital(sweep.endings[first].noun)} is the most frequent ending at {every}{without}"
        if size == 1:
            return f"{text}, in {_extreme(sweep, first)}."
        shares = {str(sweep.proportion(int(n), first)) for n in np.flatnonzero(sweep.points.counted > 0)}
        if len(shares) == 1:
            return f"{text}, in {shares.pop()} of worlds at each."
        return f"{text}, from {_extreme(sweep, first, low=True)} to {_extreme(sweep, first)}."
    noun = sweep.endings[first].noun
    told = [f"{noun} is the most frequent ending at {counts[first]:,} of {size:,} points{without}"]
    told += [f"{sweep.endings[e].noun} at {counts[e]:,}" for e in ranked[1:]]
    text, pieces = capital(enumerated(told)), _pieces(sweep)
    if pieces:
        return f"{text}: {pieces}."
    return f"{text}; {sweep.endings[ranked[1]].noun} is likeliest, in {_extreme(sweep, ranked[1])}."


def _pieces(sweep: SweepReport) -> str:
    """Where along the axis that moves most each ending prevails; empty if that takes too many words."""
    found = axis_effects(sweep)
    if not found:
        return ""
    axis, points = found[0].axis, sweep.points.known
    means = sweep.means(sweep.points.axes.index(axis))
    told = [(name, points.modal[rows]) for name, rows in zip(means.names, means.rows, strict=True)]
    parts = []
    runs = [
        (ending, list(group))
        for ending, group in groupby(told, key=lambda item: int(np.bincount(item[1]).argmax()))
    ]  # fmt: skip
    if not 1 < len(runs) <= _NAMED:
        return ""
    for ending, group in runs:
        modal = np.concatenate([here for _, here in group])
        agreeing = int((modal == ending).sum())
        often = "" if agreeing == len(modal) else f" at {agreeing:,} of {len(modal):,}"
        parts.append(f"{sweep.endings[ending].noun}{often} with {_span(axis, [name for name, _ in group])}")
    return f"along “{axis.title}”, {'; '.join(parts)}"


def _span(axis: SweptAxis, names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if axis.numeric:
        return f"{names[0].split(' to ')[0]} to {names[-1].split(' to ')[-1]}"
    return enumerated(names, "or") if len(names) <= _NAMED else f"{names[0]} … {names[-1]}"


def what_moves(sweep: SweepReport) -> str:
    """Which axis moves an ending most, from where to where, and how far the others do."""
    found = axis_effects(sweep)
    if not found:
        return "Nothing was varied, so nothing moves it."
    first, rest = found[0], found[1:]
    terms = terms_moved(sweep)
    if first.size <= 0:
        none = "Nothing that was varied moves any ending"
        return f"{none}; {terms}." if terms else f"{none} at all."
    averaged = " (others averaged over)" if rest and sweep.points.design != ONE_AT_A_TIME else ""
    text = (
        f"“{first.axis.title}” moves it most: {sweep.endings[first.ending].noun} in {first.ends[0]} of worlds with "
        f"{first.places[0]} and in {first.ends[1]} with {first.places[1]}{averaged}"
    )
    if not rest:
        return f"{text}.{f' Of what is agreed, {terms}.' if terms else ''}"
    others = [
        f"“{one.axis.title}” moves {sweep.endings[one.ending].noun} from {one.ends[0]} to {one.ends[1]}"
        for one in rest[:2]
    ]
    more = f", and {len(rest) - 2:,} more less than that" if len(rest) > 2 else ""
    return f"{text}; {' and '.join(others)}{more}.{f' Of what is agreed, {terms}.' if terms else ''}"


def after_signing_words(sweep: SweepReport) -> str:
    """What follows where a deal is acceptable most often, and least; empty where no deal breaks or none varies."""
    points, words = sweep.points.known, sweep.words
    kept = [e for e, name in enumerate(points.endings) if name in words.kinds]
    broken = [e for e, name in enumerate(points.endings) if name == words.broken]
    if not (words.broken and kept and broken and len(points) and np.ptp(points.any_deal) > 0):
        return ""
    least, most = int(points.any_deal.argmin()), int(points.any_deal.argmax())

    def told(n: int) -> tuple[str, str, str]:
        size = int(points.counted[n])
        shares = (points.any_deal[n], points.share[n, kept].sum(), points.share[n, broken].sum())
        could, force, broke = (str(Proportion(float(share) * size, size)) for share in shares)
        return could, force, broke

    at = [
        enumerated([f"“{axis.title}” at {axis.say(points.places[n, d])}" for d, axis in enumerate(points.axes)])
        for n in (most, least)
    ]
    first, last = told(most), told(least)
    return (
        f"Most worlds have a deal acceptable to all who must agree with {at[0]}, {first[0]}: at the end one is in "
        f"force in {first[1]}, and one that was signed has broken in {first[2]}. Fewest have one with {at[1]}, "
        f"{last[0]}: there one is in force in {last[1]} and has broken in {last[2]}."
    )


def sweep_sureness(sweep: SweepReport) -> str:
    """At how many points the lead is beyond chance, what failed, and what is assumed."""
    points, size, failed = sweep.points, len(sweep.points), int(sweep.points.failed.sum())
    wrong = (
        "nothing failed"
        if not failed
        else f"{failed:,} of {size * points.draws:,} negotiations could not be played, "
        f"at {counted(int((points.failed > 0).sum()), 'points')}"
    )
    worlds = f"{points.draws:,} drawn worlds" if points.draws > 1 else "one world"
    fit = ""
    if points.group == "consistent":
        low, high = int(points.counted.min()), int(points.counted.max())
        fit = f", of which {low:,} to {high:,} fit what was observed," if low < high else f", {low:,} of them kept,"
    text = (
        f"The lead of the most frequent ending exceeds what chance in {worlds}{fit} may do (95 %) at "
        f"{int(points.sure.sum()):,} of {counted(size, 'points')}; {wrong}, and {assumed_count(sweep.scenario)} of "
        f"{len(sweep.scenario.numbers)} numbers behind it are assumed."
    )
    return " ".join(filter(None, (text, widened_words(sweep.widened))))


def _extreme(sweep: SweepReport, ending: int, *, low: bool = False) -> str:
    """The point at which an ending is likeliest, or least likely, with its share."""
    share = np.where(sweep.points.counted > 0, sweep.points.share[:, ending], np.nan)
    n = int(np.nanargmin(share) if low else np.nanargmax(share))
    told, at = str(sweep.proportion(n, ending)), sweep.where(n)
    return f"{told} with {at}" if at else told
