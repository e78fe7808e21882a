"""What the negotiators see: deals, what each is worth to whom, and what refusal is worth."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats, Ints, ShapeError
from sim.table.signing_rule import SigningRule


@dataclass(frozen=True)
class BargainingTable:
    """Everything a protocol, strategy, solution or equilibrium may look at, for a block of draws.

    actors:       (A,) names
    issues:       (I,) names
    levels:       per issue the names of its levels
    deals:        (K, I) level index of each issue
    kind:         (K,) code of the kind of each deal, as the case tells them apart
    payoff:       (B, A, K) value V of signing each deal now, outside pressure included
    disagreement: (B, A) value W of no deal, ever
    discount:     (B, A) share of the premium V - W that survives a round of talks, 0..1
    permitted:    (B, A, K) deals that cross no hard red line of the actor
    rule:         who must sign
    consent:      (A, K) actors whose consent the levels of a deal need, signers or not
    order:        (N,) indices of the actors who make offers, first to speak first
    round_years:  length of a round of talks
    places:       per issue (L,) place of each level on its scale, nan for options without an order; equally spaced
                  where it is not given
    stated:       (B, A, I) place that each actor demands in public, nan where nothing is known of it
    salience:     (B, A, I) weight of each issue for him, where ``stated`` is given

    Raises:  ShapeError if the arrays do not fit together
    Example:
        >>> table = BargainingTable.of_payoffs([[1.0, 0.6, 0.0], [0.0, 0.6, 1.0]])
        >>> table.payoff.shape, table.signable.tolist()
        ((1, 2, 3), [[True, True, True]])
    """

    actors: tuple[str, ...]
    issues: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]
    deals: Ints
    kind: Ints
    payoff: Floats
    disagreement: Floats
    discount: Floats
    permitted: Bools
    rule: SigningRule
    consent: Bools
    order: Ints
    round_years: float = 1.0
    places: tuple[Floats, ...] = ()
    stated: Floats | None = None
    salience: Floats | None = None

    def __post_init__(self) -> None:
        draws, actors, deals = self.payoff.shape
        expected = {
            "actors": ((len(self.actors),), (actors,)),
            "deals": (self.deals.shape, (deals, len(self.issues))),
            "kind": (self.kind.shape, (deals,)),
            "disagreement": (self.disagreement.shape, (draws, actors)),
            "discount": (self.discount.shape, (draws, actors)),
            "permitted": (self.permitted.shape, (draws, actors, deals)),
            "consent": (self.consent.shape, (actors, deals)),
            "rule": (self.rule.weights.shape, (actors,)),
        }
        for name, (found, wanted) in expected.items():
            if found != wanted:
                raise ShapeError(f"{name} has shape {found}, the payoff {self.payoff.shape} asks for {wanted}")

    @classmethod
    def of_payoffs(
        cls,
        payoff: object,
        disagreement: object = 0.0,
        *,
        discount: object = 1.0,
        actors: tuple[str, ...] | None = None,
        issues: tuple[str, ...] = ("deal",),
        levels: tuple[tuple[str, ...], ...] | None = None,
        deals: Ints | None = None,
        rule: SigningRule | None = None,
        order: Ints | None = None,
    ) -> BargainingTable:
        """Build a table from bare payoffs, (A, K) or (B, A, K); all deals of one kind, no red lines."""
        values = np.asarray(payoff, dtype=float)
        if values.ndim == 2:
            values = values[None]
        draws, count, size = values.shape
        grid = np.arange(size)[:, None] if deals is None else np.asarray(deals, dtype=np.int64)
        if levels is None:
            levels = tuple(
                tuple(str(level) for level in range(int(grid[:, i].max(initial=-1)) + 1)) for i in range(grid.shape[1])
            )
        return cls(
            actors=actors or tuple(f"actor {i + 1}" for i in range(count)),
            issues=issues,
            levels=levels,
            deals=grid,
            kind=np.zeros(size, dtype=np.int64),
            payoff=values,
            disagreement=np.broadcast_to(np.asarray(disagreement, dtype=float), (draws, count)).copy(),
            discount=np.broadcast_to(np.asarray(discount, dtype=float), (draws, count)).copy(),
            permitted=np.ones(values.shape, bool),
            rule=rule or SigningRule.unanimity(count),
            consent=np.zeros((count, size), bool),
            order=np.arange(count) if order is None else np.asarray(order, dtype=np.int64),
        )

    @property
    def draws(self) -> int:
        """B, the number of draws in this block."""
        return int(self.payoff.shape[0])

    @cached_property
    def place(self) -> Floats:
        """(I, L) place of each level on the scale of its issue, nan for options without an order, and beyond it."""
        found = np.full((len(self.issues), max(map(len, self.levels))), np.nan)
        for i, names in enumerate(self.levels):
            found[i, : len(names)] = self.places[i] if self.places else np.linspace(0.0, 1.0, len(names))
        return found

    @cached_property
    def unordered(self) -> tuple[int, ...]:
        """Issues some of whose options have no order."""
        unknown = (np.isnan(self.place[i, : len(names)]).any() for i, names in enumerate(self.levels))
        return tuple(i for i, lacks in enumerate(unknown) if lacks)

    @cached_property
    def open_issues(self) -> Ints:
        """Indices of the issues on which some deals differ: about others there is nothing to talk.

        All of them where there is just one deal.
        """
        found = np.flatnonzero((self.deals != self.deals[:1]).any(axis=0))
        return found if len(found) else np.arange(len(self.issues))

    def likeness(self, one: Ints, other: Ints, issues: Ints) -> Floats:
        """(..., N) how like two deals are on some issues (N,), given by their levels there: 1 the same, 0 opposite.

        Options without an order are the same or not.

        Source: similarity of values of an issue (Faratin, Sierra & Jennings 2002, section 4.2), one criterion each
        """
        apart = np.abs(self.place[issues, one] - self.place[issues, other])
        return np.where(np.isnan(apart), one == other, 1.0 - apart)

    @cached_property
    def demands(self) -> Ints:
        """(B, A) the deal closest to what each actor demands in public, posture and all; NO_DEAL: not known.

        It crosses no hard red line of his, yet he might not sign it himself, or somebody outside stop it. Issues count
        by his salience; of deals as close the one best for himself.
        """
        found = np.full(self.disagreement.shape, NO_DEAL)
        if self.stated is None or self.salience is None:
            return found
        places = self.place[np.arange(len(self.issues)), self.deals]  # (K, I)
        for actor in self.order:
            known = ~np.isnan(self.stated[:, actor]).all(axis=0) & ~np.isnan(places).any(axis=0)
            allowed = self.permitted[:, actor]
            if not known.any():
                continue
            away = np.where(allowed, 0.0, np.inf)
            for i in np.flatnonzero(known):
                away += self.salience[:, actor, i, None] * np.abs(places[:, i] - self.stated[:, actor, i, None])
            close = away <= away.min(axis=1, keepdims=True) + TOLERANCE
            best = np.where(close, self.payoff[:, actor], -np.inf).argmax(axis=1)
            found[:, actor] = np.where(allowed.any(axis=1), best, NO_DEAL)
        return found

    @cached_property
    def premium(self) -> Floats:
        """(B, A, K) what each deal is worth above no deal, V - W."""
        return self.payoff - self.disagreement[:, :, None]

    @cached_property
    def acceptable(self) -> Bools:
        """(B, A, K) deals an actor would rather sign than fight on: V >= W and no hard red line crossed."""
        return np.asarray(self.permitted & (self.premium >= -TOLERANCE))

    @cached_property
    def offerable(self) -> Bools:
        """(B, K) deals that nobody outside the circle of signers stops: every needed consent is there."""
        outside = ~self.rule.signers
        if not self.consent[outside].any():
            return np.ones((self.draws, len(self.deals)), bool)
        asked = self.consent[outside]  # (A', K)
        return np.asarray((self.acceptable[:, outside] | ~asked).all(axis=1))

    @cached_property
    def signable(self) -> Bools:
        """(B, K) deals that could be signed now: the rule is met and every needed consent given."""
        return self.agreed(self.acceptable)

    @cached_property
    def may_pass(self) -> Bools:
        """(B, K) deals that have every yes they need of those who sign; nobody outside is asked."""
        outside = ~self.rule.signers
        return self.signable if not self.consent[outside].any() else self._agreed(self.acceptable, ~outside)

    def agreed(self, accept: Bools) -> Bools:
        """Say which deals are signed when ``accept`` (B, A, K) is everybody's answer: (B, K)."""
        return self._agreed(accept, np.ones(len(self.actors), bool))

    def _agreed(self, accept: Bools, asked: Bools) -> Bools:
        """The same, where the consent of those ``asked`` (A,) alone is needed."""
        passes, consent = self.rule.passes(accept), self.consent & asked[:, None]
        if not consent.any():
            return passes
        return np.asarray(passes & (accept | ~consent).all(axis=1))

    def replace(self, **changes: Any) -> BargainingTable:
        """The table with some of its fields replaced, checked like a new one.

        Example:
            >>> table = BargainingTable.of_payoffs([[1.0, 0.0], [0.0, 1.0]])
            >>> table.replace(order=np.array([1, 0])).order.tolist()
            [1, 0]
        """
        return dataclasses.replace(self, **changes)

    def select(self, where: Bools | Ints) -> BargainingTable:
        """The table of some of the draws, by mask or indices."""
        return self.replace(
            payoff=self.payoff[where],
            disagreement=self.disagreement[where],
            discount=self.discount[where],
            permitted=self.permitted[where],
            stated=None if self.stated is None else self.stated[where],
            salience=None if self.salience is None else self.salience[where],
        )

    def describe(self, deal: int) -> dict[str, str]:
        """Issue -> name of its level in a deal."""
        return {
            issue: names[level] for issue, names, level in zip(self.issues, self.levels, self.deals[deal], strict=True)
        }
