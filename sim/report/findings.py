"""Single facts about the draws of a run: what held, what was signed, who blocks, who gains least."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import xarray as xr

from sim.foundations import Bools
from sim.foundations.plain_data import Real
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.scenario.kinds import broken_code, never_code
from sim.store import meanings


@dataclass(frozen=True)
class TimeInForce:
    """How long first signed deals were in force, among signed ones; nan where none was signed.

    signed: share of the draws in which one was signed
    mean_rounds, median_rounds, mean_years, median_years: time in force
    at_least_30_days, at_least_1_year: share of signed deals that were in force that long
    """

    signed: float
    mean_rounds: Real
    median_rounds: Real
    mean_years: Real
    median_years: Real
    at_least_30_days: Real
    at_least_1_year: Real


@dataclass(frozen=True)
class LikelyDeal:
    """The deal that was signed first most often.

    kind:   truce, partial, settlement
    levels: issue -> level
    share:  of the signed deals
    among_signed: issue -> share of the signed deals that have that level of the issue
    """

    kind: str
    levels: Mapping[str, str]
    share: float
    among_signed: Mapping[str, float]


@dataclass(frozen=True)
class BlockerShare:
    """Somebody and the term by which it stops the deal that comes closest, where no deal is acceptable.

    actor: name
    term:  name of the term, or path of the red line
    share: of the draws without an acceptable deal
    alone: share of these in which it would accept without that term
    then:  the term most often next where it does not suffice alone; empty if it always does
    """

    actor: str
    term: str
    share: float
    alone: float
    then: str


@dataclass(frozen=True)
class LeastSatisfied:
    """The party that most often gains least over fighting to the finish.

    actor:     name
    share:     of the draws looked at
    mean_gain: mean of its realised value minus W, on a scale where everything at stake is 1
    signed:    whether only draws with a signed deal were looked at (all, where there are none)
    """

    actor: str
    share: float
    mean_gain: Real
    signed: bool


@dataclass(frozen=True)
class SolutionDeal:
    """What an axiomatic solution selects.

    levels: issue -> level of the deal selected most often; empty if it never selects one
    share:  of the draws in which it selects that deal
    none:   share in which there is nothing to divide
    also:   issue -> level of the deal that ties with it most often; empty if none ever does
    tied:   share of the draws in which that deal ties with it
    ties:   how many deals tie there, these two among them, at most; 1 if none ever does
    """

    levels: Mapping[str, str]
    share: float
    none: float
    also: Mapping[str, str] = field(default_factory=dict)
    tied: float = 0.0
    ties: int = 1


@dataclass(frozen=True)
class ObservationShare:
    """How an observation fares in the draws.

    id, actor, says: as in the scenario
    claims: what it rests on
    share:  of the draws in which it holds
    kept:   of the draws that survive it: it holds, or its speaker bluffs
    fails_in_play: share of the consistent draws in which it holds, that is without bluffs, in which it does not hold in
        the talks as they are played; nan where there are none, or an earlier version played them
    pressure: under which it is judged
    """

    id: str
    actor: str
    says: str
    claims: tuple[str, ...]
    share: float
    kept: float
    fails_in_play: Real = math.nan
    pressure: str = "as played"


def possible_endings(results: xr.Dataset, scenario: Scenario) -> tuple[str, ...]:
    """List the endings that this case can have: kinds of deal on offer, no deal, and a broken one where deals break."""
    kinds = {meanings(results, "deal_kind")[int(code)] for code in np.unique(results["deal_kind"].values)}
    codes, endings = results["ending"].values, meanings(results, "ending")
    possible = kinds | {never_code(scenario)} | {endings[code] for code in np.unique(codes)}
    breaks = ("true_hazard.base", "true_hazard.fragile.base")
    if any(_can_be(scenario, path) for path in breaks) or arms_possible(results, scenario):
        possible.add(broken_code(scenario))
    return tuple(name for name in endings if name in possible)


def arms_possible(results: xr.Dataset, scenario: Scenario) -> bool:
    """Say whether arms can decide in this case."""
    return _can_be(scenario, "talks.decisive_chance") or bool(results["decided_by_arms"].values.any())


def _can_be(scenario: Scenario, path: str) -> bool:
    """Whether a number is there and may be above 0."""
    number = scenario.numbers.get(path)
    return number is not None and max(ends(scenario, number)) > 0


def held(results: xr.Dataset, where: Bools) -> TimeInForce:
    """Say how long the first signed deals were in force, among the draws ``where``."""
    signed = (results["declared"].values != meanings(results, "declared").index("none")) & where
    rounds = results["held"].values[signed].astype(float)
    year = float(results.attrs["round_years"])
    share = float(signed.sum() / max(where.sum(), 1))
    if not len(rounds):
        return TimeInForce(share, *[float("nan")] * 6)
    # Rounds of a month are 30 days in everybody's words, though a twelfth of a year is 30.4.
    month = rounds * year >= 30 / 365.25 - 1e-9
    return TimeInForce(
        share,
        float(rounds.mean()),
        float(np.median(rounds)),
        float(rounds.mean() * year),
        float(np.median(rounds) * year),
        float(month.mean()),
        float((rounds * year >= 1 - 1e-9).mean()),
    )


def likely_deal(results: xr.Dataset, where: Bools) -> LikelyDeal | None:
    """Find the first signed deal seen most often; ``None`` where none is ever signed."""
    deals = results["deal"].values[where]
    deals = deals[deals >= 0].astype(np.int64)
    if not len(deals):
        return None
    deal = int(np.bincount(deals).argmax())
    levels = results["deal_level"].values
    issues = [str(name) for name in results["issue"].values]
    return LikelyDeal(
        meanings(results, "deal_kind")[int(results["deal_kind"].values[deal])],
        {issue: str(levels[i, deal]) for i, issue in enumerate(issues)},
        float((deals == deal).mean()),
        {issue: float((levels[i, deals] == levels[i, deal]).mean()) for i, issue in enumerate(issues)},
    )


def blockers(results: xr.Dataset, where: Bools, *, most: int = 5) -> tuple[BlockerShare, ...]:
    """List who blocks by which term, the most frequent first."""
    actor, term = results["blocker"].values, results["blocking_term"].values
    stopped = where & (actor >= 0)
    if not stopped.any():
        return ()
    names = [str(name) for name in results["blocking_name"].values]
    actors = [str(name) for name in results["actor"].values]
    pairs, counts = np.unique(np.stack([actor[stopped], term[stopped]], axis=1), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:most]
    found = []
    for who, which in pairs[order]:
        here = stopped & (actor == who) & (term == which)
        after = results["blocking_then"].values[here]
        after = after[after >= 0].astype(np.int64)
        found.append(
            BlockerShare(
                actors[who],
                names[which],
                float(here.sum() / stopped.sum()),
                float(results["blocks_alone"].values[here].mean()),
                names[int(np.bincount(after).argmax())] if len(after) else "",
            )
        )
    return tuple(found)


def least_satisfied(results: xr.Dataset, where: Bools) -> LeastSatisfied:
    """Find the party that most often gains least over fighting on, where a deal was signed if any was."""
    actors = [str(name) for name in results["actor"].values]
    parties = [actors.index(name) for name in results.attrs["parties"]]
    signed = where & (results["deal"].values >= 0)
    looked = signed if signed.any() else where
    gain = (results["utility"].values - results["war"].values)[looked][:, parties]
    share = np.bincount(gain.argmin(axis=1), minlength=len(parties)) / len(gain)
    worst = int(share.argmax())
    return LeastSatisfied(actors[parties[worst]], float(share[worst]), float(gain[:, worst].mean()), bool(signed.any()))


def solutions(results: xr.Dataset, where: Bools) -> dict[str, SolutionDeal]:
    """Say which deal each axiomatic solution selects most often."""
    found: dict[str, SolutionDeal] = {}
    levels = results["deal_level"].values
    issues = [str(name) for name in results["issue"].values]
    ties = results.get("solution_ties")  # results of earlier versions have none
    for n, name in enumerate(results["solution"].values if "solution" in results.coords else ()):
        deals = results["solution_deal"].values[where, n].astype(np.int64)
        some = deals[deals >= 0]
        if not len(some):
            found[str(name)] = SolutionDeal({}, 0.0, 1.0)
            continue
        deal = int(np.bincount(some).argmax())
        here = deals == deal
        second = results["solution_also"].values[where, n].astype(np.int64)
        second = second[here & (second >= 0)]
        other = int(np.bincount(second).argmax()) if len(second) else deal
        found[str(name)] = SolutionDeal(
            {issue: str(levels[i, deal]) for i, issue in enumerate(issues)},
            float(here.mean()),
            float((deals < 0).mean()),
            {issue: str(levels[i, other]) for i, issue in enumerate(issues)} if len(second) else {},
            float((second == other).sum() / len(deals)),
            int(ties.values[where, n][here].max()) if ties is not None else 1 + bool(len(second)),
        )
    return found


def observation_shares(results: xr.Dataset, scenario: Scenario) -> tuple[ObservationShare, ...]:
    """Say in which share of all draws each observation of the scenario holds."""
    found = []
    for n, name in enumerate(str(item) for item in results["observation"].values):
        seen = scenario.observations[name]
        holds, kept = results["holds"].values[:, n], results["kept"].values[:, n]
        meant = results["consistent"].values.astype(bool) & holds.astype(bool)
        known = meant.any() and "fails_in_play" in results
        fails = float(results["fails_in_play"].values[meant, n].mean()) if known else math.nan
        shares = float(holds.mean()), float(kept.mean()), fails
        found.append(ObservationShare(name, seen.actor, seen.says, seen.claims, *shares, seen.pressure))
    return tuple(found)


def coded_shares(results: xr.Dataset, variable: str, where: Bools) -> dict[str, float]:
    """Shares of the codes of a variable among some draws, codes that say ``none`` left out."""
    codes = results[variable].values[where]
    names = meanings(results, variable)
    size = max(len(codes), 1)
    return {
        name.replace(" ", "_"): float((codes == code).sum() / size) for code, name in enumerate(names) if name != "none"
    }
