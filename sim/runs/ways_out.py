"""Ways in which talks could come out, on the same worlds: protocols, solutions and what theory predicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import xarray as xr

from sim.ensemble.condition import Column
from sim.foundations import Bools, Floats, Ints
from sim.foundations.plain_data import Real
from sim.runs.outcome_summary import NumberSpan, OutcomeSummary
from sim.scenario import Scenario

#: What a way out is: talks that were played, a solution, or an equilibrium.
WayKind = Literal["protocol", "solution", "equilibrium"]
#: Gains below this part of what can be gained count as nothing to compare.
_NOTHING: Final = 1e-12


@dataclass(frozen=True)
class WayArrays:
    """How talks come out in n worlds, one way.

    applies: (n,) worlds of which it says something
    chance:  (n,) chance of a deal, nan where it says nothing of that
    gains:   (n, A) gain over no deal, seen from the beginning; nan for those of whom it says nothing
    deal:    (n,) the deal, -1 for none, or where it points at no single one
    """

    applies: Bools
    chance: Floats
    gains: Floats
    deal: Ints

    @classmethod
    def of_talks(cls, results: xr.Dataset) -> WayArrays:
        """Talks as they were played."""
        deal = np.asarray(results["deal"].values, np.int64)
        gains = np.asarray(results["talks_gain"].values, float)
        return cls(np.ones(len(deal), bool), (deal >= 0).astype(float), gains, deal)

    @classmethod
    def of_theory(cls, results: xr.Dataset, name: str) -> WayArrays:
        """What a theory predicts."""
        one = results.sel(theory=name)
        return cls(
            np.asarray(one["theory_fails"].values < 0),
            np.asarray(one["theory_chance"].values, float),
            np.asarray(one["theory_gain"].values, float),
            np.asarray(one["theory_deal"].values, np.int64),
        )


@dataclass(frozen=True)
class WayOut:
    """How talks come out one way, over the worlds that count and of which it says something.

    name, kind: the protocol, solution or equilibrium
    worlds: in how many worlds
    deal:   mean chance of a deal; nan where it says nothing of that
    gains:  signer -> gain over no deal, seen from the beginning
    terms:  issue -> where deals stand, among worlds in which it points at one; empty where it points at none
    """

    name: str
    kind: WayKind
    worlds: int
    deal: Real
    gains: Mapping[str, NumberSpan]
    terms: Mapping[str, OutcomeSummary]


@dataclass(frozen=True)
class WayDistance:
    """How far one way out is from another, in worlds of which both say something.

    worlds:    how many these are
    ending:    mean difference of the chances of a deal, 0..1: in what share of worlds they differ about a deal
    same_deal: share of the worlds in which both point at a deal where it is the same; nan where there is none
    both:      how many worlds these are
    gain:      mean difference of a signer's gain, as a part of the most that he can gain; nan where one is silent
    error:     standard error of that mean
    """

    worlds: int
    ending: Real
    same_deal: Real
    both: int
    gain: Real
    error: Real


def summed_up(
    name: str, kind: WayKind, way: WayArrays, results: xr.Dataset, scenario: Scenario, where: Bools
) -> WayOut:
    """Sum up a way out among the worlds ``where`` (n,).

    Args:
        results: any dataset of the case, for what its deals say
    """
    there = where & way.applies
    actors = [str(one) for one in results["actor"].values]
    spans = {
        actor: NumberSpan.of(way.gains[there, actors.index(actor)])
        for actor in scenario.signers
        if np.isfinite(way.gains[there, actors.index(actor)]).any()
    }
    chance = way.chance[there]
    deal = float(np.nanmean(chance)) if np.isfinite(chance).any() else np.nan
    return WayOut(name, kind, int(there.sum()), deal, spans, _terms(way.deal, results, scenario, there))


def distance_between(one: WayArrays, other: WayArrays, best: Floats, where: Bools) -> WayDistance:
    """Compare two ways out among the worlds ``where`` (n,).

    Args:
        best: (n, A) the most that each signer can gain, 0 for all others
    """
    there = where & one.applies & other.applies
    worlds = int(there.sum())
    gap = np.abs(one.chance - other.chance)[there]
    ending = float(np.nanmean(gap)) if np.isfinite(gap).any() else np.nan
    both = there & (one.deal >= 0) & (other.deal >= 0)
    same = float((one.deal == other.deal)[both].mean()) if both.any() else np.nan
    part = np.abs(one.gains - other.gains) / np.where(best > _NOTHING, best, np.nan)
    known = np.isfinite(part)
    counts = known.sum(axis=1)
    mean = np.where(counts > 0, np.where(known, part, 0.0).sum(axis=1) / np.maximum(counts, 1), np.nan)[there]
    mean = mean[np.isfinite(mean)]
    gain = float(mean.mean()) if len(mean) else np.nan
    error = float(mean.std(ddof=1) / np.sqrt(len(mean))) if len(mean) > 1 else np.nan if not len(mean) else 0.0
    return WayDistance(worlds, ending, same, int(both.sum()), gain, error)


def _terms(deal: Ints, results: xr.Dataset, scenario: Scenario, there: Bools) -> dict[str, OutcomeSummary]:
    pointed = there & (deal >= 0)
    if not pointed.any():
        return {}
    found = {}
    for name, issue in scenario.issues.items():
        if issue.kind == "numeric":
            numbers = np.asarray(results["level_value"].sel(issue=name).values, float)
            column = Column(np.where(deal >= 0, numbers[np.maximum(deal, 0)], np.nan))
        else:
            levels = [str(one) for one in results["deal_level"].sel(issue=name).values]
            codes = tuple(dict.fromkeys(levels))
            places = np.array([codes.index(level) for level in levels], float)
            column = Column(np.where(deal >= 0, places[np.maximum(deal, 0)], np.nan), codes)
        found[name] = OutcomeSummary.of_column(f"terms.{name}", column, pointed)
    return found
