"""What happens without a deal: the state that every model of it computes, and the models by name."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from sim.foundations import Floats, Ints, Registry
from sim.scenario import Draws, Scenario
from sim.scenario.kinds import no_deal_model
from sim.table.preferences import Preferences

#: Models of what happens without a deal, by name; members register themselves where they are defined.
NO_DEAL_MODELS: Registry[type[AbstractNoDeal]] = Registry("no-deal model", "no_deal_models", "sim.table")


@dataclass(frozen=True)
class NoDealState:
    """The state without a deal, in a block of draws.

    flow:     (B, A) own value per round while there is no deal
    drift:    (B, A) what every round without a deal adds to that flow, signed
    ends:     (B,) chance per round without a deal that something from outside ends the matter
    prevail:  (B, J) chances of the ways in which it then ends; they add up to 1, or are all 0 where there is one way
    imposed:  (B, A, J) own value per round after each of these ways, for good
    promised: (B, A, I) weighted value of each issue that the end from outside is expected to bring, over the status quo
    value:    (B, A) W, normalised value of never having a deal
    weight:   (B, A) mu, discounted weight of an end from outside
    pending:  (B, A) value of waiting for ever with a deal that is signed but not in force
    waiting:  (B, A) discount of a round of such waiting, 0..1
    lapsed:   (B, A) value of no deal after a deal broke and nobody talks again
    by_arms:  whether it is arms that decide; they overtake what is signed and not yet in force
    last:     whether the first of the ways comes about for certain once talks are over without a deal
    """

    flow: Floats
    drift: Floats
    ends: Floats
    prevail: Floats
    imposed: Floats
    promised: Floats
    value: Floats
    weight: Floats
    pending: Floats
    waiting: Floats
    lapsed: Floats
    by_arms: bool = False
    last: bool = False

    def waited(self, rounds: Ints) -> NoDealState:
        """The state after so many rounds (B,) without a deal, as if talks began then: what has drifted has drifted."""
        more, worth = (found * rounds[:, None] for found in (self.drift, self.creep))
        return replace(
            self,
            flow=self.flow + more,
            value=self.value + worth,
            pending=self.pending + worth,
            lapsed=self.lapsed + worth,
        )

    @property
    def creep(self) -> Floats:
        """(B, A) what every round without a deal adds to W: its drift, for as long as nothing from outside ends it."""
        return (1 - self.weight) * self.drift

    @classmethod
    def quiet(cls, flow: Floats, delta: Floats, issues: int) -> NoDealState:
        """No deal that goes on for ever as it is: worth its flow."""
        size, actors = flow.shape
        return cls(
            flow=flow,
            drift=np.zeros_like(flow),
            ends=np.zeros(size),
            prevail=np.zeros((size, 1)),
            imposed=flow[:, :, None],
            promised=np.zeros((size, actors, issues)),
            value=flow,
            weight=np.zeros_like(flow),
            pending=flow,
            waiting=delta,
            lapsed=flow,
        )


class AbstractNoDeal(ABC):
    """A model of what happens without a deal; it has no settings but reads numbers of the scenario.

    phrase: what no deal is, for people
    """

    phrase: ClassVar[str]

    @abstractmethod
    def state(self, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
        """Compute what no deal pays, how it may end and what it is worth.

        Args:
            delta: (B, A) discount factor per round
        """


def no_deal_state(scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats) -> NoDealState:
    """The state without a deal under the model of the case.

    To actors to whom no issue matters, no deal does not matter either.

    Raises:  UnknownNameError for a model that is not registered
    """
    found = NO_DEAL_MODELS[no_deal_model(scenario)]().state(scenario, draws, preferences, delta)
    careless = [a for a, name in enumerate(scenario.actors) if name in scenario.indifferent]
    if not careless:
        return found
    zeroed = {}
    for field in ("flow", "drift", "value", "pending", "lapsed"):
        zeroed[field] = getattr(found, field).copy()
        zeroed[field][:, careless] = 0.0
    return replace(found, **zeroed)


def by_actor(scenario: Scenario, draws: Draws, field: str, otherwise: Floats | float) -> Floats:
    """(B, A) a number of every actor by its path, with ``{}`` for his name; otherwise for those without it."""
    default = np.broadcast_to(otherwise, (len(draws), len(scenario.actors)))
    columns = [draws.values.get(field.format(name), default[:, a]) for a, name in enumerate(scenario.actors)]
    return np.column_stack(columns)
