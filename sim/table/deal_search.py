"""Deals to play where there are too many to count out: best responses, found by local search, and how good they are.

Utilities are sums over issues and over pairs of issues, so what is best for any weights of the parties is found issue
by issue. Each of some plausible worlds is searched with many weights: every party's own best deal, and points all along
the frontier; from each, one issue at a time is changed while that helps (coordinate ascent), and two at a time where a
rule or an interaction ties them, within what is forbidden and what sums allow. These deals, and those that differ from
them in one issue, are the deals that are played.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Dice, Floats, InputError, Ints
from sim.scenario import Scenario, draw
from sim.scenario.deal_count import superfluous
from sim.scenario.deal_tree import DealTree
from sim.table.preferences import Preferences

#: Deals that are played where there are too many to count out.
CANDIDATES: Final = 20_000
#: Worlds that are searched, and weights of the parties that each is searched with.
_WORLDS: Final = 48
_WEIGHTS: Final = 40
#: Times that all issues are gone through.
_SWEEPS: Final = 3
#: Combinations of levels of two issues up to which both are changed at once.
_SQUARE: Final = 4_096
#: What was searched last is remembered: the same deals are looked at many times in a run.
_REMEMBERED: Final = 2
_FOUND: dict[str, DealTree] = {}


def searched_tree(scenario: Scenario) -> DealTree:
    """The deals to play, CANDIDATES at most, as a tree.

    Raises:  InputError where none was found that keeps what is forbidden and what sums allow
    Source: coordinate ascent with restarts on weighted sums of the parties' utilities (weighted-sum scalarisation,
        Miettinen 1999, Nonlinear Multiobjective Optimization, section 3.1)
    """
    key = hashlib.sha256(scenario.model_dump_json().encode()).hexdigest()
    if key not in _FOUND:
        while len(_FOUND) >= _REMEMBERED:
            del _FOUND[next(iter(_FOUND))]
        _FOUND[key] = DealTree.through(_searched(scenario))
    return _FOUND[key]


def _searched(scenario: Scenario) -> Ints:
    search = _Search(scenario)
    quo = [[issue.status_quo_index for issue in scenario.issues.values()]]
    best = np.unique(np.concatenate([np.array(quo), search.best()]), axis=0)
    best = best[search.allowed(best) & ~superfluous(scenario, best)]
    near = np.concatenate([best, *search.neighbours(best)])
    _, first = np.unique(near, axis=0, return_index=True)
    near = near[np.sort(first)]
    deals = near[~superfluous(scenario, near)][:CANDIDATES]  # the best first, then what is one step away
    if not len(deals):
        raise InputError("no deal was found that keeps what is forbidden and what sums allow: forbid less")
    return deals


class _Search:
    """Worth of every level in some worlds, and the rules that deals have to keep."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.draws = draw(scenario, np.arange(_WORLDS))
        self.preferences = Preferences.of(scenario, self.draws)
        names = list(scenario.issues)
        issues = list(scenario.issues.values())
        self.offered = [np.array(levels) for levels in scenario.offered.values()]
        self.worth = [
            self.preferences.weight[:, :, i, None] * self.preferences.value[i][:, :, self.offered[i]]
            for i, issue in enumerate(issues)
        ]
        self.own = [self.preferences.value[i][:, :, self.offered[i]] for i, issue in enumerate(issues)]
        self.signers = [list(scenario.actors).index(name) for name in scenario.signers]
        self.forbidden = [
            [
                np.isin(self.offered[i], issues[i].indices(rule[name])) if name in rule else None
                for i, name in enumerate(names)
            ]
            for rule in scenario.forbid
        ]
        self.sums = [
            ([one.amounts(name, issues[i])[self.offered[i]] for i, name in enumerate(names)], *one.ends)
            for one in scenario.sums.values()
        ]

    def best(self) -> Ints:
        """(N, I) the best deals found: in each world for each party alone, for all alike, and for many weights."""
        weights = np.concatenate(list(self._weights()))  # (N, S)
        world = np.tile(np.arange(_WORLDS), len(weights) // _WORLDS)
        place = np.stack([self._score(weights, i).argmax(axis=1) for i in range(len(self.worth))], axis=1)
        pairs = self._tied()
        for _ in range(_SWEEPS if self.forbidden or self.sums or any(self.preferences.bonus) else 0):
            before = place.copy()
            for i in range(len(self.worth)):
                score = self._score(weights, i) + self._together(weights, world, place, i)
                place[:, i] = _allowed_best(score, self._broken(place, (i,)))
            for i, j in pairs:
                one = self._score(weights, i) + self._together(weights, world, place, i, j)
                two = self._score(weights, j) + self._together(weights, world, place, j, i)
                score = one[:, :, None] + two[:, None, :] + self._between(weights, world, i, j)
                chosen = _allowed_best(score.reshape(len(score), -1), self._broken(place, (i, j)))
                place[:, i], place[:, j] = np.divmod(chosen, two.shape[1])
            if (place == before).all():
                break
        return np.stack([offered[place[:, i]] for i, offered in enumerate(self.offered)], axis=1)

    def _weights(self) -> Iterator[Floats]:
        """(B, S) weights of those who sign: each alone, all alike, and many drawn from the simplex."""
        count = len(self.signers)
        for row in (*np.eye(count), np.ones(count)):
            yield np.broadcast_to(row, (_WORLDS, count))
        dice = Dice(f"{self.scenario.seed}, deals", np.arange(_WORLDS))
        for n in range(_WEIGHTS):
            luck = np.stack([dice.uniform("weight", n, who) for who in self.scenario.signers], axis=1)
            yield -np.log(luck)

    def _tied(self) -> list[tuple[int, int]]:
        """Pairs of issues that a rule or an interaction ties together: these are changed two at a time besides."""
        together = [[i for i, found in enumerate(rule) if found is not None] for rule in self.forbidden]
        together += [[i for i, found in enumerate(amounts) if found.any()] for amounts, _, _ in self.sums]
        together += [[first, second] for pairs in self.preferences.bonus for first, second, _ in pairs]
        pairs = {pair for group in together for pair in combinations(sorted(group), 2)}
        return [pair for pair in sorted(pairs) if len(self.offered[pair[0]]) * len(self.offered[pair[1]]) <= _SQUARE]

    def _score(self, weights: Floats, issue: int) -> Floats:
        """(N, L) what each level of an issue adds to the weighted sum."""
        blocks = weights.reshape(-1, _WORLDS, weights.shape[1])  # every world in turn, for each of the weights
        found = np.einsum("wsl,mws->mwl", self.worth[issue][:, self.signers], blocks)
        return np.asarray(found.reshape(len(weights), -1))

    def _together(self, weights: Floats, world: Ints, place: Ints, issue: int, but: int = -1) -> Floats:
        """(N, L) what its levels add by interactions with the others as they are, one of them left aside."""
        added = np.zeros((len(place), len(self.offered[issue])))
        for n, actor in enumerate(self.signers):
            for first, second, size in self.preferences.bonus[actor]:
                other = second if issue == first else first
                if issue in {first, second} and other != but:
                    there = size[world] * self.own[other][world, actor, place[:, other]] * weights[:, n]
                    added += there[:, None] * self.own[issue][world, actor]
        return added

    def _between(self, weights: Floats, world: Ints, issue: int, other: int) -> Floats:
        """(N, L, L') what two issues add by interactions with each other."""
        added = np.zeros((len(weights), len(self.offered[issue]), len(self.offered[other])))
        for n, actor in enumerate(self.signers):
            for first, second, size in self.preferences.bonus[actor]:
                if {first, second} == {issue, other}:
                    one = (size[world] * weights[:, n])[:, None] * self.own[issue][world, actor]
                    added += one[:, :, None] * self.own[other][world, actor][:, None, :]
        return added

    def _broken(self, place: Ints, issues: tuple[int, ...]) -> Floats:
        """(N, L) how far levels of one issue, or of two (N, L L'), break rules, the others as they are."""
        shape = tuple(len(self.offered[i]) for i in issues)
        broken = np.zeros((len(place), *shape))

        def along(values: np.ndarray, issue: int) -> np.ndarray:
            """Values (L,) of one of the issues, ready to be combined with those of the other."""
            return values.reshape([-1 if i == issue else 1 for i in issues])

        for rule in self.forbidden:
            if all(rule[i] is None for i in issues):
                continue
            have = np.ones((len(place), *(1 for _ in shape)), bool)
            for i, found in enumerate(rule):
                if found is not None and i not in issues:
                    have = have & found[place[:, i]].reshape(-1, *(1 for _ in shape))
                elif found is not None:
                    have = have & along(found, i)[None]
            broken += have
        for amounts, low, high in self.sums:
            total = np.zeros((len(place), *(1 for _ in shape)))
            for i, found in enumerate(amounts):
                own = i in issues
                total = total + (along(found, i)[None] if own else found[place[:, i]].reshape(-1, *(1 for _ in shape)))
            slack = 1e-9 * max(1.0, *(abs(end) for end in (low, high) if np.isfinite(end)))
            broken += np.maximum(total - high - slack, 0) + np.maximum(low - slack - total, 0)
        return broken.reshape(len(place), -1)

    def allowed(self, deals: Ints) -> Bools:
        """(N,) deals that keep every rule."""
        place = np.stack([np.searchsorted(offered, deals[:, i]) for i, offered in enumerate(self.offered)], axis=1)
        fine = np.ones(len(deals), bool)
        for i, offered in enumerate(self.offered):
            at = np.minimum(place[:, i], len(offered) - 1)
            fine &= offered[at] == deals[:, i]
            place[:, i] = at
        for i in range(len(self.offered)) if self.forbidden or self.sums else ():
            fine &= self._broken(place, (i,))[np.arange(len(place)), place[:, i]] == 0
        return fine

    def neighbours(self, deals: Ints) -> Iterator[Ints]:
        """Deals that differ from these in one issue and keep every rule, issue by issue."""
        for i, offered in enumerate(self.offered):
            changed = np.repeat(deals, len(offered), axis=0)
            changed[:, i] = np.tile(offered, len(deals))
            yield changed[self.allowed(changed)]


def _allowed_best(score: Floats, broken: Floats) -> Ints:
    """(N,) the best column among those that break rules least."""
    return np.asarray(np.where(broken == broken.min(axis=1, keepdims=True), score, -np.inf).argmax(axis=1))


def nash_shortfall(gains: Floats, best: Ints, worth: list[Floats], offset: Floats) -> Floats:
    """(B,) by how much the Nash product of a deal can fall short of that of any deal, as a part of the latter: at most.

    The sum of logarithms of gains is concave, so no deal has more of it than its tangent allows at the deal found:
    log N - log N* <= max over all deals of sum_a (g_a / g*_a) - A, a sum over issues that is largest issue by issue.

    Args:
        gains:  (B, S, K) gains of those who sign in the deals that were looked at
        best:   (B,) the deal found among these, NO_DEAL where none gains
        worth:  per issue, or group of issues, (B, S, L) what each level or combination adds to the gain
        offset: (B, S) the gain that is no level's
    Returns:
        0..1; nan where nobody gains by the deal found
    Source: tangent bound of a concave function (Boyd & Vandenberghe 2004, section 3.1.3), on the relaxation without
        rules between issues; ours
    Example:
        >>> gains = np.array([[[0.5, 0.2], [0.5, 0.9]]])
        >>> worth = [np.array([[[0.5, 0.2], [0.5, 0.9]]])]
        >>> nash_shortfall(gains, np.array([0]), worth, np.zeros((1, 2))).round(3).tolist()
        [0.181]
    """
    rows = np.arange(len(best))
    found = gains[rows, :, np.maximum(best, 0)]
    fine = (best != NO_DEAL) & (found > 0).all(axis=1)
    weight = 1.0 / np.where(fine[:, None], found, 1.0)
    most = (weight * offset).sum(axis=1)
    for levels in worth:
        most = most + np.einsum("bsl,bs->bl", levels, weight).max(axis=1)
    more = np.maximum(most - found.shape[1], 0.0)
    return np.where(fine, -np.expm1(-more), np.nan)
