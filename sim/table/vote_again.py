"""No deal as another vote: who is voted down may try again, until votes run out and a fallback comes."""

from __future__ import annotations

from dataclasses import replace

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.table.no_deal_models import NO_DEAL_MODELS, AbstractNoDeal, NoDealState, by_actor
from sim.table.preferences import Preferences


def voting_value(flow: Floats, fallback: Floats, delta: Floats, rounds: int) -> Floats:
    """Normalised value of so many failed votes and then the fallback for ever: (1 - delta**T) f + delta**T F.

    Source: a finite session of legislative bargaining (Baron & Ferejohn 1989)

    Example:
        >>> import numpy as np
        >>> round(float(voting_value(np.array(0.5), np.array(0.0), np.array(0.9), 2)), 9)
        0.095
    """
    late = delta**rounds
    return (1 - late) * flow + late * fallback


@NO_DEAL_MODELS.register("vote-again", source="legislative bargaining (Baron & Ferejohn 1989), with a last session")
class VoteAgain(AbstractNoDeal):
    """A failed round means another vote in the next; after the last one a fallback comes for good.

    W = (1 - delta**T) f + delta**T F over the T rounds of talks, with f the reservation, or the status quo, between
    votes and F the fallback. Talks compare with W throughout. Where talks give up early, the fallback comes early; a
    deal that breaks brings it at once, unless they talk again.
    """

    phrase = "another vote"

    def state(self, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
        """Value the votes that are left."""
        flow = by_actor(scenario, draws, "{}.reservation", preferences.flow_at_status_quo())
        fallback = by_actor(scenario, draws, "no_deal.worth.{}", flow)
        return replace(
            NoDealState.quiet(flow, delta, preferences.weight.shape[2]),
            imposed=fallback[:, :, None],
            value=voting_value(flow, fallback, delta, scenario.talks.talk_rounds),
            lapsed=fallback,
            last=True,
        )
