"""The Pareto frontier: deals that nobody can improve on without hurting somebody."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.foundations import Bools, Floats, Ints
from sim.solutions.bargaining_problem import BargainingProblem

#: Gains are compared after rounding to this many decimals, so that 0.1 + 0.2 does not dominate 0.3.
DECIMALS: Final = 12

#: Bytes that one array of the comparison between more than two signers may take; small ones stay in cache.
BLOCK_BYTES: Final = 1_000_000


#: Deals of the largest sum that are held against all others before these are sorted; below MANY deals, none.
LEADERS: Final = 8
MANY: Final = 64


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
    feasible = _not_beaten_by_leaders(problem) if deals > MANY else problem.feasible
    frontier = np.zeros_like(feasible)
    most = int(feasible.sum(axis=1).max(initial=0))
    if most == 0:
        return frontier
    words = -(-most // 64)
    block = draws if signers <= 2 else max(1, BLOCK_BYTES // (8 * words * (most + 1)))
    for start in range(0, draws, block):
        part = slice(start, start + block)
        rows = np.arange(len(feasible[part]))[:, None]
        # Feasible deals first; padding is worse than everything and masked at the end.
        packed = np.argsort(~feasible[part], axis=1, kind="stable")[:, :most]
        inside = feasible[part][rows, packed]
        values = np.round(problem.gains[part].transpose(0, 2, 1)[rows, packed], DECIMALS)
        values = np.where(inside[:, :, None], values, -np.inf)
        order = np.lexsort([-values[:, :, i] for i in reversed(range(signers))], axis=1)
        ranked = values[rows, order]
        ahead = _start_of_equals(ranked)
        if signers == 1:
            dominated = ahead > 0
        elif signers == 2:
            dominated = _beaten_by_running_maximum(ranked[:, :, 1], ahead)
        else:
            dominated = _beaten_by_bit_sets(ranked, ahead)
        frontier[part][rows, packed[rows, order]] = inside[rows, order] & ~dominated
    return frontier


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
        if int(np.count_nonzero(alive, axis=1).max(initial=0)) <= MANY:
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


def _beaten_by_running_maximum(second: Floats, ahead: Ints) -> Bools:
    """Whether a deal ahead (at least as good for the first) is at least as good for the second: (B, K)."""
    best = np.maximum.accumulate(second, axis=1)
    before = np.take_along_axis(best, np.maximum(ahead - 1, 0), axis=1)
    return np.asarray((ahead > 0) & (before >= second))


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
