"""Points of a sweep one after the other, whatever its design."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Floats, Ints, short_number
from sim.report.shown_group import shown_group

#: Values of an axis that are told apart one by one; of more, thirds of the range are.
_TOLD_APART: Final = 12
_THIRDS: Final = 3


@dataclass(frozen=True)
class Level:
    """Points that have the same value on an axis, or lie in the same third of its range.

    name:  the value, or the third from where to where
    where: (N,) which points
    named: whether the value is a name, no number
    """

    name: str
    where: Bools
    named: bool = False

    @property
    def spoken(self) -> str:
        """The value inside a sentence."""
        return f"“{self.name}”" if self.named else self.name


@dataclass(frozen=True)
class SweptPoints:
    """What came out at each of N points.

    group:    the draws that are looked at: ``consistent`` or ``all``
    endings:  (E,) names
    place:    (N,) rank of each point in the order of the axes; of designs without a grid as they come
    values:   axis -> (N,) its values
    titles:   axis -> what people call it
    base:     axis -> where the scenario stands on it; ``None`` if nowhere
    design:   how the points were placed
    draws:    draws at each point
    common:   whether they are the same worlds at every point
    share, error: (N, E) share of each ending and its standard error
    modal:    (N,) index of the most frequent ending; -1 without draws
    any_deal, any_deal_error: (N,) share of draws in which some deal is acceptable
    counted:  (N,) draws in the group
    kept:     (N,) draws that survive every observation
    failed:   (N,) draws that could not be played
    """

    group: str
    endings: tuple[str, ...]
    place: Ints
    values: Mapping[str, np.ndarray]
    titles: Mapping[str, str]
    base: Mapping[str, Any]
    design: str
    draws: int
    common: bool
    share: Floats
    error: Floats
    modal: Ints
    any_deal: Floats
    any_deal_error: Floats
    counted: Ints
    kept: Ints
    failed: Ints

    @classmethod
    def of(cls, results: xr.Dataset) -> SweptPoints:
        """Lay the points of a sweep out in the order of ``points.csv``."""
        axes = json.loads(results.attrs["axes"])
        names = [str(axis["name"]) for axis in axes]
        dims = tuple(names) if int(results.attrs["grid"]) else ("point",)
        order = np.argsort(results["point"].transpose(*dims).values.ravel(), kind="stable")
        group = shown_group(results)

        def flat(variable: xr.DataArray, *more: str) -> np.ndarray:
            shaped = variable.transpose(*dims, *more).values
            return np.asarray(shaped.reshape(-1, *shaped.shape[len(dims) :])[order])

        one = results.sel(group=group)
        placed = [results[name].broadcast_like(results["failed"]) for name in names]
        return cls(
            group=group,
            endings=tuple(str(name) for name in results["ending"].values),
            place=order.astype(np.int64),
            values={name: flat(variable) for name, variable in zip(names, placed, strict=True)},
            titles={str(axis["name"]): str(axis["title"]) for axis in axes},
            base={str(axis["name"]): axis["base"] for axis in axes},
            design=str(results.attrs["design"]),
            draws=int(results.attrs["draws"]),
            common=bool(int(results.attrs.get("common", 1))),
            share=flat(one["ending_share"], "ending"),
            error=flat(one["ending_error"], "ending"),
            modal=flat(one["modal_ending"]).astype(np.int64),
            any_deal=flat(one["any_deal_share"]),
            any_deal_error=flat(one["any_deal_error"]),
            counted=flat(one["draws_played"]).astype(np.int64),
            kept=flat(results["draws_played"].sel(group="consistent")).astype(np.int64),
            failed=flat(results["failed"]).astype(np.int64),
        )

    def __len__(self) -> int:
        return len(self.modal)

    @property
    def seen(self) -> list[int]:
        """Endings that occur anywhere."""
        return [e for e in range(len(self.endings)) if np.nan_to_num(self.share[:, e]).max(initial=0.0) > 0]

    @property
    def moving(self) -> list[str]:
        """Axes with more than one value."""
        return [name for name, values in self.values.items() if len(np.unique(values)) > 1]

    @property
    def at_base(self) -> Bools:
        """(N,) points where the scenario itself stands on every axis."""
        found = np.ones(len(self), bool)
        for name, base in self.base.items():
            found &= np.zeros(len(self), bool) if base is None else np.asarray(self.values[name] == base)
        return found

    @property
    def sure(self) -> Bools:
        """(N,) whether the lead of the most frequent ending exceeds what chance in the draws may do (95 %)."""
        if len(self.endings) < 2:
            return np.asarray(self.counted > 0)
        ranked = np.sort(np.nan_to_num(self.share), axis=1)[:, ::-1]
        lead, both = ranked[:, 0] - ranked[:, 1], ranked[:, 0] + ranked[:, 1]
        error = np.sqrt(np.maximum(both - lead**2, 0.0) / np.maximum(self.counted, 1))
        return np.asarray((lead > 1.96 * error) & (self.counted > 1))

    def levels(self, axis: str) -> list[Level]:
        """Points by their value on an axis; where only one axis is varied at a time, those that vary this one."""
        values, looked = self.values[axis], self._looked(axis)
        known = list(dict.fromkeys(values[np.argsort(self.place)].tolist()))
        numeric = all(isinstance(value, int | float) for value in known)
        if numeric and len(known) > _TOLD_APART:
            ends = np.quantile(values.astype(float), np.linspace(0, 1, _THIRDS + 1))
            place = np.clip(np.searchsorted(ends, values, side="right") - 1, 0, _THIRDS - 1)
            return [
                Level(f"{ends[n]:.3g} to {ends[n + 1]:.3g}", np.asarray((place == n) & looked)) for n in range(_THIRDS)
            ]
        ordered = sorted(known) if numeric else known
        return [
            Level(mark(value, known if numeric else ()), np.asarray((values == value) & looked), not numeric)
            for value in ordered
        ]

    def mean(self, where: Bools, ending: int) -> tuple[float, float]:
        """Mean share of an ending over some points, and its standard error.

        With the same worlds at every point their errors move together, so they are not taken to cancel out.
        """
        known = where & (self.counted > 0)
        if not known.any():
            return float("nan"), float("nan")
        error = self.error[known, ending]
        together = float(error.mean()) if self.common else float(np.sqrt((error**2).sum()) / known.sum())
        return float(self.share[known, ending].mean()), together

    def _looked(self, axis: str) -> Bools:
        found = np.ones(len(self), bool)
        if self.design != "one-at-a-time":
            return found
        for name, values in self.values.items():
            if name != axis:
                kinds, counts = np.unique(values, return_counts=True)
                found &= np.asarray(values == kinds[counts.argmax()])
        return found


def mark(value: object, among: Iterable[Any] = ()) -> str:
    """A value on an axis as people read it: three digits, more where others on the axis would look the same.

    Example:
        >>> mark(0.30000000000000004), mark("allied forces")
        ('0.3', 'allied forces')
    """
    return short_number(float(value), among) if isinstance(value, int | float | np.number) else str(value)
