"""The fork of a war: a truce now, a settlement after more fighting, or fighting to the finish."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sim.equilibria.bargaining_range import BargainingRange, Dispute, Document, bargaining_range
from sim.equilibria.equilibrium import EQUILIBRIA
from sim.foundations import TOLERANCE
from sim.table.war import fighting_survival

Regime = Literal["both", "truce_only", "settlement_only", "stalemate"]


@dataclass(frozen=True)
class Fork:
    """Two documents that two belligerents may sign; pairs are (A, B).

    dispute:    the two sides
    truce:      the document that freezes the line
    line:       share of A behind the frozen line
    settlement: the document that is signed after more fighting
    terms:      share of A under the settlement
    m:          chance per round that arms decide, 0..1
    """

    dispute: Dispute
    truce: Document
    line: float
    settlement: Document
    terms: float
    m: float

    @cached_property
    def truce_range(self) -> BargainingRange:
        """Shares at which both prefer the truce to war."""
        return bargaining_range(self.dispute, self.truce)

    @cached_property
    def settlement_range(self) -> BargainingRange:
        """Shares at which both prefer the settlement to war, at the time of signing."""
        return bargaining_range(self.dispute, self.settlement)

    @property
    def regime(self) -> Regime:
        """Which of the two documents beats war for both at some share."""
        truce, settlement = self.truce_range.exists, self.settlement_range.exists
        if truce:
            return "both" if settlement else "truce_only"
        return "settlement_only" if settlement else "stalemate"

    def gamma(self, side: int) -> float:
        """What is left of a premium of one side (0 is A) after a round of fighting."""
        return float(fighting_survival(self.dispute.patience[side], self.m))

    def prospect(self, side: int, rounds: float) -> float:
        """What a settlement after ``rounds`` of fighting adds to war now, signed or not."""
        return float(self.gamma(side) ** rounds * self.settlement_range.premium(self.terms)[side])

    @property
    def settlement_acceptable(self) -> bool:
        """Whether both would sign the settlement at its terms rather than fight to the finish."""
        return all(premium >= -TOLERANCE for premium in self.settlement_range.premium(self.terms))

    @cached_property
    def _slack(self) -> tuple[float, float]:
        """Slack of each side on the truce when war is the alternative."""
        return self.line - self.truce_range.x_min, self.truce_range.x_max - self.line

    # ---- collapse means fighting to the finish ----------------------------------------------------

    def delay_threshold(self, side: int) -> float | None:
        """Rounds of fighting beyond which a side prefers the truce; None unless both premia are positive."""
        later = self.settlement_range.premium(self.terms)[side]
        return _rounds(later, self.truce_range.premium(self.line)[side], self.gamma(side))

    @property
    def joint_delay_threshold(self) -> float | None:
        """The same for both together with side payments; None unless equally patient and both ranges open."""
        if not self.dispute.equally_patient:
            return None
        later = self.settlement_range.joint_premium
        return _rounds(later, self.truce_range.joint_premium, self.gamma(0))

    def pressure_terminal(self, side: int, rounds: float) -> float:
        """Lump that makes a side sign the truce although it hopes for the settlement, 0 or more."""
        hope = max(0.0, self.prospect(side, rounds))
        return max(0.0, hope - self.truce_range.premium(self.line)[side])

    def truce_survives_prospect(self, rounds: float) -> bool | None:
        """Whether some line suits both although the settlement is in prospect; None if patience differs."""
        if not self.dispute.equally_patient:
            return None
        hope = max(0.0, self.gamma(0) ** rounds * self.settlement_range.joint_premium)
        return bool(self.truce_range.joint_premium >= hope - TOLERANCE)

    # ---- collapse leads back to the fork ----------------------------------------------------------

    def alternative(self, side: int, rounds: float) -> float:
        """Value of fighting on: the settlement in prospect if both would sign it, else war to the finish."""
        war = self.dispute.war[side]
        return war + self.prospect(side, rounds) if self.settlement_acceptable else war

    def slack(self, side: int, rounds: float) -> float:
        """Premium of the truce by unit of peace over the alternative; a side signs iff it is 0 or more."""
        return self._slack[side] - (self.alternative(side, rounds) - self.dispute.war[side])

    def recursive_value(self, side: int, rounds: float) -> float:
        """Value of the truce when its collapse leads back to the same fork."""
        peace = self.truce_range.loading[side].peace
        return self.alternative(side, rounds) + peace * self.slack(side, rounds)

    def recursive_delay_threshold(self, side: int) -> float | None:
        """Rounds beyond which a side prefers the truce; None unless premium and slack are positive."""
        later = self.settlement_range.premium(self.terms)[side]
        return _rounds(later, self._slack[side], self.gamma(side))

    def pressure_recursive(self, side: int, rounds: float) -> float:
        """Lump that makes a side sign the truce, 0 or more."""
        return max(0.0, -self.truce_range.loading[side].peace * self.slack(side, rounds))

    def discounted_settlement_surplus(self, rounds: float) -> float | None:
        """Joint premium of the settlement in prospect, 0 or more; None if patience differs."""
        if not self.dispute.equally_patient:
            return None
        return float(self.gamma(0) ** rounds * max(0.0, self.settlement_range.joint_premium))

    def truce_survives_recursion(self, rounds: float) -> bool | None:
        """Whether some line suits both when collapse leads back to the fork; None if patience differs."""
        surplus = self.discounted_settlement_surplus(rounds)
        return None if surplus is None else bool(self.truce_range.length >= surplus - TOLERANCE)


def _rounds(later: float, now: float, gamma: float) -> float | None:
    """Rounds n with gamma^n later = now; None unless both are positive."""
    if later <= 0 or now <= 0:
        return None
    if gamma <= 0:
        return 0.0
    return math.log(later / now) / -math.log(gamma)


@EQUILIBRIA.register("truce-or-settlement", source="ours; built on Fearon 1995 and Rubinstein 1982")
def truce_or_settlement(
    dispute: Dispute, truce: Document, line: float, settlement: Document, terms: float, *, m: float
) -> Fork:
    """Set up the choice between a truce now and a settlement later, to be asked for either convention.

    Args:
        dispute:    the two sides
        truce:      the document that freezes the line
        line:       share of A behind it
        settlement: the document signed after more fighting
        terms:      share of A under it
        m:          chance per round that arms decide, 0..1
    Returns:
        the fork, with thresholds, pressures and verdicts as its methods
    Source: ours
    Example:
        >>> dispute = Dispute(0.55, (0.12, 0.20), (0.95, 0.95))
        >>> truce = Document(0.15, 0.25, grievance=(0.10, 0.0))
        >>> settlement = Document(0.02, 0.25, grievance=(0.0, 0.15))
        >>> fork = truce_or_settlement(dispute, truce, 0.55, settlement, 0.57, m=0.02)
        >>> fork.regime, round(fork.joint_delay_threshold, 2)
        ('both', 10.74)
    """
    return Fork(dispute, truce, line, settlement, terms, m)
