"""One draw kept in full, deals, payoffs, offers: that of the most frequent story, or any other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import xarray as xr

from sim.engine import talks_of
from sim.ensemble import Design, Judge, counting, play
from sim.foundations import NO_DEAL
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.solutions import BargainingProblem, pareto_frontier
from sim.table import DealSpace, build

#: Draws whose distances are worked out at once.
_AT_ONCE: Final = 4096


def representative_draw(results: xr.Dataset, scenario: Scenario) -> int:
    """Choose the draw nearest to the centre of all ranges among those with the most frequent ending.

    Only draws consistent with the observations count, if there are any; ties go to the first.

    Returns:
        its index along the ``draw`` dimension
    """
    pool = counting(results["consistent"].values)
    ending = results["ending"].values
    modal = np.bincount(ending[pool]).argmax()
    pool = pool & (ending == modal)
    spans = [ends(scenario, number) for number in scenario.numbers.values()]
    low, high = (np.array(side) for side in zip(*spans, strict=True))
    width = np.where(high > low, high - low, 1.0)
    distance, numbers = np.full(len(pool), np.inf), results["number"].values
    for start in range(0, len(pool), _AT_ONCE):  # memory flat in the draws
        part = slice(start, start + _AT_ONCE)
        away = ((numbers[part] - (low + high) / 2) / width) ** 2
        distance[part] = np.where(pool[part], away.sum(axis=1), np.inf)
    return int(distance.argmin())


def add_representative(results: xr.Dataset, design: Design) -> None:
    """Replay the representative draw and add its deal cloud and its offer log to what was played, in place.

    ``cloud_*`` hold payoffs V of every deal; ``offer_*`` the log in the order of speaking; ``story_draw`` is
    the number of the draw; ``status_quo`` names each issue's level while there is no deal.
    """
    scenario, space = design.scenario, DealSpace.of(design.scenario)
    number = int(results["draw"].values[representative_draw(results, scenario)])
    worlds = build(space, design.world(number).draws(scenario))
    table = worlds.table
    talks = talks_of(worlds)
    results.attrs["story_draw"] = number
    spoken = [offer for offer in talks.log if offer.deal[0] != NO_DEAL]
    issues = list(scenario.issues.values())
    quo = [issue.status_quo_key for issue in issues]
    told = {"long_name": "level while there is no deal"}
    results.update(  # at once: each single assignment would align the whole dataset
        {
            "cloud_payoff": (("actor", "deal_index"), table.payoff[0]),
            "cloud_war": (("actor",), table.disagreement[0]),
            "cloud_permitted": (("actor", "deal_index"), table.permitted[0]),
            "cloud_signable": (("deal_index",), table.signable[0]),
            "cloud_frontier": (("deal_index",), pareto_frontier(BargainingProblem.of_table(table))[0]),
            "offer_round": (("offer",), np.array([offer.round for offer in spoken], dtype=np.int64)),
            "offer_actor": (("offer",), np.array([offer.actor for offer in spoken], dtype=np.int64)),
            "offer_deal": (("offer",), np.array([int(offer.deal[0]) for offer in spoken], dtype=np.int64)),
            "offer_act": (("offer",), np.array([offer.act for offer in spoken], dtype=object).astype(str)),
            "story_agreed": ((), np.int64(talks.deal[0])),
            "status_quo": (("issue",), np.array(quo), told),
        }
    )
    results.attrs["issue_units"] = [issue.unit or "-" for issue in issues]


def replay_draw(
    scenario: Scenario,
    number: int,
    *,
    central: bool = False,
    fixed: Mapping[str, float] | None = None,
    judge: Scenario | Judge | None = None,
) -> xr.Dataset:
    """Play one draw, whatever else was played beside it, and keep its offers, deals and states.

    Args:
        number:  which draw
        central: every number at its central value
        fixed:   path -> value that replaces the draw
        judge:   another scenario whose observations say whether the draw counts
    Returns:
        results of a run of this draw alone, equal bit for bit to what it was among others
    """
    design = Design.of_draws(scenario, np.array([number]), central=central, fixed=fixed, judge=judge)
    results = play(design)
    add_representative(results, design)
    return results
