"""No deal as things staying as they are, or drifting while nobody settles them."""

from __future__ import annotations

from dataclasses import replace

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.table.no_deal_models import NO_DEAL_MODELS, AbstractNoDeal, NoDealState, by_actor
from sim.table.preferences import Preferences


def drifting_value(flow: Floats, drift: Floats, delta: Floats) -> Floats:
    """Normalised value of a flow that changes by so much a round, for ever: flow + drift delta / (1 - delta).

    Source: sum of an arithmetic-geometric series
    Example:
        >>> import numpy as np
        >>> float(drifting_value(np.array(0.5), np.array(-0.01), np.array(0.9)))
        0.41
    """
    return flow + drift * delta / (1 - delta)


@NO_DEAL_MODELS.register(
    "status-quo", source="agenda setting against a reversion point (Romer & Rosenthal 1978); drift ours"
)
class StatusQuo(AbstractNoDeal):
    """Things stay as they are, and may drift: every round without a deal adds the drift to what they are worth.

    W = u(q) + d delta / (1 - delta) with d the drift per round. Talks compare with what no deal is worth when they
    begin; the play pays the flow as it is by then, and drift rests while a deal is in force.
    """

    phrase = "things as they are"

    def state(self, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
        """Value the status quo and what becomes of it."""
        flow = preferences.flow_at_status_quo()
        drift = by_actor(scenario, draws, "no_deal.drift.{}", 0.0) * scenario.talks.round_years
        value = drifting_value(flow, drift, delta)
        found = NoDealState.quiet(flow, delta, preferences.weight.shape[2])
        return replace(found, drift=drift, value=value, pending=value, lapsed=value)
