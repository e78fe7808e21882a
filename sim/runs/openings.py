"""What would open a deal where none suits all: the fewest changes that do, what follows, and which deals lines bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from sim.ensemble import Judge, Rows, meanings
from sim.ensemble.play_settings import play_settings
from sim.foundations import TOLERANCE, Bools, Floats, Ints
from sim.runs.difference import Shares
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.scenario.kinds import models_war
from sim.table import DealSpace, Worlds, build, settled_parts

#: Worlds without a deal that are looked at, at most.
_MOST_WORLDS: Final = 150
#: Factors that are tried in pairs, those that open most alone.
_PAIRED: Final = 8
#: Factors, pairs and deals that are told.
TOLD: Final = 6


@dataclass(frozen=True)
class Factor:
    """Something that could be otherwise.

    actor: whose it is; empty for what all share
    what:  patience, belief, damage, war cost, pressure, arms, power shift, or the label of a red line
    way:   how it is changed, in a word: low, high, none
    fixed: path -> value
    """

    actor: str
    what: str
    way: str
    fixed: Mapping[str, float]


@dataclass(frozen=True)
class Opening:
    """Changes that open a deal.

    changes: one factor, or two that do it only together, each as (actor, what, way)
    share:   share of the worlds without a deal in which they do
    then:    endings of these worlds once they are played so; ``None`` where that was not played
    blame:   share of the blame that falls to a factor (Deegan & Packel); 0 of pairs, whose parts have it
    """

    changes: tuple[tuple[str, str, str], ...]
    share: float
    then: Shares | None
    blame: float = 0.0


@dataclass(frozen=True)
class BarredDeal:
    """A deal that would pay for all who must agree and that hard lines bar.

    levels: issue -> level
    share:  of the worlds with such deals, those in which it comes closest: whoever gains least by it gains most
    lines:  paths of the hard lines that it crosses most often
    """

    levels: Mapping[str, str]
    share: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Openings:
    """What would open a deal.

    worlds:  worlds without a deal that were looked at
    one:     share of them in which one change is enough
    two:     share in which two are needed, of those tried in pairs
    singles: changes that open a deal alone, the most frequent first
    pairs:   pairs that open one where no change alone does
    barred:  share of the worlds in which some deals pay for all, and hard lines bar each
    lines:   path of a line -> share of these in which it bars the deal that comes closest, the most frequent first
    deals:   which deals these are, the most frequent first
    """

    worlds: int
    one: float
    two: float
    singles: tuple[Opening, ...]
    pairs: tuple[Opening, ...]
    barred: float
    lines: Mapping[str, float]
    deals: tuple[BarredDeal, ...]


def openings(
    scenario: Scenario,
    draws: int,
    *,
    judge: Scenario | Judge | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Openings | None:
    """Look at worlds in which no deal suits all, and change one thing at a time, then two.

    A reason for which nothing is signed is mostly a product: fear of a broken deal is the belief that it breaks, times
    patience, times the damage, and any of the three may be what is given up. So each factor is set to where it stands
    least in the way, within its range (a red line and a damage to none at all), in the same worlds; what was observed
    is not judged again, since a change is no other evidence. The blame is divided equally among the smallest sets that
    open a deal, and among the members of each.

    Args:
        draws: worlds that are looked through, from number 0 on
        judge: whose observations say which worlds count; by default the scenario's own
    Returns:
        ``None`` where a deal suits all in every world that counts
    Source: minimal sufficient changes (Halpern & Pearl 2005, Br J Philos Sci 56:843-887); index of Deegan & Packel
        1978, Int J Game Theory 7:113-123
    """
    space = DealSpace.of(scenario)
    judges = judge if isinstance(judge, Judge) else Judge(scenario if judge is None else judge)
    fits = judges.fitting(Rows(np.arange(draws)))
    numbers = np.flatnonzero(fits) if fits.any() else np.arange(draws)
    numbers = _blocked(space, numbers)
    if not len(numbers):
        return None
    tried = list(_factors(scenario))
    opened = np.zeros((len(tried), len(numbers)), bool)
    for n, factor in enumerate(tried):
        opened[n] = _opens(space, numbers, factor.fixed)
        if progress is not None:
            progress(n + 1, len(tried))
    tried, opened = _better_way(tried, opened)
    left = np.flatnonzero(~opened.any(axis=0))
    pairs = _pairs(space, numbers, left, tried, opened)
    blame = _blame(opened, pairs, len(tried))
    order = np.argsort(-opened.sum(axis=1), kind="stable")
    size = len(numbers)
    alone = [n for n in order[:TOLD] if opened[n].any()]
    found = sorted(pairs.items(), key=lambda pair: -pair[1].sum())
    together = [(pair, where) for pair, where in found[:TOLD] if where.any()]
    settings = [Rows(numbers[opened[n]], fixed=dict(tried[n].fixed)) for n in alone]
    for (one, two), where in together:
        settings.append(Rows(numbers[where], fixed={**tried[one].fixed, **tried[two].fixed}))
    then = _then(scenario, settings)
    singles = tuple(
        Opening((_name(tried[n]),), float(opened[n].mean()), end, float(blame[n]))
        for n, end in zip(alone, then, strict=False)
    )
    doubles = tuple(
        Opening((_name(tried[one]), _name(tried[two])), float(where.sum() / size), end)
        for ((one, two), where), end in zip(together, then[len(alone) :], strict=True)
    )
    both = np.logical_or.reduce(list(pairs.values())) if pairs else np.zeros(size, bool)
    once, twice = float(opened.any(axis=0).mean()), float(both.mean())
    return Openings(size, once, twice, singles, doubles, *_barred(space, numbers))


def _built(space: DealSpace, numbers: Ints, fixed: Mapping[str, float]) -> Iterator[tuple[Ints, Worlds]]:
    """The core model of some worlds, a part at a time under settled rules, with their places."""
    for start in range(0, len(numbers), _MOST_WORLDS):
        rows = Rows(numbers[start : start + _MOST_WORLDS], fixed=dict(fixed))
        for part in settled_parts(space, rows.draws(space.scenario)):
            yield start + part.where, build(part.space, part.draws)


def _opens(space: DealSpace, numbers: Ints, fixed: Mapping[str, float]) -> Bools:
    """(N,) worlds in which some deal suits all who must agree."""
    found = np.zeros(len(numbers), bool)
    for where, worlds in _built(space, numbers, fixed):
        found[where] = worlds.table.agreed(worlds.accepts).any(axis=1)
    return found


def _blocked(space: DealSpace, numbers: Ints) -> Ints:
    """The first worlds in which no deal suits all."""
    found = np.empty(0, np.int64)
    for start in range(0, len(numbers), _MOST_WORLDS):
        some = numbers[start : start + _MOST_WORLDS]
        found = np.concatenate([found, some[~_opens(space, some, {})]])
        if len(found) >= _MOST_WORLDS:
            break
    return found[:_MOST_WORLDS]


def _factors(scenario: Scenario) -> Iterator[Factor]:
    """Everything that is tried, for those who must agree to some deal and for what all share."""
    space = DealSpace.of(scenario)
    signs = scenario.talks.sign.signers or tuple(n for n, actor in scenario.actors.items() if actor.role == "party")
    for n, (name, actor) in enumerate(scenario.actors.items()):
        if name not in signs and not space.consent[n].any():
            continue
        for way in ("low", "high"):
            yield from _to_an_end(scenario, name, "patience", {f"{name}.patience": way})
        lasting = {"chance": "low", "base": "low", "enforcement": "high", "resolved": "high", "pressure": "low"}
        believed = {f"{name}.beliefs.{place}{key}": way for key, way in lasting.items() for place in ("", "fragile.")}
        yield from _to_an_end(scenario, name, "belief", believed)
        if f"{name}.collapse_damage" in scenario.numbers:
            yield Factor(name, "damage", "none", {f"{name}.collapse_damage": 0.0})
        if models_war(scenario):
            yield from _to_an_end(scenario, name, "war cost", {f"{name}.war_cost": "high"})
        yield from _to_an_end(scenario, name, "reservation", {f"{name}.reservation": "low"})
        pressed = {f"{other}.pressure.{name}.strength": "high" for other in scenario.actors}
        yield from _to_an_end(scenario, name, "pressure", pressed)
        for label in actor.red_lines:
            place = f"{name}.red_lines.{label}"
            gone = {path: 0.0 for path in (f"{place}.firmness", f"{place}.cost") if path in scenario.numbers}
            yield Factor(name, f"red_lines.{label}", "none", gone)
    for way in ("low", "high"):
        yield from _to_an_end(scenario, "", "arms", {"talks.decisive_chance": way})
    shifts = {path: 0.0 for path in scenario.numbers if path.endswith((".prevail_shift", ".power_shift"))}
    if shifts:
        yield Factor("", "power shift", "none", shifts)


def _to_an_end(scenario: Scenario, actor: str, what: str, paths: Mapping[str, str]) -> Iterator[Factor]:
    """A factor made of numbers at an end of their ranges; none where no number has a range."""
    fixed = {}
    for path, way in paths.items():
        number = scenario.numbers.get(path)
        if number is not None and number.quantity.spread:
            low, high = ends(scenario, number)
            fixed[path] = float(low if way == "low" else high)
    if fixed:
        yield Factor(actor, what, next(iter(paths.values())), fixed)


def _better_way(tried: Sequence[Factor], opened: Bools) -> tuple[list[Factor], Bools]:
    """Of the two ends of the same number the one that opens more."""
    best: dict[tuple[str, str], int] = {}
    for n, factor in enumerate(tried):
        key = (factor.actor, factor.what)
        if key not in best or opened[n].sum() > opened[best[key]].sum():
            best[key] = n
    kept = sorted(best.values())
    return [tried[n] for n in kept], opened[kept]


def _pairs(
    space: DealSpace, numbers: Ints, left: Ints, tried: Sequence[Factor], opened: Bools
) -> dict[tuple[int, int], Bools]:
    """Pairs of factors -> (N,) worlds that no single one opens and they do."""
    if not len(left):
        return {}
    few = sorted(np.argsort(-opened.sum(axis=1), kind="stable")[:_PAIRED].tolist())
    found = {}
    for one, two in combinations(few, 2):
        both = np.zeros(len(numbers), bool)
        both[left] = _opens(space, numbers[left], {**tried[one].fixed, **tried[two].fixed})
        found[one, two] = both
    return found


def _blame(opened: Bools, pairs: Mapping[tuple[int, int], Bools], count: int) -> Floats:
    """(F,) share of the blame of each factor, over the worlds that one change or two open."""
    sets = opened.sum(axis=0) + (np.sum(list(pairs.values()), axis=0) if pairs else 0)
    each = 1.0 / np.maximum(sets, 1)
    blame = (opened * each).sum(axis=1)
    for (one, two), where in pairs.items():
        blame[[one, two]] += float((where * each).sum()) / 2
    whole = float((sets > 0).sum())
    return np.asarray(blame / whole) if whole else np.zeros(count)


def _then(scenario: Scenario, settings: Sequence[Rows]) -> list[Shares]:
    """How some worlds end once they are played under each setting."""
    if not settings:
        return []
    found = [one.results for one in play_settings(scenario, settings, ("ending",), judged=False)]
    return [Shares.of(results["ending"].values, meanings(results, "ending")) for results in found]


def _name(factor: Factor) -> tuple[str, str, str]:
    return factor.actor, factor.what, factor.way


def _barred(space: DealSpace, numbers: Ints) -> tuple[float, dict[str, float], tuple[BarredDeal, ...]]:
    """Worlds in which every deal that pays for all is barred, by which lines, and the deal that comes closest."""
    deals: Counter[int] = Counter()
    lines: dict[int, Counter[str]] = {}
    for _, worlds in _built(space, numbers, {}):
        gain = worlds.payoff - worlds.alternative[:, :, None]
        pays = worlds.table.agreed(gain >= -TOLERANCE)
        needed = space.consent | worlds.rule.signers[:, None]
        least = np.where(needed[None], gain, np.inf).min(axis=1)
        best = np.where(pays, least, -np.inf).argmax(axis=1)
        for row in np.flatnonzero(pays.any(axis=1)):
            deal = int(best[row])
            deals[deal] += 1
            crossed = [line.path for line in worlds.red_lines if line.hard[row] and line.crossed[row, deal]]
            lines.setdefault(deal, Counter()).update(crossed)
    whole = sum(deals.values())
    scenario = space.scenario
    found = tuple(
        BarredDeal(
            {
                issue: scenario.issues[issue].names[level]
                for issue, level in zip(scenario.issues, space.deals[deal], strict=True)
            },
            count / whole,
            tuple(path for path, _ in lines[deal].most_common(2)),
        )
        for deal, count in deals.most_common(TOLD // 2)
    )
    every = sum(lines.values(), Counter[str]())
    return whole / len(numbers), {path: count / whole for path, count in every.most_common(TOLD)}, found
