"""Numbers that move nothing, and numbers that move nothing but what their own actor thinks of it all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.ensemble import Rows, play_parts
from sim.ensemble.forecasts_beside import forecast_names, forecasts_beside
from sim.ensemble.judging import observed
from sim.foundations import Ints
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.table import DealSpace, build, observe, settled_parts

Array = npt.NDArray[Any]
Arrays = Callable[[DealSpace, Rows], Iterator[Array]]

#: A handful of draws settles nearly every number; only those that did not move are looked at in all draws.
_FIRST: Final = 4


def dead_numbers(scenario: Scenario, draws: int = 64) -> tuple[str, ...]:
    """Return the paths of the numbers that change nothing on their way from the low to the high end.

    Looked at are, draw by draw and with the same luck: war payoffs, alternatives, the value of every deal to
    everybody, red lines, observations, how talks and play come out, and forecasts on ordered issues. Numbers without
    a range are left out, they do not move; so are those that mirror another, which move with it.

    Args:
        draws: how many plausible worlds to look at; with few, what acts only in rare worlds is missed
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
    return _still(space, ranged, draws, lambda _path: (_table, _play, _forecasts))


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
    return _still(DealSpace.of(scenario), list(owned), draws, lambda path: (partial(_for_others, owned[path]),))


def _still(
    space: DealSpace, paths: Sequence[str], draws: int, looked_at: Callable[[str], Sequence[Arrays]]
) -> tuple[str, ...]:
    """The paths of numbers that move nothing of what is looked at."""
    still, few = list(paths), min(_FIRST, draws)
    for numbers in (np.arange(few), np.arange(few, draws)):
        if len(numbers):
            still = [
                path for path in still if not any(_moves(space, path, numbers, arrays) for arrays in looked_at(path))
            ]
    return tuple(still)


def _moves(space: DealSpace, path: str, numbers: Ints, arrays: Arrays) -> bool:
    """Whether the ends of a number's range make a difference in some draw."""
    scenario = space.scenario
    low, high = (arrays(space, Rows(numbers, fixed={path: end})) for end in _reach(scenario, path))
    return any(
        not np.array_equal(one, other, equal_nan=one.dtype.kind == "f") for one, other in zip(low, high, strict=True)
    )


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


def _table(space: DealSpace, rows: Rows) -> Iterator[Array]:
    """What the table says, as far as anything is computed from it."""
    found = []
    for part in settled_parts(space, rows.draws(space.scenario)):
        worlds = build(part.space, part.draws)
        arrays = (worlds.no_deal.value, worlds.alternative, worlds.payoff, worlds.permitted, observe(worlds).kept)
        found.append((part.where, arrays))
    yield from _together(found)


def _play(space: DealSpace, rows: Rows) -> Iterator[Array]:
    """How talks and play come out."""
    found = []
    for where, played in play_parts(space, rows):
        told = played.outcome
        found.append((where, (told.deal, told.round, told.by, told.ending, told.held, told.utility)))
    yield from _together(found)


def _forecasts(space: DealSpace, rows: Rows) -> Iterator[Array]:
    """What models of collective choice say beside the talks."""
    if forecast_names(space.scenario):
        yield forecasts_beside(space.scenario, rows.draws(space.scenario)).decision


def _for_others(actor: int, space: DealSpace, rows: Rows) -> Iterator[Array]:
    """What comes of it, as far as somebody else than one actor notices; and which worlds fit the observations."""
    found = []
    for where, played in play_parts(space, rows):
        told = played.outcome
        others = np.delete(told.utility, actor, axis=1)
        found.append((where, (told.deal, told.final_deal, told.round, told.by, told.ending, told.held, others)))
    yield from _together(found)
    yield from _forecasts(space, rows)
    yield observed(space, rows).kept


def _together(parts: Sequence[tuple[Ints, Sequence[Array]]]) -> Iterator[Array]:
    """Arrays of parts of the rows, put together in the order of the rows."""
    order = np.argsort(np.concatenate([where for where, _ in parts]))
    for arrays in zip(*(arrays for _, arrays in parts), strict=True):
        yield np.concatenate(arrays)[order] if len(parts) > 1 else arrays[0]
