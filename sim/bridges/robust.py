"""Which use of the levers one regrets least, whichever half of its range each uncertain number lies in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.bridges.levers_played import Stage
from sim.foundations import Bools, Floats
from sim.foundations.plain_data import RealArray
from sim.scenario import draw


@dataclass(frozen=True)
class RobustUses:
    """How candidates do across the halves of all uncertain numbers.

    cost, chance: (J,) of each candidate
    worst:        (J,) its chance in the half of worlds that is worst for it
    worst_half:   (J,) that half, e.g. "russia.patience low"
    regret:       (J,) the most that another candidate at no more than the budget is more likely to work, over halves
    helps:        (J,) share of draws that fail without levers and reach with it
    harms:        (J,) share that reach without levers and fail with it
    choice:       the candidate within the budget with the least regret, the cheapest of equals
    """

    cost: RealArray
    chance: RealArray
    worst: RealArray
    worst_half: tuple[str, ...]
    regret: RealArray
    helps: RealArray
    harms: RealArray
    choice: int


def robust_choice(stage: Stage, uses: Sequence[Floats], costs: Floats, *, budget: float) -> RobustUses:
    """Compare candidate uses in every half-world.

    A half-world is the draws in which one number lies in the lower or upper half of its draws. Regret is
    counted in chance: how much better the best affordable candidate does there. Halves in which fewer than
    thirty draws lie are left out.

    Args:
        uses:   (J,) candidates, (L,) each
        costs:  (J,) what they cost
        budget: what may be spent; the choice is among candidates that cost no more
    Source: minimax regret (Savage 1951); over plausible futures as in robust decision making (Lempert et al. 2003)
    """
    stage.expect(uses)
    reached = np.stack([stage.play(use).reached for use in uses])  # (J, B)
    bare = stage.play(np.zeros(len(stage.levers))).reached
    names, halves = _halves(stage)
    counts = halves.sum(axis=1)
    share = (reached.astype(float) @ halves.T.astype(float)) / counts  # (J, H)
    affordable = costs <= budget + 1e-12
    best = share[affordable].max(axis=0)
    regret = (best - share).max(axis=1)
    order = np.lexsort((costs, regret))
    return RobustUses(
        cost=costs,
        chance=reached.mean(axis=1),
        worst=share.min(axis=1),
        worst_half=tuple(names[n] for n in share.argmin(axis=1)),
        regret=regret,
        helps=(reached & ~bare).mean(axis=1),
        harms=(~reached & bare).mean(axis=1),
        choice=int(next(n for n in order if affordable[n])),
    )


def _halves(stage: Stage) -> tuple[list[str], Bools]:
    """Names of the half-worlds and (H, B) which draws lie in each; the first is all of them."""
    worlds = draw(stage.scenario, stage.numbers)
    names, masks = ["all draws"], [np.ones(len(stage.numbers), bool)]
    for path, number in stage.scenario.numbers.items():
        if not number.quantity.spread:
            continue
        values = worlds[path]
        low = values <= np.median(values)
        for word, mask in (("low", low), ("high", ~low)):
            if mask.sum() >= 30:
                names.append(f"{path} {word}")
                masks.append(mask)
    return names, np.stack(masks)
