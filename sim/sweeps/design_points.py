"""The points of a sweep: which settings each has, which are duplicates, what has to be played."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.ensemble.structure import Structure
from sim.foundations import Floats, InputError, Ints, Problem
from sim.sweeps.axes import Axis, AxisPlace
from sim.sweeps.designs import DESIGNS


@dataclass(frozen=True)
class DesignPoints:
    """The points of a design.

    axes:   what is varied
    design: name of the design
    table:  (N, D) values of ranges, indices of choices
    """

    axes: tuple[Axis, ...]
    design: str
    table: Floats

    def __len__(self) -> int:
        return len(self.table)

    @cached_property
    def _unique(self) -> tuple[Ints, Ints]:
        _, first, inverse = np.unique(self.table, axis=0, return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.argsort(order)
        return first[order], rank[np.asarray(inverse).ravel()]

    @property
    def played(self) -> Ints:
        """(U,) indices of the points that are played: each of several equal ones once."""
        return self._unique[0]

    @property
    def inverse(self) -> Ints:
        """(N,) for each point, which of the played ones it equals."""
        return self._unique[1]

    @cached_property
    def _settings(self) -> tuple[tuple[str, ...], Floats, tuple[Structure, ...], Ints]:
        paths: dict[str, int] = {}
        for axis in self.axes:
            for path in [*axis.paths, *(path for setting in axis.settings for path in setting.numbers)]:
                paths.setdefault(path, len(paths))
        rows = self.table[self.played]
        numbers = np.full((len(rows), len(paths)), np.nan)
        for d, axis in enumerate(self.axes):
            for path in axis.paths:
                factor, offset = axis.places[path]
                numbers[:, paths[path]] = factor * rows[:, d] + offset
            for index, setting in enumerate(axis.settings):
                for path, value in setting.numbers.items():
                    numbers[rows[:, d] == index, paths[path]] = value
        choices = [d for d, axis in enumerate(self.axes) if any(s.structure or s.overlay for s in axis.settings)]
        kinds, which = np.unique(rows[:, choices], axis=0, return_inverse=True)
        structures = tuple(self._structure(choices, kind) for kind in kinds)
        return tuple(paths), numbers, structures, np.asarray(which).ravel()

    def _structure(self, choices: list[int], kind: Floats) -> Structure:
        overlay: str | None = None
        changes: dict[str, Any] = {}
        for d, index in zip(choices, kind, strict=True):
            setting = self.axes[d].settings[int(index)]
            overlay = setting.overlay or overlay
            changes |= dict(setting.structure)
        return Structure(overlay, tuple(changes.items()))

    @property
    def paths(self) -> tuple[str, ...]:
        """Numbers that some point fixes."""
        return self._settings[0]

    @property
    def numbers(self) -> Floats:
        """(U, P) what each played point fixes them at; nan where it leaves a number to its draws."""
        return self._settings[1]

    @property
    def structures(self) -> tuple[Structure, ...]:
        """Distinct structures."""
        return self._settings[2]

    @property
    def structure(self) -> Ints:
        """(U,) which structure each played point has."""
        return self._settings[3]

    def coordinates(self, point: int) -> dict[str, AxisPlace]:
        """Axis -> where a point of the design lies."""
        return {axis.name: axis.coordinate(self.table[point, d]) for d, axis in enumerate(self.axes)}

    def describe(self) -> dict[str, Any]:
        """The design for manifests."""
        return {
            "design": self.design,
            "axes": [axis.describe() for axis in self.axes],
            "points": len(self),
            "table": hashlib.sha256(np.ascontiguousarray(self.table, "<f8").tobytes()).hexdigest(),
        }


def make_points(axes: Sequence[Axis], design: str, points: int | None, seed: str) -> DesignPoints:
    """Lay out a design.

    Raises:  InputError where axes contradict each other, or the design does not take what is asked
    """
    if not axes:
        raise InputError(Problem("a sweep needs something to vary", allowed="--over PATH=LOW:HIGH:N, or --study NAME"))
    seen: dict[str, str] = {}
    for axis in axes:
        own = {*axis.paths, *(path for s in axis.settings for path in (*s.numbers, *s.structure))}
        own |= {"overlay"} if any(s.overlay for s in axis.settings) else set()
        for path in sorted(own):
            if path in seen:
                both = f'"{seen[path]}" and "{axis.name}"' if seen[path] != axis.name else f'"{axis.name}"'
                raise InputError(Problem(f"{path} is varied twice, by {both}"))
            seen[path] = axis.name
    return DesignPoints(tuple(axes), design, DESIGNS[design](axes, points, seed))
