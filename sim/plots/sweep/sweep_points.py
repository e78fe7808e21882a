"""Points of a sweep of any design as figures need them: where each lies, what came out, and how much an axis moves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr
from scipy.special import stdtrit

from sim.foundations import Floats, Ints
from sim.plots.frame.shares import Z
from sim.plots.sweep.sweep_axes import SweptAxis, sweep_group, varied_axes

ONE_AT_A_TIME: Final = "one-at-a-time"
#: Values of a range up to which each is a bin of its own.
_MOST_VALUES: Final = 9
_FEWEST_BINS, _MOST_BINS, _POINTS_IN_A_BIN = 3, 8, 10


@dataclass(frozen=True)
class SweepPoints:
    """N points of a sweep over D axes, and the shares of E endings at each; points without draws are left out.

    axes:     D axes of more than one value
    endings:  (E,) names
    places:   (N, D) where the points are drawn: the value, or the place among choices
    shares, errors: (N, E) and standard errors
    any_deal, any_deal_error: (N,) share of draws in which some deal is acceptable
    modal:    (N,) index of the most frequent ending
    kept:     (N,) draws that the shares rest on
    number:   (N,) place in the design
    grid:     whether the points are all combinations of the axes' values
    common:   whether the same worlds are drawn at every point
    """

    axes: tuple[SweptAxis, ...]
    endings: tuple[str, ...]
    places: Floats
    shares: Floats
    errors: Floats
    any_deal: Floats
    any_deal_error: Floats
    modal: Ints
    kept: Ints
    number: Ints
    grid: bool
    common: bool

    def __len__(self) -> int:
        return len(self.modal)

    def at(self, rows: np.ndarray) -> SweepPoints:
        """Some of the points, by truth values or in the order of their indices."""
        names = ("places", "shares", "errors", "any_deal", "any_deal_error", "modal", "kept", "number")
        return replace(self, **{name: getattr(self, name)[rows] for name in names})

    @property
    def seen(self) -> list[int]:
        """Endings that occur at some point."""
        return [e for e in range(len(self.endings)) if (self.shares[:, e] > 0).any()]


@dataclass(frozen=True)
class Means:
    """Mean shares of the points in each of M bins of an axis.

    places: (M,) mean place of the points
    low, high: (M,) places of the outermost points
    shares: (M, E)
    half:   (M, E) half the width of the 95 % interval
    counts: (M,) points
    """

    places: Floats
    low: Floats
    high: Floats
    shares: Floats
    half: Floats
    counts: Ints

    @property
    def spans(self) -> Floats:
        """(E,) difference between the highest and the lowest mean."""
        return np.asarray(self.shares.max(axis=0) - self.shares.min(axis=0))


def is_sweep(results: xr.Dataset) -> bool:
    """Whether these are shares over points of a sweep."""
    return "axes" in results.attrs and "ending_share" in results and "modal_ending" in results


def is_scattered(results: xr.Dataset) -> bool:
    """Whether the points of a sweep lie neither on a grid nor on lines through a centre."""
    grid = int(results.attrs.get("grid", 0))
    return is_sweep(results) and not grid and results.attrs.get("design") != ONE_AT_A_TIME


def sweep_points(results: xr.Dataset) -> SweepPoints:
    """Lay out the points of a sweep one after the other."""
    group = sweep_group(results)
    found = results.sel(group=group)
    dims = [str(dim) for dim in results["failed"].dims]
    axes = varied_axes(results)

    def flat(variable: xr.DataArray, *more: str) -> np.ndarray:
        shaped = variable.transpose(*dims, *more).values
        return np.asarray(shaped.reshape(-1, *shaped.shape[len(dims) :]))

    places = [_places(axis, flat(results[axis.name].broadcast_like(results["failed"]))) for axis in axes]
    points = SweepPoints(
        axes=tuple(axes),
        endings=tuple(str(name) for name in results["ending"].values),
        places=np.stack(places, axis=1) if places else np.zeros((results["failed"].size, 0)),
        shares=flat(found["ending_share"], "ending"),
        errors=flat(found["ending_error"], "ending"),
        any_deal=flat(found["any_deal_share"]),
        any_deal_error=flat(found["any_deal_error"]),
        modal=flat(found["modal_ending"]).astype(np.int64),
        kept=flat(found["draws_played"]).astype(np.int64),
        number=flat(results["point"]).astype(np.int64),
        grid=bool(int(results.attrs.get("grid", 0))),
        common=bool(int(results.attrs.get("common", 1))),
    )
    return points.at(points.kept > 0)


def rays(points: SweepPoints) -> list[SweepPoints]:
    """Points of a one-at-a-time design by axis: those that differ from its first point on no other axis, in order.

    Returns:
        D sets of points; the first point, from which all others depart, is in each of them
    """
    centre = points.places[points.number.argmin()]
    away = points.places != centre
    found = []
    for d in range(len(points.axes)):
        own = np.flatnonzero(~np.delete(away, d, axis=1).any(axis=1))
        found.append(points.at(own[np.argsort(points.places[own, d], kind="stable")]))
    return found


def means(points: SweepPoints, axis: int, bins: int | None = None) -> Means:
    """Mean shares along an axis, whatever the other axes are: per value where these are few, else in equal counts.

    The interval covers what chance did in the places of the points on the other axes; on a grid, where these are the
    same in every bin, what it did in the draws. The same worlds at every point do not cancel out: in scattered
    designs they move a line as a whole, by as much as ``draws_half`` says.

    Args:
        bins: of a range with many values; chosen by the number of points if left out

    Source:  Student's t; normal approximation to the binomial
    """
    values = points.places[:, axis]
    known = np.unique(values)
    if bins is None or points.axes[axis].choice:
        few = points.axes[axis].choice or len(known) <= _MOST_VALUES
        bins = int(np.clip(len(values) // _POINTS_IN_A_BIN, _FEWEST_BINS, _MOST_BINS))
    else:
        few = len(known) <= bins
    if few:
        which = np.searchsorted(known, values)
    else:  # equal values stay together
        which = np.floor((np.searchsorted(np.sort(values), values)) * bins / len(values)).astype(np.int64)
    parts = [np.flatnonzero(which == n) for n in np.unique(which)]
    return Means(
        places=np.array([values[part].mean() for part in parts]),
        low=np.array([values[part].min() for part in parts]),
        high=np.array([values[part].max() for part in parts]),
        shares=np.array([points.shares[part].mean(axis=0) for part in parts]),
        half=np.array([_half(points, part) for part in parts]),
        counts=np.array([len(part) for part in parts]),
    )


def draws_half(points: SweepPoints) -> Floats:
    """(E,) half the width of the 95 % interval that the draws alone give the mean share over all these points."""
    if points.common:  # the same worlds: errors move together
        return np.asarray(Z * points.errors.mean(axis=0))
    return np.asarray(Z * np.sqrt((points.errors**2).sum(axis=0)) / len(points))


def most_moving(points: SweepPoints) -> list[int]:
    """Axes, the one along which the mean share of some ending moves most first."""
    spans = [float(means(points, d).spans.max()) for d in range(len(points.axes))]
    return [int(d) for d in np.argsort([-span for span in spans], kind="stable")]


def _half(points: SweepPoints, part: Ints) -> Floats:
    size = len(part)
    if points.grid:
        return draws_half(points.at(part))
    if size < 2:
        return np.full(len(points.endings), np.nan)
    return np.asarray(stdtrit(size - 1, 0.975) * points.shares[part].std(axis=0, ddof=1) / np.sqrt(size))


def _places(axis: SweptAxis, values: np.ndarray) -> Floats:
    if axis.numeric:
        return values.astype(float)
    order = {str(value): n for n, value in enumerate(axis.values)}
    return np.array([float(order[str(value)]) for value in values])
