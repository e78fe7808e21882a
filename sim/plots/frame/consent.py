"""Whose consent a deal needs, and in how many worlds it has it."""

from __future__ import annotations

import numpy as np
import xarray as xr

from sim.foundations import Ints
from sim.plots.frame.labels import actor_titles
from sim.plots.frame.world_groups import WorldGroup


def signer_places(results: xr.Dataset) -> list[int]:
    """Places among the actors of those who sign."""
    names = [str(name) for name in results["actor"].values]
    return [names.index(str(name)) for name in np.atleast_1d(results.attrs["signers"])]


def signer_titles(results: xr.Dataset) -> list[str]:
    """What they are called, in the same order."""
    titles = actor_titles(results)
    return [titles[place] for place in signer_places(results)]


def some_suffice(results: xr.Dataset) -> bool:
    """Whether a deal can be signed without one of those who sign."""
    signers = signer_places(results)
    signed = results["deal"].values >= 0
    if not results["signed_by"].values[signed][:, signers].all():
        return True
    least = results["would_sign"].values[:, signers].min(axis=1)
    return bool((results["could_be_signed"].values > least).any())


def consent(results: xr.Dataset, group: WorldGroup) -> tuple[Ints, Ints]:
    """In how many worlds of a group each deal would be signed at the start of the talks.

    Returns:
        (S, K) by each of those who sign; (K,) by enough of them
    """
    each = results["would_sign"].values[group.index][signer_places(results)]
    return np.asarray(each, dtype=np.int64), np.asarray(results["could_be_signed"].values[group.index], dtype=np.int64)
