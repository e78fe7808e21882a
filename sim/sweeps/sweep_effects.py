"""How far each axis of a sweep moves the endings: mean shares over groups of points along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtrit

from sim.foundations import Floats, Ints, short_number
from sim.sweeps.sweep_points import ONE_AT_A_TIME, SweepPoints
from sim.words import Z

#: Values of a range up to which each is told apart.
_MOST_VALUES: Final = 12
_FEWEST_BINS, _MOST_BINS, _POINTS_IN_A_BIN = 3, 8, 10


@dataclass(frozen=True)
class SweepMeans:
    """Mean shares of the points in each of M groups along an axis, in its order.

    names:  (M,) the value, or from where to where, as inside a sentence
    rows:   (M,) indices of the points
    places: (M,) mean place of the points
    share:  (M, E)
    half:   (M, E) half the width of the 95 % interval; nan of a single scattered point
    """

    names: tuple[str, ...]
    rows: tuple[Ints, ...]
    places: Floats
    share: Floats
    half: Floats

    @property
    def spans(self) -> Floats:
        """(E,) difference between the highest and the lowest mean."""
        return np.asarray(self.share.max(axis=0) - self.share.min(axis=0))


def sweep_means(points: SweepPoints, d: int, bins: int | None = None) -> SweepMeans:
    """Mean shares along an axis, whatever the other axes are: per value where these are few, else in equal counts.

    Of a one-at-a-time design the points are those that move this axis alone. The interval covers what chance did in
    the places of the points on the other axes; on a grid, where these are the same in every group, what it did in the
    worlds. The same worlds at every point do not cancel out: in scattered designs they move all means together, by as
    much as ``draws_half`` says.

    Args:
        points: with worlds at each, see ``SweepPoints.known``
        d:      index of the axis
        bins:   groups of a range with many values; chosen by the number of points if left out
    Source:  Student's t; normal approximation to the binomial
    """
    own = points.ray(d) if points.design == ONE_AT_A_TIME else np.arange(len(points))
    axis, places = points.axes[d], points.places[own, d]
    known = np.unique(places)
    apart = len(known) <= (_MOST_VALUES if bins is None else bins)
    # points that are scattered over a range are told together, however few they are
    spaced = points.grid or points.design == ONE_AT_A_TIME or 2 * len(known) <= len(places)
    if axis.choice or not axis.numeric or (apart and spaced):
        which = np.searchsorted(known, places)
    else:  # equal values stay together
        count = int(np.clip(len(places) // _POINTS_IN_A_BIN, _FEWEST_BINS, _MOST_BINS)) if bins is None else bins
        which = np.floor(np.searchsorted(np.sort(places), places) * count / len(places)).astype(np.int64)
    rows = tuple(own[which == n] for n in np.unique(which))
    return SweepMeans(
        names=tuple(_name(points, part, d) for part in rows),
        rows=rows,
        places=np.array([points.places[part, d].mean() for part in rows]),
        share=np.array([points.share[part].mean(axis=0) for part in rows]),
        half=np.array([_half(points.at(part)) for part in rows]),
    )


def draws_half(points: SweepPoints) -> Floats:
    """(E,) half the width of the 95 % interval that the worlds alone give the mean share over all these points."""
    if points.common:  # the same worlds: errors move together
        return np.asarray(Z * points.error.mean(axis=0))
    return np.asarray(Z * np.sqrt((points.error**2).sum(axis=0)) / len(points))


def most_moving(points: SweepPoints) -> list[int]:
    """Axes, the one along which the mean share of some ending moves most first."""
    spans = [float(sweep_means(points, d).spans.max()) for d in range(len(points.axes))]
    return [int(d) for d in np.argsort([-span for span in spans], kind="stable")]


def _half(part: SweepPoints) -> Floats:
    if part.grid or part.design == ONE_AT_A_TIME:
        return draws_half(part)
    size = len(part)
    if size < 2:
        return np.full(len(part.endings), np.nan)
    return np.asarray(stdtrit(size - 1, 0.975) * part.share.std(axis=0, ddof=1) / np.sqrt(size))


def _name(points: SweepPoints, part: Ints, d: int) -> str:
    axis, places = points.axes[d], points.places[part, d]
    low, high = float(places.min()), float(places.max())
    if low == high:
        return axis.say(low)
    digits = max(int(np.ceil(-np.log10(np.ptp(axis.places) / 20))), 0)
    ends = [short_number(round(end, digits)).replace("-", "\N{MINUS SIGN}") for end in (low, high)]
    return f"{ends[0]} to {ends[1]}"
