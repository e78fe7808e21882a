"""Signing again after a collapse: what it adds to the value of a deal, in closed form.

Once a deal has broken, talks reopen with chance r a round, first in the round of the collapse; after n rounds of talks
the same deal is signed again, and after its delay of d rounds it is in force. Seen from the collapse the premium
x = v - W of a deal in force comes back with the discount

    kappa = r gamma^(n + d) / (1 - (1 - r) gamma),

and each time the same may happen again. With Omega the weight of a collapse, of the deal or of the settlement it was
converted into, and v0 its value if nobody ever talked again,

    x = (v0 - W) / (1 - Omega kappa).

Two things may differ from one signature to the next. Power that moves in a pause moves once: with the share s of the
shift behind one, premium and war are worth x - beta s and W + s Delta, beta = Delta (1 - L) / (1 - kappa L), L the part
of Omega in which the shift is still to come. And a collapse may teach: then Omega and v0 depend on how many deals broke
before, x_k = (v0_k - W) + Omega_k kappa x_(k+1), and a deal that somebody would no longer sign ends the chain.

Where no deal drifts, w rounds without one add c w to W, and the premium falls by what they add while nothing is in
force: x(w) = x0 + x1 w. With T the discounted mean of the rounds from a collapse to the deal in force again,

    x1 = -(1 - Omega) c / (1 - Omega kappa),    x0 = (v0 - W + Omega kappa T x1) / (1 - Omega kappa),
    T = n + d + (1 - r) gamma / (1 - (1 - r) gamma).

What was signed once is signed again, also by those for whom no deal has become better by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from sim.foundations import Floats, Ints
from sim.scenario import Draws, Scenario
from sim.scenario.drawn_option import options_of
from sim.table.durability import DurabilityWeights, per_round

#: Collapses after which nothing more is learned from the next one.
LESSONS: Final = 6


def reopening_discount(gamma: Floats | float, chance: Floats | float, rounds: Floats | float) -> Floats:
    """What is left, at a collapse, of a unit paid when the deal is signed again: r gamma^n / (1 - (1 - r) gamma).

    Args:
        gamma:  discount of a round without a deal, 0..1, below 1 where the chance is below 1
        chance: chance per round that talks reopen, first in the round of the collapse
        rounds: rounds of talks until the signature
    Source: geometric waiting time, discounted; ours, checked by simulation
    Example:
        >>> float(reopening_discount(0.9, 0.0, 5)), float(reopening_discount(0.9, 1.0, 2))
        (0.0, 0.81)
    """
    r, g = np.asarray(chance, dtype=np.float64), np.asarray(gamma, dtype=np.float64)
    # where talks never reopen a gamma of 1 is no harm
    return np.asarray(np.where(r > 0, r * g ** np.asarray(rounds) / np.where(r > 0, 1 - (1 - r) * g, 1.0), 0.0))


def rounds_until_signature(gamma: Floats | float, chance: Floats | float, rounds: Floats | float) -> Floats:
    """Mean rounds from a collapse to the next signature, weighted by what a unit paid then is worth by now.

    n + (1 - r) gamma / (1 - (1 - r) gamma): the derivative of ``reopening_discount`` by log gamma, by that discount.

    Args:
        gamma, chance, rounds: as ``reopening_discount``
    Source: arithmetic-geometric series; ours, checked by simulation
    Example:
        >>> float(rounds_until_signature(0.9, 1.0, 2)), round(float(rounds_until_signature(0.9, 0.5, 2)), 4)
        (2.0, 2.8182)
    """
    r, g = np.asarray(chance, dtype=np.float64), np.asarray(gamma, dtype=np.float64)
    missed = np.where(r > 0, (1 - r) * g, 0.0)
    return np.asarray(np.asarray(rounds) + missed / (1 - missed))


def reopens(scenario: Scenario) -> bool:
    """Whether talks may reopen after a collapse and values reckon with it: by [talks.reopening], or by convention.

    Where a refusal falls back on talks, values reckon with them in that way instead.
    """
    if scenario.conventions.alternative == "talks":
        return False
    return scenario.talks.reopening is not None or scenario.conventions.recursive


def may_reopen(scenario: Scenario) -> bool:
    """Whether talks reopen so in some world at least, where what follows a collapse or a refusal is drawn.

    Worlds of one case are kept side by side: a term that one of them has, all have, if only as 0.
    """
    rules = scenario.conventions
    if all(option == "talks" for option in options_of(rules.alternative)):
        return False
    return scenario.talks.reopening is not None or "recursive" in options_of(rules.after_collapse or "")


class Loads(NamedTuple):
    """How much of what follows a signature is a collapse.

    again:   Omega, weight of a collapse: of the deal, or of the settlement it is converted into
    unmoved: L, the part of it in which the shift of power is still to come
    """

    again: Floats
    unmoved: Floats


def loads(weights: DurabilityWeights, settled: DurabilityWeights | None) -> Loads:
    """Loads of documents, and of the settlement that talks convert them into, in fresh weights.

    Args:
        weights: of the documents
        settled: of the settlement, broadcastable; None where nothing is converted
    """
    again, unmoved = weights.omega, weights.omega - weights.phi
    if settled is not None:
        again = again + weights.w_conversion * settled.omega
        unmoved = unmoved + weights.w_conversion * (settled.omega - settled.phi)
    return Loads(np.asarray(again), np.asarray(unmoved))


class Premium(NamedTuple):
    """What a deal in force is worth above no deal, x = level - slope s + drift w.

    With the share s of the shift behind one, and w rounds without a deal before it was in force. The slope may be by
    class of deals where the level is by deal.
    """

    level: Floats
    slope: Floats
    drift: Floats | float = 0.0


def signed_again(
    bare: Floats,
    loads: Loads,
    kappa: Floats,
    *,
    shift: Floats | float = 0.0,
    paid: Floats | float = 0.0,
    creep: Floats | None = None,
    wait: Floats | float = 0.0,
    after: Premium | None = None,
    spread: Ints | None = None,
) -> Premium:
    """Premium of a deal that is signed again whenever it has broken; see the docstring of this module.

    Args:
        bare:  v0 - W, its premium if nobody ever talked again, none of the shift behind
        loads: of the deal
        kappa: discount from a collapse to the deal in force again
        shift: Delta, where power moves once; 0 where every pause moves it anew (then it is in ``bare`` alone)
        paid:  what each further signature pays besides, seen from the collapse
        creep: c, what each round without a deal adds to W; None where it does not drift
        wait:  T, rounds from a collapse to the deal in force again
        after: the premium at the next signature, if it is not the same
        spread: (K,) class of each deal where ``bare`` holds deals on its last axis and everything else classes, so
            that most of it is computed once a class; the slope is then by class
    Source: geometric series of cycles; ours, checked by simulation
    Example:
        >>> found = signed_again(np.array(0.1), Loads(np.array(0.5), np.array(0.3)), np.array(0.8))
        >>> round(float(found.level), 6)
        0.166667
    """
    moved = loads.again - loads.unmoved
    if after is None:
        slope = np.asarray(shift * (1 - loads.unmoved) / (1 - kappa * loads.unmoved))
        drift: Floats | float = 0.0
        if creep is not None:
            drift = np.asarray(-(1 - loads.again) * creep / (1 - loads.again * kappa))
            paid = paid + kappa * wait * drift
        steps = (kappa * slope * moved, loads.again * paid, 1 - loads.again * kappa)
        lost, gained, left = steps if spread is None else (one[..., spread] for one in steps)
        if creep is not None and spread is not None:
            drift = np.asarray(drift)[..., spread]
        return Premium(np.asarray((bare - lost + gained) / left), slope, drift)
    slope = np.asarray(shift * (1 - loads.unmoved) + kappa * loads.unmoved * after.slope)
    level = bare + kappa * (after.level * loads.again - after.slope * moved) + loads.again * paid
    return Premium(np.asarray(level), slope)


@dataclass(frozen=True)
class ReopenedTalks:
    """When talks reopen in a block of draws.

    chance: (B,) chance per round once a deal has broken
    rounds: (B,) rounds of talks until the deal is signed again
    failed: (B,) chance per round once talks have failed
    paid_each_time: whether pressure is paid at every signature, not at the first alone
    """

    chance: Floats
    rounds: Floats
    failed: Floats
    paid_each_time: bool

    @classmethod
    def of(cls, scenario: Scenario, draws: Draws) -> ReopenedTalks | None:
        """Read them; None where talks never reopen, or where refusal falls back on talks and reckons with them so."""
        found, length, size = scenario.talks.reopening, scenario.talks.round_years, len(draws)
        longest = np.full(size, float(scenario.talks.talk_rounds))
        if not reopens(scenario):
            return None
        if found is None:
            return cls(np.ones(size), longest, np.zeros(size), paid_each_time=True)
        chance = per_round(draws["talks.reopening.chance"], length)
        if found.lasts is not None:
            longest = np.rint(draws["talks.reopening.lasts"] / length)
        failed = per_round(draws.get("talks.reopening.after_failure", 0.0), length)
        return cls(chance, longest, failed, paid_each_time=found.pressure == "each time")
