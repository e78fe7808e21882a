"""Would what is signed be kept? A certificate for each deal that was signed, and who would be first to break it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from sim.foundations import Bools, Ints
from sim.foundations.plain_data import Real
from sim.scenario import Scenario
from sim.store import meanings
from sim.theory import BREACHES, HOLDS

#: Columns that certificates are read from.
CERTIFICATE_COLUMNS: Final = ("deal", "signed_by", "declared", "held_by", "breach", "breach_gain", "breach_answers")
#: Deals that are told one by one, at most, those signed most often.
_MOST_DEALS: Final = 50


@dataclass(frozen=True)
class FirstBreach:
    """What one who signs would gain by being the first to break his word.

    name:       of the actor
    signed:     in how many worlds he signed
    takes_back: in how many of these he would gain most by taking back what he conceded, others standing still
    ends:       in how many by ending the deal
    gain:       what that gains him on average where he gains, in own value; nan where he never does
    answered:   actor -> in how many of the worlds in which he gains that one could answer at once, and gain by it
    unanswered: in how many of these nobody could
    """

    name: str
    signed: int
    takes_back: int
    ends: int
    gain: Real
    answered: Mapping[str, int]
    unanswered: int

    @property
    def gains(self) -> int:
        """In how many worlds he gains by a first breach, if the others stand still."""
        return self.takes_back + self.ends


@dataclass(frozen=True)
class CertifiedDeal:
    """The certificate of a deal.

    kind, levels: what it is
    worlds:       in how many it was signed first
    held_by:      in how many of these it is held by what: preference, structure, threat; unstable
    breakers:     actor -> in how many of these he would gain by a first breach, of those who ever would
    answerers:    actor -> in how many of these he could answer somebody's breach
    """

    kind: str
    levels: Mapping[str, str]
    worlds: int
    held_by: Mapping[str, int]
    breakers: Mapping[str, int]
    answerers: Mapping[str, int]


@dataclass(frozen=True)
class CertifiedDeals:
    """Certificates of everything that was signed.

    signed:  worlds with a deal whose certificate is known
    held_by: in how many of these it is held by what
    breaches: of each who signs in some of them
    deals:   one by one, those signed most often first
    """

    signed: int
    held_by: Mapping[str, int]
    breaches: tuple[FirstBreach, ...]
    deals: tuple[CertifiedDeal, ...]


def certified_deals(results: xr.Dataset, scenario: Scenario, where: Bools) -> CertifiedDeals | None:
    """Sum up certificates over the worlds that count; ``None`` where no deal has one.

    Args:
        results: with ``CERTIFICATE_COLUMNS``
        where:   (n,) worlds that count
    Source:  graph model for conflict resolution, see ``sim.theory.deal_stability``
    """
    holds = np.asarray(results["held_by"].values)
    known = where & (holds != HOLDS.index("none"))
    if not known.any():
        return None
    signed, breach, gain, bits = (
        np.asarray(results[name].values)[known] for name in ("signed_by", "breach", "breach_gain", "breach_answers")
    )
    breaches = [
        _first_breach(list(scenario.actors), n, signed[:, n].astype(bool), breach[:, n], gain[:, n], bits[:, n])
        for n in range(len(scenario.actors))
        if signed[:, n].any()
    ]
    return CertifiedDeals(
        int(known.sum()),
        _counts(holds[known]),
        tuple(breaches),
        tuple(_certificates(results, list(scenario.actors), known)),
    )


def _first_breach(names: list[str], n: int, signed: Bools, breach: Ints, gain: np.ndarray, bits: Ints) -> FirstBreach:
    gains = breach > 0
    answered = {other: int((gains & (bits >> place & 1 == 1)).sum()) for place, other in enumerate(names)}
    return FirstBreach(
        names[n],
        int(signed.sum()),
        int((breach == BREACHES.index("takes back")).sum()),
        int((breach == BREACHES.index("ends")).sum()),
        float(gain[gains].mean()) if gains.any() else np.nan,
        {other: count for other, count in answered.items() if count},
        int((gains & (bits == 0)).sum()),
    )


def _counts(holds: Ints) -> dict[str, int]:
    return {name: int((holds == code).sum()) for code, name in enumerate(HOLDS[:-1])}


def _certificates(results: xr.Dataset, names: list[str], known: Bools) -> list[CertifiedDeal]:
    deals = np.asarray(results["deal"].values)
    kinds = meanings(results, "declared")
    numbers, counts = np.unique(deals[known], return_counts=True)
    found = []
    for number in numbers[np.argsort(-counts, kind="stable")][:_MOST_DEALS]:
        here = known & (deals == number)
        breach = np.asarray(results["breach"].values)[here]
        bits = np.bitwise_or.reduce(np.asarray(results["breach_answers"].values)[here], axis=1)
        levels = results["deal_level"].values[:, int(number)]
        breakers = {name: int((breach[:, n] > 0).sum()) for n, name in enumerate(names)}
        answerers = {name: int((bits >> n & 1).sum()) for n, name in enumerate(names)}
        found.append(
            CertifiedDeal(
                kinds[int(results["declared"].values[np.flatnonzero(here)[0]])],
                dict(zip(map(str, results["issue"].values), map(str, levels), strict=True)),
                int(here.sum()),
                _counts(np.asarray(results["held_by"].values)[here]),
                {name: count for name, count in breakers.items() if count},
                {name: count for name, count in answerers.items() if count},
            )
        )
    return found
