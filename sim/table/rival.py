"""No deal as a race: while they talk, somebody else may get the deal, and then talks are over."""

from __future__ import annotations

from dataclasses import replace

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.table.durability import per_round
from sim.table.no_deal_models import NO_DEAL_MODELS, AbstractNoDeal, NoDealState, by_actor
from sim.table.preferences import Preferences
from sim.table.war import decision_weight, war_value


@NO_DEAL_MODELS.register("rival", source="bargaining with a risk of breakdown (Binmore, Rubinstein & Wolinsky 1986)")
class Rival(AbstractNoDeal):
    """Somebody else gets the deal with a chance per round, which ends the talks; what that is worth is given.

    W = (1 - mu) f + mu x with f the reservation, or the status quo, while nobody has the deal, x the worth of the
    rival's deal and mu = delta m / (1 - delta (1 - m)). A signature shuts the rival out, also before it is in force.
    """

    phrase = "somebody else may get the deal"

    def state(self, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
        """Value the race."""
        flow = by_actor(scenario, draws, "{}.reservation", preferences.flow_at_status_quo())
        worth = by_actor(scenario, draws, "no_deal.worth.{}", flow)
        ends = per_round(draws.get("no_deal.chance", 0.0), scenario.talks.round_years)
        value = war_value(flow, worth, delta, ends[:, None])
        return replace(
            NoDealState.quiet(flow, delta, preferences.weight.shape[2]),
            ends=ends,
            imposed=worth[:, :, None],
            value=value,
            weight=decision_weight(delta, ends[:, None]),
            lapsed=value,
        )
