"""A sweep as tellers take it: its points, with the words of its case and what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import xarray as xr

from sim.evidence import Article
from sim.scenario import Scenario
from sim.sweeps.sweep_effects import SweepMeans, sweep_means
from sim.sweeps.sweep_points import SweepPoints
from sim.words import OutcomeWords, Proportion, Vocabulary

#: Values of an axis that are told apart one by one; of more, thirds of the points are.
_APART = 12
_THIRDS = 3


@dataclass(frozen=True)
class SweepReport:
    """What is told about a sweep.

    results:  labelled arrays of a finished sweep
    article:  the evidence; ``None`` for textbook cases
    axes:     what was varied: name, title, base, and paths with their ends or the settings
    failures: rows of what could not be played
    spread:   what the spread of the endings comes from, if that was worked out
    widened:  half-widths of stated ranges were multiplied by this
    folder:   where the results are kept; empty if nowhere
    """

    results: xr.Dataset
    scenario: Scenario
    article: Article | None = None
    axes: Sequence[Mapping[str, Any]] = ()
    failures: Sequence[Mapping[str, str]] = ()
    spread: Mapping[str, Any] | None = None
    widened: float = 1.0
    folder: str = ""

    @cached_property
    def points(self) -> SweepPoints:
        """The points one after the other."""
        return SweepPoints.of(self.results)

    @property
    def title(self) -> str:
        """Title of the study, or of the scenario."""
        return str(self.results.attrs.get("study_title") or self.scenario.title)

    @cached_property
    def endings(self) -> tuple[OutcomeWords, ...]:
        """(E,) words of the endings."""
        return tuple(self.words.endings[code] for code in self.points.endings)

    @property
    def words(self) -> Vocabulary:
        """What the case calls its endings, kinds of deal and states."""
        return Vocabulary.from_attrs(self.results.attrs)

    @cached_property
    def modal_counts(self) -> np.ndarray:
        """(E,) at how many points each ending is the most frequent one."""
        modal = self.points.modal
        return np.bincount(modal[modal >= 0], minlength=len(self.endings))

    def proportion(self, n: int, ending: int) -> Proportion:
        """Share of an ending at a point."""
        return _proportion(self.points.share[n, ending], self.points.counted[n])

    def any_deal(self, n: int) -> Proportion:
        """Share of worlds at a point in which some deal is acceptable."""
        return _proportion(self.points.any_deal[n], self.points.counted[n])

    def where(self, n: int) -> str:
        """Where a point lies on the axes that vary."""
        at = self.points.places[n]
        return " and ".join(f"“{axis.title}” at {axis.say(at[d])}" for d, axis in enumerate(self.points.axes))

    def means(self, d: int, apart: int = _APART) -> SweepMeans:
        """Mean shares along an axis: for each value where these are few, else for thirds of the points."""
        return sweep_means(self.points.known, d, None if len(self.points.axes[d].values) <= apart else _THIRDS)


def _proportion(share: float, size: int) -> Proportion:
    return Proportion(float(share * size) if size else 0.0, int(size))
