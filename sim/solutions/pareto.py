"""The Pareto frontier: deals that nobody can improve on without hurting somebody."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.solutions.bargaining_problem import BargainingProblem

#: Gains are compared after rounding to this many decimals, so that 0.1 + 0.2 does not dominate 0.3.
DECIMALS: Final = 12

#: Bytes that one array of the comparison between more than two signers may take; small ones stay in cache.
_BLOCK_BYTES: Final = 1_000_000


#: Deals of the largest sum that are held against all others before these are sorted; below MANY deals, none, and
#: between two signers, whose deals are quickly sorted, none below MANY_OF_TWO in many draws, or SOME_OF_TWO in one.
LEADERS: Final = 8
_MANY: Final = 64
MANY_OF_TWO: Final = 2048
SOME_OF_TWO: Final = 256
#: Deals from which on draws are gone through one by one, so that what a leader strikes out is not looked at again.
WIDE: Final = 4096


def pareto_frontier(problem: BargainingProblem) -> Bools:
    """Mark the feasible deals that no feasible deal weakly dominates: (B, K); equal deals are all kept.

    Deal j dominates k if every signer gains at least as much in j as in k and one strictly more.

    Source:  two signers: one sort and a running maximum (Kung, Luccio & Preparata 1975, J ACM 22:469-476);
             more: for each signer the sets "at least as good as k" as rows of bits, whose
             intersection holds the deals that dominate k. Before either, what a few deals of the largest
             sum dominate is struck out. Memory is bounded by blocks of draws.

    Example:
        >>> gains = np.array([[[1.0, 3.0, 2.0, 3.0], [3.0, 1.0, 1.0, 1.0]]])
        >>> pareto_frontier(BargainingProblem(gains, np.ones((1, 4), bool))).tolist()
        [[True, True, False, True]]
    """
    draws, signers, deals = problem.gains.shape
    if deals >= WIDE or (draws == 1 and deals > _MANY):
        return _one_by_one(problem)
    many = MANY_OF_TWO if signers == 2 else _MANY
    feasible = _not_beaten_by_leaders(problem) if deals > many else problem.feasible
    frontier = np.zeros_like(feasible)
    most = int(feasible.sum(axis=1).max(initial=0))
    if most == 0:
        return frontier
    words = -(-most // 64)
    block = draws if signers <= 2 else max(1, _BLOCK_BYTES // (8 * words * (most + 1)))
    for start in range(0, draws, block):
        part = slice(start, start + block)
        gains, inside = problem.gains[part], feasible[part]
        if 2 * most >= deals:
            frontier[part] = _not_dominated(gains, inside)
            continue
        # Feasible deals first; padding is masked as what is not feasible is.
        packed = np.argsort(~inside, axis=1, kind="stable")[:, :most]
        few = np.stack([np.take_along_axis(gains[:, i], packed, axis=1) for i in range(signers)], axis=1)
        found = _not_dominated(few, np.take_along_axis(inside, packed, axis=1))
        np.put_along_axis(frontier[part], packed, found, axis=1)
    return frontier


def _one_by_one(problem: BargainingProblem) -> Bools:
    """Mark the frontier of each draw, of many deals, for itself: (B, K)."""
    frontier = np.zeros_like(problem.feasible)
    for draw, (gains, feasible) in enumerate(zip(problem.gains, problem.feasible, strict=True)):
        if not feasible.any():
            continue
        place = _survivors(gains, feasible)
        few = gains.take(place, axis=1)[None]
        if few.shape[1] == 2:
            few = few.round(DECIMALS)
            frontier[draw, place] = _above_running_maximum(few[:, 0], few[:, 1])
        else:
            frontier[draw, place] = _not_dominated(few, np.ones((1, len(place)), bool))
    return frontier


def _survivors(gains: Floats, feasible: Bools) -> Ints:
    """Places of the feasible deals, of one draw's (N, K), that none of a few leaders dominates clearly."""
    place = None if feasible.all() else np.flatnonzero(feasible)
    left = gains if place is None else gains.take(place, axis=1)
    total = np.add.reduce(left, axis=0)
    few = SOME_OF_TWO if len(left) == 2 else _MANY
    for _ in range(LEADERS):
        if len(total) <= few:
            break  # few enough to be sorted
        first = total.argmax()
        leader, total[first] = left[:, first], -np.inf
        better, equal = np.zeros(len(total), bool), np.ones(len(total), bool)
        for gain, best in zip(left, leader, strict=True):
            better |= gain > best
            equal &= gain >= best - 2 * 10.0**-DECIMALS
        kept = (better | equal).nonzero()[0]
        place = kept if place is None else place.take(kept)
        total, left = total.take(kept), left.take(kept, axis=1)
    return np.arange(len(feasible)) if place is None else place


def _not_dominated(gains: Floats, inside: Bools) -> Bools:
    """(B, K) deals, of those that are inside, that no other of them dominates."""
    draws, signers, _ = gains.shape
    values = np.round(gains, DECIMALS)
    if not inside.all():
        values = np.where(inside[:, None], values, -np.inf)
    if signers == 2:
        return _above_running_maximum(values[:, 0], values[:, 1]) & inside
    rows = np.arange(draws)[:, None]
    order = np.lexsort([-values[:, i] for i in reversed(range(signers))], axis=1)
    ranked = values.transpose(0, 2, 1)[rows, order]
    ahead = _start_of_equals(ranked)
    dominated = ahead > 0 if signers == 1 else _beaten_by_bit_sets(ranked, ahead)
    found = np.empty_like(inside)
    found[rows, order] = ~dominated
    return np.asarray(found & inside)


def _not_beaten_by_leaders(problem: BargainingProblem) -> Bools:
    """Feasible deals that none of a few leaders dominates clearly (more than rounding can hide): (B, K)."""
    gains, alive = problem.gains, problem.feasible.copy()
    total = np.where(alive, gains.sum(axis=1), -np.inf)
    rows = np.arange(len(gains))
    for _ in range(LEADERS):
        leader = total.argmax(axis=1)
        exists = total[rows, leader] > -np.inf
        best = gains[rows, :, leader]
        beaten = alive & exists[:, None]
        clearly = np.zeros_like(alive)
        for i in range(gains.shape[1]):
            beaten &= gains[:, i] <= best[:, i, None]
            clearly |= gains[:, i] < best[:, i, None] - 2 * 10.0**-DECIMALS
        alive &= ~(beaten & clearly)
        if int(np.count_nonzero(alive, axis=1).max(initial=0)) <= _MANY:
            break  # few enough to be sorted
        total[~alive] = -np.inf
        total[rows, leader] = -np.inf
    return alive


def _start_of_equals(ranked: Floats) -> Ints:
    """For deals (B, K, N) in lexicographic order, the place where the run of deals equal to each begins.

    Only deals ahead of that place can dominate a deal.
    """
    draws, deals, _ = ranked.shape
    new = np.ones((draws, deals), bool)
    new[:, 1:] = (ranked[:, 1:] != ranked[:, :-1]).any(axis=2)
    return np.asarray(np.maximum.accumulate(np.where(new, np.arange(deals), 0), axis=1))


def _above_running_maximum(first: Floats, second: Floats) -> Bools:
    """(B, K) deals than which none better for the first is as good for the second, nor one as good for him better.

    Sorted by what they are worth to the first; of those worth the same to him the order does not matter.
    """
    draws, deals = first.shape
    order = (-first).argsort(axis=1) + np.arange(0, draws * deals, deals)[:, None]
    one, other = first.ravel().take(order), second.ravel().take(order)
    best = np.maximum.accumulate(other, axis=1)
    good = np.ones((draws, deals), bool)
    np.greater(other[:, 1:], best[:, :-1], out=good[:, 1:])
    same = one[:, 1:] == one[:, :-1]
    if same.any():
        place, true = np.arange(deals), np.ones((draws, 1), bool)
        begins, ends = np.hstack([true, ~same]), np.hstack([~same, true])
        begin = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
        end = np.minimum.accumulate(np.where(ends, place, deals)[:, ::-1], axis=1)[:, ::-1]
        before = np.take_along_axis(best, np.maximum(begin - 1, 0), axis=1)
        good = ((begin == 0) | (other > before)) & (other == np.take_along_axis(best, end, axis=1))
    found = np.empty(draws * deals, bool)
    found[order] = good
    return found.reshape(draws, deals)


def _beaten_by_bit_sets(ranked: Floats, ahead: Ints) -> Bools:
    """Whether some deal ahead is at least as good for the second and every further signer: (B, K)."""
    draws, deals, signers = ranked.shape
    words = -(-deals // 64)
    rows = np.arange(draws)[:, None]
    place = np.arange(deals)
    # Row r of `upto` is the set of the first r places of the lexicographic order.
    upto = np.zeros((deals + 1, words), np.uint64)
    upto[place + 1, place // 64] = np.uint64(1) << (place % 64).astype(np.uint64)
    bits = upto[1:].copy()
    np.bitwise_or.accumulate(upto, axis=0, out=upto)
    better = upto[ahead]  # (B, K, words)
    for i in range(1, signers):
        value = ranked[:, :, i]
        order = np.argsort(-value, axis=1, kind="stable")
        # Of equals those ahead come first, so the set up to a deal holds all that are ahead and at least as good.
        sets = np.bitwise_or.accumulate(bits[order], axis=1)
        reach = np.empty((draws, deals), np.int64)
        np.put_along_axis(reach, order, place[None, :], axis=1)
        better &= sets[rows, reach]
    return np.asarray(better.any(axis=2))
