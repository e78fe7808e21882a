"""How much a round counts against the one before it."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import Floats
from sim.scenario import Draws, Scenario

#: Who counts the future like the present discounts a round by this little: the limit of patience, in which only what
#: lasts counts, would otherwise be nothing divided by nothing.
MOST_PATIENT: Final = 1 - 1e-9


def round_discount(scenario: Scenario, draws: Draws) -> Floats:
    """(B, A) discount factor per round: patience per year, by the length of a round.

    Source: exponential discounting (Samuelson 1937)
    """
    patience = np.column_stack([draws[f"{name}.patience"] for name in scenario.actors])
    return np.minimum(patience**scenario.talks.round_years, MOST_PATIENT)
