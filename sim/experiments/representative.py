"""One draw that stands for the most frequent story, kept in full: deals, payoffs, offers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import xarray as xr

from sim.engine import talks_of
from sim.foundations import NO_DEAL, Floats
from sim.scenario import Scenario, draw
from sim.scenario.draws import ends
from sim.solutions import BargainingProblem, pareto_frontier
from sim.table import DealSpace, build


def representative_draw(results: xr.Dataset, scenario: Scenario) -> int:
    """Choose the draw nearest to the centre of all ranges among those with the most frequent ending.

    Only draws consistent with the observations count, if there are any; ties go to the first.

    Returns:
        its index along the ``draw`` dimension
    """
    consistent = results["consistent"].values.astype(bool)
    pool = consistent if consistent.any() else np.ones(len(consistent), bool)
    ending = results["ending"].values
    modal = np.bincount(ending[pool]).argmax()
    pool = pool & (ending == modal)
    spans = [ends(scenario, number) for number in scenario.numbers.values()]
    low, high = (np.array(side) for side in zip(*spans, strict=True))
    width = np.where(high > low, high - low, 1.0)
    away = ((results["number"].values - (low + high) / 2) / width) ** 2
    distance = np.where(pool, away.sum(axis=1), np.inf)
    return int(distance.argmin())


def add_representative(
    results: xr.Dataset,
    scenario: Scenario,
    space: DealSpace,
    *,
    central: bool,
    fixed: Mapping[str, float | Floats] | None,
) -> None:
    """Replay the representative draw and add its deal cloud and its offer log to the dataset, in place.

    ``cloud_*`` hold payoffs V of every deal; ``offer_*`` the log in the order of speaking; ``story_draw`` is
    the number of the draw; ``status_quo`` names each issue's level while there is no deal.
    """
    index = representative_draw(results, scenario)
    number = int(results["draw"].values[index])
    own = {
        path: value[number] if isinstance(value, np.ndarray) and value.ndim else value
        for path, value in (fixed or {}).items()
    }
    worlds = build(space, draw(scenario, np.array([number]), central=central, fixed=own))
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
