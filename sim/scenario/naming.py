"""Problems about names: of issues, levels, actors, claims, with the nearest right one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from sim.evidence import Place
from sim.foundations import Problem, nearest
from sim.scenario.issue import Issue
from sim.scenario.level_range import LevelName, LevelRange, Levels
from sim.scenario.quantity import Quantity

#: Up to so many levels are listed in full.
_FEW: Final = 8


def unknown_name(kind: str, name: str, known: Iterable[str], place: Place) -> Problem:
    """The problem that nothing of this kind has this name.

    Example:
        >>> unknown_name("issue", "nata", ["nato", "line"], ("talks",)).nearest
        'nato'
    """
    names = list(known)
    told = f'there is no {kind} "{name}"'
    return Problem(told, place, ", ".join(names), nearest(name, names), of_key=place[-1:] == (name,))


def level_problems(name: str, issue: Issue, level: LevelName, place: Place) -> Iterator[Problem]:
    """At most one problem: that the issue has no such level, and no place between levels that this could be."""
    named = "" if isinstance(level, str) else f"{level:.12g}"
    if issue.kind == "ordered" and named in issue.levels and not (issue.knows(level) and _same(issue, level, named)):
        yield Problem(f'levels are names: write "{named}"', place)
        return
    if issue.knows(level):
        return
    if isinstance(level, str) and not _meant_as_number(issue, level):
        yield Problem(
            f'issue "{name}" has no level "{level}"',
            place,
            levels_in_words(issue),
            nearest(level, issue.keys),
            of_key=place[-1:] == (level,),
        )
    elif issue.kind == "categorical":
        yield Problem(f'issue "{name}" has no order, so {level:g} is no level', place, levels_in_words(issue))
    else:
        yield Problem(f'{as_written(level)} lies outside issue "{name}"', place, levels_in_words(issue))


def exact_level_problems(name: str, issue: Issue, level: LevelName, place: Place) -> Iterator[Problem]:
    """At most one problem: that this is none of the levels of the issue, with the nearest ones.

    Example:
        >>> price = Issue(kind="numeric", low=2.9e6, high=3.7e6, points=9, status_quo=3e6)
        >>> [problem.message for problem in exact_level_problems("price", price, 3_425_000, ())]
        ['issue "price" has no level 3425000; the nearest: 3400000 and 3500000']
    """
    if issue.kind == "numeric":
        found = list(level_problems(name, issue, level, place))
        if not found and issue.grid.index(float(level)) is None:
            around = " and ".join(issue.grid.around(float(level)))
            found = [
                Problem(
                    f'issue "{name}" has no level {as_written(level)}; the nearest: {around}',
                    place,
                    levels_in_words(issue),
                    of_key=place[-1:] == (level,),
                )
            ]
        yield from found
    elif isinstance(level, str):
        yield from level_problems(name, issue, level, place)
    elif found := list(level_problems(name, issue, level, place)):
        yield from found
    else:
        yield Problem(f'issue "{name}" is named by its levels, not by {level:g}', place, levels_in_words(issue))


def levels_problems(name: str, issue: Issue, chosen: Levels, place: Place) -> Iterator[Problem]:
    """Everything that is wrong with some levels: unknown names, numbers beside the grid, ranges without a level."""
    for index, item in enumerate(chosen):
        where: Place = (*place, index)
        if not isinstance(item, LevelRange):
            yield from exact_level_problems(name, issue, item, where)
        elif issue.kind == "categorical":
            yield Problem(f'issue "{name}" has no order, so it has no range {item}', where, levels_in_words(issue))
        elif wrong := [
            problem
            for key, end in item.named().items()
            for problem in level_problems(name, issue, end, (*where, "between" if item.between else key))
        ]:
            yield from wrong
        elif not issue.indices([item]):
            yield Problem(f'issue "{name}" has no level in the range {item}', where, levels_in_words(issue))


def twice_problems(name: str, issue: Issue, levels: Iterable[str], place: Place) -> Iterator[Problem]:
    """Levels that a table names twice, which only numbers written in two ways can be."""
    seen: dict[int, str] = {}
    for level in levels:
        if any(exact_level_problems(name, issue, level, place)):
            continue
        first = seen.setdefault(issue.index(level), level)
        if first != level:
            yield Problem(f'"{level}" is the same level as "{first}"', (*place, level), of_key=True)


def _meant_as_number(issue: Issue, level: str) -> bool:
    try:
        return issue.kind == "numeric" and math.isfinite(float(level))
    except ValueError:
        return False


def as_written(level: LevelName | None) -> str:
    """A level as a file has it."""
    return f"{level:.12g}" if isinstance(level, float) else str(level)


def _same(issue: Issue, level: LevelName, named: str) -> bool:
    """Whether a number as a place on the scale is where the level of that name is."""
    return abs(issue.place(level) - issue.place(named)) < 1e-12


def levels_in_words(issue: Issue) -> str:
    """The levels of an issue in a phrase.

    Example:
        >>> levels_in_words(Issue(kind="numeric", low=0, high=1, points=101, status_quo=0))
        'numbers from 0 to 1 (0, 0.01, 0.02, …)'
    """
    if issue.kind == "numeric" and issue.grid.points > _FEW:
        first = ", ".join(issue.grid.key(index) for index in range(3))
        return f"numbers from {issue.grid.key(0)} to {issue.grid.key(issue.grid.points - 1)} ({first}, …)"
    return ", ".join(issue.keys)


def named_ends(quantity: Quantity, place: Place) -> Iterator[tuple[str | float, Place]]:
    """Value, ends of the range and options of a number on an issue's scale, each with its place."""
    if quantity.follows:
        return
    if quantity.options is not None:
        for option in quantity.options:
            yield option, (*place, "options", option)
        return
    for key, end in (("value", quantity.value), ("low", quantity.low), ("high", quantity.high)):
        if end is not None:
            yield end, (*place, key)
