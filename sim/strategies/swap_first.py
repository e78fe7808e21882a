"""Taking what one is asking for anyway, unless there is a swap to be proposed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.foundations import NO_DEAL, TOLERANCE, Bools, Floats
from sim.strategies.negotiator import ACCEPTANCES, AbstractAcceptance, Hearing


@ACCEPTANCES.register("swap-first", source="ours, after Raiffa 1982")
@dataclass(frozen=True)
class SwapFirst(AbstractAcceptance):
    """Takes the standing offer if it is worth what he asks for, once he has no better idea.

    A better idea is an offer that he would make now, that he has not just made, and that is worth more to him than what
    stands. With trade-offs that is a swap: it takes what stands as given and looks for what the others would like as
    well. If they do not, he says yes in his next turn. In the last round he says yes at once.

    Source:  ours. Raiffa 1982, The Art and Science of Negotiation, ch. 15: what is agreed can often be bettered for
             all by looking once more; here before the signature, so that what stands is what each can fall back on
    Example:
        >>> SwapFirst()
        SwapFirst()
    """

    def accepts(self, hearing: Hearing, target: Floats) -> Bools:
        """Compare with the target and with the next offer."""
        enough = hearing.standing >= target - TOLERANCE
        last = hearing.said.latest[:, hearing.actor]
        again = np.abs(hearing.next_offer - hearing.value(last)) <= TOLERANCE
        better = (hearing.next_offer > hearing.standing + TOLERANCE) & ~(again & (last != NO_DEAL))
        return np.asarray(enough & ~(better & (hearing.time < 1.0)))
