"""Who refuses the nearest deal of each kind most often, and by what: truces and settlements may fail on two sides."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.foundations import TOLERANCE, Bools


@dataclass(frozen=True)
class Refusal:
    """The party that most often refuses the nearest deal of a kind.

    kind:   code of the kind
    actor:  who refuses
    share:  of the draws that have such a deal in which it refuses
    barred: of the same in which a hard red line of its own bars the deal
    term:   the term that costs it most on average
    """

    kind: str
    actor: str
    share: float
    barred: float
    term: str

    @property
    def by_red_line(self) -> bool:
        """Whether more than half of the refusals cross a red line."""
        return self.barred > 0.5 * self.share


def refusals(results: xr.Dataset, where: Bools) -> tuple[Refusal, ...]:
    """Find them among the draws ``where`` (B,), the kind that is refused most often first; as the figure "why-not"."""
    if "surplus" not in results:
        return ()
    actors = [str(name) for name in results["actor"].values]
    parties = [actors.index(str(name)) for name in np.atleast_1d(results.attrs["parties"])]
    terms = [str(name) for name in results["term"].values]
    found = []
    for n, kind in enumerate(str(name) for name in results["target"].values):
        here = where & (results["target_deal"].values[:, n] >= 0)
        if not here.any():
            continue
        barred = results["barred"].values[here, n].astype(bool)
        no = (results["surplus"].values[here, n] < -TOLERANCE) | barred
        party = max(parties, key=lambda one: no[:, one].mean())
        share = float(no[:, party].mean())
        if share > 0:
            term = terms[int(results["surplus_part"].values[here, n, party].mean(axis=0).argmin())]
            found.append(Refusal(kind, actors[party], share, float(barred[:, party].mean()), term))
    return tuple(sorted(found, key=lambda one: -one.share))
