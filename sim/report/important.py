"""The numbers that move the ending most, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.scenario import Scenario
from sim.words import number_title

#: How many of the most important numbers are named.
_NAMED = 5


@dataclass(frozen=True)
class Important:
    """A number that moves the ending.

    path, title: which number, and what people call it
    share:   of the variance of the ending that it explains alone, 0..1
    claims:  what it rests on; empty if it is assumed
    assumed: why it has the range it has, where the evidence is silent
    """

    path: str
    title: str
    share: float
    claims: tuple[str, ...]
    assumed: str


def important(results: xr.Dataset, scenario: Scenario) -> tuple[Important, ...]:
    """List them, the most important first; none where that was not worked out."""
    if "importance" not in results:
        return ()
    shares = results["importance"].values
    found = []
    for n in np.argsort(-shares, kind="stable")[:_NAMED]:
        path = str(results["path"].values[n])
        if shares[n] > 0:
            quantity = scenario.numbers[path].quantity
            reason = quantity.assumed or ("" if quantity.claims else scenario.default_assumed)
            found.append(Important(path, number_title(scenario, path), float(shares[n]), quantity.claims, reason))
    return tuple(found)
