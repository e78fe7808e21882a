"""The best of all deals without looking at each: branch and bound on utilities that are sums over issues and pairs.

What a deal is worth above no deal is, to every party a, g_a = o_a + sum_i x_a,i(level) + sum_ij y_a,ij(level, level).
Issue by issue one level is fixed, which makes a tree. Below a point of it no deal can have a weighted sum above

    o + fixed levels + sum over the issues left of the largest that a level can add,

and none a Nash product above what that makes of it: since log g <= w g - 1 - log w for every w > 0,

    log N = sum_a log g_a <= max over deals of sum_a w_a g_a - sum_a (1 + log w_a),

whose first part is such a weighted sum. The weights that make it lowest are looked for at each point (conditional
gradient on the mean of deals, w = 1/g). Points whose bound is no better than the best deal known are left aside, and
the most promising one is gone on with; when none is left the deal is the best of all, and when the search is
broken off the largest bound left says how much better another one may be.

Rules between issues prune as soon as they are broken; until then the bound holds without them.

Source: branch and bound: Land & Doig 1960, Econometrica 28:497-520; best-first search: Hart, Nilsson & Raphael 1968;
    tangents of a concave function and conditional gradient: Frank & Wolfe 1956, Nav Res Logist Q 3:95-110
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sim.foundations import TOLERANCE, Bools, Floats, Ints

#: Steps of the conditional gradient at the root, and at each further point.
_FIRST_STEPS: Final = 12
_STEPS: Final = 3
#: Gains below this count as so much where weights are made of them: one party's weight is bounded.
_LEAST: Final = 1e-3


@dataclass(frozen=True)
class IssueSums:
    """Gains that are sums over issues and pairs of issues, of one draw.

    offset: (S,) what no level adds
    single: per issue (S, L) what each level adds
    pairs:  two issues, the first before the second -> (S, L, L') what two levels add together
    """

    offset: Floats
    single: Sequence[Floats]
    pairs: Mapping[tuple[int, int], Floats] = field(default_factory=dict)

    def gains(self, levels: Ints) -> Floats:
        """(S,) what a deal (I,) is worth above no deal."""
        total = self.offset + sum(own[:, level] for own, level in zip(self.single, levels, strict=True))
        for (i, j), both in self.pairs.items():
            total = total + both[:, levels[i], levels[j]]
        return np.asarray(total)


@dataclass(frozen=True)
class TiedIssues:
    """Combinations that are no deals, and sums that deals keep.

    forbidden: rules: issue -> (L,) levels of it; a deal with one of them on every issue named is none
    sums:      per issue (L,) amounts, the least and the most that they may add up to
    """

    forbidden: Sequence[Mapping[int, Bools]] = ()
    sums: Sequence[tuple[Sequence[Floats], float, float]] = ()

    def broken(self, fixed: Mapping[int, int]) -> bool:
        """Whether no deal with these levels keeps the rules."""
        for rule in self.forbidden:
            if all(i in fixed and own[fixed[i]] for i, own in rule.items()):
                return True
        for amounts, low, high in self.sums:
            slack = 1e-9 * max(1.0, *(abs(end) for end in (low, high) if np.isfinite(end)))
            least = sum(float(own[fixed[i]] if i in fixed else own.min()) for i, own in enumerate(amounts))
            most = sum(float(own[fixed[i]] if i in fixed else own.max()) for i, own in enumerate(amounts))
            if least > high + slack or most < low - slack:
                return True
        return False


@dataclass(frozen=True)
class BoundedBest:
    """The best deal that was found, and what none exceeds.

    levels: (I,) of it, ``None`` where none was found that keeps the rules and, for products, that all gain by
    value:  its weighted sum, or the logarithm of its Nash product; -inf where none was found
    bound:  what no deal exceeds, at least ``value``
    points: of the tree that were gone on from
    """

    levels: Ints | None
    value: float
    bound: float
    points: int

    @property
    def proved(self) -> bool:
        """Whether no deal is better."""
        return self.bound <= self.value + 1e-9

    @property
    def gap(self) -> float:
        """How much of the best that there might be this may fall short of: a difference, of products a share."""
        return max(0.0, self.bound - self.value)


def best_sum(
    sums: IssueSums, weights: Floats, tied: TiedIssues | None = None, *, points: int = 10_000, known: float = -np.inf
) -> BoundedBest:
    """The deal with the largest weighted sum of gains.

    Args:
        weights: (S,) of the parties
        tied:    rules between issues
        points:  of the tree to go on from, at most
        known:   a value that some deal is known to have
    Source: the docstring of this module
    Example:
        >>> case = IssueSums(np.zeros(2), [np.array([[0, 1.0], [1.0, 0]]), np.array([[0, 0.2], [0, 0.3]])])
        >>> found = best_sum(case, np.array([1.0, 0.5]))
        >>> found.levels.tolist(), round(found.value, 2), found.proved
        ([1, 1], 1.35, True)
    """
    return _Tree(sums, tied or TiedIssues(), np.asarray(weights, float)).searched(points, known)


def best_product(
    sums: IssueSums, tied: TiedIssues | None = None, *, points: int = 10_000, known: float = -np.inf
) -> BoundedBest:
    """The deal with the largest Nash product of gains, told by its logarithm.

    Args:
        tied:   rules between issues
        points: of the tree to go on from, at most
        known:  the logarithm of a Nash product that some deal is known to have
    Source: the docstring of this module
    Example:
        >>> case = IssueSums(np.zeros(2), [np.array([[0, 0.9, 0.5], [0.9, 0, 0.5]])])
        >>> found = best_product(case)
        >>> found.levels.tolist(), round(float(np.exp(found.value)), 2), found.proved
        ([2], 0.25, True)
    """
    return _Tree(sums, tied or TiedIssues(), None).searched(points, known)


class _Tree:
    """Issues in the order in which they are fixed, and bounds at every point."""

    def __init__(self, sums: IssueSums, tied: TiedIssues, weights: Floats | None) -> None:
        self.sums, self.tied, self.weights = sums, tied, weights
        spread = [np.ptp(own, axis=1).sum() for own in sums.single]
        self.order = sorted(range(len(sums.single)), key=lambda i: -spread[i])

    def searched(self, points: int, known: float) -> BoundedBest:
        """Go on from the most promising point until none is better than the best deal, or so many have been."""
        count = itertools.count()
        best: tuple[float, Ints | None] = (-np.inf, None)
        bound, weights, found = self._bounded({}, self._begin(), _FIRST_STEPS)
        best = max(best, found, key=lambda one: one[0])
        queue: list[tuple[float, int, dict[int, int], Floats]] = []
        if not self.tied.broken({}):
            queue.append((-bound, next(count), {}, weights))
        done = 0
        while queue and done < points:
            top = max(best[0], known)
            if -queue[0][0] <= top + TOLERANCE:
                break
            _, _, fixed, weights = heapq.heappop(queue)
            done += 1
            issue = self.order[len(fixed)]
            for level in range(self.sums.single[issue].shape[1]):
                further = {**fixed, issue: level}
                if self.tied.broken(further):
                    continue
                bound, own, found = self._bounded(further, weights, _STEPS)
                best = max(best, found, key=lambda one: one[0])
                if len(further) < len(self.order) and bound > max(best[0], known) + TOLERANCE:
                    heapq.heappush(queue, (-bound, next(count), further, own))
        left = -queue[0][0] if queue else -np.inf
        return BoundedBest(best[1], best[0], max(best[0], known, left), done)

    def _begin(self) -> Floats:
        return np.ones(len(self.sums.offset)) if self.weights is None else self.weights

    def _bounded(
        self, fixed: dict[int, int], weights: Floats, steps: int
    ) -> tuple[float, Floats, tuple[float, Ints | None]]:
        """What no deal below exceeds, the weights that say so, and the best deal that was met on the way."""
        bound, kept = np.inf, weights
        best: tuple[float, Ints | None] = (-np.inf, None)
        mean: Floats | None = None
        for step in range(1 if self.weights is not None else steps):
            most, levels = self._most(fixed, weights)
            gains = self.sums.gains(levels)
            if self.weights is not None:
                value = float(weights @ gains)
                here = most
            else:
                value = float(np.log(gains).sum()) if (gains > 0).all() else -np.inf
                here = most - len(gains) - float(np.log(weights).sum())
            if here < bound:
                bound, kept = here, weights
            if value > best[0] and not self.tied.broken(dict(enumerate(levels.tolist()))):
                best = value, levels
            if self.weights is None:
                mean = gains if mean is None else mean + 2 / (step + 2) * (gains - mean)
                weights = 1.0 / np.maximum(mean, _LEAST)
        return bound, kept, best

    def _most(self, fixed: dict[int, int], weights: Floats) -> tuple[float, Ints]:
        """The largest weighted sum below, at most, and the levels that are best issue by issue."""
        levels = np.zeros(len(self.order), np.int64)
        total = float(weights @ self.sums.offset)
        place = {issue: n for n, issue in enumerate(self.order)}
        for issue in self.order:
            score = weights @ self.sums.single[issue]
            for (i, j), both in self.sums.pairs.items():
                if issue not in {i, j}:
                    continue
                other = j if issue == i else i
                worth = np.tensordot(weights, both, axes=1)
                worth = worth if issue == i else worth.T
                if other in fixed:  # counted once, with the one that is fixed last, or is free
                    if issue not in fixed or place[other] < place[issue]:
                        score = score + worth[:, fixed[other]]
                elif issue not in fixed and place[other] > place[issue]:
                    score = score + worth.max(axis=1)
            at = fixed[issue] if issue in fixed else int(score.argmax())
            levels[issue] = at
            total += float(score[at])
        return total, levels
