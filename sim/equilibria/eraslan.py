"""Dividing a pie by vote when some propose more often, or wait more patiently, than others."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.equilibria.random_proposer import random_proposer
from sim.foundations import TOLERANCE, Bools, Floats, InputError


class EraslanShares(NamedTuple):
    """Stationary equilibrium of the closed rule with unequal members.

    value:    (A,) expected share before a proposer is drawn; the same in every stationary equilibrium
    included: (A,) chance that somebody else proposes and buys the member's vote, 0..1
    price:    price of the last vote bought; every vote below it is always bought, every vote above never
    standing: a letter for each member: L always bought, M bought by lot, H never bought
    """

    value: Floats
    included: Floats
    price: float
    standing: str


@EQUILIBRIA.register("eraslan", source="Eraslan 2002, J Econ Theory 103:11-30")
def eraslan(chances: npt.ArrayLike, deltas: npt.ArrayLike, quota: int) -> EraslanShares:
    """Divide a pie of 1 by a quota of votes among members who differ in recognition and patience.

    A member's vote costs what waiting is worth to him. Measured in what a proposer keeps, let r be the price of
    the last vote bought. Then a member is bought with chance ``clip(1 / delta - chance / r, 0, 1 - chance)``, and r
    is where these chances add up to the votes needed; the sum rises with r, so that there is one answer.

    Args:
        chances: (A,) chance of proposing in a session, sum 1
        deltas:  (A,) discount factors per session, 0..1
        quota:   votes that carry a proposal, the proposer's own included, 1..A
    Returns:
        expected shares, and who is bought how often at what price
    Raises:  InputError if the quota is not between 1 and A
    Source:  Eraslan 2002 (uniqueness of payoffs); the solution by one price is ours. Where all votes cost the
             same, recognition does not matter and impatience pays: shares go as 1 / delta (Kawamori 2005,
             Econ Bull 3:1-9)

    Example:
        >>> found = eraslan([0.5, 0.3, 0.2], [0.9, 0.9, 0.9], 2)
        >>> found.value.round(4).tolist(), found.standing
        ([0.3548, 0.3226, 0.3226], 'HMM')
    """
    p = np.asarray(chances, dtype=np.float64)
    delta = np.asarray(deltas, dtype=np.float64)
    if not 1 <= quota <= p.size:
        raise InputError(f"a quota of {quota} among {p.size} members; it lies between 1 and {p.size}")
    if quota == p.size:  # every vote is bought, and no single one is the last
        shares = random_proposer(p, delta)
        return EraslanShares(shares.value, 1 - p, float(shares.responding.max()), "L" * p.size)
    patience = 1 / np.maximum(delta, TOLERANCE)
    free = (p == 0) | (delta <= TOLERANCE)  # who has nothing to wait for, or cannot wait, is bought first, for nothing
    inverse = _inverse_price(p, patience, free, quota - 1)
    if np.isfinite(inverse):
        bought = np.where(free, 1 - p, np.clip(patience - p * inverse, 0.0, 1 - p))
    else:  # more free votes than needed: by lot among them
        bought = np.where(free, 1 - p, 0.0) * (quota - 1) / max(float((1 - p)[free].sum()), 1.0)
    price = 1 / inverse
    with np.errstate(divide="ignore", invalid="ignore"):
        always = np.where(p > 0, p * (1 - price) / (1 - delta), 0.0)
    worth = np.minimum(np.maximum(price * patience, p), always) if np.isfinite(inverse) else p
    kept = 1 / worth.sum()
    standing = np.where(bought <= 1e-12, "H", np.where(bought >= 1 - p - 1e-12, "L", "M"))
    return EraslanShares(worth * kept, bought, float(price * kept), "".join(standing))


def _inverse_price(p: Floats, patience: Floats, free: Bools, votes: int) -> float:
    """1 / r at which the chances of being bought add up to the votes needed; they fall piecewise linearly in it.

    Infinite where enough votes are free.
    """
    p_paid, patience_paid, without_price = p[~free], patience[~free], float((1 - p)[free].sum())
    bends = np.sort(np.concatenate([patience_paid, patience_paid - 1 + p_paid]) / np.tile(p_paid, 2))
    sums = np.clip(patience_paid - p_paid * bends[:, None], 0.0, 1 - p_paid).sum(axis=1) + without_price
    if votes <= without_price or not bends.size:
        return np.inf
    return float(np.interp(-votes, -sums, bends))
