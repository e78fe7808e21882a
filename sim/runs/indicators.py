"""What to watch: statements and events that would move the answer most if they were seen, or not seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import xarray as xr

from sim.ensemble import Design, counting, meanings, play
from sim.ensemble.named_outcomes import outcome
from sim.foundations import Bools, Floats, Ints
from sim.foundations.plain_data import Real
from sim.runs.packages import NamedDeal, packages_of
from sim.scenario import Scenario, draw

#: Times at which it is looked how things stand, as shares of the story.
_TIMES: Final = (0.1, 0.25)
#: What is nearly sure to be seen, or not, tells nothing when it is.
_RARE: Final = 0.04
#: Shuffles that show what chance alone would move, and their quantile that an indicator must exceed.
_SHUFFLES: Final = 40
_SURE: Final = 0.95
_START: Final = "watched_"


@dataclass(frozen=True)
class Indicator:
    """One thing that could be seen, and what it would do to the answer.

    kind:     ``statement`` of an actor on a package, or ``state`` after some time
    actor:    who speaks; empty for states
    of:       name of the package, or the state
    title:    of the package; empty for states
    years:    after which it is looked; nan for statements
    chance:   share of the worlds that count in which it would be seen, bluffs included
    expected: expected change of the answer over these worlds, 0..1, less what chance alone would move
    seen, unseen: state at the horizon -> its share once it is seen, or is not
    moves:    the state whose share differs most between the two
    bluff:    chance that was taken for saying it without meaning it
    """

    kind: str
    actor: str
    of: str
    title: str
    years: Real
    chance: Real
    expected: Real
    seen: Mapping[str, float]
    unseen: Mapping[str, float]
    moves: str
    bluff: Real


def indicators(scenario: Scenario, results: xr.Dataset, draws: int, *, most: int = 8) -> tuple[Indicator, ...]:
    """Rank statements and early events by how much they would be expected to move the states at the horizon.

    A statement is judged as an observation of an article would be: somebody accepts a package. The expected change is
    p·d(seen) + (1 − p)·d(unseen), where d is the total variation between what is known then and now, p the chance of
    seeing it; from that is taken what as many worlds chosen by chance would move. Whoever bluffed in what was observed
    is taken to bluff as often again.

    Args:
        results: of a run of the scenario with all columns
        most:    how many are returned, the one that moves most first; only those that move more than chance would
    Source: value of information as expected change of a distribution (Lindley 1956, Ann Math Stat 27:986-1005, with
        total variation for entropy)
    """
    packages = packages_of(results, scenario)
    watched = _watching(scenario, results, packages)
    times = _times(scenario)
    columns = ("holds", "consistent", "final_state", *(f"state@{days}d" for days in times))
    found = play(Design.of_draws(watched, draws), columns=columns)
    where = counting(found["consistent"].values)
    names = meanings(found, "final_state")
    ends = found["final_state"].values.astype(np.int64)[where]
    ranked = [
        told
        for told in (
            *_statements(scenario, found, packages, where, ends, names),
            *_states(found, times, where, ends, names),
        )
        if told is not None
    ]
    return tuple(sorted(ranked, key=lambda one: -one.expected)[:most])


def _watching(scenario: Scenario, results: xr.Dataset, packages: Sequence[NamedDeal]) -> Scenario:
    """The scenario with one observation for each statement; nobody means them, so they select nothing."""
    levels, issues = results["deal_level"].values, list(scenario.issues)
    raw = scenario.model_dump()
    watched: dict[str, Any] = {}
    for actor in (name for name in scenario.actors if name not in scenario.indifferent):
        for package in packages:
            chosen = {issue: [_level(scenario, issue, str(levels[n, package.deal]))] for n, issue in enumerate(issues)}
            watched[f"{_START}{actor}|{package.name}"] = {
                "says": "accepts", "actor": actor, "deals": {"levels": chosen},
                "bluff": {"value": 1.0, "assumed": "it selects nothing"}, "claims": ["none"],
            }  # fmt: skip
    raw["observations"] = {**raw["observations"], **watched}
    return Scenario.model_validate(raw)


def _level(scenario: Scenario, issue: str, key: str) -> str | float:
    return float(key) if scenario.issues[issue].kind == "numeric" else key


def _times(scenario: Scenario) -> tuple[int, ...]:
    """Days after which it is looked, each before the end."""
    days = 365.25 * scenario.talks.horizon_rounds * scenario.talks.round_years
    found = (max(1, round(part * days)) for part in _TIMES)
    return tuple(dict.fromkeys(time for time in found if time < days))


def _statements(
    scenario: Scenario, found: xr.Dataset, packages: Sequence[NamedDeal], where: Bools, ends: Ints, names: Sequence[str]
) -> Iterator[Indicator | None]:
    bluff = _bluff(scenario)
    places = [str(name) for name in found["observation"].values]
    titles = {package.name: package.title for package in packages}
    for n, place in enumerate(places):
        if not place.startswith(_START):
            continue
        actor, _, package = place.removeprefix(_START).partition("|")
        meant = found["holds"].values[where, n].astype(float)
        told = ("statement", actor, package, titles[package], float("nan"))
        yield _indicator(told, meant + (1 - meant) * bluff, ends, names, bluff)


def _bluff(scenario: Scenario) -> float:
    """How often those who were observed bluff, at central values; 0 where nobody was."""
    central = draw(scenario, np.zeros(1, np.int64), central=True)
    found = [float(np.asarray(central.values[path]).mean()) for path in _bluffs(scenario)]
    return float(np.mean(found)) if found else 0.0


def _bluffs(scenario: Scenario) -> list[str]:
    return [path for path in scenario.numbers if path.startswith("observations.") and path.endswith(".bluff")]


def _states(
    found: xr.Dataset, times: Sequence[int], where: Bools, ends: Ints, names: Sequence[str]
) -> Iterator[Indicator | None]:
    for days in times:
        column = outcome(found, f"state@{days}d")
        codes = column.values[where].astype(np.int64)
        for code, name in enumerate(column.names):
            told = ("state", "", name, "", days / 365.25)
            yield _indicator(told, (codes == code).astype(float), ends, names, 0.0)


def _indicator(
    told: tuple[str, str, str, str, float], weight: Floats, ends: Ints, names: Sequence[str], bluff: float
) -> Indicator | None:
    """What seeing something would do; ``None`` where that is no more than chance would do."""
    chance = float(weight.mean())
    if not _RARE < chance < 1 - _RARE:
        return None
    moved = _expected(weight, ends, len(names))
    random = np.random.default_rng(0)
    alone = np.array([_expected(random.permutation(weight), ends, len(names)) for _ in range(_SHUFFLES)])
    if moved <= np.quantile(alone, _SURE):
        return None
    seen, unseen = _shares(weight, ends, len(names)), _shares(1 - weight, ends, len(names))
    if told[0] == "state" and told[2] in names and seen[list(names).index(told[2])] == 1:
        return None  # it never ends, so it is the answer itself
    most = int(np.abs(seen - unseen).argmax())
    return Indicator(
        *told, chance, float(moved - alone.mean()), dict(zip(names, seen.tolist(), strict=True)),
        dict(zip(names, unseen.tolist(), strict=True)), names[most], bluff,
    )  # fmt: skip


def _expected(weight: Floats, ends: Ints, size: int) -> float:
    """Expected total variation between the answer after it is known whether it is seen, and now."""
    now, chance = _shares(np.ones_like(weight), ends, size), weight.mean()
    seen, unseen = _shares(weight, ends, size), _shares(1 - weight, ends, size)
    return float(chance * np.abs(seen - now).sum() + (1 - chance) * np.abs(unseen - now).sum()) / 2


def _shares(weight: Floats, ends: Ints, size: int) -> Floats:
    return np.asarray(np.bincount(ends, weights=weight, minlength=size) / max(weight.sum(), 1e-300), float)
