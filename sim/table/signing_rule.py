"""Who must say yes before a deal counts as signed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import Bools, Floats, Ints, ShapeError
from sim.scenario import Scenario
from sim.scenario.winning import winning_coalitions


@dataclass(frozen=True, slots=True)
class SigningRule:
    """A deal is signed when enough weight agrees and nobody with a veto refuses.

    weights: (A,) votes of each actor, 0 for those who do not sign
    quota:   votes needed
    veto:    (A,) actors whose refusal alone stops a deal

    Unanimity, k of n, weighted voting and veto holders are all of this form.

    winning: (C, A) minimal sets of actors whose yes is enough, where votes alone do not say so
    least:   how many of those with votes must agree besides; 0 where votes alone count (double majority)
    blocking: fewest who can block by their votes alone: against fewer the quota counts as reached; 0: it never does

    Raises:  ShapeError if weights and veto differ in length
    Source:  weighted voting games [q; w] with veto players (Taylor & Zwicker 1999, ch. 1); the double majority is that
        of the Council of the European Union, Treaty on European Union, art. 16 (4)

    Example:
        >>> rule = SigningRule.k_of_n(3, 2)
        >>> rule.passes(np.array([[True, True, False], [True, False, False]])).tolist()
        [True, False]
    """

    weights: Floats
    quota: float
    veto: Bools
    winning: Bools | None = None
    least: int = 0
    blocking: int = 0

    def __post_init__(self) -> None:
        if self.weights.shape != self.veto.shape:
            raise ShapeError(f"weights {self.weights.shape} and veto {self.veto.shape} differ")

    @classmethod
    def unanimity(cls, actors: int, signers: Bools | None = None) -> SigningRule:
        """Every signer must agree; by default every actor signs."""
        mask = np.ones(actors, bool) if signers is None else signers
        return cls(mask.astype(float), float(mask.sum()), mask.copy())

    @classmethod
    def k_of_n(cls, actors: int, k: int, signers: Bools | None = None) -> SigningRule:
        """At least ``k`` of the signers must agree."""
        mask = np.ones(actors, bool) if signers is None else signers
        return cls(mask.astype(float), float(k), np.zeros(actors, bool))

    @property
    def signers(self) -> Bools:
        """(A,) actors whose answer can matter."""
        return (self.weights > 0) | self.veto

    @property
    def unanimous(self) -> bool:
        """Whether every signer must agree."""
        if self.winning is not None:
            return bool((self.winning == self.signers).all()) and len(self.winning) == 1
        if bool(self.veto[self.signers].all()) or self.least >= int(self.signers.sum()):
            return True
        by_votes = self.quota > float(self.weights.sum() - self.weights[self.signers].min(initial=np.inf) + 1e-12)
        return by_votes and self.blocking <= 1

    @property
    def by_vetoes(self) -> bool:
        """Whether a deal is signed if and only if everybody with a veto says yes: nobody else has a vote."""
        return self.winning is None and self._vetoes_decide

    @property
    def _vetoes_decide(self) -> bool:
        """Whether everybody with a vote has a veto, so that all of these agree or nothing is signed."""
        voting = self.weights > 0
        return bool(self.veto.any() and self.veto[voting].all()) and float(self.weights.sum()) >= self.quota - 1e-12

    def enough(self, votes: Floats, heads: Floats | Ints) -> Bools:
        """Whether so many votes, of so many who have any, carry a deal; of any shape. Vetoes are another matter."""
        reached = votes >= self.quota - 1e-12
        if self.blocking:
            reached = reached | ((self.weights > 0).sum() - heads < self.blocking)
        return np.asarray(reached & (heads >= self.least) if self.least else reached)

    @property
    def counts_heads(self) -> bool:
        """Whether it matters how many agree, beside their votes."""
        return bool(self.least or self.blocking)

    def passes(self, accept: Bools) -> Bools:
        """Say which deals are signed.

        Args:
            accept: (B, A, ...) who says yes
        Returns:
            (B, ...) whether the deal is signed
        """
        if self.winning is not None:
            found = np.zeros((len(accept), *accept.shape[2:]), bool)
            for coalition in self.winning:
                found |= accept[:, coalition].all(axis=1)
            return found
        if self._vetoes_decide:
            return np.asarray(accept[:, self.veto].all(axis=1))
        if accept.ndim == self.weights.ndim + 1:  # the same product of matrices, without the way there
            votes = np.dot(accept, self.weights[:, None])[:, 0]
        else:
            votes = np.tensordot(accept, self.weights, axes=([1], [0]))
        heads = np.tensordot(accept, (self.weights > 0).astype(float), axes=([1], [0])) if self.counts_heads else votes
        enough = self.enough(votes, heads)
        if self.veto.any():
            enough &= accept[:, self.veto].all(axis=1)
        return np.asarray(enough)

    def seated(self, accept: Bools, by: Ints) -> Bools:
        """Say who is in the coalition that signs: all who say yes, but where coalitions exclude each other just one.

        It is one that the proposer is in, if he is in any; of these the one with the fewest votes.

        Args:
            accept: (B, A) who says yes
            by:     (B,) index of who proposed
        Returns:
            (B, A) who signs
        Source: size principle (Riker 1962)
        """
        if self.winning is None:
            return accept
        found = np.zeros(accept.shape, bool)
        chosen = np.full(len(accept), np.inf)
        for coalition in self.winning[np.argsort(self.winning @ self.weights, kind="stable")]:
            size = float(coalition @ self.weights)
            cost = np.where(coalition[np.maximum(by, 0)] & (by >= 0), size, size + 2 * self.weights.sum())
            better = accept[:, coalition].all(axis=1) & (cost < chosen)
            found[better] = coalition
            chosen = np.where(better, cost, chosen)
        return found


def signing_rule(scenario: Scenario) -> SigningRule:
    """Turn ``[talks.sign]`` into weights, quota, veto and winning coalitions over all actors."""
    plain = _by_votes(scenario)
    winning = winning_coalitions(scenario)
    if winning is None:
        return plain
    weights = np.where(plain.weights > 0, plain.weights, winning.any(axis=0).astype(float))
    return SigningRule(weights, plain.quota, plain.veto & winning.all(axis=0), winning)


def _by_votes(scenario: Scenario) -> SigningRule:
    """The rule as votes alone have it."""
    sign, names = scenario.talks.sign, list(scenario.actors)
    signers = np.isin(np.array(names), np.array(scenario.signers))
    veto = np.isin(np.array(names), np.array([name for name in sign.veto if name not in scenario.indifferent] or [""]))
    if sign.rule == "k-of-n":
        rule = SigningRule.k_of_n(len(names), int(sign.k or signers.sum()), signers)
        return SigningRule(rule.weights, rule.quota, veto)
    if sign.rule == "no-objection" and not sign.everybody:
        rule = SigningRule.k_of_n(len(names), int(signers.sum()) - int(sign.objections or 1) + 1, signers)
        return SigningRule(rule.weights, rule.quota, veto)
    if sign.counts_votes:
        weights = np.array([scenario.votes.get(name, 0.0) if name in scenario.signers else 0.0 for name in names])
        least, blocking = (sign.k or 0, sign.blocking or 0) if sign.rule == "double-majority" else (0, 0)
        return SigningRule(weights, float(sign.quota or weights.sum()), veto, least=least, blocking=blocking)
    rule = SigningRule.unanimity(len(names), signers)
    return SigningRule(rule.weights, rule.quota, rule.veto | veto)
