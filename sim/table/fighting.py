"""Fighting on: what it pays per round, who prevails if arms decide, and what that imposes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.table.preferences import Preferences
from sim.table.war import decision_weight, war_value


@dataclass(frozen=True)
class Fighting:
    """The state without a deal, in a block of draws.

    flow:     (B, A) own value per round of fighting: the status quo less the cost of war, or the reservation
    prevail:  (B, A) chance that each actor prevails if arms decide; 0 for all but the parties
    imposed:  (B, A, A) own value per round to the second axis' actor of the third's ideal deal
    promised: (B, A, I) weighted value of each issue that arms are expected to bring, above the status quo
    value:    (B, A) W, normalised value of fighting to the finish
    weight:   (B, A) mu, discounted weight of the decision by arms

    Source: war as a costly process that ends decisively (Powell 2004, 2006); value: `sim.table.war.war_value`.
    """

    flow: Floats
    prevail: Floats
    imposed: Floats
    promised: Floats
    value: Floats
    weight: Floats

    @classmethod
    def of(
        cls, scenario: Scenario, draws: Draws, preferences: Preferences, delta: Floats, decisive: Floats
    ) -> Fighting:
        """Compute the war payoff of every actor.

        Args:
            delta:    (B, A) discount factor per round
            decisive: (B,) chance per round that arms decide
        """
        size, count = delta.shape
        names = list(scenario.actors)
        quo = preferences.flow_at_status_quo()
        cost = np.column_stack([draws.get(f"{name}.war_cost", 0.0) for name in names])
        flow = quo - cost
        prevail = np.zeros((size, count))
        for party in scenario.parties:
            prevail[:, names.index(party)] = draws.get(f"{party}.power", 0.0)
        total = prevail.sum(axis=1, keepdims=True)
        prevail = np.where(total > 0, prevail / np.where(total > 0, total, 1.0), 0.0)
        imposed = np.repeat(quo[:, :, None], count, axis=2)
        promised = np.zeros(preferences.weight.shape)
        for j, name in enumerate(names):
            if name not in scenario.parties:
                continue
            # Arms need no promise: what they impose is worth its level in full.
            values = preferences.issue_values(preferences.best_levels(j))
            gain = preferences.weight * (values - preferences.status_quo)
            promised += prevail[:, j, None, None] * gain
            imposed[:, :, j] = np.einsum("bai,bai->ba", preferences.weight, values) + preferences.bonus_at(values)
        decided = np.einsum("baj,bj->ba", imposed, prevail)
        nobody = prevail.sum(axis=1) <= 0
        decided[nobody] = flow[nobody]
        imposed[nobody] = flow[nobody, :, None]
        value = war_value(flow, decided, delta, decisive[:, None])
        for a, name in enumerate(names):
            if scenario.actors[name].reservation is not None:
                reserve = draws[f"{name}.reservation"]
                flow[:, a] = value[:, a] = reserve
                imposed[:, a] = reserve[:, None]
                promised[:, a] = 0.0
        for a, name in enumerate(names):
            if name in scenario.indifferent:  # to whom nothing matters, no deal does not matter either
                flow[:, a] = value[:, a] = 0.0
        return cls(flow, prevail, imposed, promised, value, decision_weight(delta, decisive[:, None]))
