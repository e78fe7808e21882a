"""Many players, everybody must agree, the right to propose goes round."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import Floats


@EQUILIBRIA.register("rotating-proposer", source="Herrero 1985; Osborne & Rubinstein 1990, 3.13")
def rotating_proposer(deltas: npt.ArrayLike) -> Floats:
    """Return what each player keeps when it is his turn to propose, in the stationary equilibrium.

    Args:
        deltas: (A,) discount factors per round in speaking order, 0..1; those with 1 are patient without limit, the
            limit of factors that approach 1 together
    Returns:
        (A,) own share when proposing
    Source: stationary subgame-perfect equilibrium (Shaked as told by Sutton 1986; Herrero 1985). For three
        patient players every division is an equilibrium; stationarity selects this one
    Example:
        >>> rotating_proposer([0.9, 0.9, 0.9]).round(4).tolist()
        [0.369, 0.369, 0.369]
    """
    delta = np.asarray(deltas, dtype=np.float64)
    turn = np.arange(delta.size)
    wait = (turn[None, :] - turn[:, None]) % delta.size  # rounds until j speaks when i speaks now
    patient = delta == 1
    if patient.sum() < 2:
        return np.asarray(np.linalg.solve(delta[None, :] ** wait, np.ones(delta.size)))
    # With factors 1 - e the patient share the pie and the others get e times what solves the terms of first order.
    system = np.zeros((delta.size + 1, delta.size + 1))
    system[:-1, :-1] = np.where(patient, -wait, delta[None, :] ** wait)
    system[:-1, -1] = 1.0
    system[-1, :-1] = patient
    shares = np.linalg.solve(system, np.append(np.zeros(delta.size), 1.0))[:-1]
    return np.asarray(np.where(patient, shares, 0.0))


@EQUILIBRIA.register("rotating-proposer-shares", source="Herrero 1985; Osborne & Rubinstein 1990, 3.13")
def rotating_proposer_shares(deltas: npt.ArrayLike) -> Floats:
    """Return everybody's share when the first player proposes: each gets what he would keep, discounted.

    Args:
        deltas: (A,) discount factors per round in speaking order, 0..1, as in ``rotating_proposer``
    Returns:
        (A,) shares, sum 1
    Source: as ``rotating_proposer``
    Example:
        >>> rotating_proposer_shares([0.9, 0.8, 0.95]).round(4).tolist()
        [0.3241, 0.1318, 0.5441]
    """
    delta = np.asarray(deltas, dtype=np.float64)
    return np.asarray(delta ** np.arange(delta.size) * rotating_proposer(delta))
