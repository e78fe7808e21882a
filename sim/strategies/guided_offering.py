"""Offers guided by an idea of what the others want, whichever it is."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Floats, Ints
from sim.strategies.negotiator import AbstractOffering, Hearing
from sim.strategies.ranges import Setting, require


@dataclass(frozen=True)
class AbstractGuided(AbstractOffering):
    """Proposes, of the deals worth what he asks for or a little more, the one that seems worth most to the others.

    band:   how much more than his target a deal may be worth, share of the way from floor to best, 0..1
    window: deals that he looks at, at most, 1 or more

    Of equal deals the one that is worth more to himself.

    Raises:  InputError if a setting is out of its range
    Source:  van Krimpen, Looije & Hajizadeh 2013, section 3.3: of bids of about the target the best by the model
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
        worth = np.where(near, np.round(rule.worth(hearing, rows, deals), 12), -np.inf)
        best = width - 1 - worth[:, ::-1].argmax(axis=1)  # of equals the last, which is worth most to himself
        found[rows] = deals[np.arange(len(rows)), best]
        return found

    @abstractmethod
    def worth(self, hearing: Hearing, rows: Ints, deals: Ints) -> Floats:
        """(R, W) what deals seem worth to the others, on any scale.

        Args:
            rows:  (R,) draws; settings with a value per draw are those of these draws
            deals: (R, W) deals of these draws
        """
