"""Problems about names: of issues, levels, actors, claims, with the nearest right one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.evidence import Place
from sim.foundations import Problem, nearest
from sim.scenario.issue import Issue
from sim.scenario.quantity import Quantity


def unknown_name(kind: str, name: str, known: Iterable[str], place: Place) -> Problem:
    """The problem that nothing of this kind has this name.

    Example:
        >>> unknown_name("issue", "nata", ["nato", "line"], ("talks",)).nearest
        'nato'
    """
    names = list(known)
    told = f'there is no {kind} "{name}"'
    return Problem(told, place, ", ".join(names), nearest(name, names), of_key=place[-1:] == (name,))


def level_problems(name: str, issue: Issue, level: str | float, place: Place) -> Iterator[Problem]:
    """At most one problem: that the issue has no such level, or that a number might mean two of them."""
    named = "" if isinstance(level, str) else f"{level:g}"
    if issue.kind == "ordered" and named in issue.names and not (issue.knows(level) and _same(issue, level, named)):
        yield Problem(f'levels are names: write "{named}"', place)
        return
    if issue.knows(level):
        return
    if isinstance(level, str):
        yield Problem(
            f'issue "{name}" has no level "{level}"',
            place,
            levels_in_words(issue),
            nearest(level, issue.names),
            of_key=place[-1:] == (level,),
        )
    elif issue.kind == "categorical":
        yield Problem(f'issue "{name}" has no order, so {level:g} is no level', place, levels_in_words(issue))
    else:
        yield Problem(f'{level:g} lies outside issue "{name}"', place, levels_in_words(issue))


def _same(issue: Issue, level: str | float, named: str) -> bool:
    """Whether a number as a place on the scale is where the level of that name is."""
    return abs(issue.place(level) - issue.place(named)) < 1e-12


def levels_in_words(issue: Issue) -> str:
    """The levels of an issue in a phrase.

    Example:
        >>> levels_in_words(Issue(kind="numeric", low=0, high=1, points=101, status_quo=0))
        'numbers from 0 to 1 (0, 0.01, 0.02, …)'
    """
    if issue.kind == "numeric" and len(issue.names) > 8:
        return f"numbers from {issue.low:g} to {issue.high:g} ({', '.join(issue.names[:3])}, …)"
    return ", ".join(issue.names)


def ends(quantity: Quantity, place: Place) -> Iterator[tuple[str | float, Place]]:
    """Value, ends of the range and options of a number on an issue's scale, each with its place."""
    if quantity.mirrors:
        return
    if quantity.options is not None:
        for option in quantity.options:
            yield option, (*place, "options", option)
        return
    for key, end in (("value", quantity.value), ("low", quantity.low), ("high", quantity.high)):
        if end is not None:
            yield end, (*place, key)
