"""How long a document lasts and what that makes it worth: four numbers for each actor.

A document pays its flow while it stands; after each round it collapses into resumed war with chance h or,
if talks go on, is replaced by a settlement with chance q. Everything below is a function of those chances,
of patience and of how fast power shifts under the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.foundations import FloatOrFloats, Floats, Ints


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


def durability(
    delta: FloatOrFloats, h: FloatOrFloats, q: FloatOrFloats = 0.0, theta: FloatOrFloats = 1.0
) -> DurabilityWeights:
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


def mixed(share: FloatOrFloats, fragile: DurabilityWeights, holds: DurabilityWeights) -> DurabilityWeights:
    """Weights of a document that is fragile with some chance and holds else, its sort unknown at the signature.

    What is weighed is linear in the sorts, so weights are mixed; the odds chi and psi are those of the mixed numbers,
    not mixed odds. With a share of 0 they are those of a document that holds, bit for bit.

    Args:
        share:   chance that the document is fragile, 0..1
        fragile: weights if it is
        holds:   weights if it is not
    Source: mixture of a vulnerable and a lasting part (Farewell 1982, Biometrics 38:1041-1046); the closed forms as
        ``durability``
    Example:
        >>> found = mixed(0.5, durability(0.95, 0.3), durability(0.95, 0.01))
        >>> round(float(found.omega), 4), round(float(found.chi), 4)
        (0.5052, 1.021)
    """
    q = np.asarray(share, dtype=np.float64)

    def mean(one: Floats, other: Floats) -> Floats:
        return np.asarray(other + q * (one - other))

    # What follows without conversion: omega = chi / (1 + chi), phi = psi / (1 + chi).
    peace = mean(1 / (1 + fragile.chi), 1 / (1 + holds.chi))
    war = mean(fragile.chi / (1 + fragile.chi), holds.chi / (1 + holds.chi))
    loading = mean(fragile.psi / (1 + fragile.chi), holds.psi / (1 + holds.chi))
    shares = [mean(one, other) for one, other in zip(fragile[:5], holds[:5], strict=True)]
    odds = [np.where(q == 0, holds.chi, war / peace), np.where(q == 0, holds.psi, loading / peace)]
    return DurabilityWeights(*[*shares, *odds])


def at_odds(share: FloatOrFloats, factor: FloatOrFloats) -> Floats:
    """A chance whose odds are multiplied by a factor of 0 or more; 0 and 1 stay.

    Example:
        >>> float(at_odds(0.5, 3.0)), float(at_odds(0.0, 9.0))
        (0.75, 0.0)
    """
    q = np.asarray(share, dtype=np.float64)
    up = q * factor
    return np.asarray(up / np.maximum(1 - q + up, np.finfo(float).tiny))


def posterior_fragile(share: FloatOrFloats, fragile: FloatOrFloats, holds: FloatOrFloats) -> Floats:
    """Chance that a document is fragile given that it still stands.

    Args:
        share:   chance at the signature, 0..1
        fragile: chance that a fragile document stands for so long, 0..1
        holds:   chance that one that holds does, 0..1
    Returns:
        chance, 0..1; 0 where neither could have stood so long
    Source: Bayes' rule
    Example:
        >>> round(float(posterior_fragile(0.5, 0.7**12, 0.99**12)), 4)
        0.0154
    """
    q = np.asarray(share, dtype=np.float64)
    stood = q * fragile
    return np.asarray(stood / np.maximum(stood + (1 - q) * holds, np.finfo(float).tiny))


def aged_hazard(first: FloatOrFloats, shape: FloatOrFloats, age: FloatOrFloats | Ints) -> Floats:
    """Chance that a document breaks in the round of some age, if the hazard follows Weibull ages.

    Args:
        first: chance of a collapse in its first round, 0..1
        shape: below 1 it hardens with age, above 1 it wears out; 1 leaves the first chance, bit for bit
        age:   1 for the first round
    Source: Weibull survival grouped in rounds (Prentice & Gloeckler 1978, Biometrics 34:57-67)

    Example:
        >>> aged_hazard(0.2, 0.5, np.array([1, 4])).round(4).tolist()
        [0.2, 0.058]
    """
    k, t = np.asarray(shape, dtype=np.float64), np.asarray(age, dtype=np.float64)
    with np.errstate(divide="ignore"):
        rate = -np.log1p(-np.asarray(first, dtype=np.float64))
    return np.asarray(np.where(k == 1, first, -np.expm1(-rate * (t**k - (t - 1) ** k))))


def survival(first: FloatOrFloats, shape: FloatOrFloats, age: FloatOrFloats | Ints) -> Floats:
    """Chance that a document still stands after so many rounds, (1 - first) to the power age**shape.

    Example:
        >>> round(float(survival(0.2, 1.0, 2)), 4), float(survival(0.2, 0.5, 0))
        (0.64, 1.0)
    """
    power = np.asarray(age, dtype=np.float64) ** np.asarray(shape, dtype=np.float64)
    return np.asarray((1 - np.asarray(first, dtype=np.float64)) ** np.where(np.asarray(age) == 0, 0.0, power))


def ageing(
    delta: FloatOrFloats,
    first: FloatOrFloats,
    shape: FloatOrFloats,
    q: FloatOrFloats,
    theta: FloatOrFloats,
    *,
    age: Ints | int = 0,
    tail: int,
) -> DurabilityWeights:
    """Weights of a document whose hazard changes with its age, from some age on; arguments broadcast.

    Runs back from the tail, where the hazard stays what it is by then: with z_a = (flow, war, conversion) from age a
    on, z_a = (1 - delta, 0, 0) + delta [h_a (0, 1, 0) + (1 - h_a) (q (0, 0, 1) + (1 - q) z_(a+1))]. The shift of power
    that has happened before the age is left out: what these weights load is the shift from that age on.

    Args:
        delta, q, theta: as ``durability``
        first: chance of a collapse in the first round, 0..1
        shape: see ``aged_hazard``
        age:   rounds that it has stood
        tail:  age from which the hazard stays
    Source: v_a = (1 - delta) u + delta [(1 - h_a) v_(a+1) + h_a (R - eta + shift)], ours, checked by simulation
    Example:
        >>> plain, same = durability(0.95, 0.1, 0.2, 0.5), ageing(0.95, 0.1, 1.0, 0.2, 0.5, tail=30)
        >>> bool(np.allclose(plain, same))
        True
    """
    d, k, c, speed = (np.asarray(one, dtype=np.float64) for one in (delta, shape, q, theta))
    last = aged_hazard(first, k, tail + 1)
    now = durability(d, last, c, speed)
    rest = durability(d, last, 0.0, speed)
    interim, omega, convert = now.w_interim, now.omega, now.w_conversion
    unmoved, unmoved_convert = omega - now.phi, convert - now.phi_conversion
    war = np.asarray(rest.chi / (1 + rest.chi))
    unmoved_war = np.asarray(war - rest.psi / (1 + rest.chi))
    found = [interim, omega, convert, unmoved, unmoved_convert, war, unmoved_war]
    wanted = np.asarray(age)
    shape_all = np.broadcast_shapes(*(one.shape for one in found), wanted.shape)
    kept = [np.broadcast_to(one, shape_all).copy() for one in found]
    for a in range(tail - 1, -1, -1):
        h = aged_hazard(first, k, a + 1)
        stays = d * (1 - h)
        goes, on = d * h, stays * (1 - c)
        interim, omega, convert = (1 - d) + on * interim, goes + on * omega, stays * c + on * convert
        unmoved = (1 - speed) * (goes + on * unmoved)
        unmoved_convert = (1 - speed) * (stays * c + on * unmoved_convert)
        war, unmoved_war = goes + stays * war, (1 - speed) * (goes + stays * unmoved_war)
        here = np.broadcast_to(wanted == a, shape_all)
        if here.any():
            for old, new in zip(
                kept, (interim, omega, convert, unmoved, unmoved_convert, war, unmoved_war), strict=True
            ):
                np.copyto(old, new, where=here)
    interim, omega, convert, unmoved, unmoved_convert, war, unmoved_war = kept
    peace = 1 - war
    return DurabilityWeights(
        interim, omega, convert, omega - unmoved, convert - unmoved_convert, war / peace, (war - unmoved_war) / peace
    )


def watched(
    delta: FloatOrFloats,
    h: FloatOrFloats,
    q: FloatOrFloats,
    theta: FloatOrFloats,
    found: Sequence[Floats],
    unseen: Sequence[Floats],
    *,
    age: FloatOrFloats | Ints = 0,
) -> tuple[DurabilityWeights, list[Floats]]:
    """Weights of a document that some break in secret: once one of them is found out, it collapses.

    As long as nobody can be found out yet it lasts like any other; from the round n on that one can be, it collapses
    besides with the chance f, so that weights of both are put together with b = delta (1 - h) (1 - q):
    w = (1 - b**n) w(h) + b**n w(1 - (1 - h) (1 - f)), and stage by stage where several break it.

    Args:
        delta, h, q, theta: as ``durability``
        found:  of each who breaks it, the chance per round that he is found out, once he can be; 0..1
        unseen: of each, how many rounds he cannot be
        age:    rounds that it has stood
    Returns:
        the weights, and of each who breaks it the weight of his being found out, a part of omega
    Source: as ``durability``; ours, checked by summing the series
    Example:
        >>> one = np.array(0.2)
        >>> weights, (caught,) = watched(0.9, 0.1, 0.0, 1.0, [one], [np.array(0.0)])
        >>> round(float(weights.omega), 6), round(float(caught), 6)
        (0.715909, 0.460227)
    """
    d, own, c, speed = (np.asarray(one, dtype=np.float64) for one in (delta, h, q, theta))
    left = [np.maximum(np.asarray(n, dtype=np.float64) - age, 0.0) for n in unseen]
    starts = [
        np.zeros(np.broadcast_shapes(*(n.shape for n in left))),
        *np.sort(np.stack(np.broadcast_arrays(*left)), 0),
    ]
    sums: list[Floats] = []
    for stage in range(len(left), -1, -1):
        here = [np.where(n <= starts[stage], f, 0.0) for n, f in zip(left, found, strict=True)]
        hidden = np.asarray(np.prod(np.stack(np.broadcast_arrays(*(1 - one for one in here))), axis=0))
        plain = durability(d, 1 - (1 - own) * hidden, c, speed)
        stays = d * (1 - own) * hidden
        on, alone = stays * (1 - c), durability(d, 1 - (1 - own) * hidden, 0.0, speed)
        war = alone.chi / (1 + alone.chi)
        rates = [
            (plain.w_interim, on),
            (plain.omega, on),
            (plain.w_conversion, on),
            (plain.omega - plain.phi, on * (1 - speed)),
            (plain.w_conversion - plain.phi_conversion, on * (1 - speed)),
            (war, stays),
            (war - alone.psi / (1 + alone.chi), stays * (1 - speed)),
            *((d * (1 - own) * one / (1 - on), on) for one in here),
        ]
        if not sums:
            sums = [np.asarray(value) for value, _ in rates]
            continue
        length = starts[stage + 1] - starts[stage]
        sums = [
            np.asarray(value + ratio**length * (later - value))
            for (value, ratio), later in zip(rates, sums, strict=True)
        ]
    interim, omega, convert, unmoved, unmoved_convert, war, unmoved_war = sums[:7]
    peace = 1 - war
    weights = DurabilityWeights(
        interim, omega, convert, omega - unmoved, convert - unmoved_convert, war / peace, (war - unmoved_war) / peace
    )
    return weights, sums[7:]


def per_round(yearly: FloatOrFloats, round_years: float) -> Floats:
    """Chance per round of what happens with a given chance per year.

    Example:
        >>> round(float(per_round(0.19, 0.5)), 6)
        0.1
    """
    return np.asarray(1 - (1 - np.asarray(yearly)) ** round_years)


def hazard(
    base: FloatOrFloats, enforcement: FloatOrFloats, resolved: FloatOrFloats, a_e: FloatOrFloats, a_r: FloatOrFloats
) -> Floats:
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
    u: FloatOrFloats,
    R: FloatOrFloats,
    eta: FloatOrFloats,
    shift: FloatOrFloats,
    weights: DurabilityWeights,
    *,
    s0: FloatOrFloats = 0.0,
    lam: FloatOrFloats = 0.0,
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


def shifted(theta: FloatOrFloats, age: FloatOrFloats | Ints) -> Floats:
    """Share of the eventual power shift that has happened once a document has stood for so many rounds, 0..1.

    Example:
        >>> float(shifted(0.5, 2)), float(shifted(1.0, 0))
        (0.75, 0.0)
    """
    return np.asarray(1 - (1 - np.asarray(theta)) ** np.asarray(age))


def aged_loading(omega: FloatOrFloats, phi: FloatOrFloats, theta: FloatOrFloats, age: FloatOrFloats | Ints) -> Floats:
    """Loading of the eventual power shift in a document that has stood for so many rounds, phi..omega.

    What has already shifted is lost at a collapse whenever that comes: omega - (1 - theta)**age (omega - phi).

    Source: as ``durability``; ours, checked by summing the series
    Example:
        >>> float(aged_loading(0.6, 0.4, 0.5, 0)), round(float(aged_loading(0.6, 0.4, 0.5, 3)), 6)
        (0.4, 0.575)
    """
    return np.asarray(phi + (np.asarray(omega) - phi) * shifted(theta, age))
