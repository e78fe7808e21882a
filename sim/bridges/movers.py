"""Who would have to move, who gains by it, and who would rather it were left undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sim.bridges.chance import Prices
from sim.bridges.levers_played import Stage
from sim.foundations import Floats
from sim.foundations.plain_data import Real

MoverVerdict = Literal["gains", "loses", "cannot be told"]


@dataclass(frozen=True)
class Change:
    """What something does to one actor, on average over the draws.

    actor:   his name
    change:  own value with it less own value without, in the same draws; what he pays for levers taken off
    error:   standard error of that paired difference
    verdict: *gains* or *loses* if the difference is more than twice its error
    """

    actor: str
    change: Real
    error: Real
    verdict: MoverVerdict


@dataclass(frozen=True)
class Mover:
    """A lever in use, its holder and those whose consent it needs.

    lever:   its name
    use:     how much it is used, 0..1
    cost:    what that costs the holder, in his own value
    holder:  what this lever, with all others as they are, does to him, its cost taken off
    consent: what it does to each who would have to agree
    """

    lever: str
    use: Real
    cost: Real
    holder: Change
    consent: tuple[Change, ...]

    @property
    def refused_by(self) -> tuple[str, ...]:
        """Who would not use it, or not agree to it, going by his own average value."""
        return tuple(one.actor for one in (self.holder, *self.consent) if one.verdict == "loses")


def movers(stage: Stage, prices: Prices, use: Floats) -> tuple[tuple[Mover, ...], tuple[Change, ...]]:
    """Compare own values with and without each lever, and with all levers in use and none.

    An actor is taken to agree to what raises his mean own value. Signing is another matter: it is decided in
    each draw, by the talks. Values are those realised in the play, outside pressure included.

    Returns:
        one entry for each lever in use, and what all together do to each actor
    Source: individual rationality ex ante (Myerson & Satterthwaite 1983), as a test and no constraint
    """
    names = list(stage.scenario.actors)
    stage.expect([use, 0 * use, *(np.where(np.arange(len(use)) == i, 0.0, use) for i in np.flatnonzero(use))])
    whole = stage.play(use).utility.astype(float)
    nothing = stage.play(np.zeros(len(use))).utility.astype(float)
    holders = [names.index(stage.scenario.levers[lever].holder) for lever in stage.levers]
    paid = np.zeros(len(names))
    found = []
    for i, lever in enumerate(stage.levers):
        if use[i] <= 0:
            continue
        without = use.copy()
        without[i] = 0.0
        difference = whole - stage.play(without).utility
        cost = float(use[i] * prices.central[i])
        paid[holders[i]] += cost
        found.append(
            Mover(
                lever,
                float(use[i]),
                cost,
                _change(names[holders[i]], difference[:, holders[i]] - cost),
                tuple(_change(name, difference[:, names.index(name)]) for name in stage.scenario.levers[lever].veto),
            )
        )
    together = tuple(_change(name, whole[:, a] - nothing[:, a] - paid[a]) for a, name in enumerate(names))
    return tuple(found), together


def _change(actor: str, difference: Floats) -> Change:
    mean = float(difference.mean())
    error = float(difference.std() / np.sqrt(len(difference)))
    bar = max(2 * error, 1e-12)
    verdict: MoverVerdict = "gains" if mean > bar else "loses" if mean < -bar else "cannot be told"
    return Change(actor, mean, error, verdict)
