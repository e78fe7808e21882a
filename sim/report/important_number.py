"""The numbers that move the ending most, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.runs.explained_share import chance_share
from sim.scenario import Scenario
from sim.words import number_title

#: How many of the most important numbers are named.
_NAMED = 5


@dataclass(frozen=True)
class ImportantNumber:
    """A number that moves the ending.

    path, title: which number, and what people call it
    share:   of the variance of the ending that it explains alone, 0..1
    claims:  what it rests on of the article
    assumed: why it has the range it has, where the evidence is silent
    rates:   what it rests on of how often things went which way elsewhere
    beyond:  whether it explains more than the best of as many numbers without influence would by chance
    """

    path: str
    title: str
    share: float
    claims: tuple[str, ...]
    assumed: str
    rates: tuple[str, ...] = ()
    beyond: bool = True


def important(results: xr.Dataset, scenario: Scenario) -> tuple[ImportantNumber, ...]:
    """List them, the most important first; none where that was not worked out."""
    if "importance" not in results:
        return ()
    least = chance_share(results)
    shares = results["importance"].values
    found = []
    for n in np.argsort(-shares, kind="stable")[:_NAMED]:
        path = str(results["path"].values[n])
        if shares[n] > 0:
            quantity = scenario.numbers[path].quantity
            title, reason = number_title(scenario, path), scenario.reason(quantity)
            found.append(
                ImportantNumber(
                    path, title, float(shares[n]), quantity.claims, reason, quantity.rates, bool(shares[n] >= least)
                )
            )
    return tuple(found)
