"""What the talks of a scenario have ready for the protocol that is to run them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.foundations import Floats
from sim.scenario import Draws, Scenario
from sim.strategies import Negotiator
from sim.table import BargainingTable, LotPlan, RoundPlan, Worlds


@dataclass(frozen=True)
class Seats:
    """A scenario's talks for a block of draws, seen by a protocol that is being made; each part is made when asked for.

    scenario: the dispute as it is written
    draws:    its numbers in each draw of the block
    core:     builds the core model of the block
    behaviour: (scenario, draws, actor) to that actor's negotiator
    foresight: (table, rounds, leaving) to the plan of parties who reckon backwards from the last round; leaving is
        whether no deal is an offer from outside
    lot_foresight: the same where proposers are drawn by lot, (table, rounds, chances of being drawn)

    A protocol takes by name what it lists in ``filled``: ``rounds``, ``negotiators``, ``plan``, or any other
    attribute; from ``worlds`` and ``scenario`` it can work out what has no name here.
    """

    scenario: Scenario
    draws: Draws
    core: Callable[[], Worlds]
    behaviour: Callable[[Scenario, Draws, str], Negotiator]
    foresight: Callable[..., RoundPlan]
    lot_foresight: Callable[[BargainingTable, int, Floats | None], LotPlan]

    @property
    def rounds(self) -> int:
        """Round budget of the talks, 1 or more."""
        return self.scenario.talks.talk_rounds

    @property
    def time_scale(self) -> str:
        """How the scenario counts relative time: ``rounds`` or ``negmas``."""
        return self.scenario.conventions.time_scale

    @cached_property
    def negotiators(self) -> tuple[Negotiator, ...]:
        """(A,) behaviour of each actor, in the order of the scenario, which is the table's."""
        return tuple(self.behaviour(self.scenario, self.draws, actor) for actor in self.scenario.actors)

    @cached_property
    def worlds(self) -> Worlds:
        """The core model of the block, its bargaining table included."""
        return self.core()

    @cached_property
    def plan(self) -> RoundPlan:
        """Proposals and reservation payoffs of every round, solved from the last one backwards."""
        return self.foresight(self.worlds.table, self.rounds)

    @cached_property
    def leaving_plan(self) -> RoundPlan:
        """The same where whoever has just refused may leave for what no deal is worth."""
        return self.foresight(self.worlds.table, self.rounds, leaving=True)

    def lot_plan(self, *, by_votes: bool) -> LotPlan:
        """What everybody insists on where proposers are drawn by lot, solved from the last round backwards.

        Args:
            by_votes: whether those who make offers are drawn in proportion to their votes, and not all alike
        """
        table, chances = self.worlds.table, None
        if by_votes:
            votes = np.zeros(len(table.actors))
            votes[table.order] = table.rule.weights[table.order]
            chances = votes / votes.sum() if votes.sum() > 0 else None
        return self.lot_foresight(table, self.rounds, chances)
