"""Many players, everybody must agree, the proposer of each round is drawn by lot."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


class RandomProposerShares(NamedTuple):
    """Stationary equilibrium with a random proposer.

    surplus:    what the proposer keeps above his own continuation
    value:      (A,) expected share before the proposer is drawn
    proposing:  (A,) share when proposing
    responding: (A,) share when somebody else proposes
    """

    surplus: float
    value: Floats
    proposing: Floats
    responding: Floats


@EQUILIBRIA.register("random-proposer", source="Binmore 1987; Merlo & Wilson 1995, Econometrica 63")
def random_proposer(chances: npt.ArrayLike, deltas: npt.ArrayLike) -> RandomProposerShares:
    """Solve unanimity bargaining over a pie of 1 whose proposer is drawn by lot in each round.

    Args:
        chances: (A,) chance of proposing in a round, sum 1
        deltas:  (A,) discount factors per round, 0..1; those with 1 are patient without limit and equally so

    Returns:
        shares and expected values
    Source: stationary subgame-perfect equilibrium; linear case of Merlo & Wilson 1995
    Example:
        >>> random_proposer([0.5, 0.3, 0.2], [0.9, 0.95, 0.8]).value.round(4).tolist()
        [0.4167, 0.5, 0.0833]
    """
    p = np.asarray(chances, dtype=np.float64)
    delta = np.asarray(deltas, dtype=np.float64)
    patient = delta == 1
    if (p[patient] > 0).any():  # nothing is left for those who cannot wait as long
        surplus, value = 0.0, np.where(patient, p, 0.0) / p[patient].sum()
    else:
        wait = np.where(patient, 1.0, 1 - delta)  # who never proposes has nothing, however patient
        surplus = float(1 / (1 + (p * delta / wait).sum()))
        value = p * surplus / wait
    return RandomProposerShares(surplus, value, delta * value + surplus, delta * value)


@EQUILIBRIA.register("random-proposer-limit", source="Binmore 1987; Merlo & Wilson 1995, Econometrica 63")
def random_proposer_limit(chances: npt.ArrayLike, rates: npt.ArrayLike) -> Floats:
    """Return expected shares when rounds follow without delay: recognition divided by impatience.

    Args:
        chances: (A,) chance of proposing in a round, sum 1
        rates:   (A,) discount rates, 0 or more; those with 0 are patient without limit and equally so
    Returns:
        (A,) shares, sum 1
    Source: limit of ``random_proposer``
    Example:
        >>> random_proposer_limit([0.5, 0.5], [0.02, 0.08]).round(4).tolist()
        [0.8, 0.2]
    """
    p, rate = np.asarray(chances, dtype=np.float64), np.asarray(rates, dtype=np.float64)
    patient = (rate == 0) & (p > 0)
    strength = np.where(patient, p, 0.0) if patient.any() else p / np.where(rate > 0, rate, 1.0)
    return np.asarray(strength / strength.sum())
