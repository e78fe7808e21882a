"""Numbers that move nothing, and numbers that move nothing but what their own actor thinks of it all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.ensemble import Rows, play_parts
from sim.ensemble.forecasts_beside import forecast_names, forecasts_beside
from sim.ensemble.judging import observed
from sim.foundations import Bools, Ints
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.table import DealSpace, build, observe, settled_parts

Array = npt.NDArray[Any]
Named = tuple[str, Array]
PlayedArrays = Callable[[DealSpace, Rows], Iterator[Named]]

#: One draw settles nearly every number; those that did not move in any so far are looked at in so many times as many.
_MORE: Final = 4
#: Rows that are played together, and payoffs that they may have, so that memory stays flat.
_ROWS: Final = 2_048
_CELLS: Final = 2_000_000


def dead_numbers(scenario: Scenario, draws: int | Sequence[int] = 64) -> tuple[str, ...]:
    """Return the paths of the numbers that change nothing on their way from the low to the high end.

    Looked at are, draw by draw and with the same luck: war payoffs, alternatives, the value of every deal to
    everybody, red lines, observations, how talks and play come out, and forecasts on ordered issues. Numbers without
    a range are left out, they do not move; so are those that mirror another, which move with it.

    Args:
        draws: how many plausible worlds to look at; with few, what acts only in rare worlds is missed. Or which ones,
               in this order: the sooner a number moves, the less there is left to play
    Returns:
        paths in the order of the file
    Raises:  InputError for a protocol, strategy or setting that does not exist
    Source:  one-at-a-time screening (Saltelli et al. 2008, ch. 2); the all-or-nothing reading is ours
    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> sure, some = {"value": 0.9, "assumed": "toy"}, {"value": 0.5, "range": [0.2, 1], "assumed": "toy"}
        >>> actor = {"patience": sure, "salience": {"x": some}, "posture": some}
        >>> actor |= {"position": {"x": {"value": "b", "assumed": "toy"}}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor})
        >>> dead_numbers(toy)  # with one issue its weight is 1, whatever its salience
        ('p.salience.x', 'q.salience.x')
    """
    space = DealSpace.of(scenario)
    ranged = [path for path, number in scenario.numbers.items() if number.quantity.spread]
    return _still(_Looking(space, dict.fromkeys(ranged)), draws, (_table, _play, _forecasts))


def decorative_numbers(scenario: Scenario, draws: int = 64, *, dead: Collection[str] = ()) -> tuple[str, ...]:
    """Return the paths of numbers of one actor that move no deal and nothing for anybody else, over their range.

    They may move what their own actor thinks of what happens; nobody else would notice, nor any forecast. A mediator
    whose position moves no text is the usual case. A position without a range is moved over the whole issue, a
    salience without one from nothing to double; other numbers without a range are left out.

    Args:
        draws: how many plausible worlds to look at
        dead:  paths of numbers that move nothing at all, which are left out
    Returns:
        paths in the order of the file
    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> sure, some = {"value": 0.9, "assumed": "toy"}, {"value": "b", "range": ["a", "b"], "assumed": "toy"}
        >>> party = {"patience": sure, "salience": {"x": sure}, "position": {"x": {"value": "b", "assumed": "toy"}}}
        >>> onlooker = {"role": "mediator", "patience": sure, "salience": {"x": sure}, "position": {"x": some}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": party, "q": party, "m": onlooker})
        >>> decorative_numbers(toy)  # of a lone issue the weight is 1, whatever its salience
        ('q.salience.x', 'm.salience.x', 'm.position.x')
    """
    names = list(scenario.actors)
    owned = {
        path: names.index(owner)
        for path, number in scenario.numbers.items()
        if _reach(scenario, path) and path not in dead and (owner := path.partition(".")[0]) in names
    }
    return _still(_Looking(DealSpace.of(scenario), owned), draws, (_play, _forecasts, _fits))


@dataclass(frozen=True)
class _Looking:
    """What is looked at: which numbers, and whose utility counts for nothing in the case of each.

    owners: path -> place of the actor who is no witness; ``None``: everybody is
    """

    space: DealSpace
    owners: Mapping[str, int | None]

    def moved(self, paths: Sequence[str], numbers: Ints, arrays: PlayedArrays) -> Bools:
        """(P,) whether the ends of each number's range make a difference in some draw; all are played together."""
        rows, shape = self._rows(paths, numbers), (len(paths), 2, len(numbers))
        found = np.zeros(len(paths), bool)
        for name, values in arrays(self.space, rows):
            sides = values.reshape(*shape, *values.shape[1:])
            if name == "utility":
                sides = sides.copy()
                for place, path in enumerate(paths):
                    if (owner := self.owners[path]) is not None:
                        sides[place, ..., owner] = 0.0
            low, high = sides[:, 0], sides[:, 1]
            same = low == high
            if values.dtype.kind == "f":
                same |= np.isnan(low) & np.isnan(high)
            found |= ~same.all(axis=tuple(range(1, same.ndim)))
        return found

    def _rows(self, paths: Sequence[str], numbers: Ints) -> Rows:
        """For each number the worlds with it at its low end, then the same worlds with it at its high end."""
        scenario, size = self.space.scenario, len(numbers)
        drawn = Rows(numbers).draws(scenario).values
        places = np.arange(2 * size * len(paths)).reshape(len(paths), 2, size)
        fixed = {
            path: np.tile(drawn[path], 2 * len(paths))
            for path, number in scenario.numbers.items()
            if not number.quantity.follows or path in self.owners
        }
        for place, path in zip(places, paths, strict=True):
            for where, end in zip(place, _reach(scenario, path), strict=True):
                fixed[path][where] = end
        return Rows(np.tile(numbers, 2 * len(paths)), fixed=fixed)


def _still(looking: _Looking, draws: int | Sequence[int], looked_at: Sequence[PlayedArrays]) -> tuple[str, ...]:
    """The paths of numbers that move nothing of what is looked at."""
    still, done = list(looking.owners), 0
    order = np.arange(draws) if isinstance(draws, int) else np.asarray(draws, np.int64)
    cells = max(looking.space.deals.shape[0] * len(looking.space.scenario.actors), 1)
    while still and done < len(order):
        numbers = order[done : max(done * _MORE, 1)]
        done += len(numbers)
        together = max(min(_ROWS, _CELLS // cells) // (2 * len(numbers)), 1)
        for arrays in looked_at:
            parts = [still[start : start + together] for start in range(0, len(still), together)]
            moved = [one for part in parts for one in looking.moved(part, numbers, arrays)]
            still = [path for path, one in zip(still, moved, strict=True) if not one]
    return tuple(still)


def _reach(scenario: Scenario, path: str) -> tuple[float, ...]:
    """How low and how high a number is moved, as draws have it; empty if it has no range and could not have one."""
    number = scenario.numbers[path]
    if number.quantity.spread:
        return tuple(map(float, ends(scenario, number)))
    if number.quantity.mirrors:
        return ()
    what = path.split(".")[1:2]
    if what == ["position"]:
        return (0.0, 1.0)
    return (0.0, 2 * float(ends(scenario, number)[1])) if what == ["salience"] else ()


def _table(space: DealSpace, rows: Rows) -> Iterator[Named]:
    """What the table says, as far as anything is computed from it."""
    found = []
    for part in settled_parts(space, rows.draws(space.scenario)):
        worlds = build(part.space, part.draws)
        arrays = {
            "no deal": worlds.no_deal.value,
            "alternative": worlds.alternative,
            "payoff": worlds.payoff,
            "permitted": worlds.permitted,
            "kept": observe(worlds).kept,
        }
        found.append((part.where, arrays))
    yield from _together(found)


def _play(space: DealSpace, rows: Rows) -> Iterator[Named]:
    """How talks and play come out."""
    found = []
    for where, played in play_parts(space, rows):
        told = played.outcome
        names = ("deal", "final_deal", "round", "by", "ending", "held", "utility")
        found.append((where, {name: getattr(told, name) for name in names}))
    yield from _together(found)


def _forecasts(space: DealSpace, rows: Rows) -> Iterator[Named]:
    """What models of collective choice say beside the talks."""
    if forecast_names(space.scenario):
        yield "forecast", forecasts_beside(space.scenario, rows.draws(space.scenario)).decision


def _fits(space: DealSpace, rows: Rows) -> Iterator[Named]:
    """Which worlds fit what was observed."""
    yield "kept", observed(space, rows).kept


def _together(parts: Sequence[tuple[Ints, Mapping[str, Array]]]) -> Iterator[Named]:
    """Arrays of parts of the rows, put together in the order of the rows."""
    order = np.argsort(np.concatenate([where for where, _ in parts]))
    for name, first in parts[0][1].items():
        yield name, np.concatenate([arrays[name] for _, arrays in parts])[order] if len(parts) > 1 else first
