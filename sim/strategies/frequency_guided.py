"""What others seem to want, counted from their offers, and the deal that suits that best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Floats, Ints
from sim.strategies.negotiator import OFFERINGS, AbstractOffering, Hearing
from sim.strategies.ranges import Setting, require


def frequency_worth(hearing: Hearing, rows: Ints, deals: Ints) -> Floats:
    """(R, W) what deals seem worth to the others, 0..1, from how often each has offered each level.

    An issue weighs the more, the more rarely an actor moves away from where he began on it; a level is worth the more,
    the more often he has named it. Of several others the mean over those who have offered something; 0 where none has.
    No payoff of anybody is looked at.

    Args:
        rows:  (R,) draws
        deals: (R, W) deals of these draws
    Source:  frequency model of HardHeaded: van Krimpen, Looije & Hajizadeh 2013, section 3.2 (Complex Automated
             Negotiations, Stud Comput Intell 435:223-227). Ours: how often an issue stood stands for their step of 0.2
             a round, which is the same order of issues
    Example:
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.5, 0.0], [0.0, 0.5, 1.0]])
        >>> hearing = Hearing.begin(table, 0, Dice("doc", np.arange(1)))
        >>> for deal, new in ((2, True), (2, False), (1, True)):
        ...     hearing.said.note(table, 1, np.array([0]), np.array([deal]), np.array([new]))
        >>> frequency_worth(hearing, np.array([0]), np.array([[0, 1, 2]])).tolist()
        [[0.0, 0.5, 1.0]]
    """
    said, table = hearing.said, hearing.table
    issues = table.open_issues
    levels = table.deals[np.maximum(deals, 0)[:, :, None], issues]  # (R, W, I)
    cells, places = levels // said.per_cell[issues], np.arange(len(issues))
    worth, heard = np.zeros(deals.shape), np.zeros(len(rows))
    for other in range(len(table.actors)):
        if other == hearing.actor:
            continue
        there = said.first[rows, other] != NO_DEAL
        if not there.any():
            continue
        stood = said.stood[rows, other][:, issues] / np.maximum(said.different[rows, other], 1)[:, None]
        total = stood.sum(axis=1, keepdims=True)
        weight = np.where(total > 0, stood / np.where(total > 0, total, 1.0), 1 / len(issues))
        counts = said.named[rows, other][:, issues].astype(float)  # (R, I, C)
        value = counts / np.maximum(counts.max(axis=2, keepdims=True), 1.0)
        own = value[np.arange(len(rows))[:, None, None], places, cells]
        worth += np.where(there[:, None], (own * weight[:, None]).sum(axis=2), 0.0)
        heard += there
    return worth / np.maximum(heard, 1)[:, None]


@OFFERINGS.register("frequency-guided", source="van Krimpen, Looije & Hajizadeh 2013, Stud Comput Intell 435:223-227")
@dataclass(frozen=True)
class FrequencyGuided(AbstractOffering):
    """Proposes, of the deals worth what he asks for or a little more, the one that seems worth most to the others.

    Any way of asking for less can be guided so: it is an offering rule, and knows of the others what they have said.

    band:   how much more than his target a deal may be worth, share of the way from floor to best, 0..1
    window: deals that he looks at, at most, 1 or more

    Of equal deals the one that is worth more to himself; before anybody has offered, the best for himself within reach.

    Raises:  InputError if a setting is out of its range
    Source:  van Krimpen, Looije & Hajizadeh 2013, section 3.3: of bids of about the target the best by the model
    Example:
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.6], [0.0, 0.2, 0.9]])
        >>> hearing = Hearing.begin(table, 0, Dice("doc", np.arange(1)))
        >>> hearing.said.note(table, 1, np.array([0]), np.array([2]), np.array([True]))
        >>> FrequencyGuided().offer(hearing, np.array([0.6])).tolist()
        [2]
    """

    band: Setting = 0.05
    window: Setting = 64.0

    def __post_init__(self) -> None:
        require("band", self.band, 0, 1)
        require("window", self.window, 1)

    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """Compare the deals within the band, in the draws that are still talking."""
        found = np.full(len(target), NO_DEAL)
        rows = np.flatnonzero(hearing.open & (hearing.ranking.count > 0))
        if not len(rows):
            return found
        ranking, rule = hearing.ranking, self.select(rows)
        last = np.maximum(ranking.at_least(target - TOLERANCE)[rows] - 1, 0)
        width = int(min(np.max(rule.window), hearing.table.payoff.shape[2]))
        places = last[:, None] - np.arange(width)  # from the target upwards
        deals, worths = ranking.at(rows, np.maximum(places, 0))
        span = (hearing.best - hearing.floor)[rows]
        least = worths[:, :1]  # what the first of them is worth: the target, or his best deal where nothing is as good
        near = (places >= 0) & (worths <= (least + (rule.band * span)[:, None] + TOLERANCE))
        near &= np.arange(width) < np.broadcast_to(rule.window, len(rows))[:, None]
        worth = np.where(near, np.round(frequency_worth(hearing, rows, deals), 12), -np.inf)
        best = width - 1 - worth[:, ::-1].argmax(axis=1)  # of equals the last, which is worth most to himself
        found[rows] = deals[np.arange(len(rows)), best]
        return found
