"""Sliders: a number of the scenario, the places it can stand at, and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.evidence import Article
from sim.foundations import Floats
from sim.runs.explained_share import explained_share
from sim.scenario import Issue, Number, Scenario
from sim.scenario.draws import ends, place
from sim.words import actor_title, number_title, percent
from sim.words import quantity as in_words

#: Steps of a slider over a plain range, and over a range between levels.
_STEPS = 100
_STEPS_BETWEEN_LEVELS = 20


@dataclass(frozen=True)
class Stop:
    """One place that a number can be set to.

    written: as the scenario file would have it, the name of a level or a number
    place:   as draws have it; places on an issue run from 0 to 1
    text:    for people
    """

    written: float | str
    place: float
    text: str


@dataclass(frozen=True)
class Slider:
    """A number that can be moved.

    path:    its dotted path
    title:   what it is
    stops:   places it can be set to, low to high
    central: which stop is its central value
    drawn:   the range it is drawn from as long as nobody moves it
    ground:  whether it rests on a claim, on a rate, or is assumed
    grounds: the claims and rates it rests on, or why it is assumed; a sentence each
    """

    path: str
    title: str
    stops: tuple[Stop, ...]
    central: int
    drawn: str
    ground: str
    grounds: tuple[str, ...]

    def nearest(self, spot: float) -> int:
        """The stop nearest to a drawn value."""
        return int(np.abs(np.array([stop.place for stop in self.stops]) - spot).argmin())


def movable(scenario: Scenario) -> list[str]:
    """Paths of the numbers that have a range, in the order of the file."""
    return [path for path, number in scenario.numbers.items() if number.quantity.spread]


def make_slider(scenario: Scenario, path: str, article: Article | None = None) -> Slider:
    """Make the slider of a number that has a range."""
    number = scenario.numbers[path]
    quantity = number.quantity
    stops = _stops(scenario, number)
    middle = place(scenario, number, quantity.value)
    central = int(np.abs(np.array([stop.place for stop in stops]) - middle).argmin())
    return Slider(
        path,
        number_title(scenario, path),
        stops,
        central,
        quantity.words(),
        quantity.ground,
        grounds(scenario, path, article),
    )


def grounds(scenario: Scenario, path: str, article: Article | None) -> tuple[str, ...]:
    """What a number rests on: claims in our words with speaker and paragraph, rates, or why it is assumed."""
    quantity = scenario.numbers[path].quantity
    found = []
    for name in quantity.claims:
        claim = article.claims.get(name) if article is not None else None
        if claim is None:
            found.append(f"Claim: {name}")
        else:
            speaker = actor_title(scenario, claim.speaker)
            found.append(f"Claim ({speaker}, paragraph {claim.paragraph}, {claim.kind}): {claim.says}")
    for name in quantity.rates:
        rate = article.rates.get(name) if article is not None else None
        found.append(f"Rate: {name}" if rate is None else f"Rate ({rate.source}): {rate.what}; {rate.words}")
    reason = scenario.reason(quantity)
    if reason:
        found.append(f"ASSUMED: {reason}")
    return tuple(found)


def most_important(results: xr.Dataset, scenario: Scenario, count: int = 10) -> list[str]:
    """Paths of the numbers that matter most: for the ending, and where that never varies, for what it is worth.

    Args:
        results: a run of the scenario with no number fixed
    Returns:
        at most ``count`` paths, the most important first
    """
    paths = [str(path) for path in results["path"].values]
    score = _importance(results)
    order = [paths[n] for n in np.argsort(-score, kind="stable")]
    # Which worlds fit was settled in the world as it was, so chances of a bluff move nothing here.
    free = {path for path in movable(scenario) if not path.startswith("observations.")}
    return [path for path in order if path in free][:count]


def _importance(results: xr.Dataset) -> Floats:
    """(P,) share of variance explained: of endings, then (far below) of the parties' realised values."""
    numbers = results["number"].values
    ending = results["ending"].values.astype(np.int64)
    score = np.array([explained_share(column, ending, int(ending.max()) + 1) for column in numbers.T])
    worth = np.zeros_like(score)
    names = [str(name) for name in results["actor"].values]
    for party in results.attrs["parties"]:
        value = results["utility"].values[:, names.index(party)]
        rank = np.argsort(np.argsort(value, kind="stable"), kind="stable")
        fifth = rank * 5 // len(rank)
        worth = np.maximum(worth, [explained_share(column, fifth, 5) for column in numbers.T])
    return score + worth * (1e-6 if score.any() else 1.0)


def _stops(scenario: Scenario, number: Number) -> tuple[Stop, ...]:
    quantity = number.quantity
    low, high = ends(scenario, number)
    issue = None if number.issue is None else scenario.issues[number.issue]
    if quantity.options is not None:
        names = [name for name, weight in quantity.options.items() if weight > 0]
        found = [_option(scenario, number, issue, name) for name in names]
        return tuple(sorted(found, key=lambda stop: stop.place))
    middle = place(scenario, number, quantity.value)
    if issue is None:
        spots = np.append(np.linspace(low, high, _STEPS + 1), middle)
        values = sorted({float(np.clip(float(f"{spot:.6g}"), low, high)) for spot in spots})
        return tuple(Stop(value, value, f"{value:.4g} {quantity.unit}".strip()) for value in values)
    between = [] if issue.kind == "categorical" else np.linspace(low, high, _STEPS_BETWEEN_LEVELS + 1).tolist()
    levels = [spot for spot in issue.scale.tolist() if low - 1e-9 <= spot <= high + 1e-9]
    kept = [spot for spot in [*between, middle] if all(abs(spot - level) > 1e-9 for level in levels)]
    if issue.kind == "numeric":  # the grid of a numeric issue is fine enough, or as fine as between levels
        levels = levels if len(levels) <= _STEPS else [low, high]
    return tuple(_on_issue(issue, spot) for spot in sorted({*kept, *levels}))


def _option(scenario: Scenario, number: Number, issue: Issue | None, name: str) -> Stop:
    if number.options:
        return Stop(name, place(scenario, number, name), name)
    written: float | str = name if issue is not None and issue.knows(name) else float(name)
    return Stop(written, place(scenario, number, written), name)


def _on_issue(issue: Issue, spot: float) -> Stop:
    """A place on an issue, named by its level or by the two levels around it."""
    level = int(np.abs(issue.scale - spot).argmin())
    exact = abs(float(issue.scale[level]) - spot) <= 1e-9
    if issue.kind == "numeric":
        low, high = issue.grid.low, issue.grid.high
        value = float(issue.values[level]) if exact else float(f"{low + spot * (high - low):.12g}")
        return Stop(value, issue.place(value), issue.names[level] if exact else in_words(value, issue.unit))
    if exact:
        return Stop(issue.names[level], issue.place(issue.names[level]), issue.names[level])
    marks = [float(mark) for mark in (issue.at or range(len(issue.levels)))]
    value = round(marks[0] + spot * (marks[-1] - marks[0]), 6)
    below = int(np.searchsorted(issue.scale, spot)) - 1
    share = (spot - issue.scale[below]) / (issue.scale[below + 1] - issue.scale[below])
    text = f"{percent(share)} of the way from “{issue.names[below]}” to “{issue.names[below + 1]}”"
    return Stop(value, issue.place(value), text)
