"""Monotonic concession: whoever would lose more by a breakdown gives way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final, Literal, get_args

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Floats, Ints
from sim.protocols.protocol import PROTOCOLS, AbstractProtocol, TalksState, require_choice, require_rounds
from sim.solutions import BargainingProblem, pareto_frontier
from sim.strategies import require
from sim.table import BargainingTable

#: Risks closer than this are a tie, which the actor named first resolves by conceding.
RISK_TIE: Final = 1e-12


Concession = Literal["one-step", "minimal-sufficient"]


@dataclass
class ConcessionTalks(TalksState):
    """Talks in which every signer has a proposal on the table; positions count along ``deals``.

    signers:  (N,) indices of the actors who sign
    deals:    (B, M) the frontier of each draw, best for the first signer first (two signers) or by
              rising Nash product (more); padded with NO_DEAL
    gains:    (B, N, M) gains over no deal of the signers in those deals
    onward:   (B, N, M) the position each signer would concede to next; his own position at the end
    position: (B, N) where each signer's proposal lies
    quota:    (B,) concessions made per round
    """

    signers: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    deals: Ints = field(default_factory=lambda: np.empty((0, 0), np.int64))
    gains: Floats = field(default_factory=lambda: np.empty((0, 0, 0)))
    onward: Ints = field(default_factory=lambda: np.empty((0, 0, 0), np.int64))
    position: Ints = field(default_factory=lambda: np.empty((0, 0), np.int64))
    quota: Ints = field(default_factory=lambda: np.empty(0, np.int64))


@PROTOCOLS.register("zeuthen", source="Zeuthen 1930; Harsanyi 1956; Rosenschein & Zlotkin 1994; Endriss 2006")
@dataclass(frozen=True)
class Zeuthen(AbstractProtocol):
    """All put their best efficient deal forward; the one with the least to lose by standing firm yields.

    rounds:     round budget, 1 or more; talks that have not met by then lapse
    concession: ``one-step``: to his next deal; ``minimal-sufficient``: to the first deal after which it
                is another's turn to concede
    per_round:  concessions in a round, 1 or more; 0 (the default) for as many as the whole walk needs
                to fit into the rounds, counted for each draw

    Deals are the Pareto frontier of those that every signer prefers to no deal. Risk of i = (his gain in
    his own proposal - his least gain in anybody's) / the former, 1 where that is 0. The lowest risk
    concedes, of equal ones the actor named first. Talks end when somebody's proposal gives everybody at
    least what his own does. With two signers the steps go along the frontier; with more each step goes to
    the best deal for the conceder among those with a larger Nash product than his proposal (a Nash
    concession). Either way they end at the deal with the largest Nash product, if it is unique. Every
    signer must agree here, whatever the signing rule.

    Raises:  InputError if the rounds or the concessions per round make no sense
    Source:  Zeuthen 1930 and Harsanyi 1956 (risk), Rosenschein & Zlotkin 1994 (two parties), Endriss 2006
             (risk and agreement for more). Ours: the order of deals by Nash product for more than two

    Example:
        >>> table = BargainingTable.of_payoffs([[10.0, 8, 6, 3, 1], [1.0, 5, 7, 8, 10]])
        >>> protocol, dice = Zeuthen(rounds=5), Dice("doc", np.arange(1))
        >>> talks = protocol.start(table, dice)
        >>> for round_ in range(5):
        ...     protocol.step(table, talks, dice, round_)
        >>> talks.deal.tolist()
        [2]
    """

    clocked: ClassVar[bool] = False

    rounds: int
    concession: Concession = "one-step"
    per_round: int = 0

    def __post_init__(self) -> None:
        require_rounds(self.rounds)
        require("per_round", self.per_round, 0)
        require_choice("concession", self.concession, get_args(Concession))

    def start(self, table: BargainingTable, dice: Dice, *, keep_log: bool = False) -> ConcessionTalks:
        """Everybody's proposal is his best deal on the frontier."""
        del dice
        talks = ConcessionTalks.begin(table.draws, keep_log=keep_log)
        problem = BargainingProblem.of_table(table)
        talks.signers = np.flatnonzero(table.rule.signers)
        two = len(talks.signers) == 2
        talks.deals, count = _along_frontier(problem) if two else _by_product(problem)
        rows = np.arange(table.draws)[:, None]
        by_deal = problem.gains.transpose(0, 2, 1)
        talks.gains = by_deal[rows, np.maximum(talks.deals, 0)].transpose(0, 2, 1)
        talks.onward, talks.position = (_neighbours if two else _nash_concessions)(talks.gains, count)
        moves = np.maximum(count - 1, 0) * (1 if two else len(talks.signers))
        spread = np.maximum(-(-moves // self.rounds), 1)
        talks.quota = np.full(table.draws, self.per_round) if self.per_round else spread
        return talks

    def step(self, table: BargainingTable, talks: TalksState, dice: Dice, round_: int) -> None:
        """Make the round's concessions, one conceder at a time."""
        del table, dice
        assert isinstance(talks, ConcessionTalks)
        bargains = (talks.deals != NO_DEAL).any(axis=1)
        if round_ == 0:
            for place, actor in enumerate(talks.signers):
                talks.note(round_, int(actor), _proposal(talks, place))
            self._meet(talks, bargains, round_)
        for made in range(int(talks.quota.max(initial=0))):
            active = talks.open & bargains & (made < talks.quota)
            if not active.any():
                return
            _concede(talks, active, far=self.concession == "minimal-sufficient", round_=round_)
            self._meet(talks, active, round_)

    def _meet(self, talks: ConcessionTalks, where: Bools, round_: int) -> None:
        """Close the draws in which a proposal satisfies everybody; of several the first one's is signed."""
        offered = _cross_gains(talks)
        fits = _fits(offered)
        fits &= where[:, None]
        whose = fits.argmax(axis=1)
        deal = talks.deals[np.arange(len(whose)), talks.position[np.arange(len(whose)), whose]]
        talks.close(np.asarray(fits.any(axis=1)), deal, round_, talks.signers[whose])


def _along_frontier(problem: BargainingProblem) -> tuple[Ints, Ints]:
    """(B, M) frontier deals, best for the first signer first, one of each set of equals; and (B,) count."""
    gains, frontier = problem.gains, pareto_frontier(problem)
    first = np.where(frontier, np.round(gains[:, 0], 12), -np.inf)
    order = np.lexsort((-gains[:, 1], -first), axis=1)
    ranked = np.take_along_axis(first, order, axis=1)
    keep = ranked > -np.inf
    keep[:, 1:] &= ranked[:, 1:] < ranked[:, :-1]
    return _pack(order, keep)


def _by_product(problem: BargainingProblem) -> tuple[Ints, Ints]:
    """(B, M) frontier deals by rising Nash product, of equal products the deal listed first last."""
    frontier = pareto_frontier(problem)
    product = np.where(frontier, problem.gains.prod(axis=1), np.inf)
    order = np.argsort(-product, axis=1, kind="stable")[:, ::-1]
    return _pack(order, np.take_along_axis(frontier, order, axis=1))


def _pack(order: Ints, keep: Bools) -> tuple[Ints, Ints]:
    """Move the kept entries of each row to its front, in order; cut at the longest row, at least 1."""
    count = keep.sum(axis=1)
    longest = max(int(count.max(initial=0)), 1)
    front = np.argsort(~keep, axis=1, kind="stable")[:, :longest]
    deals = np.take_along_axis(order, front, axis=1)
    return np.where(np.arange(longest) < count[:, None], deals, NO_DEAL), count


def _neighbours(gains: Floats, count: Ints) -> tuple[Ints, Ints]:
    """Two signers walk towards each other from the two ends of the frontier."""
    size = gains.shape[2]
    last = np.maximum(count - 1, 0)
    down = np.minimum(np.arange(size) + 1, last[:, None])
    up = np.maximum(np.broadcast_to(np.arange(size) - 1, down.shape), 0)
    return np.stack([down, up], axis=1), np.stack([np.zeros_like(last), last], axis=1)


def _nash_concessions(gains: Floats, count: Ints) -> tuple[Ints, Ints]:
    """Each signer steps to his best deal among those further along, i.e. with a larger product."""
    draws, signers, size = gains.shape
    inside = np.arange(size) < count[:, None]
    best = np.where(inside[:, None, :], gains, -np.inf)
    onward = np.empty((draws, signers, size), np.int64)
    top, where = np.full((draws, signers), -np.inf), np.maximum(count - 1, 0)[:, None].repeat(signers, 1)
    for place in range(size - 1, -1, -1):  # from the largest product down; M steps, no loop over draws
        onward[:, :, place] = where
        better = best[:, :, place] > top
        where = np.where(better, place, where)
        top = np.maximum(top, best[:, :, place])
    return onward, where


def _proposal(talks: ConcessionTalks, place: int) -> Ints:
    """(B,) deal that one signer proposes."""
    rows = np.arange(len(talks.position))
    return np.asarray(talks.deals[rows, talks.position[:, place]])


def _cross_gains(talks: ConcessionTalks) -> Floats:
    """(B, N, N) gain of signer j in the proposal of signer i, at [:, j, i]."""
    return np.take_along_axis(talks.gains, talks.position[:, None, :], axis=2)


def _fits(offered: Floats) -> Bools:
    """(B, N) proposals that give everybody at least what his own gives him."""
    own = np.diagonal(offered, axis1=1, axis2=2)
    return np.asarray((offered >= own[:, :, None]).all(axis=1))


def _conceder(talks: ConcessionTalks, offered: Floats) -> Ints:
    """(B,) place of the signer with the lowest risk among those who can still move."""
    own = np.diagonal(offered, axis1=1, axis2=2)
    risk = np.where(own > 0, (own - offered.min(axis=2)) / np.where(own > 0, own, 1.0), 1.0)
    ahead = np.take_along_axis(talks.onward, talks.position[:, :, None], axis=2)[:, :, 0]
    risk = np.where(ahead == talks.position, np.inf, risk)
    lowest = risk.min(axis=1, keepdims=True)
    return np.asarray((risk <= lowest + RISK_TIE).argmax(axis=1))


def _concede(talks: ConcessionTalks, active: Bools, *, far: bool, round_: int) -> None:
    """Let the conceder of each active draw move one deal, or (``far``) until it is another's turn."""
    rows = np.arange(len(active))
    who = _conceder(talks, _cross_gains(talks))
    moving = active.copy()
    while moving.any():
        here = talks.position[rows, who]
        talks.position[rows, who] = np.where(moving, talks.onward[rows, who, here], here)
        offered = _cross_gains(talks)
        moving &= far & ~_fits(offered).any(axis=1) & (_conceder(talks, offered) == who)
    for place, actor in enumerate(talks.signers):
        moved = active & (who == place)
        if talks.keep_log and moved.any():
            talks.note(round_, int(actor), np.where(moved, _proposal(talks, place), NO_DEAL))
