"""A crisis in which backing down costs the more, the longer it has lasted: who gives way, and how often none does."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.require import require_inside
from sim.foundations import FloatPair


@dataclass(frozen=True, slots=True)
class EscalatingCrisis:
    """How a crisis goes; pairs are (A, B).

    horizon:    time at which all who have not given way would rather fight
    at_once:    chance that each gives way at the very beginning, 0..1; of at most one it is more than 0
    backs_down: chance that each gives way at some time, 0..1, if the other never did
    war:        chance that nobody gives way
    expects:    what each expects of the crisis at its beginning, if he is not resolved enough to fight
    """

    horizon: float
    at_once: FloatPair
    backs_down: FloatPair
    war: float
    expects: FloatPair


@EQUILIBRIA.register("escalating-crisis", source="Fearon 1994, Am Polit Sci Rev 88:577-592")
def escalating_crisis(prize: float, slopes: FloatPair, lowest: FloatPair) -> EscalatingCrisis:
    """Let two sides wait for each other to give way while their audiences watch.

    Whoever gives way at time t loses slope * t before his audience, and the other has the prize. Each may attack, which
    is worth w to him, uniform between -``lowest`` and 0, and only he knows it. Whoever would give way does so at a rate
    that keeps the other waiting, so that A still stands at t with chance (1 - q) prize / (prize + slope_B t): his own
    slope does not matter to it. At the horizon those who are left are just those who would rather fight.

    So the side with the steeper costs gives way less often: its audience lets it look resolved sooner.

    No protocol plays it: talks are about offers here, and nobody's private worth of fighting is shown by waiting. In
    play an audience enters by what falling short of a promise costs, see ``audience-cost``.

    Args:
        prize:  what is at stake, above 0
        slopes: audience costs by unit of time, (A, B), above 0
        lowest: what fighting costs the least resolved, (A, B), above 0
    Returns:
        the equilibrium in which both wait with some chance
    Raises:  InputError for a number outside of its range
    Source:  Fearon 1994, proposition on the crisis as a war of attrition; the uniform law is ours

    Example:
        >>> found = escalating_crisis(1.0, (2.0, 1.0), (1.0, 1.0))
        >>> [round(one, 3) for one in (found.horizon, *found.backs_down, found.war)]
        [0.366, 0.268, 0.634, 0.268]
    """
    require_inside("prize", prize, 0.0, math.inf)
    for name, pair in (("slopes", slopes), ("lowest", lowest)):
        for one in pair:
            require_inside(name, one, 0.0, math.inf)
    (a, b), (low_a, low_b) = slopes, lowest
    horizon = min(_crossing(prize, a, b, low_a), _crossing(prize, b, a, low_b))
    stands = (a * horizon / low_a, b * horizon / low_b)  # those who would rather fight than give way by then
    waits = (stands[0] * (1 + b * horizon / prize), stands[1] * (1 + a * horizon / prize))
    at_once = (max(0.0, 1 - waits[0]), max(0.0, 1 - waits[1]))
    return EscalatingCrisis(
        horizon=horizon,
        at_once=at_once,
        backs_down=(1 - stands[0], 1 - stands[1]),
        war=stands[0] * stands[1],
        expects=(prize * at_once[1], prize * at_once[0]),
    )


def _crossing(prize: float, own: float, other: float, lowest: float) -> float:
    """Time at which as many of one side still stand, if none gave way at once, as would rather fight by then."""
    # own t / lowest = prize / (prize + other t); the root without cancellation
    root = math.sqrt((own * prize) ** 2 + 4 * own * other * prize * lowest)
    return 2 * prize * lowest / (own * prize + root)
