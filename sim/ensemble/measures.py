"""What is measured of every world: shares of endings, whether any deal is acceptable, what was declared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from sim.ensemble.columns import FULL
from sim.ensemble.condition import Column, Columns, Condition, parse
from sim.ensemble.design import Design
from sim.ensemble.named_outcomes import needed, outcome
from sim.ensemble.play_design import play
from sim.ensemble.quantity_conditions import quantities, spelled_out
from sim.foundations import Floats
from sim.scenario import Scenario
from sim.scenario.kinds import declared_codes, ending_codes

#: Worlds in which the middle of a quantity is looked for.
_WORLDS: Final = 200


def measures(texts: Sequence[str]) -> tuple[Condition, ...]:
    """Parse conditions whose shares are to be explained.

    Example:
        >>> [(measure.text, measure.names) for measure in measures(["held < 12"])]
        [('held < 12', ('held',))]
    """
    return tuple(parse(text) for text in texts)


def usual_measures(scenario: Scenario) -> tuple[str, ...]:
    """What is looked at if nobody asks for something else."""
    return (
        *(f"ending == {name}" for name in ending_codes(scenario)),
        "acceptable_deals > 0",
        *(f"declared == {name}" for name in declared_codes(scenario)),
    )


def measures_of(scenario: Scenario, texts: Sequence[str] = ()) -> tuple[Condition, ...]:
    """Parse conditions on outcomes of a scenario, the usual ones if none is given, and try them on one world.

    An outcome that stands alone becomes a condition, see ``quantity_conditions``, by what it is in some worlds.

    Raises:  InputError for a condition that makes no sense, or an outcome or value that the scenario does not have
    """
    wanted = measures(texts or usual_measures(scenario))
    if alone := quantities(texts):
        wanted = measures(spelled_out(texts, _in_some_worlds(scenario, alone)))
    if texts:
        names = dict.fromkeys(name for one in wanted for name in one.names)
        kept = {*FULL, *(need for name in names for need in needed(name))}  # all, to name the nearest
        tried = play(Design.of_draws(scenario, 1, central=True), columns=kept)
        columns = {name: outcome(tried, name) for name in names}
        for one in wanted:
            one(columns)
    return wanted


def _in_some_worlds(scenario: Scenario, names: Sequence[str]) -> dict[str, Column]:
    """Outcomes in as many worlds as it takes to know their middle.

    Raises:  InputError for an outcome that the scenario does not have
    """
    kept = {*FULL, *(need for name in names for need in needed(name))}
    found = play(Design.of_draws(scenario, _WORLDS), columns=kept)
    return {name: outcome(found, name) for name in names}


def kept_besides(texts: Sequence[str]) -> tuple[str, ...]:
    """Columns that conditions ask about and that a run does not keep by itself.

    Example:
        >>> kept_besides(["state@1y == truce and held > 3"])
        ('state@1y',)
    """
    names = dict.fromkeys(name for one in measures(texts) for name in one.names)
    return tuple(need for name in names for need in needed(name) if need not in FULL)


def measured(columns: Columns, wanted: Sequence[Condition]) -> Floats:
    """(N, M) 1 where the condition holds at the point, 0 where not, nan where the point failed."""
    failed = ~np.isfinite(columns["ending"].values) if "ending" in columns else np.False_
    return np.stack([np.where(failed, np.nan, condition(columns).astype(float)) for condition in wanted], axis=1)
