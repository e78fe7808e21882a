"""A sweep in one call, in this process, with nothing written to the disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import xarray as xr

from sim.ensemble.ask import ask_scenario, require_draws, require_scenario
from sim.foundations import InputError, Problem, nearest
from sim.scenario import Scenario, widened
from sim.scenario.widening import AS_STATED
from sim.sweeps.axis_text import axes_over
from sim.sweeps.design_points import make_points
from sim.sweeps.playing import sweep_in_memory
from sim.sweeps.sweep_ask import SweepAsk, kept_by_default


def sweep(
    scenario: Scenario,
    over: Mapping[str, str | Sequence[Any]],
    *,
    design: str = "grid",
    points: int | None = None,
    draws: int = 200,
    overlays: Mapping[str, Scenario] | None = None,
    independent: bool = False,
    widen: float = AS_STATED,
) -> xr.Dataset:
    """Play a scenario at many points and return the labelled shares of endings, as `sim sweep` does.

    Args:
        over:        path -> values, ``[0.6, 0.8]``, or text as on the command line, ``"0.6:0.97:5"``; the path
                     ``overlay`` lays overlays over the scenario
        design:      grid, lhs, sobol, random or one-at-a-time
        points:      how many points lhs, sobol and random have
        draws:       worlds at each point
        overlays:    name -> scenario under that overlay, for the path ``overlay``
        independent: other worlds at each point instead of the same ones
        widen:       half-widths of stated ranges times this, under overlays too; 1.29 for overconfident ones
    Returns:
        dataset with one dimension per axis on a grid, else ``point``; ``ending_share`` and the like by ``group``
    Raises:  InputError for a path, value or design that does not exist, with the nearest right one
    Example:
        >>> issue = {"levels": ["a", "b", "c"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9, "range": [0.8, 0.95], "assumed": "toy"}}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor}, default_assumed="toy")
        >>> dict(sweep(toy, over={"p.patience": [0.5, 0.7, 0.9]}, draws=2)["ending_share"].sizes)["p.patience"]
        3
    """
    require_scenario(scenario, "sweep")
    draws = require_draws(draws)
    scenario = widened(scenario, widen)
    given = {name: widened(overlay, widen) for name, overlay in (overlays or {}).items()}

    def laid(name: str) -> Scenario:
        if name not in given:
            raise InputError(
                Problem(f'there is no overlay "{name}" among those given', allowed=", ".join(given) or "none",
                        nearest=nearest(name, given))
            )  # fmt: skip
        return given[name]

    design_points = make_points(axes_over(over, scenario, laid), design, points, scenario.seed)
    named = {one.overlay for one in design_points.structures if one.overlay is not None}
    return sweep_in_memory(
        SweepAsk(
            replace(ask_scenario(scenario, draws, overlays={name: given[name] for name in named}), widen=widen),
            design_points,
            common=not independent,
            keep=kept_by_default(len(design_points), draws),
        )
    )
