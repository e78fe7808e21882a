"""What is measured of every world: shares of endings, whether any deal is acceptable, what was declared."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.experiments.discovery.condition import Columns, Condition, parse
from sim.foundations import Floats
from sim.scenario import Scenario
from sim.scenario.kinds import declared_codes, ending_codes


def usual(scenario: Scenario) -> tuple[str, ...]:
    """What is looked at if nobody asks for something else: every ending, whether a deal exists, every first deal."""
    endings = (f"ending == {name}" for name in ending_codes(scenario))
    declared = (f"declared == {name}" for name in declared_codes(scenario))
    return (*endings, "acceptable_deals > 0", *declared)


def measures(scenario: Scenario, texts: Sequence[str] = ()) -> tuple[Condition, ...]:
    """Parse conditions whose shares are to be explained; the usual ones if none is given."""
    return tuple(parse(text) for text in (texts or usual(scenario)))


def measured(columns: Columns, wanted: Sequence[Condition]) -> Floats:
    """(N, M) 1 where the condition holds at the point, 0 where not, nan where the point failed."""
    failed = ~np.isfinite(columns["ending"].values) if "ending" in columns else np.False_
    return np.stack([np.where(failed, np.nan, condition(columns).astype(float)) for condition in wanted], axis=1)
