"""How long a document lasts and what that makes it worth: four numbers for each actor.

A document pays its flow while it stands; after each round it collapses into resumed war with chance h or,
if talks go on, is replaced by a settlement with chance q. Everything below is a function of those chances,
of patience and of how fast power shifts under the document.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.foundations import Floats, Ints

Number = float | Floats


class DurabilityWeights(NamedTuple):
    """Normalised weights of what follows a signature; interim + war + conversion add up to 1.

    w_interim:      weight of the flow while the document stands, 0..1
    omega:          weight of resumed war, 0..1
    w_conversion:   weight of the settlement it is converted into, 0..1
    phi:            loading of the eventual power shift on collapse, 0..omega
    phi_conversion: the same loading on terms that track power, 0..w_conversion
    chi:            odds of war, omega / (1 - omega) when no conversion is in prospect, 0 or more
    psi:            shift loading by unit of peace, phi / (1 - omega), likewise, 0..chi
    """

    w_interim: Floats
    omega: Floats
    w_conversion: Floats
    phi: Floats
    phi_conversion: Floats
    chi: Floats
    psi: Floats


def durability(delta: Number, h: Number, q: Number = 0.0, theta: Number = 1.0) -> DurabilityWeights:
    """Sum the discounted life of a document into weights; arguments broadcast.

    Args:
        delta: discount factor per round, in (0, 1)
        h:     chance per round that the document collapses, 0..1
        q:     chance per round, given survival, that it is converted into a settlement, 0..1
        theta: share of the remaining power shift that happens each round, in (0, 1]; 1 is at once
    Returns:
        arrays of the broadcast shape
    Source: Howard 1960, ch. 4, normalised value of a Markov chain with absorption; the closed forms are
        ours, checked by summing the series
    Example:
        >>> weights = durability(0.95, 0.1)
        >>> round(float(weights.omega), 4), round(float(weights.chi), 4)
        (0.6552, 1.9)
    """
    delta = np.asarray(delta, dtype=np.float64)
    h = np.asarray(h, dtype=np.float64)
    stay = delta * (1 - h)
    beta = stay * (1 - q)
    leave = 1 - beta
    speed = theta / (1 - beta * (1 - theta))
    omega = delta * h / leave
    w_conversion = stay * q / leave
    chi = delta * h / (1 - delta)
    return DurabilityWeights(
        w_interim=np.asarray((1 - delta) / leave),
        omega=np.asarray(omega),
        w_conversion=np.asarray(w_conversion),
        phi=np.asarray(omega * speed),
        phi_conversion=np.asarray(w_conversion * speed),
        chi=np.asarray(chi),
        psi=np.asarray(chi * theta / (1 - stay * (1 - theta))),
    )


def per_round(yearly: Number, round_years: float) -> Floats:
    """Chance per round of what happens with a given chance per year.

    Example:
        >>> round(float(per_round(0.19, 0.5)), 6)
        0.1
    """
    return np.asarray(1 - (1 - np.asarray(yearly)) ** round_years)


def hazard(base: Number, enforcement: Number, resolved: Number, a_e: Number, a_r: Number) -> Floats:
    """Chance per round that a document collapses; enforcement and resolved root causes lower it.

    Args:
        base:        rate per round of a bare document, 0 or more
        enforcement: monitoring and guarantees, 0 or more
        resolved:    share of the root causes that is settled, 0..1
        a_e, a_r:    how much one unit of each lowers the log rate, 0 or more
    Returns:
        chances, 0..1, of the broadcast shape
    Source: Prentice & Gloeckler 1978, proportional hazards in discrete time (complementary log-log link)
        with enforcement and resolved root causes as covariates
    Example:
        >>> round(float(hazard(0.25, 1.0, 0.0, 2.0, 1.5)), 4)
        0.0333
    """
    exponent = np.asarray(-np.asarray(a_e) * enforcement - np.asarray(a_r) * resolved, dtype=np.float64)
    return np.asarray(-np.expm1(-base * np.exp(exponent)))


def value_of_document(
    u: Number,
    R: Number,
    eta: Number,
    shift: Number,
    weights: DurabilityWeights,
    *,
    s0: Number = 0.0,
    lam: Number = 0.0,
    spread: Ints | None = None,
) -> Floats:
    """Value of signing now: flow while it stands, war if it collapses, a settlement if it is converted.

    Args:
        u:       flow per round while the document stands
        R:       value of what a collapse returns the actor to, before damage and shift
        eta:     lasting damage of a collapse, 0 or more
        shift:   eventual change of power in the actor's own value units, signed: positive helps him
        weights: from ``durability``
        s0:      value of the settlement that talks convert the document into
        lam:     how far its terms track power, 0..1
        spread:  (K,) class of each deal where ``u`` holds deals on its last axis and everything else classes of
            deals that last equally long: what follows is then computed once a class
    Returns:
        values of the broadcast shape
    Source: as ``durability``; ours, checked by summing the series
    Example:
        >>> round(float(value_of_document(0.5, 0.45, 0.0, 0.0, durability(0.95, 0.1))), 6)
        0.467241
    """
    loading = weights.phi + lam * weights.phi_conversion
    after = np.asarray(weights.omega * (np.asarray(R) - eta) + loading * shift + weights.w_conversion * s0)
    if spread is None:
        return np.asarray(weights.w_interim * u + after)
    value = weights.w_interim[..., spread] * u
    value += after[..., spread]
    return np.asarray(value)


def shifted(theta: Number, age: Number | Ints) -> Floats:
    """Share of the eventual power shift that has happened once a document has stood for so many rounds, 0..1.

    Example:
        >>> float(shifted(0.5, 2)), float(shifted(1.0, 0))
        (0.75, 0.0)
    """
    return np.asarray(1 - (1 - np.asarray(theta)) ** np.asarray(age))


def aged_loading(omega: Number, phi: Number, theta: Number, age: Number | Ints) -> Floats:
    """Loading of the eventual power shift in a document that has stood for so many rounds, phi..omega.

    What has already shifted is lost at a collapse whenever that comes: omega - (1 - theta)**age (omega - phi).

    Source: as ``durability``; ours, checked by summing the series
    Example:
        >>> float(aged_loading(0.6, 0.4, 0.5, 0)), round(float(aged_loading(0.6, 0.4, 0.5, 3)), 6)
        (0.4, 0.575)
    """
    return np.asarray(phi + (np.asarray(omega) - phi) * shifted(theta, age))
