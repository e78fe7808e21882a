"""How many deals a scenario puts on the table, and whether some kind of deal is among them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from sim.foundations import Bools, Ints, Problem
from sim.scenario.deal_tree import DealTree, TooManyDealsError
from sim.scenario.kinds import WAR_KINDS, by_root_causes, deal_kinds
from sim.scenario.level_range import Levels
from sim.scenario.scenario import Scenario

#: More deals than this are not counted out one by one: arrays over them would not fit.
DEAL_LIMIT: Final = 4_000_000
#: Where the deals to play are searched for, an issue may have this many levels on offer: a search looks at each.
SEARCHED_LEVELS: Final = 5_000


def deal_count(scenario: Scenario) -> int:
    """Count the deals: combinations of levels on offer, less settlements that would need talks to follow.

    What is forbidden or breaks a sum is no deal; of more than DEAL_LIMIT these are counted with the others.

    Example:
        >>> issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9}}
        >>> deal_count(Scenario(title="t", issues={"x": issue, "y": issue}, actors={"p": actor, "q": actor}))
        9
    """
    if not _tied(scenario):
        return _any(scenario, {})
    try:
        return len(counted_out(scenario))
    except TooManyDealsError:
        return _any(scenario, {})


def too_many(scenario: Scenario) -> bool:
    """Whether there are too many deals to count them out one by one; then the deals to play are searched for."""
    return _countable_deals(scenario) is None


def selected_count(scenario: Scenario, kinds: tuple[str, ...], levels: Mapping[str, Levels]) -> int:
    """Count the deals of some kinds (all if empty) whose levels are among those named for each issue."""
    allowed = {name: scenario.issues[name].indices(chosen) for name, chosen in levels.items()}
    if _tied(scenario):
        try:
            return _found(scenario, kinds, allowed)
        except TooManyDealsError:
            pass  # rules may take some of the combinations that are counted here
    if not kinds:
        return _any(scenario, allowed)
    if by_root_causes(scenario):
        return sum(_count(scenario, kind, allowed) for kind in dict.fromkeys(kinds))
    known = deal_kinds(scenario)
    return sum(_claimed(scenario, known.index(kind), allowed) for kind in dict.fromkeys(kinds) if kind in known)


def _countable_deals(scenario: Scenario) -> int | None:
    """How many deals there are; ``None`` if there are too many to count them out one by one."""
    if not _tied(scenario):
        count = _any(scenario, {})
        return None if count > DEAL_LIMIT else count
    try:
        return len(counted_out(scenario))
    except TooManyDealsError:
        return None


def _tied(scenario: Scenario) -> bool:
    """Whether some combinations of levels are no deals, so that they have to be counted out."""
    return bool(scenario.forbid or scenario.sums)


def counted_out(scenario: Scenario) -> Ints:
    """(K, I) the deals on offer, last issue fastest: combinations less what is forbidden or breaks a sum.

    A settlement has nothing left to be converted into: it exists once, without follow-on talks.

    Raises:  TooManyDealsError beyond DEAL_LIMIT
    """
    return deal_tree(scenario).deals()


def deal_tree(scenario: Scenario) -> DealTree:
    """The deals on offer, as `counted_out` lists them, in the order in which they branch.

    Raises:  TooManyDealsError beyond DEAL_LIMIT
    """
    tree = DealTree.of(scenario, DEAL_LIMIT)
    if any(issue.follow_on for issue in scenario.issues.values()):
        tree = tree.kept(~superfluous(scenario, tree.deals()))
    return tree


def superfluous(scenario: Scenario, deals: Ints) -> Bools:
    """(K,) settlements that would open talks about nothing."""
    issues = list(scenario.issues.values())
    opening = [i for i, issue in enumerate(issues) if issue.follow_on]
    if not opening or not any(issue.root_cause_of for issue in issues):
        return np.zeros(len(deals), bool)
    opened = deals[:, opening[0]] != issues[opening[0]].status_quo_index
    return np.asarray(opened & (resolution(scenario, deals) == 2))


def resolution(scenario: Scenario, deals: Ints) -> Ints:
    """(K,) how many root causes a deal settles: 0 none, 1 some, 2 all, also where there are none."""
    issues = list(scenario.issues.values())
    roots = [i for i, issue in enumerate(issues) if issue.root_cause_of]
    if not roots:
        return np.full(len(deals), 2)
    settled = np.zeros(len(deals), np.int64)
    for i in roots:
        settled += deals[:, i] != issues[i].status_quo_index
    return np.where(settled == 0, 0, np.where(settled == len(roots), 2, 1))


def kind_codes(scenario: Scenario, deals: Ints) -> Ints:
    """(K,) kind of each deal, along ``deal_kinds``: by root causes, or the first kind of the case that claims it."""
    if by_root_causes(scenario):
        return resolution(scenario, deals)
    kind = np.full(len(deals), len(deal_kinds(scenario)) - 1)
    free = np.ones(len(deals), bool)
    for index, found in enumerate(scenario.kinds.values()):
        fits = free.copy()
        for name, levels in found.levels.items():
            i = list(scenario.issues).index(name)
            fits &= np.isin(deals[:, i], scenario.issues[name].indices(levels))
        kind[fits] = index
        free &= ~fits
    return kind


def _found(scenario: Scenario, kinds: tuple[str, ...], allowed: Mapping[str, tuple[int, ...]]) -> int:
    """Count deals of some kinds and levels by looking at all of them."""
    deals = counted_out(scenario)
    chosen = np.ones(len(deals), bool)
    for i, name in enumerate(scenario.issues):
        if name in allowed:
            chosen &= np.isin(deals[:, i], allowed[name])
    if kinds:
        known = deal_kinds(scenario)
        chosen &= np.isin(kind_codes(scenario, deals), [known.index(kind) for kind in kinds if kind in known])
    return int(chosen.sum())


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
        chosen = set(allowed.get(name, ()))
        offered = scenario.offered[name]
        offered = tuple(index for index in offered if index in chosen) if name in allowed else offered
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
    sizes = {name: len(offered) for name, offered in scenario.offered.items()}
    if 0 in sizes.values():
        return  # told with the issue
    left = _countable_deals(scenario)
    if left is None:  # the deals to play are searched for
        for name, size in sizes.items():
            if size > SEARCHED_LEVELS:
                message = (
                    f'issue "{name}" has {size:,} levels on offer: there are too many deals to count out, and a search '
                    f"for the best of them looks at {SEARCHED_LEVELS:,} levels of an issue at most"
                )
                yield Problem(message, ("issues", name, "points"), "fewer `points`, e.g. 1001")
        return
    if left == 0 and _tied(scenario):
        place = ("sums",) if scenario.sums else ("forbid",)
        count = math.prod(sizes.values())
        yield Problem(f"the deal space is empty: what ties the issues together leaves none of {count:,} deals", place)
    elif left == 0 and countable(scenario):
        yield Problem(
            "the deal space is empty: every combination of the levels on offer is a settlement that would "
            "still need talks to follow",
            ("issues", max(sizes, key=lambda name: sizes[name])),
        )
