"""The deal that comes closest to being signed, and what stops it."""

from __future__ import annotations

import numpy as np

from sim.foundations import NO_DEAL, Bools, Ints
from sim.table.worlds import Worlds

#: A hard red line weighs more than any number.
_LINE = 10.0


def nearest_deal(worlds: Worlds, among: Bools | None = None) -> Ints:
    """Find the deal whose least satisfied signer loses least by it.

    Surpluses are over the alternative, pressure included, of all signers and of those whose consent the deal
    needs; a hard red line outweighs every number. Ties go to the first deal.

    Args:
        among: (K,) the deals to look at; all by default
    Returns:
        (B,) deal index, NO_DEAL if ``among`` is empty
    """
    size = len(worlds.draws)
    chosen = np.arange(len(worlds.space)) if among is None else np.flatnonzero(among)
    if not len(chosen):
        return np.full(size, NO_DEAL)
    surplus = worlds.payoff[:, :, chosen] - worlds.alternative[:, :, None]
    surplus = surplus - _LINE * ~worlds.permitted[:, :, chosen]
    needed = worlds.space.consent[:, chosen] | worlds.rule.signers[:, None]
    least = np.where(needed, surplus, np.inf).min(axis=1)
    return np.asarray(chosen[least.argmax(axis=1)])
