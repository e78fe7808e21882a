"""Talks that settle one issue after the other by parties who follow a plan worked out beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, InputError, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_choice
from sim.protocols.seats import Seats
from sim.table import AgendaPlan, BargainingTable


@dataclass
class AgendaTalks(TalksState):
    """Talks that have settled some issues.

    stage:  (B,) how many issues are settled
    prefix: (B,) which of the prefixes of so many issues
    """

    stage: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    prefix: Ints = field(default_factory=lambda: np.empty(0, np.int64))

    def select(self, where: Ints) -> AgendaTalks:
        """The talks of some of the draws."""
        found = AgendaTalks(self.open[where], self.deal[where], self.round[where], self.by[where], self.accepted[where])
        found.stage, found.prefix = self.stage[where], self.prefix[where]
        return found


@PROTOCOLS.register(
    "strategic-agenda", source="Fershtman 1990, Games Econ Behav 2:224-238; In & Serrano 2004, Games Econ Behav 48"
)
@dataclass(frozen=True)
class StrategicAgenda(AbstractProtocol):
    """Issues are settled one by one in an order; nothing is agreed until everything is.

    agenda_plan: what is proposed on the issue that is due after everything settled before, from an equilibrium
    rounds: round budget, 1 or more; 0 (the default) for all rounds of the plan
    first:  issues in the order in which they are settled, commas between them, such as ``"nato, line"``; those left
            out follow as they stand in the case. Empty (the default): as they stand

    In each round one party proposes a level of the issue that is due, or leaves it as it is; once all who must agree
    have, the next issue is due in the next round. The deal is signed with the last issue, if nobody needed would
    rather go without it then.

    Raises:  InputError if the plan covers fewer rounds than the budget, or ``first`` names no issue
    Source:  Fershtman 1990; In & Serrano 2004, an issue at a time. Ours: any list of deals and signing rule, and that
             nothing takes effect before everything is settled

    Example:
        >>> from sim.equilibria import issue_by_issue_deals
        >>> deals = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        >>> table = BargainingTable.of_payoffs([[0, 1, 2, 3.0], [3, 2, 1, 0.0]], deals=deals, issues=("a", "b"))
        >>> protocol, dice = StrategicAgenda(issue_by_issue_deals(table, 2)), Dice("doc", np.arange(1))
        >>> talks = protocol.start(table, dice)
        >>> for round_ in range(2):
        ...     protocol.step(table, talks, dice, round_)
        >>> talks.deal.tolist(), talks.round.tolist()
        ([2], [1])
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "agenda_plan")

    agenda_plan: AgendaPlan
    rounds: int = 0
    first: str = ""

    def __post_init__(self) -> None:
        if self.rounds == 0:
            object.__setattr__(self, "rounds", self.agenda_plan.rounds)
        if not 1 <= self.rounds <= self.agenda_plan.rounds:
            raise InputError(f"the plan covers {self.agenda_plan.rounds} rounds, the talks have {self.rounds}")

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Everybody reckons backwards along the agenda."""
        issues, first = tuple(seats.scenario.issues), str(settings.get("first", ""))
        named = [name for name in (one.strip() for one in first.split(",")) if name]
        for name in named:
            require_choice("first", name, issues)
        order = list(dict.fromkeys([*named, *issues]))
        return cls(seats.agenda_plan([issues.index(name) for name in order]), seats.rounds, first)

    def select(self, where: Bools | Ints) -> StrategicAgenda:
        """The same rules with the plan of some of the draws."""
        return replace(self, agenda_plan=self.agenda_plan.select(where))

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> AgendaTalks:
        """Nothing is settled."""
        del dice
        talks = AgendaTalks.begin(table.draws, keep_log=keep_log)
        talks.stage, talks.prefix = np.zeros(table.draws, np.int64), np.zeros(table.draws, np.int64)
        return talks

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """One proposal on the issue that is due, which is taken as the plan knows; the last one is put to signature."""
        del dice
        assert isinstance(talks, AgendaTalks)
        plan, speaker = self.agenda_plan, int(self.agenda_plan.proposer[round_])
        stages = len(plan.offer)
        deal, settled = np.full(table.draws, NO_DEAL), talks.stage.copy()
        for stage in range(stages):
            rows = np.flatnonzero(talks.open & (talks.stage == stage))
            offer = plan.offer[stage][rows, round_, talks.prefix[rows]]
            made = rows[offer >= 0]
            deal[made] = plan.shown[stage][offer[offer >= 0]]
            talks.prefix[made] = offer[offer >= 0]
            settled[made] = stage + 1
        talks.note(round_, speaker, deal)
        final = (deal != NO_DEAL) & (settled == stages)
        index, every = np.maximum(deal, 0), np.arange(table.draws)
        yes = table.acceptable[every, :, index] & final[:, None]
        for actor in np.flatnonzero(table.rule.signers):
            if actor != speaker:
                talks.note(round_, int(actor), np.where(final & yes[:, actor], deal, NO_DEAL), "accept")
        signed = final & table.signable[every, index] & table.offerable[every, index] & yes[:, speaker]
        talks.close(signed, deal, round_, speaker, yes)
        talks.stage = settled
