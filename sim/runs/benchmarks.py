"""What talks that miss nothing would make of the same worlds, beside the talks as they are played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import Design, Judge, counting, meanings, play
from sim.ensemble.alternatives import pruned
from sim.foundations import Bools, InputError
from sim.foundations.plain_data import Real
from sim.runs.difference import Shares
from sim.runs.first_worlds import first_worlds
from sim.scenario import Scenario
from sim.scenario.changes import change
from sim.scenario.kinds import deal_kinds

#: Worlds in which the benchmarks are played, at most.
BENCHMARK_WORLDS: Final = 300
#: Protocols that find an efficient deal wherever there is one.
_PROTOCOLS: Final = ("strategic-alternating-offers", "zeuthen")
#: The offering rule that does, once everybody's payoffs are known.
_OFFERING: Final = "best-for-others"
#: Columns that are read off each play, and those that say besides which worlds count.
_TOLD: Final = ("ending", "declared", "talks_failed_at_table", "overtaken", "efficient")
BENCHMARK_COLUMNS: Final = (*_TOLD, "consistent")


@dataclass(frozen=True)
class TalksResult:
    """What some talks make of the worlds that count.

    name:      of the protocol or offering rule; empty for the talks as they are played
    endings:   shares at the end
    in_force:  share with any deal in force at the end
    no_deal:   share in which nothing is signed
    talks_failed_at_table, overtaken, efficient: as of the run itself
    """

    name: str
    endings: Shares
    in_force: Real
    no_deal: Real
    talks_failed_at_table: Real
    overtaken: Real
    efficient: Real

    @classmethod
    def of(cls, name: str, results: xr.Dataset, scenario: Scenario, where: Bools) -> TalksResult:
        """Read it off a play, among the draws ``where`` (B,)."""
        endings = Shares.of(results["ending"].values, meanings(results, "ending"), where)
        unsigned = results["declared"].values == meanings(results, "declared").index("none")
        signed = results["efficient"].values[where]
        return cls(
            name,
            endings,
            sum(endings.share.get(kind, 0.0) for kind in deal_kinds(scenario)),
            float(unsigned[where].mean()),
            float(results["talks_failed_at_table"].values[where].mean()),
            float(results["overtaken"].values[where].mean()),
            float(np.nanmean(signed)) if np.isfinite(signed).any() else float("nan"),
        )


@dataclass(frozen=True)
class Benchmarks:
    """The talks as they are played, and talks that miss nothing, in the same worlds.

    worlds:    that count
    as_played: the talks of the case
    efficient: talks that find an efficient deal wherever there is one, by different rules
    """

    worlds: int
    as_played: TalksResult
    efficient: tuple[TalksResult, ...]

    def span(self, what: str) -> tuple[float, float]:
        """Lowest and highest of a field over the efficient talks."""
        found = [getattr(one, what) for one in self.efficient]
        return min(found), max(found)


def benchmarks(
    scenario: Scenario, draws: int, *, judge: Scenario | Judge | None = None, played: xr.Dataset | None = None
) -> Benchmarks | None:
    """Play the case as it is, by strategic play, by Zeuthen's rule and with offers that are best for others.

    How people talk is not known, so one rule of thumb is no answer: between it and talks that miss nothing lies what
    better or worse talking can change. What they all leave undone no talking can mend.

    Args:
        draws:  worlds, at most ``BENCHMARK_WORLDS`` are played
        judge:  whose observations say which worlds count
        played: results of the case as it is, judged so, if it was played already
    Returns:
        ``None`` where the case has no other talks than its own
    Source: strategic play: Rubinstein 1982; risk of conflict: Zeuthen 1930; offers that are best for others at one's
        own aspiration: after Faratin, Sierra & Jennings 2002, with payoffs known
    """
    worlds = min(draws, BENCHMARK_WORLDS)
    own = first_worlds(played, worlds, BENCHMARK_COLUMNS)
    if own is None:
        own = play(Design.of_draws(scenario, worlds, judge=judge), columns=BENCHMARK_COLUMNS)
    where = counting(own["consistent"].values)
    counted, everywhere = own["draw"].values[where], np.ones(int(where.sum()), bool)
    found = []
    for name, changes in _others(scenario):
        try:
            results = play(Design.of_draws(change(scenario, changes), counted, judge=judge), columns=_TOLD)
        except InputError:
            continue  # it does not apply
        found.append(TalksResult.of(name, results, scenario, everywhere))
    if not found:
        return None
    return Benchmarks(int(where.sum()), TalksResult.of("", own, scenario, where), tuple(found))


def _others(scenario: Scenario) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and changes of talks that miss nothing, and are not those of the case."""
    for name in _PROTOCOLS:
        if scenario.talks.protocol != name:
            yield name, {"talks.protocol": name, "talks.settings": {}}
    if scenario.talks.protocol == "alternating-offers":
        offers = {f"talks.strategies.{name}.offering": _OFFERING for name in scenario.talks.strategies}
        if offers:
            yield _OFFERING, pruned(scenario, {"talks.protocol": "alternating-offers", **offers})
