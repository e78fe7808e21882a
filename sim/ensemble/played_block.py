"""A block of worlds that was played, and what is worked out of it only where a column asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.engine import Block, Outcome
from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints
from sim.scenario import Scenario
from sim.scenario.kinds import deal_kinds, state_codes, target_kinds
from sim.solutions import SelectedDeals, solve_all
from sim.table import (
    Blocker,
    Classification,
    ObservationVerdicts,
    Surplus,
    Worlds,
    classify,
    find_blocker,
    nearest_deal,
    observe,
    surplus,
)
from sim.table.durability import durability, per_round, value_of_document
from sim.table.war import delayed, waiting_discount

if TYPE_CHECKING:  # few columns ask for theory
    from sim.theory import DealStability, TheoryBlock

#: Worlds that counts are kept for and shares are taken among.
GROUPS: Final = ("all", "consistent")
#: Chances of a collapse within a year at which acceptance of the first kind of deal is asked.
YEARLY_HAZARDS: Final = np.linspace(0.0, 0.98, 50)


@dataclass(frozen=True)
class PlayedBlock:
    """Worlds, what came of them, and what is read off both; arrays lead with the worlds, (B, ...).

    block:   the worlds and what came of them
    verdict: (B,) which worlds count, where somebody else's observations decide; ``None``: their own
    """

    block: Block
    verdict: Bools | None = None

    @property
    def worlds(self) -> Worlds:
        """The core model."""
        return self.block.worlds

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        return self.block.outcome

    @property
    def scenario(self) -> Scenario:
        """What was played."""
        return self.worlds.scenario

    @cached_property
    def rows(self) -> Ints:
        """(B,) places of the worlds in the block."""
        return np.arange(len(self.worlds.draws))

    @cached_property
    def observed(self) -> ObservationVerdicts:
        """What the observations say of each world."""
        return observe(self.worlds)

    @property
    def fails_in_play(self) -> Bools:
        """(B, N) whether what was observed does not hold in the talks as they are played from the first round on.

        Read off the table at which the talks are held, and off what is signed there first: a refused deal that the
        actor would take or has signed, an accepted one that he would not take and did not sign, a preference the
        other way round. What the observation was judged by is not asked again.
        """
        table, first = self.worlds.table, self.outcome.deal
        fails = np.zeros((len(self.rows), len(self.scenario.observations)), bool)
        for n, seen in enumerate(self.scenario.observations.values()):
            actor = table.actors.index(seen.actor)
            deals = self.worlds.space.select(seen.deals.kinds, seen.deals.levels)
            if seen.over is not None:
                over = self.worlds.space.select(seen.over.kinds, seen.over.levels)
                best = [np.sort(table.premium[:, actor, mask], axis=1)[:, -1] for mask in (deals, over)]
                fails[:, n] = best[0] - best[1] <= TOLERANCE
                continue
            took = (first != NO_DEAL) & deals[np.maximum(first, 0)] & self.outcome.signed_by[:, actor]
            took &= self.outcome.changed == 0  # what is signed in a changed world contradicts nobody
            signs = table.acceptable[:, actor, deals]
            takes = signs.all(axis=1) if seen.says == "asks" else took | signs.any(axis=1)
            fails[:, n] = takes if seen.says == "rejects" else ~takes
        return fails

    @cached_property
    def consistent(self) -> Bools:
        """(B,) worlds that fit what was observed."""
        return self.observed.consistent if self.verdict is None else np.asarray(self.verdict, bool)

    @cached_property
    def groups(self) -> Bools:
        """(G, B) which worlds are in each group."""
        return np.stack([np.ones(len(self.rows), bool), self.consistent])

    @cached_property
    def classes(self) -> Classification:
        """Which kinds of deal could be signed."""
        return classify(self.worlds)

    @cached_property
    def numbers(self) -> Floats:
        """(B, P) drawn value of every number."""
        return np.stack([self.worlds.draws[path] for path in self.scenario.numbers], axis=1)

    @cached_property
    def solutions(self) -> SelectedDeals:
        """(B, S) what each solution selects, in the order of the scenario's."""
        found = solve_all(self.worlds.table, self.scenario.conventions.solutions)
        if not found:
            return SelectedDeals(*np.zeros((3, len(self.rows), 0), np.int64))
        return SelectedDeals(*(np.stack(one, axis=1) for one in zip(*found.values(), strict=True)))

    @cached_property
    def nash(self) -> Ints:
        """(B,) deal of the largest Nash product."""
        return solve_all(self.worlds.table, ["nash"])["nash"].deal

    @cached_property
    def targets(self) -> Ints:
        """(B, X) deal of each target kind that comes closest to being signed."""
        kinds = deal_kinds(self.scenario)
        wanted = [self.worlds.space.kind == kinds.index(name) for name in target_kinds(self.scenario)]
        return np.stack([nearest_deal(self.worlds, kind) for kind in wanted], axis=1)

    @cached_property
    def _surpluses(self) -> tuple[Surplus, ...]:
        return tuple(surplus(self.worlds, np.maximum(deal, 0)) for deal in self.targets.T)

    @property
    def surplus_parts(self) -> Floats:
        """(B, X, A, Q) terms of V + l - O of those deals, nan where there is none."""
        parts = np.stack([found.parts for found in self._surpluses], axis=1)
        return np.where((self.targets == NO_DEAL)[:, :, None, None], np.nan, parts).astype(np.float32)

    @property
    def surpluses(self) -> Floats:
        """(B, X, A) their sums."""
        totals = np.stack([found.total for found in self._surpluses], axis=1)
        return np.where((self.targets == NO_DEAL)[:, :, None], np.nan, totals)

    @property
    def barred(self) -> Bools:
        """(B, X, A) whether a hard red line of the actor forbids the deal."""
        free = [self.worlds.permitted[self.rows, :, np.maximum(deal, 0)] for deal in self.targets.T]
        return np.asarray(~np.stack(free, axis=1) & (self.targets != NO_DEAL)[:, :, None])

    @cached_property
    def blocker(self) -> Blocker:
        """Who stops the deal that comes closest, in worlds where no deal is acceptable."""
        any_deal = self.classes.any
        nearest = any_deal if any_deal.all() else nearest_deal(self.worlds)
        return find_blocker(self.worlds, np.where(any_deal, NO_DEAL, nearest))

    @property
    def states(self) -> Ints:
        """(Z, G, H) worlds in each state at the end of each round."""
        codes = range(len(state_codes(self.scenario)))
        return np.stack([((self.outcome.state == n)[None] & self.groups[:, :, None]).sum(axis=1) for n in codes])

    @property
    def would_sign(self) -> Ints:
        """(G, A, K) worlds in which each actor would sign each deal."""
        return np.stack([self.worlds.accepts[group].sum(axis=0) for group in self.groups])

    @property
    def could_be_signed(self) -> Ints:
        """(G, K) worlds in which enough would sign each deal."""
        agreed = self.worlds.table.agreed(self.worlds.accepts)
        return np.stack([agreed[group].sum(axis=0) for group in self.groups])

    @cached_property
    def _truce_yes(self) -> Bools:
        """(B, A, Y) who would accept the first kind's nearest deal, were its hazard as given."""
        worlds, deal, rows = self.worlds, self.targets[:, 0], self.rows
        looked = np.maximum(deal, 0)
        chance = per_round(YEARLY_HAZARDS, self.scenario.talks.round_years)
        speed = worlds.documents.speed[:, None, None]
        weights = durability(worlds.delta[:, :, None], chance, 0.0, speed)
        flow = worlds.flow[rows, :, looked][:, :, None]
        back, damage, shift = (array[:, :, None] for array in (worlds.fallback, worlds.damage, worlds.shift))
        value = value_of_document(flow, back, damage, shift, weights)
        pending, waits = worlds.no_deal.pending[:, :, None], worlds.delay[rows, looked][:, None, None]
        gain = (
            delayed(value, pending, worlds.no_deal.waiting[:, :, None], waits)
            + worlds.pressure[rows, :, looked][:, :, None]
            - worlds.alternative[:, :, None]
        )
        yes = (gain >= -1e-9) & worlds.permitted[rows, :, looked][:, :, None] & (deal != NO_DEAL)[:, None, None]
        return np.asarray(yes)

    @property
    def truce_accepted(self) -> Ints:
        """(G, A, Y) worlds in which each actor accepts it."""
        return np.stack([self._truce_yes[np.flatnonzero(group)].sum(axis=0) for group in self.groups])

    @property
    def truce_signed(self) -> Ints:
        """(G, Y) worlds in which all signers accept it."""
        both = np.asarray(self._truce_yes[:, self.worlds.rule.signers].all(axis=1))
        return np.stack([both[np.flatnonzero(group)].sum(axis=0) for group in self.groups])

    @property
    def years_to_deal(self) -> Floats:
        """(B,) years from the beginning to the first agreement, nan without one."""
        round_ = self.outcome.round
        return np.where(round_ < 0, np.nan, round_ * self.scenario.talks.round_years)

    @property
    def years_to_force(self) -> Floats:
        """(B,) years from the beginning to the end of the first round in which a deal is in force, nan without one.

        States are those at the end of a round; the first deal counts also where it breaks in its first round.
        """
        kinds = len(deal_kinds(self.scenario))  # the first states are kinds of deal in force
        inside = self.outcome.state < kinds
        first = np.where(inside.any(axis=1), inside.argmax(axis=1) + 1.0, np.nan)
        begins = self.outcome.round + self.worlds.delay[self.rows, np.maximum(self.outcome.deal, 0)] + 1
        first = np.fmin(first, np.where(self.outcome.held > 0, begins, np.nan))
        return np.asarray(first * self.scenario.talks.round_years)

    @property
    def term_values(self) -> Floats:
        """(B, I) where the first signed deal stands on each issue; nan without a deal, or without an order."""
        space, deal = self.worlds.space, self.outcome.deal
        issues = list(self.scenario.issues.values())
        signed = space.deals[np.maximum(deal, 0)]
        values = [
            issue.values[signed[:, i]]
            if issue.kind == "numeric"
            else np.where(issue.kind == "categorical", np.nan, issue.scale[signed[:, i]])
            for i, issue in enumerate(issues)
        ]
        return np.where((deal < 0)[:, None], np.nan, np.stack(values, axis=1))

    @property
    def deal_of_first_talks(self) -> Ints:
        """(B,) the first deal signed, NO_DEAL where none was, or where the world had changed before talks agreed."""
        return np.where(self.outcome.changed == 0, self.outcome.deal, NO_DEAL)

    @cached_property
    def signed_gains(self) -> Floats:
        """(B, A) V + l - W of the first deal signed, nan where none was, or in a world that had changed by then."""
        deal = self.deal_of_first_talks
        gains = self.worlds.table.premium[self.rows, :, np.maximum(deal, 0)]
        return np.where((deal == NO_DEAL)[:, None], np.nan, gains)

    @property
    def cost_of_waiting(self) -> Floats:
        """(B, A) part of V + l - W of the first deal signed that was lost in the rounds before, nan where none was.

        Source: n rounds without a deal and then V are worth W + gamma^n (V - W), see `sim.table.war.delayed`
        """
        rounds = np.maximum(self.outcome.round, 0)[:, None]
        return np.asarray((1 - waiting_discount(self.worlds.gamma, rounds)) * self.signed_gains)

    @property
    def distance_to_frontier(self) -> Floats:
        """(B,) payoff that every signer could gain at once over the first deal signed; 0 on the weak frontier.

        Looked at are the deals that could be signed; nan where none was signed.

        Source: additive epsilon dominance (Zitzler et al. 2003, IEEE Trans Evol Comput 7:117-132), of one point
            against a set, among acceptable deals
        """
        table, signers = self.worlds.table, self.worlds.rule.signers
        more = table.premium[:, signers] - self.signed_gains[:, signers, None]
        least = np.where(table.agreed(self.worlds.accepts), more.min(axis=1), -np.inf)
        gap = np.maximum(least.max(axis=1, initial=-np.inf), 0.0)
        return np.where(self.deal_of_first_talks == NO_DEAL, np.nan, gap)

    @property
    def talks_failed_at_table(self) -> Bools:
        """(B,) whether the first talks fail though all could accept some deal, and nothing is signed later either."""
        return np.asarray(self.classes.any & (self.outcome.deal == NO_DEAL) & (self.outcome.agreed < 0))

    @property
    def overtaken(self) -> Bools:
        """(B,) whether the first talks agree and something from outside ends the matter before anything is signed."""
        return np.asarray((self.outcome.deal == NO_DEAL) & (self.outcome.agreed >= 0))

    @cached_property
    def efficient(self) -> Floats:
        """(B,) 1 where the first deal signed is Pareto efficient among those that could be signed, else 0; nan: none.

        Source: Pareto efficiency in the strong sense: nothing is better for one signer and no worse for another
        """
        table, signers = self.worlds.table, self.worlds.rule.signers
        more = table.premium[:, signers] - self.signed_gains[:, signers, None]
        better = (more >= -TOLERANCE).all(axis=1) & (more > TOLERANCE).any(axis=1)
        beaten = (better & table.agreed(self.worlds.accepts)).any(axis=1)
        return np.where(self.deal_of_first_talks == NO_DEAL, np.nan, (~beaten).astype(float))

    @property
    def distance_to_nash(self) -> Floats:
        """(B,) distance in the signers' payoffs from the first deal signed to that of the largest Nash product."""
        nash, signers = self.nash, self.worlds.rule.signers
        best = self.worlds.table.premium[self.rows, :, np.maximum(nash, 0)]
        away = np.linalg.norm((self.signed_gains - best)[:, signers], axis=1)
        return np.where(nash == NO_DEAL, np.nan, away)

    @cached_property
    def theories(self) -> TheoryBlock:
        """What every theory that can be read on a case says of each world."""
        from sim.theory import read_theories

        return read_theories(self.worlds)

    @cached_property
    def stability(self) -> DealStability:
        """Whether the first deal signed would be kept, and what holds it."""
        from sim.theory import deal_stability

        return deal_stability(self.worlds, self.outcome.deal, self.outcome.signed_by)

    @property
    def best_gains(self) -> Floats:
        """(B, A) the most that each signer can gain in a deal that is feasible for all, 0 for everybody else."""
        from sim.theory import CaseFacts

        return CaseFacts(self.worlds).best_gain

    @property
    def talks_gains(self) -> Floats:
        """(B, A) gain over no deal by the first deal signed, seen from the beginning; 0 where none was signed."""
        return np.nan_to_num(self.signed_gains - self.cost_of_waiting)
