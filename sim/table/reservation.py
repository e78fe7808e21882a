"""No deal as a standing other offer: everybody has what he can get elsewhere, every round, for ever."""

from __future__ import annotations

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.table.no_deal_models import NO_DEAL_MODELS, AbstractNoDeal, NoDealState, by_actor
from sim.table.preferences import Preferences


@NO_DEAL_MODELS.register("reservation", source="disagreement point (Nash 1950, 1953); BATNA (Raiffa 1982)")
class Reservation(AbstractNoDeal):
    """Everybody has his reservation, every round, for ever: W = reservation.

    Who states none has the status quo, which matters for those who do not sign.
    """

    phrase = "what each can get elsewhere"

    def state(self, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
        """Read the reservations."""
        flow = by_actor(scenario, draws, "{}.reservation", preferences.flow_at_status_quo())
        return NoDealState.quiet(flow, delta, preferences.weight.shape[2])
