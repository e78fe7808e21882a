"""What is measured of every world: shares of endings, whether any deal is acceptable, what was declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.engine import DECLARED, ENDINGS
from sim.experiments.discovery.condition import Columns, Condition, parse
from sim.foundations import Floats

#: What is looked at if nobody asks for something else.
DEFAULT: Final = (
    *(f"ending == {name}" for name in ENDINGS),
    "acceptable_deals > 0",
    *(f"declared == {name}" for name in DECLARED),
)


def measures(texts: Sequence[str] = ()) -> tuple[Condition, ...]:
    """Parse conditions whose shares are to be explained; the usual ones if none is given.

    Example:
        >>> [measure.text for measure in measures(["held < 12"])]
        ['held < 12']
    """
    return tuple(parse(text) for text in (texts or DEFAULT))


def measured(columns: Columns, wanted: Sequence[Condition]) -> Floats:
    """(N, M) 1 where the condition holds at the point, 0 where not, nan where the point failed."""
    failed = ~np.isfinite(columns["ending"].values) if "ending" in columns else np.False_
    return np.stack([np.where(failed, np.nan, condition(columns).astype(float)) for condition in wanted], axis=1)
