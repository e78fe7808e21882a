"""Sobol indices: the share of an outcome's variance that each input explains alone, and with all others."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.complete import require_complete
from sim.ensemble.evaluate import evaluate
from sim.ensemble.measures import measured, measures_of
from sim.foundations import Floats
from sim.scenario import Scenario
from sim.sensitivity.grouping import DUMMY, LUCK, OTHERS, RED_LINES, free_numbers, groups
from sim.sensitivity.input_screening import SCREENED_ABOVE, ScreenedInputs, screen
from sim.sensitivity.saltelli import Saltelli
from sim.sensitivity.until_settled import until_settled

#: Base points to begin with.
_FIRST: Final = 256
#: Half the width that the intervals of the leading indices should not exceed.
PRECISION: Final = 0.05
#: Stories told at most, screening included.
STORIES: Final = 100_000


def sobol(
    scenario: Scenario,
    base: int | None = None,
    *,
    by: str = "number",
    of: Sequence[str] = (),
    second: bool = False,
    repeats: int = 1,
    screened: bool = True,
    precision: float = PRECISION,
    stories: int = STORIES,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> xr.Dataset:
    """Play Saltelli's design on the prior and return first, total and second-order indices with intervals.

    On the prior only: observations make the numbers dependent, and the indices of dependent inputs do not
    split the variance (use ``delta`` or ``pawn`` on consistent draws).

    Where there are more than 32 inputs, all are screened first; the sixteen that change most keep an index of their
    own, the numbers left over are one input together. Then the design is doubled until the leading indices are
    settled or the stories are used up.

    Args:
        base:      base points, a power of two; by default as many as it takes, from 256 on
        by:        ``number``, ``actor`` or ``claim``
        of:        conditions whose shares are explained; endings, any acceptable deal, declared by default (what is
                   screened and settled is then the one that varies most)
        second:    second-order indices, at nearly twice the cost
        repeats:   stories told of each point, averaged; takes luck out of the outcome by as much
        screened:  whether many inputs are screened
        precision: half the width that the intervals of the leading indices should not exceed
        stories:   stories told at most, where ``base`` is left open
        executor:  plays blocks side by side; the bits are the same without one
    Returns:
        dataset with dimensions input, measure, size (of the prefix); see ``sobol_indices``, ``until_settled``; of a
        screening also screening_total, screening_half, screening_base (candidate)
    Raises:  IncompleteError if a point failed; InputError for a condition or a base that does not do
    """
    wanted = measures_of(scenario, of)
    chosen = {**groups(scenario, by), RED_LINES: (RED_LINES,), LUCK: (LUCK,), DUMMY: (DUMMY,)}
    if not any(actor.red_lines for actor in scenario.actors.values()):
        del chosen[RED_LINES]
    told = 0

    def play(design: Saltelli, first: int) -> Floats:
        nonlocal told
        columns = evaluate(scenario, design, wanted, first=first, executor=executor, progress=progress)
        outcomes = measured(columns, wanted)
        require_complete(outcomes, "Sobol's method")
        told += len(outcomes)
        return outcomes

    shown = np.full(len(wanted), bool(of))
    design = Saltelli(scenario.seed, (*free_numbers(scenario), DUMMY), chosen, base or _FIRST, second, repeats)
    sieve = None
    if screened and len(chosen) > SCREENED_ABOVE:
        sieve = screen(play, design, shown, most=base or _FIRST)
        shown = sieve.shown
        design = Saltelli(scenario.seed, design.paths, sieve.groups, design.base, second, repeats)
    left = (stories - told) if base is None else 0
    found = until_settled(play, design, [m.text for m in wanted], shown, precision=precision, stories=left)
    found.attrs |= {"by": by, "repeats": repeats, "evaluations": told, "title": scenario.title}
    found.attrs |= {"stories": stories if base is None else 0}
    return found if sieve is None else _with_screening(found, sieve)


def _with_screening(found: xr.Dataset, sieve: ScreenedInputs) -> xr.Dataset:
    """Say what was screened, and what was left out of the indices."""
    coords = {"candidate": list(sieve.names)}
    found = found.assign_coords(coords)
    found["screening_total"] = (("candidate",), sieve.total)
    found["screening_half"] = (("candidate",), sieve.half)
    found["screening_base"] = (("candidate",), sieve.base)
    worst = sieve.largest_left_out()
    found.attrs |= {
        "screened": len(sieve.names),
        "screening_points": sieve.points,
        "others": len(sieve.groups.get(OTHERS, ())),
        "left_out": "" if worst is None else sieve.names[worst],
        "left_out_total": 0.0 if worst is None else float(sieve.total[worst]),
        "left_out_half": 0.0 if worst is None else float(sieve.half[worst]),
    }
    return found
