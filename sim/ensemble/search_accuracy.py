"""How good the deals are that were played where there were too many to count out, in words and in numbers."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from sim.foundations import NO_DEAL, Floats, Ints
from sim.scenario import Scenario, draw
from sim.scenario.deal_count import deal_count
from sim.solutions import solve_all
from sim.table import DealSpace, Worlds, build
from sim.table.branch_and_bound import IssueSums, TiedIssues, best_product
from sim.words import percent

#: Worlds in which it is worked out; none of them was searched.
_WORLDS: Final = 64
_FIRST: Final = 1_000_000
#: Points of the tree of branch and bound that each world is worth, and a shortfall that is no more than rounding.
_POINTS: Final = 40
_PROVED: Final = 1e-9


def search_told(space: DealSpace) -> dict[str, Any]:
    """Attributes of results: how many combinations there are, how deals were found, how good the best of them is.

    ``search_shortfall``: in 95 % of some other worlds no deal has a Nash product that is larger by more than this part;
    absent where no such bound is known. Nothing where all deals are played.
    """
    if not space.searched:
        return {}
    bound = _shortfall(space)
    count = f"{deal_count(space.scenario):.3g}"
    told = (
        f"Of {count} combinations of levels the {len(space):,} deals were played that best responses found: "
        "coordinate ascent from the best of many weighted sums of the parties' values, in 48 worlds."
    )
    if bound is None:
        return {"deal_search": f"{told} How much better another deal might be is not known in this case."}
    most = float(np.quantile(bound, 0.95))
    proved = int((bound < _PROVED).sum())
    sure = (
        f"In 95 % of {len(bound)} other worlds the best of these has at least {percent(1 - most)} of the largest Nash "
        f"product that any deal could have (branch and bound, {_POINTS} points of its tree a world); in {proved} of "
        "them it is proved to have the largest."
    )
    return {"deal_search": f"{told} {sure}", "search_shortfall": most}


def _shortfall(space: DealSpace) -> Floats | None:
    """(N,) the bound in each world with a deal that all gain by; ``None`` where values are no sums over issues."""
    scenario = space.scenario
    if not _additive(scenario):
        return None
    worlds = build(space, draw(scenario, np.arange(_FIRST, _FIRST + _WORLDS)))
    if (worlds.delay != 0).any():
        return None
    table, signers = worlds.table, np.flatnonzero(worlds.rule.signers)
    gains = table.premium[:, signers]
    found = solve_all(table, ["nash"])["nash"].deal
    tied = _rules(scenario)
    short = [
        _short(_sums(worlds, signers, gains[n, :, 0], n), tied, gains[n, :, deal])
        for n, deal in enumerate(found)
        if deal != NO_DEAL
    ]
    known = np.array([one for one in short if np.isfinite(one)])
    return known if len(known) else None


def _short(sums: IssueSums, tied: TiedIssues, gains: Floats) -> float:
    """By how much the Nash product of a deal can fall short of the largest, as a part of that, at most."""
    if not (gains > 0).all():
        return math.nan
    value = float(np.log(gains).sum())
    return float(-np.expm1(value - max(value, best_product(sums, tied, points=_POINTS, known=value).bound)))


def _sums(worlds: Worlds, signers: Ints, gains: Floats, world: int) -> IssueSums:
    """What every level, and two levels together, add to the gains of those who sign in one world.

    Args:
        gains: (S,) of the first deal, which says what no level adds
    """
    scenario, preferences = worlds.scenario, worlds.preferences
    offered = [list(levels) for levels in scenario.offered.values()]
    own = [value[world][:, offered[i]] for i, value in enumerate(preferences.value)]
    single = [preferences.weight[world, signers, i, None] * value[signers] for i, value in enumerate(own)]
    pairs: dict[tuple[int, int], Floats] = {}
    for n, actor in enumerate(signers):
        for one, other, size in preferences.bonus[actor]:
            i, j = sorted((one, other))
            both = pairs.setdefault((i, j), np.zeros((len(signers), len(offered[i]), len(offered[j]))))
            both[n] += size[world] * own[i][actor][:, None] * own[j][actor][None, :]
    first = np.array([levels.index(int(at)) for levels, at in zip(offered, worlds.space.deals[0], strict=True)])
    bare = IssueSums(np.zeros(len(signers)), single, pairs)
    return IssueSums(gains - bare.gains(first), single, pairs)


def _rules(scenario: Scenario) -> TiedIssues:
    """What is forbidden, and what sums allow, over the levels on offer."""
    names, issues = list(scenario.issues), list(scenario.issues.values())
    offered = [np.array(levels) for levels in scenario.offered.values()]
    forbidden = [
        {
            names.index(name): np.isin(offered[names.index(name)], scenario.issues[name].indices(levels))
            for name, levels in rule.items()
        }
        for rule in scenario.forbid
    ]
    sums = [
        ([one.amounts(name, issues[i])[offered[i]] for i, name in enumerate(names)], *one.ends)
        for one in scenario.sums.values()
    ]
    return TiedIssues(forbidden, sums)


def _additive(scenario: Scenario) -> bool:
    """Whether what a deal is worth is a sum over issues and pairs: nothing breaks, presses or is only promised."""
    actors = scenario.actors.values()
    return not (
        scenario.true_hazard is not None
        or scenario.cheating
        or any(issue.promise or issue.follow_on for issue in scenario.issues.values())
        or any(actor.beliefs or actor.pressure or actor.red_lines for actor in actors)
    )
