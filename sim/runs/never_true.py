"""Observations that are true in no drawn world, so that all that is left of the draws are bluffs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import xarray as xr

from sim.ensemble import Rows
from sim.ensemble.judging import observed
from sim.foundations import Bools
from sim.scenario import Scenario
from sim.table import DealSpace

#: Worlds that `sim check` looks at; an observation that holds in 2 % of worlds is missed by 200 in 1 of 57 cases.
_WORLDS: Final = 200
#: Fewer worlds say nothing about what never happens.
_FEWEST: Final = 20


def never_true(scenario: Scenario, draws: int = _WORLDS) -> tuple[str, ...]:
    """Return the names of the observations that hold in none of some drawn worlds; nothing is played.

    Those whose speaker bluffs for sure are switched off, and left out.

    Example:
        >>> issue = {"levels": ["a", "b"], "status_quo": "a"}
        >>> actor = {"patience": {"value": 0.9}, "salience": {"x": {"value": 1}}, "war_cost": {"value": 0.1}}
        >>> actor |= {"position": {"x": {"value": "b"}}}
        >>> seen = {"says": "rejects", "actor": "p", "deals": {"levels": {"x": ["b"]}}, "bluff": {"value": 0.1},
        ...         "claims": ["c"]}
        >>> toy = Scenario(title="toy", issues={"x": issue}, actors={"p": actor, "q": actor},
        ...                observations={"refuses": seen}, default_assumed="toy")
        >>> never_true(toy, 20)
        ('refuses',)
    """
    if not scenario.observations:
        return ()
    seen = observed(DealSpace.of(scenario), Rows(np.arange(draws)))
    return _never(scenario, seen.names, seen.holds)


def never_true_in(results: xr.Dataset, scenario: Scenario) -> tuple[str, ...]:
    """Return the same of the worlds of a run, if they are enough to say so."""
    if "holds" not in results or not results.sizes.get("observation", 0) or results.sizes["draw"] < _FEWEST:
        return ()
    names = [str(name) for name in results["observation"].values]
    return _never(scenario, names, np.asarray(results["holds"].values, bool))


def sentence_on(name: str) -> str:
    """Say what it means that an observation is never true.

    Example:
        >>> sentence_on("refuses").partition(": ")[0]
        '"refuses" is true in no drawn world'
    """
    return (
        f'"{name}" is true in no drawn world: what is left are bluffs, so either the encoding or the observation '
        "is wrong"
    )


def _never(scenario: Scenario, names: Sequence[str], holds: Bools) -> tuple[str, ...]:
    bluffs = {name: observation.bluff for name, observation in scenario.observations.items()}
    off = {name for name, bluff in bluffs.items() if bluff.value == 1 and not bluff.spread}
    return tuple(name for n, name in enumerate(names) if name not in off and not holds[:, n].any())
