"""What the talks themselves do with the deals there are: miss them, agree too late, or sign good ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.foundations import Bools
from sim.foundations.plain_data import Real


@dataclass(frozen=True)
class TalksFindings:
    """What the talks do, among some draws.

    talks_failed_at_table: share in which they end without agreement though all could accept some deal, arms aside
    overtaken:             share in which they agree and arms (or else something from outside) decide before the
                           signature
    efficient:             share of the first signed deals that are Pareto efficient; nan where none is signed
    """

    talks_failed_at_table: Real
    overtaken: Real
    efficient: Real

    @classmethod
    def of(cls, results: xr.Dataset, where: Bools) -> TalksFindings:
        """Collect it from the draws ``where`` (B,)."""

        def mean(name: str) -> float:
            if name not in results:  # an earlier version wrote them
                return float("nan")
            values = np.asarray(results[name].values[where], float)
            known = values[~np.isnan(values)]
            return float(known.mean()) if len(known) else float("nan")

        return cls(mean("talks_failed_at_table"), mean("overtaken"), mean("efficient"))
