"""How many deals a scenario puts on the table, and whether some kind of deal is among them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

from sim.foundations import Problem
from sim.scenario.kinds import WAR_KINDS, by_root_causes, deal_kinds
from sim.scenario.level_range import Levels
from sim.scenario.naming import levels_in_words
from sim.scenario.scenario import Scenario

#: More deals than this make every array too big to be of use.
DEAL_LIMIT: Final = 20_000


def deal_count(scenario: Scenario) -> int:
    """Count the deals: combinations of levels on offer, less settlements that would need talks to follow.

    Example:
        >>> issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9}}
        >>> deal_count(Scenario(title="t", issues={"x": issue, "y": issue}, actors={"p": actor, "q": actor}))
        9
    """
    return _any(scenario, {})


def selected_count(scenario: Scenario, kinds: tuple[str, ...], levels: Mapping[str, Levels]) -> int:
    """Count the deals of some kinds (all if empty) whose levels are among those named for each issue."""
    allowed = {name: scenario.issues[name].indices(chosen) for name, chosen in levels.items()}
    if not kinds:
        return _any(scenario, allowed)
    if by_root_causes(scenario):
        return sum(_count(scenario, kind, allowed) for kind in dict.fromkeys(kinds))
    known = deal_kinds(scenario)
    return sum(_claimed(scenario, known.index(kind), allowed) for kind in dict.fromkeys(kinds) if kind in known)


def _any(scenario: Scenario, allowed: Mapping[str, tuple[int, ...]]) -> int:
    """Count the deals of any kind."""
    return sum(_count(scenario, kind, allowed) for kind in WAR_KINDS)


def _claimed(scenario: Scenario, index: int, allowed: Mapping[str, tuple[int, ...]]) -> int:
    """Count the deals that a kind of the case claims: those with its levels, less what kinds before it claim."""
    kinds = list(scenario.kinds.values())
    both = dict(allowed)
    for name, levels in kinds[index].levels.items() if index < len(kinds) else ():
        found = scenario.issues[name].indices(levels)
        both[name] = tuple(level for level in found if level in both.get(name, found))
    count = _any(scenario, both)
    return count - sum(_claimed(scenario, before, both) for before in range(index)) if count else 0


def _count(scenario: Scenario, kind: str, allowed: Mapping[str, tuple[int, ...]]) -> int:
    """Count the deals of one kind: a truce leaves all root causes at the status quo, a settlement none."""
    rest, moved = 1, 1  # choices of levels of the root causes: all at the status quo, none at it
    roots, others, calm = 1, 1, 1  # choices for root causes, for the rest, for the rest in a settlement
    any_root = any(issue.root_cause_of is not None for issue in scenario.issues.values())
    for name, issue in scenario.issues.items():
        offered = [index for index in issue.offered if index in allowed.get(name, issue.offered)]
        at_rest = offered.count(issue.status_quo_index)
        if issue.root_cause_of is not None:
            rest *= at_rest
            moved *= len(offered) - at_rest
            roots *= len(offered)
            calm *= 0 if issue.follow_on else 1
        else:
            others *= len(offered)
            calm *= at_rest if issue.follow_on and any_root else len(offered)
    if kind == "settlement":
        return moved * calm
    if not any_root:
        return 0
    return rest * others if kind == "truce" else (roots - rest - moved) * others


def countable(scenario: Scenario) -> bool:
    """Whether every status quo is a level, so that kinds of deal can be told apart."""
    return all(issue.kind == "numeric" or issue.status_quo in issue.levels for issue in scenario.issues.values())


def too_fine(scenario: Scenario) -> Iterator[Problem]:
    """Issues with more points than any deal space may have deals; nothing else about them can be checked."""
    for name, issue in scenario.issues.items():
        if issue.points is not None and issue.points > DEAL_LIMIT:
            yield Problem(
                f'issue "{name}" alone makes {issue.points:,} deals, above the limit of {DEAL_LIMIT:,}',
                ("issues", name, "points"),
                "fewer `points`, e.g. 101",
            )


def deal_space_problems(scenario: Scenario) -> Iterator[Problem]:
    """Empty and overfull deal spaces."""
    sizes = {name: len(issue.offered) for name, issue in scenario.issues.items()}
    for name, size in sizes.items():
        if size == 0:
            message = f'issue "{name}" has no level on offer, so the deal space is empty'
            yield Problem(message, ("issues", name, "available"), levels_in_words(scenario.issues[name]))
    if 0 in sizes.values():
        return
    biggest = max(sizes, key=lambda name: sizes[name])
    if (count := math.prod(sizes.values())) > DEAL_LIMIT:
        remedy = "fewer `points`" if scenario.issues[biggest].kind == "numeric" else "fewer levels under `available`"
        yield Problem(
            f'there are {count:,} deals, above the limit of {DEAL_LIMIT:,}; the biggest issue is "{biggest}" '
            f"with {sizes[biggest]} levels: give it {remedy}",
            ("issues", biggest),
        )
    elif countable(scenario) and deal_count(scenario) == 0:
        yield Problem(
            "the deal space is empty: every combination of the levels on offer is a settlement that would "
            "still need talks to follow",
            ("issues", biggest),
        )
