"""Peeling and pasting: a box shrinks slice by slice towards points of interest, then grows back where it may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from sim.discovery.box import Box
from sim.foundations import Bools, Floats


@dataclass(frozen=True)
class Peeling:
    """How a box is peeled.

    alpha: share of the points inside that a slice takes, 0..1
    paste: share that is put back at a time
    least: share of all points below which a box is not peeled further
    """

    alpha: float = 0.05
    paste: float = 0.05
    least: float = 0.05


@dataclass
class Slice:
    """A slice that could be taken off: which points stay, and the limit that does it."""

    gain: float
    stays: Bools
    box: Box = field(repr=False)


def peel(inputs: Floats, hits: Floats, unordered: frozenset[int], how: Peeling) -> Iterator[tuple[Box, Bools]]:
    """Yield the box without limits, then a smaller one after each slice, until it would hold too few points.

    Each time the slice is taken whose removal raises the density most per point removed; a slice is the lowest or
    highest ``alpha`` of the points inside along an input (all points tied at the end, if there are more of them),
    or one option of an input without an order.

    Args:
        inputs:    (N, P)
        hits:      (N,) 1 where the condition holds
        unordered: inputs whose values are codes of options
    Yields:
        box and (N,) the points inside
    Source: Friedman & Fisher 1999, sections 8 and 14.1 (lenient criterion: gain per removed mass)
    """
    box, inside = Box({}, {}, {}), np.ones(len(inputs), bool)
    yield box, inside
    ordered = np.array([p for p in range(inputs.shape[1]) if p not in unordered], np.int64)
    least = max(how.least * len(inputs), 1.0)
    while True:
        where = np.flatnonzero(inside)
        part, good = inputs[where], hits[where]
        best = _ordered_slice(part[:, ordered], good, ordered, box, how.alpha, least)
        for p in sorted(unordered):
            other = _option_slice(part[:, p], good, p, box, least)
            if other is not None and (best is None or other.gain > best.gain + 1e-12):
                best = other
        if best is None:
            return
        inside = inside.copy()
        inside[where[~best.stays]] = False
        box = best.box
        yield box, inside


def _ordered_slice(
    part: Floats, good: Floats, ordered: np.ndarray, box: Box, alpha: float, least: float
) -> Slice | None:
    """The best slice off the low or high end of an ordered input."""
    size, count = part.shape
    if not count or size < 2:
        return None
    rank = min(max(int(np.ceil(alpha * size)), 1), size - 1)
    mean = good.mean()
    best: Slice | None = None
    for low in (True, False):
        turned = part if low else -part
        cut = np.partition(turned, rank, axis=0)[rank]
        stays = turned >= cut
        tied = stays.all(axis=0)
        if tied.any():  # more ties at the end than a slice may take: all of them go
            stays[:, tied] = turned[:, tied] > cut[tied]
        kept = stays.sum(axis=0)
        fits = (kept >= least) & (kept < size)
        if not fits.any():
            continue
        density = (good @ stays) / np.maximum(kept, 1)
        gain = np.where(fits, (density - mean) / np.maximum(size - kept, 1), -np.inf)
        p = int(gain.argmax())
        if best is None or gain[p] > best.gain + 1e-12:
            name = int(ordered[p])
            end = float(part[stays[:, p], p].min() if low else part[stays[:, p], p].max())
            smaller = replace(box, low={**box.low, name: end}) if low else replace(box, high={**box.high, name: end})
            best = Slice(float(gain[p]), stays[:, p], smaller)
    return best


def _option_slice(column: Floats, good: Floats, p: int, box: Box, least: float) -> Slice | None:
    """The best option to leave out of an input without an order."""
    codes = np.unique(column)
    best: Slice | None = None
    for code in codes if len(codes) > 1 else ():
        stays = column != code
        if stays.sum() < least:
            continue
        gain = float((good[stays].mean() - good.mean()) / (~stays).sum())
        if best is None or gain > best.gain + 1e-12:
            left = frozenset(float(other) for other in codes if other != code)
            best = Slice(gain, stays, replace(box, options={**box.options, p: left}))
    return best


def paste(inputs: Floats, hits: Floats, box: Box, how: Peeling) -> Box:
    """Grow a box where that does not lower its density, slice by slice.

    Source: Friedman & Fisher 1999, section 8.2
    """
    density = hits[box.inside(inputs)].mean()
    while True:
        best: tuple[float, Box] | None = None
        for larger in _grown(inputs, box, how.paste):
            found = float(hits[larger.inside(inputs)].mean())
            if found >= density and (best is None or found > best[0]):
                best = found, larger
        if best is None:
            return box
        density, box = best


def _grown(inputs: Floats, box: Box, share: float) -> Iterator[Box]:
    """Boxes that take in the next points beyond one limit, or one more option."""
    for p in box.restricted:
        others = box.without(p).inside(inputs)
        column = inputs[others, p]
        count = max(int(share * box.inside(inputs).sum()), 1)
        if p in box.low:
            beyond = np.sort(column[column < box.low[p]])[::-1]
            if len(beyond):
                yield _limited(box, p, low=float(beyond[min(count, len(beyond)) - 1]), last=count >= len(beyond))
        if p in box.high:
            beyond = np.sort(column[column > box.high[p]])
            if len(beyond):
                yield _limited(box, p, high=float(beyond[min(count, len(beyond)) - 1]), last=count >= len(beyond))
        if p in box.options:
            for code in sorted(set(np.unique(column).tolist()) - box.options[p]):
                yield replace(box, options={**box.options, p: box.options[p] | {float(code)}})


def _limited(box: Box, p: int, *, low: float | None = None, high: float | None = None, last: bool) -> Box:
    """The box with one limit moved, or taken away where nothing lies beyond it."""
    lows, highs = dict(box.low), dict(box.high)
    ends, value = (lows, low) if low is not None else (highs, high)
    if last:
        del ends[p]
    else:
        ends[p] = float(value or 0.0)
    return replace(box, low=lows, high=highs)
