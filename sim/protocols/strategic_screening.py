"""Offers to somebody whose resolve is his secret, between rounds of fighting, as planned beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Dice, Floats, InputError, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_choice, require_rounds
from sim.protocols.seats import Seats
from sim.table import BargainingTable, ScreeningPlan


@dataclass
class ScreeningTalks(TalksState):
    """Talks in which one side learns about the other.

    gone:   (B,) types, softest first, that would have accepted by now
    won:    (B,) battles that the other side has won
    fought: battles fought
    chance: (B,) chance that he wins one, by what he is really like
    belief: (B, G) what the proposer thinks of the types, softest first
    """

    gone: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    won: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    fought: int = 0
    chance: Floats = field(default_factory=lambda: np.empty(0))
    belief: Floats = field(default_factory=lambda: np.empty((0, 0)))

    def select(self, where: Ints) -> ScreeningTalks:
        """The talks of some of the draws."""
        found = ScreeningTalks(
            self.open[where], self.deal[where], self.round[where], self.by[where], self.accepted[where]
        )
        found.gone, found.won, found.fought = self.gone[where], self.won[where], self.fought
        found.chance, found.belief = self.chance[where], self.belief[where]
        return found


@PROTOCOLS.register(
    "strategic-screening", source="Powell 2004, Am J Polit Sci 48:231-241; Fudenberg & Tirole 1983, RES 50:221-247"
)
@dataclass(frozen=True)
class StrategicScreening(AbstractProtocol):
    """One side makes offers to another whose resolve it has to guess, and learns from every refusal and battle.

    screening_plan: what to offer after what has been seen, from an equilibrium or elsewhere
    rounds: round budget, 1 or more; 0 (the default) for as many as the plan takes
    offers: number of offers, 1 or more; they are spread evenly over the rounds, and after the last there is no deal
    leak:   how much battles tell of the other, 0..1; 0 (the default): nothing
    about:  name of the one who is sounded out; empty (the default): the first signer with private numbers, other than
            him who speaks first, else the next signer
    mediator: name of one who does not sign, and has heard whether that one is of the softer half of his types; empty
            (the default): nobody has
    error:  chance that he has heard wrong, 0..1/2; 0 (the default): he never has

    The first to speak makes all offers. What the one may be like are the types of his private numbers; the others who
    sign are known. He takes an offer that the next would not better for him after the wait. The belief after each
    refusal and battle is Bayes' rule on the grid of types. A mediator who has heard something says it before the first
    offer, and is believed where he would gain nothing by saying the opposite: that takes one who is biased.
    Battles tell nothing then.

    Raises:  InputError if a setting is out of range, or there is nobody to sound out
    Source:  Powell 2004: screening by fighting, battles that tell of power; Fudenberg & Tirole 1983 for the cutoffs.
             Ours: any list of deals, types from the ranges of the case. The mediator: Kydd 2003, Am J Polit Sci
             47:597-611, ``sim.equilibria.mediated_screening``

    Example:
        >>> from sim.engine.seating import seat
        >>> from sim.scenario import change, draw, read_scenario
        >>> from sim.table import DealSpace, build
        >>> case = change(read_scenario("scenarios/pie"), {"talks.protocol": "strategic-screening"})
        >>> protocol = seat(build(DealSpace.of(case), draw(case, np.arange(3))))
        >>> protocol.offers, protocol.rounds
        (4, 10)
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "screening_plan")

    screening_plan: ScreeningPlan
    rounds: int = 0
    offers: int = 4
    leak: float = 0.0
    about: str = ""
    mediator: str = ""
    error: float = 0.0

    def __post_init__(self) -> None:
        if self.rounds == 0:
            object.__setattr__(self, "rounds", self.screening_plan.offers * self.screening_plan.pause)
        require_rounds(self.rounds)

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Whose resolve is his secret is worked out, and the plan for it."""
        offers, leak = settings.get("offers", cls.offers), settings.get("leak", cls.leak)
        if isinstance(offers, bool) or not isinstance(offers, int) or offers < 1:
            raise InputError(f'the setting "offers" is {offers}; at least one offer is made')
        if isinstance(leak, bool | str) or not 0 <= leak <= 1:
            raise InputError(f'the setting "leak" is {leak}; it lies between 0 and 1')
        about = settings.get("about", "")
        if about:
            speaker = seats.scenario.order[0]
            require_choice("about", about, tuple(name for name in seats.scenario.signers if name != speaker))
        mediator, error = settings.get("mediator", ""), settings.get("error", 0.0)
        if isinstance(error, bool | str) or not 0 <= error <= 0.5:
            raise InputError(f'the setting "error" is {error}; it lies between 0 and 0.5, where he knows nothing')
        if mediator:
            others = tuple(name for name in seats.scenario.actors if name not in seats.scenario.signers)
            require_choice("mediator", mediator, others)
            if leak:
                raise InputError("a mediator's word is not worked out beside battles that tell something: leak is 0")
        plan = seats.screening_plan(offers, float(leak), about, mediator, float(error))
        return cls(plan, seats.rounds, offers, float(leak), about, mediator, float(error))

    def select(self, where: Bools | Ints) -> StrategicScreening:
        """The same rules with the plan of some of the draws."""
        return replace(self, screening_plan=self.screening_plan.select(where))

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> ScreeningTalks:
        """All types are thought equally likely, or as a mediator who is believed has it."""
        del dice
        talks = ScreeningTalks.begin(table.draws, keep_log=keep_log)
        plan = self.screening_plan
        talks.gone, talks.won = np.zeros(table.draws, np.int64), np.zeros(table.draws, np.int64)
        count = plan.order.shape[1]
        talks.chance = plan.wins[np.minimum((plan.tough * count).astype(np.int64), count - 1)]
        talks.belief = plan.belief.copy()
        return talks

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Make the offer that is due, hear the answer, and fight a battle before the next."""
        assert isinstance(talks, ScreeningTalks)
        plan = self.screening_plan
        number, waits = divmod(round_, plan.pause)
        if waits or number >= plan.offers:
            return
        rows = np.arange(table.draws)
        deal = plan.offer[rows, number, talks.won, talks.gone]
        gone = plan.cutoff[rows, number, talks.won, talks.gone]
        index = np.maximum(deal, 0)
        acceptable = table.acceptable[rows, :, index]
        yes = acceptable & (deal != NO_DEAL)[:, None]
        yes[:, plan.answering] &= table.premium[rows, plan.answering, index] >= self._waiting(
            table, talks, number, gone
        )
        yes[:, plan.answering] &= deal != NO_DEAL
        talks.note(round_, plan.proposer, deal)
        for actor in np.flatnonzero(table.rule.signers):
            if actor != plan.proposer:
                talks.note(round_, int(actor), np.where(yes[:, actor], deal, NO_DEAL), "accept")
        consent = table.consent[:, index].T & table.rule.signers
        signed = (deal != NO_DEAL) & table.rule.passes(yes) & (yes | ~consent).all(axis=1)
        talks.close(signed, deal, round_, plan.proposer, yes)
        self._learn(talks, dice, number, gone)

    def _waiting(self, table: BargainingTable, talks: ScreeningTalks, number: int, gone: Ints) -> Floats:
        """(B,) what the one who answers can expect of the next offer, over no deal, once the wait is paid for."""
        plan, rows = self.screening_plan, np.arange(table.draws)
        if number + 1 >= plan.offers:
            return np.full(table.draws, -TOLERANCE)
        worth = []
        for battle in (0, 1):
            deal = plan.offer[rows, number + 1, np.minimum(talks.won + battle, number + 1), gone]
            premium = table.premium[rows, plan.answering, np.maximum(deal, 0)]
            worth.append(np.where(deal == NO_DEAL, 0.0, np.maximum(premium, 0.0)))
        chance = talks.chance if self.leak else np.zeros(table.draws)
        kept = table.discount[:, plan.answering] ** plan.pause
        return np.asarray(kept * ((1 - chance) * worth[0] + chance * worth[1]) - TOLERANCE)

    def _learn(self, talks: ScreeningTalks, dice: Dice, number: int, gone: Ints) -> None:
        """Bayes' rule after a refusal, and after the battle that follows it."""
        plan = self.screening_plan
        talks.gone = np.where(talks.open, gone, talks.gone)
        likelihood = (np.arange(talks.belief.shape[1]) >= talks.gone[:, None]).astype(float)
        if self.leak and number + 1 < plan.offers:
            wins = dice.uniform("battle", number) < talks.chance
            talks.won = talks.won + (wins & talks.open)
            likelihood = likelihood * np.where(wins[:, None], plan.wins, 1 - plan.wins)
        talks.fought += 1
        belief = talks.belief * likelihood
        total = belief.sum(axis=1, keepdims=True)
        here = talks.open[:, None] & (total > 0)
        talks.belief = np.where(here, belief / np.where(total > 0, total, 1.0), talks.belief)
