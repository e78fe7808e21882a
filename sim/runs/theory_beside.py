"""What theory predicts, beside what the talks of a case came to in the same worlds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from sim.ensemble import Design, Judge, Progress, counting, play
from sim.ensemble.rows import GivenRows
from sim.equilibria import EQUILIBRIA
from sim.foundations import Bools, Entry, Registry
from sim.runs.certified_deals import CERTIFICATE_COLUMNS, CertifiedDeals, certified_deals
from sim.runs.coalition_power import CoalitionPower, coalition_power
from sim.runs.ways_out import WayArrays, WayDistance, WayKind, WayOut, distance_between, summed_up
from sim.scenario import Scenario
from sim.scenario.kinds import models_war
from sim.solutions import SOLUTIONS

if TYPE_CHECKING:  # theories are asked by few who know what one found
    from sim.theory import TheoryReading

#: Columns that have to be kept of a play.
READ_BY_THEORY = (
    "consistent",
    "deal",
    "signed_by",
    "talks_gain",
    "best_gain",
    "theory_fails",
    "theory_chance",
    "theory_gain",
    "theory_deal",
    "theory_marked",
    "solution_ties",
    *CERTIFICATE_COLUMNS[2:],
)


@dataclass(frozen=True)
class TheoryNeed:
    """Something that a theory asks of a case.

    name, says: what it is
    instead:    what is so in the case, where it is not met in some world that counts; else empty
    worlds:     in how many worlds it is the first that is not met
    """

    name: str
    says: str
    instead: str
    worlds: int


@dataclass(frozen=True)
class TheoryVerdict:
    """A theory that applies in some world that counts.

    found:    what it predicts there
    source, summary: of the equilibrium or solution
    assumes:  what it takes for granted about play
    needs:    what it asks of the case
    marks, marked: what its mechanism is, as a clause, and in how many worlds it is at work; empty if it names none
    distance: to what the talks came to
    tied_worlds, tied_deals: in how many worlds several deals tie under a solution, and how many do there (median)
    """

    found: WayOut
    source: str
    summary: str
    assumes: tuple[str, ...]
    needs: tuple[TheoryNeed, ...]
    marks: str
    marked: int
    distance: WayDistance
    tied_worlds: int = 0
    tied_deals: int = 0

    @property
    def predicts(self) -> bool:
        """Whether it says something of chances or terms, and not only where its mechanism is at work."""
        return not np.isnan(self.found.deal)


@dataclass(frozen=True)
class TheoryExcluded:
    """A theory that applies in no world that counts, and what it lacks."""

    name: str
    kind: str
    source: str
    summary: str
    needs: tuple[TheoryNeed, ...]

    @property
    def fails(self) -> TheoryNeed:
        """The need that is not met in most worlds."""
        return max(self.needs, key=lambda need: need.worlds)


@dataclass(frozen=True)
class TheoryIngredient:
    """A formula that the core model is made of, and what it gives."""

    name: str
    source: str
    gives: str


@dataclass(frozen=True)
class TheoryBeside:
    """Every theory on the worlds of a case, beside the talks.

    worlds:   how many count: those that fit the observations, or all where none does
    draws:    how many were played
    talks:    what the talks of the case came to
    applies, excluded, ingredients: the theories
    power:   who can impose, block or turn what is signed; ``None`` where everybody must agree
    stability: whether what the talks sign would be kept; ``None`` where nothing is signed
    """

    worlds: int
    draws: int
    talks: WayOut
    applies: tuple[TheoryVerdict, ...]
    excluded: tuple[TheoryExcluded, ...]
    ingredients: tuple[TheoryIngredient, ...]
    power: CoalitionPower | None = None
    stability: CertifiedDeals | None = None


def theory_beside(
    scenario: Scenario,
    draws: int,
    *,
    central: bool = False,
    judge: Scenario | Judge | None = None,
    fixed: Mapping[str, float] | None = None,
    progress: Progress | None = None,
) -> TheoryBeside:
    """Play a case, and ask every theory what it predicts in the same worlds: those that count, or all where none does.

    Args:
        draws:   how many worlds
        central: every number at its central value
        judge:   another scenario whose observations say which worlds count
        fixed:   path -> value that replaces the draw of a number
    Example:
        >>> from sim.scenario import read_scenario
        >>> found = theory_beside(read_scenario("scenarios/pie"), 2)
        >>> [round(one.found.gains["first"].median, 4) for one in found.applies if one.found.name == "rubinstein"]
        [0.7143]
    """
    design = Design.of_draws(scenario, draws, central=central, judge=judge, fixed=fixed)
    rows = design.rows(0, draws)
    fits = (design.judge or Judge(scenario, readings=True)).fitting(rows)
    if not fits.any() or fits.all():
        return theories_of(play(design, columns=READ_BY_THEORY, progress=progress), scenario)
    counted = replace(design, source=GivenRows(rows.part(np.flatnonzero(fits))))
    found = theories_of(play(counted, columns=READ_BY_THEORY, progress=progress), scenario)
    return replace(found, draws=found.draws + int((~fits).sum()))


def theories_of(results: xr.Dataset, scenario: Scenario) -> TheoryBeside:
    """Sum up results that hold ``READ_BY_THEORY``."""
    from sim.theory import READABLE, READINGS, WAR

    where = counting(results["consistent"].values)
    talks = WayArrays.of_talks(results)
    best = np.asarray(results["best_gain"].values, float)
    applies: list[TheoryVerdict] = []
    excluded: list[TheoryExcluded] = []
    for reading in READINGS:
        if reading.kind == "ingredient":
            continue
        entry = _entry(reading)
        needs = _needs(reading, results, scenario, where)
        way = WayArrays.of_theory(results, reading.name) if reading.name in READABLE else None
        if way is None or not (way.applies & where).any():
            excluded.append(TheoryExcluded(reading.name, reading.kind, entry.source, entry.summary, needs))
            continue
        kind: WayKind = "solution" if reading.kind == "solution" else "equilibrium"
        marked = np.asarray(results["theory_marked"].sel(theory=reading.name).values, bool)
        applies.append(
            TheoryVerdict(
                summed_up(reading.name, kind, way, results, scenario, where),
                entry.source,
                entry.summary,
                reading.assumes,
                needs,
                reading.marks,
                int((marked & where).sum()),
                distance_between(way, talks, best, where),
                *_tied(results, reading, where),
            )
        )
    made_of = [
        TheoryIngredient(reading.name, _entry(reading).source, reading.assumes[0])
        for reading in READINGS
        if reading.kind == "ingredient" and (WAR not in reading.needs or models_war(scenario))
    ]
    power = coalition_power(scenario, results, where)
    own = summed_up(scenario.talks.protocol, "protocol", talks, results, scenario, where)
    kept = certified_deals(results, scenario, where)
    return TheoryBeside(int(where.sum()), len(where), own, tuple(applies), tuple(excluded), tuple(made_of), power, kept)


def _tied(results: xr.Dataset, reading: TheoryReading, where: Bools) -> tuple[int, int]:
    """In how many of these worlds several deals tie under a solution, and how many do there (median)."""
    if reading.kind != "solution" or reading.name not in results["solution"].values:
        return 0, 0
    ties = results["solution_ties"].sel(solution=reading.name).values[where]
    several = ties[ties > 1]
    return several.size, int(np.median(several)) if several.size else 0


def _entry(reading: TheoryReading) -> Entry[Any]:
    found: Registry[Any] = SOLUTIONS if reading.kind == "solution" else EQUILIBRIA
    return found.entry(reading.name)


def _needs(reading: TheoryReading, results: xr.Dataset, scenario: Scenario, where: Bools) -> tuple[TheoryNeed, ...]:
    from sim.theory import NEEDS, READABLE

    counts = dict.fromkeys((need.name for need in reading.needs), 0)
    if reading.name in READABLE:
        fails = results["theory_fails"].sel(theory=reading.name).values[where]
        for place in np.unique(fails[fails >= 0]):
            counts[NEEDS[int(place)].name] = int((fails == place).sum())
    else:
        counts[reading.needs[0].name] = int(where.sum())
    return tuple(
        TheoryNeed(need.name, need.says, need.why(scenario) if counts[need.name] else "", counts[need.name])
        for need in reading.needs
    )
