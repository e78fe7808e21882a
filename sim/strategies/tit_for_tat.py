"""What all behaviour-dependent tactics share: the scale, the memory and the mean over opponents."""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

import numpy as np

from sim.foundations import Floats, InputError
from sim.strategies.negotiator import AbstractAspiration, Hearing
from sim.strategies.ranges import Setting

#: Looking further back than this is a slip of the pen: no talks are that long.
MOST_MOVES: Final = 10_000


def require_history(offers: Floats, lag: int) -> None:
    """Refuse to answer moves that have not been made yet.

    Raises:
        InputError if there are not more offers than the lag
    Source:
        Faratin, Sierra & Jennings 1998, section 4.1.3: n > 2 delta.

    Example:
        >>> require_history(np.array([3.0, 2.0]), 1)
    """
    if lag < 1 or len(offers) <= lag:
        needed = max(lag, 1) + 1
        raise InputError(f"looking back {lag} moves needs at least {needed} offers, got {len(offers)}")


class AbstractTitForTat(AbstractAspiration):
    """Answers the movement of the others' offers, seen in his own payoff.

    Faratin's formulas move the level of an issue; here they move the negotiator's own payoff, mapped to
    1 (his worst deal) .. 2 (his best deal he may offer), so that ratios are always defined. His own last
    offer y is what he last asked for, not the deal that happened to lie next above it: on a coarse grid
    of deals rounding up would swallow every small concession. With several opponents the answers to each
    are averaged. Until enough has been heard he keeps asking for what he asked for, at first the best; so two
    who only answer each other never start to move, and the tactic is usually mixed with another.
    """

    @abstractmethod
    def answer(self, hearing: Hearing, own: Floats) -> Floats:
        """(B, A) what to ask for in answer to each other actor, on the scale 1..2; nan where unheard.

        own: (B, 1) what he asked for last, on the same scale
        """

    def demand(self, hearing: Hearing) -> Floats:
        """Mean of the answers to all opponents, as a share of the way from floor to best."""
        if not hearing.asked:
            return np.ones_like(hearing.best)
        own = scaled(hearing, hearing.asked[-1][:, None])
        answers = self.answer(hearing, own)
        known = ~np.isnan(answers)
        total = np.where(known, answers, 0.0).sum(axis=1)
        mean = total / np.maximum(known.sum(axis=1), 1)
        wanted = np.where(known.any(axis=1), mean, own[:, 0])
        return hearing.share(hearing.worst + (np.clip(wanted, 1.0, 2.0) - 1.0) * _span(hearing))


def scaled(hearing: Hearing, value: Floats) -> Floats:
    """Map payoffs (B, ...) to 1 (worst deal) .. 2 (best deal he may offer)."""
    part = (value - hearing.worst[:, None]) / _span(hearing)[:, None]
    return np.asarray(1.0 + np.clip(part, 0.0, 1.0))


def past(hearing: Hearing, back: Setting) -> Floats:
    """(B, A) everybody's offers as heard ``back`` of his turns ago, on the scale 1..2; nan where unheard."""
    unheard = float(len(hearing.heard))  # however much further back, nothing was said
    ago = np.rint(np.broadcast_to(np.minimum(back, unheard), hearing.best.shape)).astype(np.int64)
    longest = int(ago.max(initial=0)) + 1
    recent = hearing.heard[-longest:]
    missing = longest - len(recent)
    silence = np.full((len(ago), len(hearing.table.actors)), np.nan)
    stack = np.stack([*[silence] * missing, *recent])
    return scaled(hearing, stack[longest - 1 - ago, np.arange(len(ago))])


def _span(hearing: Hearing) -> Floats:
    span = hearing.best - hearing.worst
    return np.where(span > 0, span, 1.0)
