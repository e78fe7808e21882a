"""Minimal concession: one new deal for each new deal heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.strategies.negotiator import ASPIRATIONS, OFFERINGS, AbstractAspiration, AbstractOffering, Hearing


def may_concede(hearing: Hearing) -> Bools:
    """(B,) whether MiCRO puts a new deal forward: no more sent than received, and one is left.

    Source:
        de Jonge 2022, algorithm 1.

    Example:
        >>> import numpy as np
        >>> from sim.foundations import Dice
        >>> from sim.table import BargainingTable
        >>> table = BargainingTable.of_payoffs([[1.0, 0.5], [0.0, 0.5]])
        >>> may_concede(Hearing.begin(table, 0, Dice("doc", np.arange(1)))).tolist()
        [True]
    """
    return np.asarray((hearing.sent <= hearing.received) & (hearing.sent < hearing.ranking.count))


@ASPIRATIONS.register("micro", source="de Jonge 2022")
@dataclass(frozen=True)
class Micro(AbstractAspiration):
    """Asks for his next best deal if others have shown as many deals as he has, else for his last new one.

    Deals below his disagreement value, across his red lines or out of reach are never reached.

    Source:  de Jonge 2022 (MiCRO: minimal concession strategy for bilateral negotiation), algorithm 1;
             with several opponents all their different deals count together
    Example:
        >>> Micro.companions
        ('micro-offering', 'own-curve')
    """

    companions: ClassVar[tuple[str, str] | None] = ("micro-offering", "own-curve")

    def demand(self, hearing: Hearing) -> Floats:
        """Place of that deal between floor and best."""
        position = np.where(may_concede(hearing), hearing.sent, np.maximum(hearing.sent - 1, 0))
        value = hearing.ranking.value(position)
        return hearing.share(np.where(np.isfinite(value), value, hearing.best))


@OFFERINGS.register("micro-offering", source="de Jonge 2022")
@dataclass(frozen=True)
class MicroOffering(AbstractOffering):
    """Proposes his deals one by one from the best down, a new one only while he may concede.

    When he may not, he repeats one of those already sent, drawn uniformly.

    Source:  de Jonge 2022, algorithm 1; equal deals in their order in the table
    Example:
        >>> MicroOffering()
        MicroOffering()
    """

    def offer(self, hearing: Hearing, target: Floats) -> Ints:
        """The next deal of the ranking, or one of those before it."""
        del target  # MiCRO walks down its list, whatever the payoffs on the way
        again = np.floor(hearing.uniform("micro") * hearing.sent).astype(np.int64)
        return hearing.ranking.deal(np.where(may_concede(hearing), hearing.sent, again))
