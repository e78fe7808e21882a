"""What every forecast of a collective decision keeps."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.forecasts import AbstractForecast, Stakeholders
from sim.foundations import Dice

#: How far searches may be off, on a scale of 0 to 100.
_NEAR: Final = 0.02


def random_stakeholders(seed: int = 0, draws: int = 6, actors: int = 5, issues: int = 2) -> Stakeholders:
    """Stakeholders on scales of 0 to 100, one of them without a position on the second issue; the same every time."""
    rng = np.random.default_rng(seed)
    position = rng.uniform(0, 100, (draws, actors, issues))
    position[:, 1, 1] = np.nan
    return Stakeholders(
        position,
        rng.uniform(0.1, 0.5, (draws, actors, issues)),
        rng.uniform(0.5, 2, (draws, actors)),
        np.zeros(issues),
        np.full(issues, 100.0),
        np.full((draws, issues), 50.0),
    )


def a_decision_lies_among_the_positions(kind: type[AbstractForecast]) -> None:
    """Every model decides something between the outermost positions, or on the status quo, in every draw."""
    found = random_stakeholders()
    decision = kind().predict(found, Dice("contract", np.arange(6))).decision
    assert decision.shape == (6, 2), f"shape {decision.shape} for 6 draws and 2 issues"
    assert (decision >= np.minimum(np.nanmin(found.position, axis=1), 50) - _NEAR).all()
    assert (decision <= np.maximum(np.nanmax(found.position, axis=1), 50) + _NEAR).all()


def unanimity_is_respected(kind: type[AbstractForecast]) -> None:
    """Where all stand together and nothing else is in force, that is decided."""
    found = Stakeholders.of_issue([30, 30, 30], [0.5, 1, 1], [1, 2, 3], low=0, high=100, status_quo=30)
    assert abs(kind().predict(found, Dice("contract", np.arange(1))).decision[0, 0] - 30) <= _NEAR


def the_order_of_actors_does_not_matter(kind: type[AbstractForecast]) -> None:
    """Turned round, the list of actors gives the same decision."""
    found = random_stakeholders(4)
    turned = Stakeholders(
        found.position[:, ::-1],
        found.salience[:, ::-1],
        found.capability[:, ::-1],
        found.low,
        found.high,
        found.status_quo,
    )
    one, other = (kind().predict(given, Dice("contract", np.arange(6))).decision for given in (found, turned))
    assert np.allclose(one, other, atol=_NEAR)


def the_source_is_told(kind: type[AbstractForecast]) -> None:
    """Docstrings name where the model is described."""
    assert "Source:" in (kind.__doc__ or "")


#: In the order in which they are tried.
FORECAST_CONTRACTS: Final = (
    a_decision_lies_among_the_positions,
    unanimity_is_respected,
    the_order_of_actors_does_not_matter,
    the_source_is_told,
)
