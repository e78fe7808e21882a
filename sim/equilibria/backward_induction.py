"""Alternating offers over a finite set of deals, solved from the last round backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.table import BargainingTable, RoundPlan

#: Premia that agree to this many decimals are ties for the proposer.
_TIE_DECIMALS: Final = 12
#: Numbers held at a time by the sorted copies of a chunk of draws; small enough to stay in the cache.
_CHUNK: Final = 200_000


@EQUILIBRIA.register("backward-induction", source="Stahl 1972, on a finite set of deals")
def backward_induction(table: BargainingTable, rounds: int, *, leaving: bool = False) -> RoundPlan:
    """Solve alternating offers with a known last round, in every draw, for any signing rule.

    The proposer of a round puts forward the deal he likes best among those that would pass, if it is at
    least as good for him as waiting. An actor says yes to a deal that crosses no hard red line of his, is no
    worse than no deal and is worth at least what he expects from the next round. Refusal costs everybody a
    round of his discount; after the last round there is no deal. War pays while talks last: W is the inside
    payoff, so only premia V - W are discounted.

    Ties are broken for the proposer by the sum of the others' premia, then by the lowest deal index.

    Args:
        table:  deals and payoffs of a block of draws
        rounds: number of rounds, 1 or more
        leaving: no deal is an offer from outside: while the talks last nobody has anything (a payoff of 0), and whoever
            has just refused may leave, which gives everybody what no deal is worth; the same happens after the last
            round. A proposer cannot leave. Payoffs of deals and of no deal are then 0 or more
    Returns:
        proposals, reservation payoffs and the value of talks, all in payoff V
    Raises:
        ValueError: if there is no round
    Source: Stahl 1972, with the inside payoff of Binmore, Rubinstein & Wolinsky 1986; leaving: Binmore, Shaked & Sutton
        1989, Q J Econ 104:753-770. Everybody who must consent is asked as a signer is, and expects as much; ours
    Example:
        >>> pie = np.linspace(0, 1, 11)
        >>> table = BargainingTable.of_payoffs(np.stack([pie, 1 - pie]), discount=[[0.9, 0.8]])
        >>> solved = backward_induction(table, 3)
        >>> solved.proposal.tolist(), solved.value.round(2).tolist()
        ([[9, 9, 10]], [[0.9, 0.1]])
    """
    if rounds < 1:
        raise ValueError(f"talks need at least one round, not {rounds}")
    draws, actors, deals = table.payoff.shape
    if leaving:
        option = np.maximum(table.disagreement, 0.0)
        table = table.replace(disagreement=np.zeros_like(option))
    else:
        option = np.zeros_like(table.disagreement)
    proposer = table.order[np.arange(rounds) % len(table.order)]
    proposal = np.full((draws, rounds), NO_DEAL)
    reservation = np.empty((draws, actors, rounds))
    value = np.empty((draws, actors))
    width = actors * max(1, deals) * len(set(proposer.tolist()))
    step = max(1, _CHUNK // width)
    for start in range(0, draws, step):
        some = np.arange(start, min(start + step, draws))
        part = table.select(some)
        solved = _solve(part, proposer, option[some], leaving=leaving)
        proposal[some], reservation[some] = solved.proposal, solved.reservation
        value[some] = solved.value
    reservation += table.disagreement[:, :, None]
    return RoundPlan(proposal, proposer, reservation, value + table.disagreement)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Deals that could pass, as one proposer ranks them; K' is the largest number of them in a draw.

    deal:    (B, K') deal indices, best for the proposer first, NO_DEAL as padding
    premium: (A, B, K') what each is worth above no deal
    needed:  (actor, (B, K')) for each actor some deal needs: his premium, +inf where his yes is not
             needed, -inf in the padding
    votes:   (actor, (B, K')) for each actor whose vote counts towards a quota: premium or -inf
    """

    deal: Ints
    premium: Floats
    needed: tuple[tuple[int, Floats], ...]
    votes: tuple[tuple[int, Floats], ...]


def _rank(table: BargainingTable, feasible: Bools, speaker: int) -> _Ranked:
    rule = table.rule
    feasible = feasible & table.acceptable[:, speaker]
    own = np.round(table.premium[:, speaker], _TIE_DECIMALS)
    others = np.round(table.premium.sum(axis=1) - table.premium[:, speaker], _TIE_DECIMALS)
    order = np.lexsort((-others, -np.where(feasible, own, -np.inf)), axis=-1)
    order = order[:, : int(feasible.sum(axis=1).max(initial=0))]
    real = np.take_along_axis(feasible, order, axis=1)
    premium = np.take_along_axis(table.premium, order[:, None, :], axis=2).swapaxes(0, 1).copy()
    yes = np.take_along_axis(table.acceptable, order[:, None, :], axis=2).swapaxes(0, 1)
    all_must = rule.unanimous
    needed, votes = [], []
    for actor in range(len(table.actors)):
        always = actor == speaker or rule.veto[actor] or (all_must and rule.signers[actor])
        asked = real & (always | table.consent[actor][order])
        could = np.where(yes[actor], premium[actor], -np.inf)
        if asked.any():
            needed.append((actor, np.where(real, np.where(asked, could, np.inf), -np.inf)))
        if not all_must and rule.weights[actor] > 0:
            votes.append((actor, could))
    return _Ranked(np.where(real, order, NO_DEAL), premium, tuple(needed), tuple(votes))


def _solve(table: BargainingTable, proposer: Ints, option: Floats, *, leaving: bool) -> RoundPlan:
    """Solve a chunk of draws; reservations and values are premia here, and so is what leaving gives (B, A)."""
    draws, actors = table.disagreement.shape
    rounds = len(proposer)
    # A yes is at most as easy as at the end of talks, so what cannot be signed at all is dropped at once.
    feasible = table.offerable & table.signable
    ranked = {speaker: _rank(table, feasible, speaker) for speaker in set(proposer.tolist())}
    proposal = np.full((draws, rounds), NO_DEAL)
    reservation = np.empty((draws, actors, rounds))
    waiting = option.copy()
    rows = np.arange(draws)
    value = waiting
    for round_ in range(rounds - 1, -1, -1):
        reservation[:, :, round_] = np.maximum(waiting, option)
        deals = ranked[int(proposer[round_])]
        answering = np.asarray(np.arange(actors) != proposer[round_])
        nothing = waiting
        if leaving:
            could = np.asarray(option > waiting + TOLERANCE)
            gone = np.asarray((could & answering & table.rule.signers).any(axis=1))
            nothing = np.where(gone[:, None], option, waiting)
        value = nothing
        if deals.deal.shape[1]:
            passes = _passing(deals, reservation[:, :, round_] - TOLERANCE, table)
            place = passes.argmax(axis=1)
            found = passes[rows, place]
            proposal[:, round_] = np.where(found, deals.deal[rows, place], NO_DEAL)
            value = np.where(found[:, None], deals.premium[:, rows, place].T, nothing)
        waiting = table.discount * value
    return RoundPlan(proposal, proposer, reservation, value)


def _passing(deals: _Ranked, least: Floats, table: BargainingTable) -> Bools:
    """(B, K') deals that everybody needed says yes to and that reach the quota; ``least`` is (B, A)."""
    passes = np.ones(deals.deal.shape, bool)
    for actor, premium in deals.needed:
        passes &= premium >= least[:, actor, None]
    if deals.votes:
        if table.rule.winning is not None:
            return passes & _coalition_says_yes(deals, least, table.rule.winning)
        count, heads = np.zeros(deals.deal.shape), np.zeros(deals.deal.shape, np.int64)
        for actor, premium in deals.votes:
            yes = premium >= least[:, actor, None]
            count += table.rule.weights[actor] * yes
            heads += yes
        passes &= table.rule.enough(count, heads)
    return passes


def _coalition_says_yes(deals: _Ranked, least: Floats, winning: Bools) -> Bools:
    """(B, K') deals to which all members of some winning coalition say yes."""
    yes = {actor: premium >= least[:, actor, None] for actor, premium in deals.votes}
    found = np.zeros(deals.deal.shape, bool)
    for coalition in winning:
        together = np.ones(deals.deal.shape, bool)
        for actor in np.flatnonzero(coalition):
            together &= yes[int(actor)]
        found |= together
    return found
