"""Readings of a scenario: combinations of its conventions, drawn so that each setting comes up equally often."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.ensemble.alternatives import alternatives, pruned
from sim.foundations import Ints
from sim.foundations.dice import stream_key
from sim.scenario import Scenario

#: Designs that are thrown, of which the most balanced one is taken.
_THROWN: Final = 60
#: Combinations up to this many are all listed where so many are wanted.
_LISTED: Final = 4096


@dataclass(frozen=True)
class ConventionSetting:
    """One convention set otherwise than the scenario has it.

    name:    of the convention
    setting: to what
    """

    name: str
    setting: str


@dataclass(frozen=True)
class OpenConvention:
    """A choice that the literature leaves open.

    name:     of the convention
    settings: setting -> changes to the scenario; the first is the scenario as written, "" and none
    """

    name: str
    settings: tuple[tuple[str, Mapping[str, Any]], ...]


def open_conventions(scenario: Scenario) -> tuple[OpenConvention, ...]:
    """The choices of a scenario and their usual alternatives, those of the same choice together."""
    found: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for name, setting, changes in alternatives(scenario):
        found.setdefault(name, [("", {})]).append((setting, changes))
    return tuple(OpenConvention(name, tuple(settings)) for name, settings in found.items())


def combined(scenario: Scenario, choices: Sequence[OpenConvention], row: Sequence[int]) -> dict[str, Any]:
    """Changes to the scenario under a combination of settings, by the place of each."""
    changes: dict[str, Any] = {}
    for choice, place in zip(choices, row, strict=True):
        changes |= choice.settings[int(place)][1]
    return pruned(scenario, changes)


def set_otherwise(choices: Sequence[OpenConvention], row: Sequence[int]) -> tuple[ConventionSetting, ...]:
    """What a combination sets otherwise than the scenario has it."""
    return tuple(
        ConventionSetting(choice.name, choice.settings[int(place)][0])
        for choice, place in zip(choices, row, strict=True)
        if place
    )


def joint_design(sizes: Sequence[int], count: int, seed: str) -> Ints:
    """(N, F) combinations, each different, in which each setting of a convention comes up equally often.

    Of many random designs the one is taken in which pairs of settings come up most evenly. Where there are no more
    combinations than are wanted, all of them.

    Args:
        sizes: settings of each convention
        count: combinations wanted
    Source:  nearly orthogonal arrays by random search (Xu 2002, Technometrics 44:356-368, criterion J2 in plain form)

    Example:
        >>> design = joint_design([2, 2, 3], 6, "doc")
        >>> design.shape, design.sum(axis=0)[:2].tolist()
        ((6, 3), [3, 3])
    """
    whole = math.prod(sizes)
    if whole <= min(count, _LISTED):
        return np.stack(np.unravel_index(np.arange(whole), tuple(sizes)), axis=1).astype(np.int64)
    generator = np.random.default_rng(stream_key(seed, "readings"))
    best, least = np.empty((0, len(sizes)), np.int64), (1, math.inf)
    for _ in range(_THROWN):
        columns = [generator.permutation(_even(size, count, generator)) for size in sizes]
        design = np.stack(columns, axis=1)
        score = (count - len(np.unique(design, axis=0)), _unevenness(design, sizes))
        if len(best) == 0 or score < least:
            best, least = design, score
    return np.unique(best, axis=0)


def _even(size: int, count: int, generator: np.random.Generator) -> Ints:
    """(N,) each of the settings equally often; of those that are left over each at most once."""
    whole, rest = divmod(count, size)
    return np.concatenate([np.repeat(np.arange(size), whole), generator.permutation(size)[:rest]])


def _unevenness(design: Ints, sizes: Sequence[int]) -> float:
    """Sum over pairs of conventions of the squared deviations of how often two settings meet."""
    total = 0.0
    for first in range(len(sizes)):
        for second in range(first):
            met = np.bincount(design[:, first] * sizes[second] + design[:, second])
            expected = len(design) / (sizes[first] * sizes[second])
            missing = sizes[first] * sizes[second] - len(met)
            total += float(((met - expected) ** 2).sum() + missing * expected**2)
    return total
