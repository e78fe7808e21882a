"""A delegation for each issue, which settles it without the others, and capitals that ratify what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Floats, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_rounds
from sim.protocols.seats import Seats
from sim.table import BargainingTable, RoundPlan


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

    @classmethod
    def seated(cls, seats: Seats, settings: Mapping[str, Any]) -> Self:
        """Every delegation reckons backwards on its own issue."""
        del settings
        table = seats.worlds.table
        rest = [issue.status_quo_index for issue in seats.scenario.issues.values()]
        chosen = settled_levels(table, rest, lambda own: seats.foresight(own, seats.rounds))
        return cls(seats.rounds, seats.worlds.space.places_of(chosen))

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


def settled_levels(
    table: BargainingTable, rest: Sequence[int], foresight: Callable[[BargainingTable], RoundPlan]
) -> Ints:
    """(B, I) what the delegations settle on each issue.

    Args:
        rest:      level at which each issue stays where its delegations do not agree
        foresight: the plan of parties who reckon backwards on a table
    """
    found = np.empty((table.draws, len(table.issues)), np.int64)
    for i in range(len(table.issues)):
        own, levels = issue_table(table, i)
        first = foresight(own).proposal[:, 0]
        found[:, i] = np.where(first == NO_DEAL, rest[i], levels[np.maximum(first, 0)])
    return found


def issue_table(table: BargainingTable, issue: int) -> tuple[BargainingTable, Ints]:
    """One issue as the delegations see it, and the level that each of its deals stands for.

    Example:
        >>> deals = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
        >>> table = BargainingTable.of_payoffs([[0, 1, 3, 4.0], [4, 1, 3, 0.0]], deals=deals, issues=("a", "b"))
        >>> own, levels = issue_table(table, 0)
        >>> own.payoff.tolist(), levels.tolist()
        ([[[0.0, 3.0], [1.0, 0.0]]], [0, 1])
    """
    worth = [_marginal(table, i) for i in range(len(table.issues))]
    spans = [np.ptp(one, axis=2) for one in worth]
    total = sum(spans, np.zeros_like(spans[0]))
    share = np.where(total > 0, spans[issue] / np.where(total > 0, total, 1.0), 0.0)
    mean = table.payoff.mean(axis=2)
    worst = mean + sum((one.min(axis=2) - mean for one in worth), np.zeros_like(mean))
    levels = np.unique(table.deals[:, issue])
    payoff = worth[issue] - worth[issue].min(axis=2, keepdims=True)
    needed = np.stack([table.consent[:, table.deals[:, issue] == level].all(axis=1) for level in levels], axis=1)
    allowed = np.stack([table.permitted[:, :, table.deals[:, issue] == level].any(axis=2) for level in levels], axis=2)
    own = BargainingTable(
        actors=table.actors,
        issues=(table.issues[issue],),
        levels=(table.levels[issue],),
        deals=levels[:, None],
        kind=np.zeros(len(levels), np.int64),
        payoff=payoff,
        disagreement=(table.disagreement - worst) * share,
        discount=table.discount,
        permitted=allowed,
        rule=table.rule,
        consent=needed,
        order=table.order,
        round_years=table.round_years,
    )
    return own, levels


def _marginal(table: BargainingTable, issue: int) -> Floats:
    """(B, A, L) what deals with each level of an issue are worth on average."""
    at = table.deals[:, issue]
    return np.stack([table.payoff[:, :, at == level].mean(axis=2) for level in np.unique(at)], axis=2)
