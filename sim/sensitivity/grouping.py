"""Numbers grouped: each by itself, by actor, or by the claim they rest on, which asks which sentence decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from sim.foundations import UnknownNameError
from sim.scenario import Quantity, Scenario

By = Literal["number", "actor", "claim", "evidence"]

#: Inputs that are no numbers of the scenario, in the words that tables use.
RED_LINES: Final = "(which red lines are hard)"
LUCK: Final = "(luck of talks and collapses)"
DUMMY: Final = "(planted dummy)"
OTHERS: Final = "(all other numbers)"
ASSUMED: Final = "(assumed numbers, no claim)"
CLAIMED: Final = "(numbers that rest on claims)"
RATED: Final = "(numbers that rest on rates)"
_GROUNDS: Final = {"claim": CLAIMED, "rate": RATED, "assumed": ASSUMED}


def free_numbers(scenario: Scenario) -> tuple[str, ...]:
    """Paths of the numbers whose draws differ; those that mirror another move with it."""
    return tuple(path for path, number in scenario.numbers.items() if number.quantity.spread)


def groups(scenario: Scenario, by: str = "number") -> dict[str, tuple[str, ...]]:
    """Put the ranged numbers into named groups.

    By claim the groups overlap: a number that rests on several claims is in the group of each, since each alone
    would put it there; so indices by claim do not add up. Claims behind exactly the same numbers cannot be told
    apart and share a group, named by all of them. Numbers that rest on rates are in the group of each rate; all
    others are one group. By evidence there are three groups: claims, rates and assumptions.

    Args:
        by: ``number``, ``actor`` (issues, talks, hazards and observations are groups of their own), ``claim`` or
            ``evidence``
    Raises:  UnknownNameError for another word
    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> some = {"value": 0.5, "range": [0.2, 0.8], "claims": ["c1", "c2"]}
        >>> toy = Scenario(title="t", issues={"x": issue}, actors={"p": {"patience": some}, "q": {"patience": some}})
        >>> groups(toy, "actor")
        {'p': ('p.patience',), 'q': ('q.patience',)}
        >>> groups(toy, "claim")
        {'c1 + c2': ('p.patience', 'q.patience')}
    """
    paths = free_numbers(scenario)
    if by == "number":
        return {path: (path,) for path in paths}
    if by == "actor":
        return _by(paths, {path: (_owner(scenario, path),) for path in paths})
    if by == "claim":
        return _merged(_by(paths, {path: _sources(scenario.numbers[path].quantity) for path in paths}))
    if by == "evidence":
        return _by(paths, {path: (_GROUNDS[scenario.numbers[path].quantity.ground],) for path in paths})
    raise UnknownNameError("grouping", by, ("number", "actor", "claim", "evidence"))


def _sources(quantity: Quantity) -> tuple[str, ...]:
    """The claims or rates that a number rests on; rates in brackets, as all that is no claim."""
    if quantity.ground == "rate":
        return tuple(f"(rate {name})" for name in quantity.rates)
    return quantity.claims or (ASSUMED,)


def _owner(scenario: Scenario, path: str) -> str:
    keys = path.split(".")
    if keys[0] == "talks" and len(keys) > 2 and keys[1] == "strategies" and keys[2] in scenario.actors:
        return keys[2]
    return keys[0]


def _by(paths: tuple[str, ...], labels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in paths:
        for label in labels[path]:
            found.setdefault(label, []).append(path)
    return {label: tuple(members) for label, members in found.items()}


def _merged(found: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Groups of the same numbers under one name."""
    names: dict[tuple[str, ...], list[str]] = {}
    for label, members in found.items():
        names.setdefault(members, []).append(label)
    return {" + ".join(labels): members for members, labels in names.items()}
