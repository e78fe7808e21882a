"""Deals as documents that may collapse, be converted, and come into force late: their value over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.scenario.actor import Durability
from sim.table.deal_space import DealSpace
from sim.table.durability import DurabilityWeights, per_round
from sim.table.lifetimes import Lifetimes
from sim.table.preferences import Preferences

#: Years after which hazards that change with age no longer do, at least: discounting leaves nothing of what follows.
_CHANGING_YEARS: Final = 40


@dataclass(frozen=True)
class Documents:
    """Durability of every class of deals (see DealSpace.durability_classes), in a block of draws.

    resolved:  (B, G) share of the root causes that is settled, 0..1
    believed:  how long deals last as each actor sees it, (B, A, G)
    true:      how long they last, (B, G); the play draws from it
    converted: (B, G) chance per round that follow-on talks turn the deal into the reference settlement
    speed:     (B,) share of the remaining power shift that a round brings
    rounds:    (B, M) rounds from signature until the deal is in force, per delay class
    """

    resolved: Floats
    believed: Lifetimes
    true: Lifetimes
    converted: Floats
    speed: Floats
    rounds: Floats

    @classmethod
    def of(cls, space: DealSpace, draws: Draws, preferences: Preferences) -> Documents:
        """Compute hazards, conversion chances and delays of all classes of deals."""
        scenario = space.scenario
        length = scenario.talks.round_years
        first, _ = space.durability_classes
        resolved = _resolved(space, preferences, first)
        enforcement = space.enforcement[first]
        tail = max(scenario.talks.horizon_rounds, round(_CHANGING_YEARS / length))

        def lifetimes(path: str, found: Durability | None) -> Lifetimes:
            if found is None:
                return Lifetimes.none(len(draws), len(first))
            return Lifetimes.of(draws, path, found, length, enforcement, resolved, tail)

        believed = Lifetimes.stacked(
            [lifetimes(f"{name}.beliefs", actor.beliefs) for name, actor in scenario.actors.items()]
        )
        true = lifetimes("true_hazard", scenario.true_hazard)
        speed = per_round(draws.get("talks.rearmament_speed", 1.0), length)
        delays, _ = space.delay_classes
        rounds = np.zeros((len(draws), len(delays)))
        for i, name in enumerate(scenario.issues):
            years = draws.get(f"issues.{name}.time_to_settle", 0.0)
            rounds += years[:, None] / length * space.settled[delays, i]
        return cls(resolved, believed, true, _converted(space, draws, length), speed, np.rint(rounds))

    def weights(
        self, delta: Floats, *, converting: Floats, pressed: bool = False, collapses: int = 0
    ) -> DurabilityWeights:
        """Weights of interim flow, resumed war and conversion for each class at the signature, (B, A, G) each.

        Args:
            delta:      (B, A) discount factor per round
            converting: (B,) 1 where follow-on talks have a reference settlement to lead to, else 0
            pressed:    whether somebody was pressed to sign
            collapses:  deals that broke before
        """
        chance = (self.converted * converting[:, None])[:, None, :]
        speed = self.speed[:, None, None]
        return self.believed.weights(delta[:, :, None], chance, speed, pressed=pressed, collapses=collapses)


def _resolved(space: DealSpace, preferences: Preferences, deals: np.ndarray) -> Floats:
    """(B, G) mean over root causes of how far the claimant has been met, 0..1; 1 from his ideal on."""
    scenario = space.scenario
    if not space.roots:
        return np.zeros((len(preferences.weight), len(deals)))
    names = list(scenario.actors)
    total = np.zeros((len(preferences.weight), len(deals)))
    issues = list(scenario.issues.values())
    for i in space.roots:
        claimant = names.index(str(issues[i].root_cause_of))
        quo = preferences.status_quo[:, claimant, i, None]
        by_level = preferences.value[i][:, claimant]
        ideal = np.maximum(by_level.max(axis=1, keepdims=True), quo)
        if names[claimant] in scenario.actors and list(scenario.issues)[i] in scenario.actors[names[claimant]].position:
            ideal = np.ones_like(quo)  # a position's own ideal is worth 1, even between two levels
        claim = ideal - quo
        met = (by_level - quo) / np.where(claim > 1e-12, claim, 1.0)
        met = np.where(claim > 1e-12, met, 1.0)
        # Whoever is given more than his ideal has been met in full, though he likes the excess less.
        wanted, start = preferences.ideal[:, claimant, i, None], issues[i].status_quo_position
        with np.errstate(invalid="ignore"):
            met = np.where((issues[i].scale - wanted) * np.sign(wanted - start) >= 0, 1.0, met)
        total += np.clip(met, 0.0, 1.0)[:, space.deals[deals, i]]
    return np.asarray(total / len(space.roots))


def _converted(space: DealSpace, draws: Draws, length: float) -> Floats:
    """(B, G) chance per round of conversion, by the level of the issue that opens follow-on talks."""
    scenario: Scenario = space.scenario
    first, _ = space.durability_classes
    chance = np.zeros((len(draws), len(first)))
    for i, (name, issue) in enumerate(scenario.issues.items()):
        for level in issue.follow_on:
            opened = space.deals[first, i] == issue.index(level)
            yearly = draws[f"issues.{name}.follow_on.{level}"]
            chance[:, opened] = per_round(yearly, length)[:, None]
    return chance * (space.resolution[first] < 2)
