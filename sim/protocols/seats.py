"""What the talks of a scenario have ready for the protocol that is to run them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

import numpy as np

from sim.foundations import Bools, Floats, InputError, Ints
from sim.protocols.issues_apart import settled_levels
from sim.scenario import Draws, Scenario
from sim.scenario.private_numbers import secrets
from sim.strategies import Negotiator
from sim.table import AgendaPlan, BargainingTable, LazyTypes, LotPlan, RoundPlan, ScreeningPlan, TypeGrid, Worlds
from sim.table.signing_rule import signing_rule

#: Deals up to which agendas and types are worked out.
MOST_DEALS: Final = 20_000


class MediatedWord(Protocol):
    """What is offered after a mediator's word, and by one who believes nothing of it."""

    @property
    def alone(self) -> ScreeningPlan:
        """The plan of one who believes nothing of it."""

    def after(self, said_weak: Bools) -> ScreeningPlan:
        """The plan in each draw, by what he has said there (B,)."""


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
    by_issue: the same where issues are settled one by one: (table, rounds, order of the issues)
    screening: the same where one is sounded out: (table, types, proposer, answering, offers, pause, leak)
    mediated: the same after the word of a mediator, by what he says: (table, types, proposer, answering, offers,
        mediator, error, pause)

    A protocol takes by name what it lists in ``filled``: ``rounds``, ``negotiators``, ``plan``, or any other
    attribute; from ``worlds`` and ``scenario`` it can work out what has no name here.
    """

    scenario: Scenario
    draws: Draws
    core: Callable[[], Worlds]
    behaviour: Callable[[Scenario, Draws, str], Negotiator]
    foresight: Callable[..., RoundPlan]
    lot_foresight: Callable[[BargainingTable, int, Floats | None], LotPlan]
    screening: Callable[..., ScreeningPlan]
    mediated: Callable[..., MediatedWord]
    by_issue: Callable[[BargainingTable, int, Sequence[int]], AgendaPlan]

    @property
    def rounds(self) -> int:
        """Round budget of the talks, 1 or more: as long as those who are still at the table could sign something."""
        talks, stay = self.scenario.talks, np.array(self.deadlines)
        if not talks.deadlines:
            return talks.talk_rounds
        rule = signing_rule(self.scenario)
        left = sorted(set(self.deadlines), reverse=True)
        return next((rounds for rounds in left if rule.passes((stay >= rounds)[None])[0]), min(left))

    @property
    def deadlines(self) -> tuple[int, ...]:
        """(A,) rounds that each actor stays at the table; empty where all stay to the end."""
        if not self.scenario.talks.deadlines:
            return ()
        return tuple(self.scenario.talks.rounds_of(name) for name in self.scenario.actors)

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

    @cached_property
    def types(self) -> LazyTypes:
        """What others think that those who sign may be like, worked out when somebody asks."""
        core = self.core  # not the seats, which hold this: in a circle the block would outlive its use

        def made() -> TypeGrid:
            worlds = core()
            _require_few_deals(worlds, "types of the actors")
            return TypeGrid.of(worlds)

        return LazyTypes(made)

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

    def agenda_plan(self, agenda: Sequence[int]) -> AgendaPlan:
        """What is proposed on each issue in turn, solved from the last round backwards.

        Args:
            agenda: all issues in the order in which they are settled
        """
        _require_few_deals(self.worlds, "agendas")
        return self.by_issue(self.worlds.table, self.rounds, agenda)

    @cached_property
    def settled(self) -> Ints:
        """(B,) deal that delegations put together, each of which settles one issue; NO_DEAL where there is none."""
        worlds = self.worlds
        rest = [issue.status_quo_index for issue in self.scenario.issues.values()]
        levels = settled_levels(worlds.table, rest, lambda own: self.foresight(own, self.rounds))
        return worlds.space.places_of(levels)

    def screening_plan(
        self, offers: int, leak: float, about: str, mediator: str = "", error: float = 0.0
    ) -> ScreeningPlan:
        """What the first to speak offers to one whose resolve is his secret, the offers spread over the talks.

        Args:
            offers: how many, at most one a round
            leak:   how much battles tell of the other, 0..1
            about:  who is sounded out; empty: the first other signer with private numbers, else the next signer
            mediator: who has heard what he is like, and says so; empty: nobody
            error:  chance that he has heard wrong
        """
        table = self.worlds.table
        proposer = int(table.order[0])
        named = [table.actors[one] for one in np.flatnonzero(table.rule.signers) if one != proposer]
        secretive = [name for name in named if name in secrets(self.scenario)]
        answering = table.actors.index(about or (secretive or named)[0])
        offers = min(offers, self.rounds)
        pause = max(1, self.rounds // offers)
        if not mediator:
            return self.screening(table, self.types.grid, proposer, answering, offers, pause=pause, leak=leak)
        place = table.actors.index(mediator)
        word = self.mediated(
            table, self.types.grid, proposer, answering, offers, mediator=place, error=error, pause=pause
        )
        luck = self.draws.dice.uniform("what a mediator has heard", mediator)
        weak = word.alone.tough < 0.5
        return word.after(weak != (luck < error))


def _require_few_deals(worlds: Worlds, what: str) -> None:
    """Refuse what looks at every deal again and again where these are very many.

    Raises:  InputError with the number of deals
    """
    if (count := len(worlds.space)) > MOST_DEALS:
        raise InputError(f"{what} are worked out for up to {MOST_DEALS:,} deals; the case has {count:,}")
