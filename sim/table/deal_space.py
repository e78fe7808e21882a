"""All deals on offer: one level for each issue, and what about them is the same in every draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from sim.foundations import Bools, Floats, InputError, Ints, Problem
from sim.scenario import DEAL_LIMIT, Scenario
from sim.scenario.kinds import by_root_causes, deal_kinds
from sim.scenario.level_range import Levels


@dataclass(frozen=True)
class DealSpace:
    """The grid of deals of a scenario.

    scenario:    the scenario it belongs to
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
    deals: Ints
    settled: Bools
    enforcement: Floats
    kind: Ints
    resolution: Ints
    consent: Bools
    follow_on: Ints

    @classmethod
    def of(cls, scenario: Scenario) -> DealSpace:
        """Enumerate the deals on offer, last issue fastest.

        Raises:  InputError if there are none, or more than DEAL_LIMIT
        """
        issues = list(scenario.issues.values())
        count = int(np.prod([len(issue.offered) for issue in issues], dtype=float))
        if count > DEAL_LIMIT or count == 0:
            widest = max(scenario.issues, key=lambda name: len(scenario.issues[name].offered))
            raise InputError(
                Problem(
                    f"{count:,} deals are on offer; between 1 and {DEAL_LIMIT:,} can be played",
                    ("issues", widest),
                    allowed=f"fewer levels: set issues.{widest}.available, or fewer points (it has "
                    f"{len(scenario.issues[widest].offered)} levels)",
                )
            )
        deals = np.array(list(product(*(issue.offered for issue in issues))), dtype=np.int64)
        settled = deals != [issue.status_quo_index for issue in issues]
        roots = [i for i, issue in enumerate(issues) if issue.root_cause_of]
        share = settled[:, roots].mean(axis=1) if roots else np.ones(len(deals))
        resolution = np.where(share <= 0, 0, np.where(share >= 1, 2, 1))
        opening = [i for i, issue in enumerate(issues) if issue.follow_on]
        follow_on = deals[:, opening[0]] if opening else np.full(len(deals), -1)
        # A settlement has nothing left to be converted into: it exists once, without follow-on talks.
        if opening and roots:
            keep = (resolution < 2) | ~settled[:, opening[0]]
            deals, settled, resolution, follow_on = deals[keep], settled[keep], resolution[keep], follow_on[keep]
        enforcement = np.zeros(len(deals))
        consent = np.zeros((len(scenario.actors), len(deals)), bool)
        for i, issue in enumerate(issues):
            enforcement += issue.enforcement_by_level[deals[:, i]]
            for rule in issue.consents:
                needed = np.isin(deals[:, i], issue.indices(rule.levels))
                for actor in rule.actors:
                    consent[list(scenario.actors).index(actor)] |= needed
        kind = resolution if by_root_causes(scenario) else _claimed(scenario, deals)
        return cls(scenario, deals, settled, enforcement, kind, resolution, consent, follow_on)

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
        for each class.
        """
        key = np.column_stack([self.enforcement, self.deals[:, list(self.roots)], self.follow_on])
        _, first, inverse = np.unique(key, axis=0, return_index=True, return_inverse=True)
        return first, inverse.reshape(-1)

    @cached_property
    def delay_classes(self) -> tuple[Ints, Ints]:
        """Deals that settle the same issues: (M,) one deal of each class, and (K,) the class of each deal."""
        _, first, inverse = np.unique(self.settled, axis=0, return_index=True, return_inverse=True)
        return first, inverse.reshape(-1)

    @cached_property
    def level_keys(self) -> tuple[tuple[str, ...], ...]:
        """What all levels of each issue are called in data: names, or numbers written out."""
        return tuple(issue.keys for issue in self.scenario.issues.values())

    @cached_property
    def level_values(self) -> Floats:
        """(I, K) the number that each deal puts on each numeric issue; nan for named levels."""
        return np.array([issue.values[self.deals[:, i]] for i, issue in enumerate(self.scenario.issues.values())])

    def select(self, kinds: tuple[str, ...] = (), levels: Mapping[str, Levels] | None = None) -> Bools:
        """(K,) deals of some kinds and with some levels."""
        chosen = np.ones(len(self), bool)
        if kinds:
            chosen &= np.isin(self.kind, [self.kinds.index(kind) for kind in kinds])
        for issue, wanted in (levels or {}).items():
            i = list(self.scenario.issues).index(issue)
            chosen &= np.isin(self.deals[:, i], self.scenario.issues[issue].indices(wanted))
        return chosen

    def describe(self, deal: int) -> dict[str, str]:
        """Issue -> what its level in a deal is called in data."""
        return {
            issue: keys[level]
            for issue, keys, level in zip(self.scenario.issues, self.level_keys, self.deals[deal], strict=True)
        }


def _claimed(scenario: Scenario, deals: Ints) -> Ints:
    """(K,) the first kind of the case whose levels a deal has; the last one where no kind claims it."""
    kind = np.full(len(deals), len(deal_kinds(scenario)) - 1)
    free = np.ones(len(deals), bool)
    for index, found in enumerate(scenario.kinds.values()):
        fits = free.copy()
        for name, levels in found.levels.items():
            i = list(scenario.issues).index(name)
            fits &= np.isin(deals[:, i], scenario.issues[name].indices(levels))
        kind[fits] = index
        free &= ~fits
    return kind
