"""Points of a sweep of any design, one after the other: where each lies, what came out, which are told together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats, Ints
from sim.sweeps.swept_axes import SweptAxis, every_axis
from sim.words import Z

ONE_AT_A_TIME: Final = "one-at-a-time"
_WHOLE: Final = ("axes", "single", "endings", "group", "design", "draws", "common")


@dataclass(frozen=True)
class SweepPoints:
    """N points of a sweep over D axes, and what came out at each; E endings.

    axes:     D axes of more than one value
    single:   axes of one value
    endings:  (E,) codes
    group:    worlds that shares are of: ``consistent`` or ``all``
    design:   how the points were placed
    draws:    worlds drawn at each point
    common:   whether they are the same worlds at every point
    number:   (N,) place in the design and in ``points.csv``
    places:   (N, D) where the points are drawn: the value, or the place among choices
    share, error: (N, E) share of each ending, 0..1, and its standard error
    any_deal, any_deal_error: (N,) share of worlds in which some deal is acceptable
    modal:    (N,) index of the most frequent ending; -1 without worlds
    counted:  (N,) worlds that the shares rest on
    fitting:  (N,) worlds that fit the observations
    failed:   (N,) worlds that could not be played
    """

    axes: tuple[SweptAxis, ...]
    single: tuple[SweptAxis, ...]
    endings: tuple[str, ...]
    group: str
    design: str
    draws: int
    common: bool
    number: Ints
    places: Floats
    share: Floats
    error: Floats
    any_deal: Floats
    any_deal_error: Floats
    modal: Ints
    counted: Ints
    fitting: Ints
    failed: Ints

    @classmethod
    def of(cls, results: xr.Dataset) -> SweepPoints:
        """Lay the points of a sweep out: on a grid in the order of the axes, the last fastest; else as they come."""
        dims = [str(dim) for dim in results["failed"].dims]
        group = sweep_group(results)
        one = results.sel(group=group)

        def flat(variable: xr.DataArray, *more: str) -> np.ndarray:
            shaped = variable.transpose(*dims, *more).values
            return np.asarray(shaped.reshape(-1, *shaped.shape[len(dims) :]))

        axes = every_axis(results)
        varied = tuple(axis for axis in axes if len(axis.values) > 1)
        places = [axis.places_of(flat(results[axis.name].broadcast_like(results["failed"]))) for axis in varied]
        return cls(
            axes=varied,
            single=tuple(axis for axis in axes if len(axis.values) == 1),
            endings=tuple(str(name) for name in results["ending"].values),
            group=group,
            design=str(results.attrs["design"]),
            draws=int(results.attrs["draws"]),
            common=bool(int(results.attrs.get("common", 1))),
            number=flat(results["point"]).astype(np.int64),
            places=np.stack(places, axis=1) if places else np.zeros((results["failed"].size, 0)),
            share=flat(one["ending_share"], "ending"),
            error=flat(one["ending_error"], "ending"),
            any_deal=flat(one["any_deal_share"]),
            any_deal_error=flat(one["any_deal_error"]),
            modal=flat(one["modal_ending"]).astype(np.int64),
            counted=flat(one["draws_played"]).astype(np.int64),
            fitting=flat(results["draws_played"].sel(group="consistent")).astype(np.int64),
            failed=flat(results["failed"]).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.modal)

    def at(self, rows: np.ndarray) -> SweepPoints:
        """Some of the points, by truth values or in the order of their indices."""
        return replace(self, **{name: value[rows] for name, value in vars(self).items() if name in _BY_POINT})

    @property
    def known(self) -> SweepPoints:
        """The points at which there are worlds to tell of."""
        return self.at(self.counted > 0)

    @property
    def moving(self) -> bool:
        """Whether the share of some ending, or of worlds with an acceptable deal, differs between points."""
        return len(self) > 1 and bool(np.ptp(self.share, axis=0).any() or np.ptp(self.any_deal) > 0)

    @property
    def grid(self) -> bool:
        """Whether the points are all combinations of the axes' values."""
        return self.design == "grid"

    @property
    def seen(self) -> list[int]:
        """Endings that occur at some point."""
        return [e for e in range(len(self.endings)) if np.nan_to_num(self.share[:, e]).max(initial=0.0) > 0]

    @cached_property
    def values(self) -> Mapping[str, np.ndarray]:
        """Axis -> (N,) its values, of every axis."""
        places = {axis.name: axis.values_at(self.places[:, d]) for d, axis in enumerate(self.axes)}
        return places | {axis.name: np.repeat(np.array(axis.values), len(self)) for axis in self.single}

    @property
    def at_base(self) -> Bools:
        """(N,) points where the scenario itself stands on every axis."""
        found = np.full(len(self), all(axis.base_place == axis.places[0] for axis in self.single))
        for d, axis in enumerate(self.axes):
            stands = np.nan if axis.base_place is None else axis.base_place
            found &= np.isclose(self.places[:, d], stands)
        return found

    @property
    def sure(self) -> Bools:
        """(N,) whether the lead of the most frequent ending exceeds what chance in the worlds may do (95 %)."""
        return np.asarray(~within_chance(np.nan_to_num(self.share), self.counted) & (self.counted > 1))

    def ray(self, d: int) -> Ints:
        """(M,) points of a one-at-a-time design that differ from its first on no other axis, in order along this one.

        The first point, from which all others depart, is on the ray of every axis.
        """
        centre = self.places[self.number.argmin()]
        away = np.delete(self.places != centre, d, axis=1).any(axis=1)
        own = np.flatnonzero(~away)
        return np.asarray(own[np.argsort(self.places[own, d], kind="stable")])


_BY_POINT: Final = frozenset(SweepPoints.__dataclass_fields__) - frozenset(_WHOLE)


def is_sweep(results: xr.Dataset) -> bool:
    """Whether these are shares over points of a sweep."""
    return "axes" in results.attrs and "ending_share" in results and "modal_ending" in results


def is_scattered(results: xr.Dataset) -> bool:
    """Whether the points of a sweep lie neither on a grid nor on lines through a centre."""
    grid = int(results.attrs.get("grid", 0))
    return is_sweep(results) and not grid and results.attrs.get("design") != ONE_AT_A_TIME


def sweep_group(results: xr.Dataset) -> str:
    """The worlds that headlines speak of: those that fit the observations where every point has some, else all."""
    if not int(results.attrs.get("observations", 0)):
        return "all"
    counted = results["draws_played"]
    played, fitting = counted.sel(group="all").values > 0, counted.sel(group="consistent").values > 0
    return "consistent" if fitting.any() and bool(fitting[played].all()) else "all"


def least_change(counted: float) -> float:
    """Smallest change of a share between two points that chance need not have made (95 %), however they are paired.

    In the same worlds at both points the error is smallest where no world changes back; a smaller change than this is
    within chance then, and all the more in other cases.

    Args:
        counted: worlds that both shares rest on
    Source:  variance of the difference of paired shares (McNemar 1947), (c - c²) / n where all that change go one way
    Example:
        >>> round(least_change(25), 3)
        0.133
    """
    return float(Z**2 / (max(counted, 0) + Z**2))


def within_chance(share: Floats, counted: np.ndarray) -> Bools:
    """Say where the lead of the most frequent ending over the second is within chance (95 %).

    Args:
        share:   (..., E)
        counted: (...) worlds that the shares rest on
    Source:  variance of a difference of multinomial shares
    Example:
        >>> within_chance(np.array([[0.6, 0.4], [0.6, 0.4]]), np.array([20, 200])).tolist()
        [True, False]
    """
    if share.shape[-1] < 2:
        return np.zeros(share.shape[:-1], bool)
    ranked = np.sort(share, axis=-1)
    lead, both = ranked[..., -1] - ranked[..., -2], ranked[..., -1] + ranked[..., -2]
    error = np.sqrt(np.maximum(both - lead**2, 0) / np.maximum(counted, 1))
    return np.asarray(lead < Z * error)
