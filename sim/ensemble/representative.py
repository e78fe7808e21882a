"""One draw kept in full, deals, payoffs, offers: that of the most frequent story, or any other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import xarray as xr

from sim.engine import talks_of
from sim.ensemble import Design, Judge, PlayedRows, counting, play_rows
from sim.ensemble.columns import CERTIFIED, FULL
from sim.ensemble.dataset_labels import deals_in_all
from sim.ensemble.play_design import labelled
from sim.ensemble.search_accuracy import search_told
from sim.ensemble.told_deals import tells_of_all
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Ints
from sim.protocols import TalksState
from sim.protocols.protocol import Offer
from sim.scenario import Scenario
from sim.scenario.draws import ends
from sim.solutions import BargainingProblem, pareto_frontier
from sim.table import DealSpace, Worlds, build, settled_parts

#: Draws whose distances are worked out at once.
_AT_ONCE: Final = 4096
#: Deals of the frontier that are told of, where there are too many to tell of all.
_MOST: Final = 4_000


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


@dataclass(frozen=True)
class ToldStory:
    """One world that stands for the most frequent story, played once more.

    number:   of the world
    worlds:   its core model
    talks:    its talks, with the offer log
    frontier: (K,) deals that nobody can improve on, among those that could be signed
    """

    number: int
    worlds: Worlds
    talks: TalksState
    frontier: Bools

    @classmethod
    def of(cls, results: xr.Dataset, design: Design) -> ToldStory:
        """Replay the representative draw of what was played."""
        scenario, space = design.scenario, DealSpace.of(design.scenario)
        number = int(results["draw"].values[representative_draw(results, scenario)])
        (part,) = settled_parts(space, design.world(number).draws(scenario))
        worlds = build(part.space, part.draws)
        frontier = pareto_frontier(BargainingProblem.of_table(worlds.table))[0]
        return cls(number, worlds, talks_of(worlds), frontier)

    @property
    def spoken(self) -> list[Offer]:
        """Offers in the order of speaking, silence left out."""
        return [offer for offer in self.talks.log if offer.deal[0] != NO_DEAL]

    @property
    def deals(self) -> Ints:
        """Numbers of the deals that the story is about: those offered, the one agreed, the frontier."""
        named = [int(offer.deal[0]) for offer in self.spoken] + [int(self.talks.deal[0])]
        return np.unique([*(deal for deal in named if deal != NO_DEAL), *np.flatnonzero(self.frontier)[:_MOST]])


def add_representative(results: xr.Dataset, design: Design, story: ToldStory | None = None) -> None:
    """Add the representative draw's deal cloud and its offer log to what was played, in place.

    ``cloud_*`` hold payoffs V of every deal that is told of; ``offer_*`` the log in the order of speaking;
    ``story_draw`` is the number of the draw, ``story_rounds`` how long its talks may last; ``status_quo`` names each
    issue's level while there is no deal.

    Args:
        story: the draw, if it was played once more already
    """
    story = ToldStory.of(results, design) if story is None else story
    table, spoken = story.worlds.table, story.spoken
    results.attrs["story_draw"] = story.number
    results.attrs["story_rounds"] = story.worlds.scenario.talks.talk_rounds
    numbers = results["deal_index"].values
    issues = list(design.scenario.issues.values())
    quo = [issue.status_quo_key for issue in issues]
    told = {"long_name": "level while there is no deal"}

    def place(deal: int) -> int:
        return deal if deal == NO_DEAL else int(np.searchsorted(numbers, deal))

    results.update(  # at once: each single assignment would align the whole dataset
        {
            "cloud_payoff": (("actor", "deal_index"), table.payoff[0][:, numbers]),
            "cloud_war": (("actor",), table.disagreement[0]),
            "cloud_permitted": (("actor", "deal_index"), table.permitted[0][:, numbers]),
            "cloud_signable": (("deal_index",), table.signable[0][numbers]),
            "cloud_frontier": (("deal_index",), story.frontier[numbers]),
            "offer_round": (("offer",), np.array([offer.round for offer in spoken], dtype=np.int64)),
            "offer_actor": (("offer",), np.array([offer.actor for offer in spoken], dtype=np.int64)),
            "offer_deal": (("offer",), np.array([place(int(offer.deal[0])) for offer in spoken], dtype=np.int64)),
            "offer_act": (("offer",), np.array([offer.act for offer in spoken], dtype=object).astype(str)),
            "story_agreed": ((), np.int64(place(int(story.talks.deal[0])))),
            "status_quo": (("issue",), np.array(quo), told),
        }
    )
    results.attrs["issue_units"] = [issue.unit or "-" for issue in issues]
    if deals_in_all(results) > len(numbers):
        results.attrs |= _counts(story.worlds)


def story_rounds(results: xr.Dataset) -> int:
    """How many rounds the talks of the draw whose story is told may last."""
    known = results.attrs.get("story_rounds", results.attrs["talk_rounds"])  # earlier results have only the latter
    return max(int(known), int(results["offer_round"].values.max(initial=-1)) + 1)


def _counts(worlds: Worlds) -> dict[str, int]:
    """How many of all deals of a world every party prefers to no deal, and how many of these no red line bars."""
    table = worlds.table
    own = [list(worlds.actors).index(name) for name in worlds.scenario.parties]
    better = (table.premium[0][own] >= -TOLERANCE).all(axis=0)
    free = table.permitted[0][own].all(axis=0)
    return {"cloud_preferred": int(better.sum()), "cloud_accepted": int((better & free).sum())}


def with_story(design: Design, played: PlayedRows, also: Callable[[DealSpace], Ints] | None = None) -> xr.Dataset:
    """Results of what was played, with the story of one world in full.

    Of very many deals those that the story is about are told of, and what ``also`` numbers.
    """
    space = DealSpace.of(design.scenario)
    if tells_of_all(len(space)):
        results = labelled(design, played)
        add_representative(results, design)
        return results.assign_attrs(search_told(space))
    few = {name: played.arrays[name] for name in ("ending", "consistent", "number")}
    story = ToldStory.of(labelled(design, replace(played, arrays=few)), design)
    named = story.deals if also is None else np.concatenate([story.deals, also(space)])
    results = labelled(design, played, named)
    add_representative(results, design, story)
    return results


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
        results of a run of this draw alone, equal bit for bit to what it was among others; besides, the certificate of
        the first deal
    """
    design = Design.of_draws(scenario, np.array([number]), central=central, fixed=fixed, judge=judge)
    return with_story(design, play_rows(design, (*FULL, *CERTIFIED)))
