"""How good the deals are that were played where there were too many to count out, in words and in numbers."""

from __future__ import annotations

import math
from itertools import product
from typing import Any, Final

import numpy as np

from sim.foundations import Floats
from sim.scenario import Scenario, draw
from sim.scenario.deal_count import deal_count
from sim.solutions import solve_all
from sim.table import DealSpace, Worlds, build
from sim.table.deal_search import nash_shortfall
from sim.words import percent

#: Worlds in which it is worked out; none of them was searched.
_WORLDS: Final = 64
_FIRST: Final = 1_000_000
#: Combinations of levels of issues that rules tie together, up to which the bound looks at them jointly.
_MOST: Final = 4_096


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
    sure = (
        f"In 95 % of {len(bound)} other worlds the best of these has at least {percent(1 - most)} of the largest Nash "
        "product that any deal could have."
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
    worth = [_worth(worlds, i)[:, signers] for i in range(len(scenario.issues))]
    first = np.zeros(gains.shape[:2])
    for one, offered, level in zip(worth, scenario.offered.values(), space.deals[0], strict=True):
        first += one[:, :, offered.index(int(level))]
    groups = [_together(scenario, worth, group) for group in _groups(scenario)]
    bound = nash_shortfall(gains, solve_all(table, ["nash"])["nash"].deal, groups, gains[:, :, 0] - first)
    known = bound[np.isfinite(bound)]
    return known if len(known) else None


def _worth(worlds: Worlds, issue: int) -> Floats:
    """(B, A, L) what each level on offer of an issue is worth a round."""
    offered = list(worlds.scenario.offered.values())[issue]
    preferences = worlds.preferences
    return np.asarray(preferences.weight[:, :, issue, None] * preferences.value[issue][:, :, list(offered)])


def _groups(scenario: Scenario) -> list[list[int]]:
    """Issues that forbidden combinations tie together, as far as all of their combinations can be looked at."""
    names = list(scenario.issues)
    groups = [[i] for i in range(len(names))]
    for rule in scenario.forbid:
        tied = {names.index(name) for name in rule}
        mine = [group for group in groups if tied & set(group)]
        merged = sorted(i for group in mine for i in group)
        if math.prod(len(scenario.offered[names[i]]) for i in merged) <= _MOST:
            groups = [group for group in groups if group not in mine] + [merged]
    return groups


def _together(scenario: Scenario, worth: list[Floats], group: list[int]) -> Floats:
    """(B, S, N) what each combination of the levels of some issues is worth, those left out that are forbidden."""
    names = list(scenario.issues)
    places = list(product(*(range(worth[i].shape[2]) for i in group)))
    fine = [place for place in places if not _forbidden(scenario, names, group, place)] or places
    found = np.array(fine)
    total = np.zeros((*worth[0].shape[:2], len(fine)))
    for n, i in enumerate(group):
        total += worth[i][:, :, found[:, n]]
    return total


def _forbidden(scenario: Scenario, names: list[str], group: list[int], place: tuple[int, ...]) -> bool:
    """Whether some rule on these issues alone forbids their levels."""
    at = {names[i]: scenario.offered[names[i]][level] for i, level in zip(group, place, strict=True)}
    return any(
        set(rule) <= set(at) and all(at[name] in scenario.issues[name].indices(levels) for name, levels in rule.items())
        for rule in scenario.forbid
    )


def _additive(scenario: Scenario) -> bool:
    """Whether what a deal is worth is a sum over issues: nothing breaks, presses, interacts or is only promised."""
    actors = scenario.actors.values()
    return not (
        scenario.true_hazard is not None
        or any(issue.promise or issue.follow_on for issue in scenario.issues.values())
        or any(actor.pairs or actor.beliefs or actor.pressure or actor.red_lines for actor in actors)
    )
