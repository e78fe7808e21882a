"""The spread of the ending over the points of a sweep: what is swept, evidence, luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.measures import measures_of
from sim.foundations import Floats, Ints
from sim.robustness.spread import ending_columns, tell, variance_parts
from sim.scenario import Scenario

#: Parts of the spread over a study, in the order of tables.
STUDY_VARIANCE_PARTS: Final = ("swept", "evidence", "evidence and swept together", "luck")


def study_spread(
    scenario: Scenario,
    points: Sequence[tuple[Scenario, Mapping[str, float]]],
    worlds: int = 40,
    repeats: int = 2,
    *,
    total: int | None = None,
    progress: Progress | None = None,
) -> xr.Dataset | None:
    """Tell the same worlds several times at points of a design, and split the variance of the ending.

    Every point counts alike, so "swept" depends on how far the axes reach. What is not swept is drawn from its
    range as it is everywhere.

    Args:
        worlds:  worlds, all drawn from the prior
        repeats: stories of each world at each point, at least 2
        points:  scenario and fixed numbers at each of the points that are looked at
        total:   how many points the design has; as many as are looked at by default
    Returns:
        part and half (part_name, measure), total (measure), as ``split_spread``; ``None`` where another seed would
        change nothing at any of the points, or there is only one of them. Attributes: points, of_points, worlds
    Source:  law of total variance, two-way layout with replication (Searle, Casella & McCulloch 1992, ch. 4),
        worlds and points random
    """
    wanted = measures_of(scenario)
    endings = ending_columns(wanted)
    cells = np.empty((worlds, len(points), repeats, len(wanted)))
    for n, (played, fixed) in enumerate(points):

        def moves(world: Ints, fixed: Mapping[str, float] = fixed) -> dict[str, float | Floats]:
            return {path: np.full(len(world), value) for path, value in fixed.items()}

        cells[:, n] = tell(played, worlds, repeats, wanted, variant=(n, len(points)), moves=moves)
        if progress is not None:
            progress(n + 1, len(points))
    cells = cells[:, np.isfinite(cells).all(axis=(0, 2, 3))]
    varying = np.ptp(cells, axis=(0, 2))
    if cells.shape[1] < 2 or not varying[:, endings].any():
        return None
    found = variance_parts(
        cells, [m.text for m in wanted], sums=endings, seed=scenario.seed, sampled=len(points) < (total or 0)
    )
    found = found.isel(part_name=[1, 0, 2, 3]).assign_coords(part_name=list(STUDY_VARIANCE_PARTS))
    found.attrs |= {"method": "study-spread", "worlds": worlds, "repeats": repeats, "title": scenario.title}
    found.attrs |= {"points": cells.shape[1], "of_points": total or len(points), "evaluations": cells[..., 0].size}
    return found
