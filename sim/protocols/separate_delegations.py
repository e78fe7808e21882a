"""A delegation for each issue, which settles it without the others, and capitals that ratify what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_rounds
from sim.table import BargainingTable


@PROTOCOLS.register(
    "separate-delegations", source="Rubinstein 1982, once for each issue; Putnam 1988, Int Organ 42:427-460"
)
@dataclass(frozen=True)
class SeparateDelegations(AbstractProtocol):
    """Each issue is settled by delegations of its own, by turns; then capitals say yes or no to all of it together.

    rounds: round budget of each delegation, 1 or more
    settled: (B,) deal put together from what the delegations settle, NO_DEAL where nothing can be

    A delegation looks at its own issue alone: a level is worth what deals with it are worth on average, over the worst
    level, and no deal costs it as large a part as the issue's range is of all ranges. Issues on which a delegation does
    not agree stay as they are. The capitals ratify in the first round, by what the whole is worth to them; what one of
    them refuses is lost, and nobody trades one issue for another.

    Raises:  InputError if there is no round
    Source:  Rubinstein 1982 for each issue (``issue-by-issue-apart``); ratification: Putnam 1988. Ours: how no deal is
             divided among the issues

    Example:
        >>> from sim.engine.seating import seat
        >>> from sim.scenario import change, draw, read_scenario
        >>> from sim.table import DealSpace, build
        >>> case = change(read_scenario("scenarios/pie"), {"talks.protocol": "separate-delegations"})
        >>> protocol = seat(build(DealSpace.of(case), draw(case, np.arange(2))))
        >>> protocol.settled.tolist()
        [57, 57]
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "settled")

    rounds: int
    settled: Ints

    def __post_init__(self) -> None:
        require_rounds(self.rounds)

    def select(self, where: Bools | Ints) -> SeparateDelegations:
        """The same rules with what is settled in some of the draws."""
        return replace(self, settled=self.settled[where])

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """In the first round the capitals say yes or no to what has been settled."""
        del dice
        if round_:
            return
        deal, rows = self.settled, np.arange(table.draws)
        index = np.maximum(deal, 0)
        speaker = int(table.order[0])
        there = (deal != NO_DEAL) & table.offerable[rows, index]
        talks.note(round_, speaker, np.where(there, deal, NO_DEAL))
        yes = table.acceptable[rows, :, index] & there[:, None]
        for actor in np.flatnonzero(table.rule.signers):
            if actor != speaker:
                talks.note(round_, int(actor), np.where(yes[:, actor], deal, NO_DEAL), "accept")
        talks.close(there & table.signable[rows, index], deal, round_, speaker, yes)
