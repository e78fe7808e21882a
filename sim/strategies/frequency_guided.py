"""What others seem to want, counted from their offers, and the deal that suits that best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, Floats, Ints
from sim.strategies.guided_offering import AbstractGuided
from sim.strategies.negotiator import OFFERINGS, Hearing
from sim.strategies.ranges import Setting


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
class FrequencyGuided(AbstractGuided):
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

    def worth(self, hearing: Hearing, rows: Ints, deals: Ints) -> Floats:
        """What deals seem worth to the others, counted from their offers."""
        return frequency_worth(hearing, rows, deals)
