"""All deals on offer: one level for each issue, and what about them is the same in every draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, InputError, Ints, Problem
from sim.scenario import Scenario
from sim.scenario.deal_count import deal_tree, kind_codes, resolution, too_many
from sim.scenario.deal_tree import DealTree, TooManyDealsError
from sim.scenario.foreseen_breaches import foresees_breaches
from sim.scenario.kinds import by_root_causes, deal_kinds
from sim.scenario.level_range import LevelName, Levels
from sim.scenario.without_memory import without_memory
from sim.table.deal_search import searched_tree

#: Bits that the number of a deal may take.
_BITS: Final = 62
#: Share of all deals above which it is not worth while to leave the others out.
_WORTH_LEAVING_OUT: Final = 0.9


@dataclass(frozen=True)
class DealSpace:
    """The grid of deals of a scenario.

    scenario:    the scenario it belongs to
    tree:        the deals as they branch, issue by issue
    deals:       (K, I) level index of each issue
    settled:     (K, I) whether the issue leaves its status quo
    enforcement: (K,) enforcement that the levels bring, summed over issues
    kind:        (K,) index into ``kinds``
    resolution:  (K,) how many root causes a deal settles: 0 none, 1 some, 2 all, also where there are none
    consent:     (A, K) actors whose consent the levels need
    follow_on:   (K,) level index of the issue that opens follow-on talks, -1 without one

    Source: multi-issue negotiation over a grid of options (Raiffa 1982)
    """

    scenario: Scenario
    tree: DealTree
    deals: Ints
    settled: Bools
    enforcement: Floats
    kind: Ints
    resolution: Ints
    consent: Bools
    follow_on: Ints

    @cached_property
    def settled_spaces(self) -> dict[tuple[int, ...], DealSpace]:
        """The same deals under rules that some worlds have drawn, as far as they were asked for."""
        return {}

    def places_of(self, levels: Ints) -> Ints:
        """(n,) the deals with these levels (n, I), NO_DEAL for those that are not on offer."""
        wanted = np.ascontiguousarray(levels, dtype=np.int64)
        codes, numbers = self._coded
        if codes is None:
            return np.array([self._numbers.get(row.tobytes(), NO_DEAL) for row in wanted], dtype=np.int64)
        code = wanted @ self._radix
        place = np.minimum(np.searchsorted(codes, code), len(codes) - 1)
        known = (codes[place] == code) & ((wanted >= 0) & (wanted < self._sizes)).all(axis=1)
        return np.where(known, numbers[place], NO_DEAL)

    @cached_property
    def _sizes(self) -> Ints:
        """(I,) a level of each issue above all that are on offer."""
        return np.asarray(self.deals.max(axis=0, initial=0) + 1, dtype=np.int64)

    @cached_property
    def _radix(self) -> Ints:
        """(I,) what a level of each issue counts in the number of a deal, last issue fastest."""
        return np.append(np.cumprod(self._sizes[:0:-1])[::-1], 1)

    @cached_property
    def _coded(self) -> tuple[Ints | None, Ints]:
        """Numbers of the deals in rising order and the places of these; none where they are too large for 64 bits."""
        if np.log2(self._sizes.astype(float)).sum() > _BITS:
            return None, np.empty(0, np.int64)
        code = np.asarray(self.deals, dtype=np.int64) @ self._radix
        order = code.argsort(kind="stable")
        return code[order], order

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {row.tobytes(): number for number, row in enumerate(np.ascontiguousarray(self.deals, dtype=np.int64))}

    @classmethod
    def of(cls, scenario: Scenario) -> DealSpace:
        """Enumerate the deals on offer, last issue fastest.

        Combinations that are forbidden, or break a sum, are no deals. Of more than DEAL_LIMIT those that are worth a
        look are searched for, see `sim.table.deal_search`.

        Raises:  InputError if there are none
        """
        return cls._over(scenario, _tree(scenario))

    def with_status_quo(self, levels: Mapping[str, LevelName]) -> DealSpace:
        """The same deals where some issues stand at other levels while there is no deal."""
        key = tuple(sorted((name, self.scenario.issues[name].index(level)) for name, level in levels.items()))
        known = self.standings
        if key not in known:
            issues = {
                name: without_memory(issue.model_copy(update={"status_quo": levels[name]})) if name in levels else issue
                for name, issue in self.scenario.issues.items()
            }
            known[key] = self._over(without_memory(self.scenario.model_copy(update={"issues": issues})), self.tree)
        return known[key]

    @cached_property
    def standings(self) -> dict[tuple[tuple[str, int], ...], DealSpace]:
        """The same deals with other levels while there is no deal, as far as they were asked for."""
        return {}

    @classmethod
    def _over(cls, scenario: Scenario, tree: DealTree) -> DealSpace:
        """What there is to say of given deals."""
        issues = list(scenario.issues.values())
        deals = tree.deals()
        settled = np.empty(deals.shape, bool)
        opening = [i for i, issue in enumerate(issues) if issue.follow_on]
        follow_on = deals[:, opening[0]] if opening else np.full(len(deals), -1)
        consent = np.zeros((len(scenario.actors), len(deals)), bool)
        for i, issue in enumerate(issues):
            settled[:, i] = deals[:, i] != issue.status_quo_index
            for rule in issue.consents:
                needed = np.isin(deals[:, i], issue.indices(rule.levels))
                for actor in rule.actors:
                    consent[list(scenario.actors).index(actor)] |= needed
        enforcement = tree.added([_brings(issue.enforcement_by_level) for issue in issues])
        resolved = resolution(scenario, deals)
        kind = resolved if by_root_causes(scenario) else kind_codes(scenario, deals)
        return cls(scenario, tree, deals, settled, enforcement, kind, resolved, consent, follow_on)

    @cached_property
    def observed(self) -> DealSpace:
        """The deals that a verdict on what was observed needs: those spoken of, and what talks may lead to later.

        Each deal is worth the same whatever others are on offer, but for the settlement that follow-on talks lead to.
        All of them where that is not so, as events lie ahead, deals may be broken on purpose, or a search found them.
        """
        scenario = self.scenario
        if scenario.events or scenario.cheating or foresees_breaches(scenario) or self.searched:
            return self
        needed = self.settles_all.copy()
        for one in scenario.observations.values():
            for some in (one.deals, one.over):
                if some is not None:
                    needed |= self.select(some.kinds, some.levels)
        if not needed.any() or needed.mean() > _WORTH_LEAVING_OUT:
            return self
        return self._over(scenario, self.tree.kept(needed))

    @cached_property
    def searched(self) -> bool:
        """Whether these are only the deals that a search found, as there are too many to count out."""
        return too_many(self.scenario)

    def __len__(self) -> int:
        return len(self.deals)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of deal the case tells apart."""
        return deal_kinds(self.scenario)

    @cached_property
    def leaves_all(self) -> Bools:
        """(K,) deals that leave every root cause as it is; none where there are no root causes."""
        return np.asarray(self.resolution == 0)

    @cached_property
    def settles_all(self) -> Bools:
        """(K,) deals that settle every root cause there is."""
        return np.asarray(self.resolution == 2)

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """Indices of the root-cause issues."""
        return tuple(i for i, issue in enumerate(self.scenario.issues.values()) if issue.root_cause_of)

    @cached_property
    def durability_classes(self) -> tuple[Ints, Ints]:
        """Deals that last equally long: (G,) one deal of each class, and (K,) the class of each deal.

        Hazards depend on enforcement, root-cause levels and follow-on talks only, so they are computed once
        for each class. Where somebody may cheat, or break a deal, it depends on the deal whether he does: each is a
        class.
        """
        if self.scenario.cheating or foresees_breaches(self.scenario):
            return np.arange(len(self)), np.arange(len(self))
        return row_classes(self.enforcement, *(self.deals[:, i] for i in self.roots), self.follow_on)

    @cached_property
    def delay_classes(self) -> tuple[Ints, Ints]:
        """Deals that take equally long to be in force: (M,) one deal of each class, and (K,) the class of each deal."""
        issues = self.scenario.issues.values()
        late = [i for i, issue in enumerate(issues) if issue.time_to_settle is not None]
        return row_classes(np.zeros(len(self), bool), *(self.settled[:, i] for i in late))

    @cached_property
    def enforcement_grades(self) -> tuple[Floats, Ints]:
        """(E,) the different enforcements there are, rising, and (K,) which of them each deal brings."""
        grades, grade = np.unique(self.enforcement, return_inverse=True)
        return grades, grade.reshape(-1)

    @cached_property
    def level_keys(self) -> tuple[tuple[str, ...], ...]:
        """What all levels of each issue are called in data: names, or numbers written out."""
        return tuple(issue.keys for issue in self.scenario.issues.values())

    def select(self, kinds: tuple[str, ...] = (), levels: Mapping[str, Levels] | None = None) -> Bools:
        """(K,) deals of some kinds and with some levels."""
        chosen = np.ones(len(self), bool)
        if kinds:
            chosen &= np.isin(self.kind, [self.kinds.index(kind) for kind in kinds])
        for issue, wanted in (levels or {}).items():
            i = list(self.scenario.issues).index(issue)
            chosen &= np.isin(self.deals[:, i], self.scenario.issues[issue].indices(wanted))
        return chosen

    def numbers(self, levels: Sequence[int]) -> Ints:
        """The deals with these levels, one for each issue: one, or none where it is not on offer."""
        alike = np.ones(len(self), bool)
        for i, level in enumerate(levels):
            alike &= self.deals[:, i] == level
        return np.flatnonzero(alike)

    def describe(self, deal: int) -> dict[str, str]:
        """Issue -> what its level in a deal is called in data."""
        return {
            issue: keys[level]
            for issue, keys, level in zip(self.scenario.issues, self.level_keys, self.deals[deal], strict=True)
        }


def _tree(scenario: Scenario) -> DealTree:
    """The deals on offer; where they are too many to count out, those that a search finds."""
    try:
        tree = deal_tree(scenario)
    except TooManyDealsError:
        return searched_tree(scenario)
    if tree.size:
        return tree
    name = next(iter(scenario.issues))
    raise InputError(Problem("0 deals are on offer; at least 1 is needed", ("issues", name), "more levels on offer"))


def _brings(amounts: Floats) -> Floats | None:
    """What the levels of an issue add, ``None`` where that is nothing."""
    return amounts if amounts.any() else None


def row_classes(*columns: np.ndarray) -> tuple[Ints, Ints]:
    """Rows that are alike: (G,) the first of each class, and (K,) the class of each; classes in the order of values.

    Example:
        >>> [found.tolist() for found in row_classes(np.array([2, 1, 2]), np.array([0, 0, 0]))]
        [[1, 0], [1, 0, 1]]
    """
    first, code = np.zeros(1, np.int64), np.zeros(len(columns[0]), np.int64)
    for column in columns:
        values, place = np.unique(column, return_inverse=True)
        if len(values) > 1:
            _, first, code = np.unique(code * len(values) + place.reshape(-1), return_index=True, return_inverse=True)
            code = code.reshape(-1)
    return np.asarray(first), np.asarray(code)
