"""Packages of terms of which it is told who would sign them: those that the case names, else some that are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import counting
from sim.foundations import Ints
from sim.scenario import Issue, Scenario
from sim.scenario.headline import Package
from sim.table import DealSpace
from sim.words import actor_title

#: More parties than this do not get a package each for what they ask.
_MOST_ASKS: Final = 3


@dataclass(frozen=True)
class NamedDeal:
    """A deal on offer with a name.

    name:  in data
    title: for people, as a thing
    deal:  index along ``deal_index``
    """

    name: str
    title: str
    deal: int


def add_packages(results: xr.Dataset, scenario: Scenario, overlays: Iterable[Scenario] = ()) -> None:
    """Add ``package_deal`` and ``package_title`` (package) to results, in place.

    Who would sign them stands in ``would_sign`` and ``could_be_signed``, at those places along ``deal_index``.

    Args:
        overlays: scenarios whose own packages are told too, as far as they are on offer without the overlay
    """
    found = packages_of(results, scenario)
    levels = results["deal_level"].values.astype(str)
    for other in overlays:
        known = {deal for package in found for deal in (package.name, package.deal)}
        more = [package for package in _named(levels, other) if package.name not in known and package.deal not in known]
        found = (*found, *more)
    names, titles = [package.name for package in found], [package.title for package in found]
    deals = np.array([package.deal for package in found], dtype=np.int64)
    place, title = {"long_name": "place of the package along deal_index"}, {"long_name": "what people call it"}
    results.update(
        {
            "package_deal": (("package",), deals, place),
            "package_title": (("package",), np.array(titles, dtype=str), title),
            "package": np.array(names, dtype=str),
        }
    )


def packages_of(results: xr.Dataset, scenario: Scenario) -> tuple[NamedDeal, ...]:
    """Packages of a case, in the order of tables; each deal once.

    Those of the file that are on offer. Where there is none, found are: the status quo, with each level that brings
    enforcement; what each party asks for; the deal signed most often; the one that Nash selects most often.
    """
    levels = results["deal_level"].values.astype(str)
    if scenario.packages and (own := tuple(_named(levels, scenario))):
        return own
    found: dict[int, NamedDeal] = {}
    for name, title, keys in (*_standing(scenario), *_asked(scenario)):
        deal = _place(levels, keys)
        if deal is not None:
            found.setdefault(deal, NamedDeal(name, title, deal))
    for name, title, deal in _chosen(results):
        found.setdefault(deal, NamedDeal(name, title, deal))
    return tuple(found.values())


def _named(levels: np.ndarray, scenario: Scenario) -> Iterator[NamedDeal]:
    """Packages of the file that are on offer."""
    for name, package in _whole(scenario).items():
        deal = _place(levels, _keys(scenario, package.levels))
        if deal is not None:
            yield NamedDeal(name, package.title or name.replace("_", " "), deal)


def _whole(scenario: Scenario) -> dict[str, Package]:
    """Packages of the file, but for those with a level that an overlay takes away."""
    return {
        name: package
        for name, package in scenario.packages.items()
        if not any(level in scenario.issues[issue].taken_away for issue, level in package.levels.items())
    }


def package_deals(space: DealSpace) -> Ints:
    """Numbers of the deals on offer that may be packages, but for those that only results tell of."""
    scenario = space.scenario
    wanted = [_keys(scenario, package.levels) for package in _whole(scenario).values()]
    wanted += [keys for _, _, keys in (*_standing(scenario), *_asked(scenario))]
    levels = [[issue.index(key) for issue, key in zip(scenario.issues.values(), keys, strict=True)] for keys in wanted]
    return np.array([deal for found in levels for deal in space.numbers(found)], np.int64)


def _keys(scenario: Scenario, levels: Mapping[str, str | float]) -> list[str]:
    """Key of each issue's level; issues left out stay as they are."""
    return [
        issue.key(issue.index(levels[name])) if name in levels else issue.status_quo_key
        for name, issue in scenario.issues.items()
    ]


def _place(levels: np.ndarray, keys: list[str]) -> int | None:
    """The deal with these levels; ``None`` where it is not on offer."""
    where = np.flatnonzero((levels == np.array(keys)[:, None]).all(axis=0))
    return int(where[0]) if len(where) else None


def _standing(scenario: Scenario) -> Iterator[tuple[str, str, list[str]]]:
    """The status quo as a deal, bare and with each level that brings enforcement."""
    yield "status_quo", "a deal that leaves all as it is", _keys(scenario, {})
    for name, issue in scenario.issues.items():
        for level, amount in issue.enforcement.items():
            if amount > 0 and level != issue.status_quo_key:
                yield f"status_quo_{_slug(level)}", f"all as it is, with {level}", _keys(scenario, {name: level})


def _asked(scenario: Scenario) -> Iterator[tuple[str, str, list[str]]]:
    """What each party would like best, at the central values of what it asks for."""
    if len(scenario.parties) > _MOST_ASKS:
        return
    for party in scenario.parties:
        keys = [issue.key(_wanted(scenario, party, name, issue)) for name, issue in scenario.issues.items()]
        yield f"asked_by_{party}", f"all that {actor_title(scenario, party)} could ask for", keys


def _wanted(scenario: Scenario, party: str, name: str, issue: Issue) -> int:
    """The level on offer that a party would like best; as it stands where it asks for nothing."""
    actor, offered = scenario.actors[party], list(issue.offered)
    if name in actor.values:
        worth = {issue.index(level): float(number.value or 0) for level, number in actor.values[name].items()}
        return max(offered, key=lambda level: worth.get(level, 0.0))
    if name in actor.position and actor.position[name].value is not None:
        place = issue.place(actor.position[name].value)
        return min(offered, key=lambda level: abs(issue.scale[level] - place))
    return issue.status_quo_index


def _chosen(results: xr.Dataset) -> Iterator[tuple[str, str, int]]:
    """The deal signed most often, and the one that the Nash solution selects most often."""
    where = counting(results["consistent"].values)
    signed = _modal(results["deal"].values[where])
    if signed is not None:
        yield "signed_most_often", "the deal signed most often", signed
    if "solution" in results.coords and "nash" in results["solution"].values:
        nash = _modal(results["solution_deal"].sel(solution="nash").values[where])
        if nash is not None:
            yield "nash", "the Nash solution of the textbooks", nash


def _modal(deals: Ints) -> int | None:
    some = deals[deals >= 0].astype(np.int64)
    return int(np.bincount(some).argmax()) if len(some) else None


def _slug(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_")
