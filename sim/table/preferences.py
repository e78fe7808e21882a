"""What each actor wants: weights, ideal points, and the value of every level of every issue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import Floats, Ints
from sim.scenario import Draws, Scenario
from sim.scenario.own_value import drawn_ideal, drawn_weight, peaked

#: Index that stands for the status quo wherever an array holds levels; it need not be a level on offer.
UNCHANGED: Final = -1

#: A level must be worth more than this above the status quo to be imposed.
_NO_GAIN: Final = 1e-12


@dataclass(frozen=True)
class Preferences:
    """Drawn preferences of all actors.

    weight:     (B, A, I) normalised saliences; rows sum to 1
    value:      per issue (B, A, L) own value of each level, at most 1
    status_quo: (B, A, I) own value of the status quo of each issue
    ideal:      (B, A, I) place of the ideal point on the issue's scale, nan where a table gives the values
    stated:     (B, A, I) place that the actor demands in public, posture included, nan where there is no posture
    bonus:      per actor his pairwise interactions: (issue index, issue index, (B,) size) of each
    joined:     per actor the groups of issues that hang together by these

    Source: additive multi-attribute value with swing weights (Keeney & Raiffa 1976); single-peaked losses in
        distance (Black 1958).
    """

    weight: Floats
    value: tuple[Floats, ...]
    status_quo: Floats
    ideal: Floats
    stated: Floats
    bonus: tuple[tuple[tuple[int, int, Floats], ...], ...]
    joined: tuple[tuple[tuple[int, ...], ...], ...]

    @classmethod
    def of(cls, scenario: Scenario, draws: Draws) -> Preferences:
        """Read saliences, positions, posture, shapes, value tables and the bonus of every actor."""
        size, actors, issues = len(draws), scenario.actors, list(scenario.issues.items())
        weight = np.zeros((size, len(actors), len(issues)))
        status_quo = np.zeros_like(weight)
        ideals, demanded = np.full(weight.shape, np.nan), np.full(weight.shape, np.nan)
        value = [np.zeros((size, len(actors), len(issue.scale))) for _, issue in issues]
        place = list(scenario.issues)
        bonus: list[tuple[tuple[int, int, Floats], ...]] = []
        for a, (name, actor) in enumerate(actors.items()):
            for i, (issue_name, issue) in enumerate(issues):
                weight[:, a, i] = drawn_weight(scenario, draws.values, name, issue_name)
                if issue_name in actor.values:
                    for level in actor.values[issue_name]:
                        value[i][:, a, issue.index(level)] = draws[f"{name}.values.{issue_name}.{level}"]
                    status_quo[:, a, i] = value[i][:, a, issue.status_quo_index]
                elif issue_name in actor.position:
                    ideal = drawn_ideal(scenario, draws.values, name, issue_name)
                    ideals[:, a, i] = ideal
                    if actor.posture is not None:
                        demanded[:, a, i] = draws[f"{name}.position.{issue_name}"]
                    exponent = draws.get(f"{name}.shape.{issue_name}", 1.0)
                    value[i][:, a] = peaked(issue.scale, ideal[:, None], exponent[:, None])
                    status_quo[:, a, i] = peaked(np.asarray(issue.status_quo_position), ideal, exponent)
            bonus.append(
                tuple(
                    (place.index(pair.issues[0]), place.index(pair.issues[1]), draws[f"{name}.{key}.size"])
                    for key, pair in actor.pairs.items()
                )
            )
        total = weight.sum(axis=2, keepdims=True)
        weight /= np.where(total > 0, total, 1.0)
        groups = tuple(tuple(tuple(map(place.index, group)) for group in actor.joined) for actor in actors.values())
        return cls(weight, tuple(value), status_quo, ideals, demanded, tuple(bonus), groups)

    def flow_at_status_quo(self) -> Floats:
        """(B, A) own value per round of every issue staying as it is."""
        flow = np.einsum("bai,bai->ba", self.weight, self.status_quo)
        for a, pairs in enumerate(self.bonus):
            for first, second, size in pairs:
                flow[:, a] += size * self.status_quo[:, a, first] * self.status_quo[:, a, second]
        return np.asarray(flow)

    def best_levels(self, actor: int) -> Ints:
        """(B, I) the levels an actor would impose if he alone decided: his ideal deal.

        Issues are independent but for those that interact, which are searched jointly; ties go to the first level.
        Where no level is better for him than the status quo, that stays: the entry is UNCHANGED.
        """
        best = np.stack([value[:, actor].argmax(axis=1) for value in self.value], axis=1)
        most = np.stack([value[:, actor].max(axis=1) for value in self.value], axis=1)
        gain = self.weight[:, actor] * (most - self.status_quo[:, actor])
        best = np.where(gain > _NO_GAIN, best, UNCHANGED)
        for group in self.joined[actor]:
            best[:, group] = self._best_together(actor, group)
        return best

    def _best_together(self, actor: int, group: tuple[int, ...]) -> Ints:
        """(B, N) the best levels of issues that interact; all UNCHANGED where nothing is better than the status quo."""
        size = len(self.weight)
        mine = [self.value[i][:, actor] for i in group]
        quo = self.status_quo[:, actor]

        def along(values: Floats, place: int) -> Floats:
            """Values (B, L) of one issue, ready to be combined with those of the others."""
            return values.reshape(size, *(values.shape[1] if n == place else 1 for n in range(len(group))))

        joint = np.zeros((size, *(1 for _ in group)))
        stays = np.zeros(size)
        for place, i in enumerate(group):
            weight = self.weight[:, actor, i]
            term = along(weight[:, None] * mine[place], place)
            joint = joint + term
            stays = stays + weight * quo[:, i]
        for first, second, amount in self.bonus[actor]:
            if first in group:
                one, two = group.index(first), group.index(second)
                joint = joint + along(amount[:, None] * mine[one], one) * along(mine[two], two)
                stays = stays + amount * quo[:, first] * quo[:, second]
        flat = joint.reshape(size, -1)
        levels = np.stack(np.unravel_index(flat.argmax(axis=1), joint.shape[1:]), axis=1)
        better = flat.max(axis=1) - stays > _NO_GAIN
        return np.where(better[:, None], levels, UNCHANGED)

    def issue_values(self, levels: Ints) -> Floats:
        """(B, A, I) own value of one level per issue and draw; ``levels`` is (B, I), UNCHANGED allowed."""
        rows = np.arange(len(levels))
        found = np.stack([value[rows, :, levels[:, i]] for i, value in enumerate(self.value)], axis=2)
        return np.where((levels == UNCHANGED)[:, None, :], self.status_quo, found)

    def bonus_at(self, values: Floats) -> Floats:
        """(B, A) the pairwise bonus at own issue values (B, A, I)."""
        extra = np.zeros(values.shape[:2])
        for a, pairs in enumerate(self.bonus):
            for first, second, size in pairs:
                extra[:, a] += size * values[:, a, first] * values[:, a, second]
        return extra
