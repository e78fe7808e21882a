"""Why a draw does not bring what is wanted: nobody would sign it, the talks go elsewhere, or it does not last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from sim.bridges.levers_played import Stage
from sim.ensemble.played_block import PlayedBlock
from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.scenario.kinds import deal_kinds, ending_codes
from sim.table import blocking_names, find_blocker, nearest_deal

#: What becomes of a draw, in this order of precedence.
FATES: Final = (
    "reached",
    "signed, but not in force at the end",
    "acceptable to nobody or not to all who must agree",
    "another kind of deal is signed first",
    "acceptable to all, but not signed",
)


@dataclass(frozen=True)
class Reasons:
    """What becomes of the draws at one use of the levers.

    fates:    FATES -> share of the draws
    blockers: (actor, term, share of the draws without an acceptable deal of the wanted kind), largest first
    endings:  ending -> share of the draws; empty in results of before
    """

    fates: dict[str, float]
    blockers: tuple[tuple[str, str, float], ...]
    endings: Mapping[str, float] = field(default_factory=dict)

    @property
    def binding(self) -> str:
        """The fate, other than what is wanted, that most draws meet; empty if all reach it."""
        rest = {name: share for name, share in self.fates.items() if name != FATES[0] and share > 0}
        return max(rest, key=lambda name: rest[name]) if rest else ""


def reasons(stage: Stage, use: Floats, *, most: int = 5) -> Reasons:
    """Play the draws once more and sort them by what stands in the way.

    A draw without an acceptable deal of the wanted kind is put down to whoever stops the one that comes closest.
    """
    fates: list[Ints] = []
    endings: list[Ints] = []
    blocked: Counter[tuple[str, str]] = Counter()
    for played in stage.blocks(use):
        fate, none = _fates(stage, played)
        fates.append(fate)
        endings.append(played.outcome.ending)
        blocked.update(_blockers(stage, played, none))
    codes = np.concatenate(fates)
    shares = np.bincount(codes, minlength=len(FATES)) / len(codes)
    names = ending_codes(stage.scenario)
    ends = np.bincount(np.concatenate(endings), minlength=len(names)) / len(codes)
    total = max(1, int((codes == 2).sum()))
    top = sorted(blocked.items(), key=lambda item: (-item[1], item[0]))[:most]
    return Reasons(
        {name: float(share) for name, share in zip(FATES, shares, strict=True)},
        tuple((actor, term, count / total) for (actor, term), count in top),
        dict(zip(names, ends.tolist(), strict=True)),
    )


def _fates(stage: Stage, played: PlayedBlock) -> tuple[Ints, Bools]:
    kinds = stage.goal.kinds(played.scenario)
    exists = played.classes.exists[:, kinds].any(axis=1)
    declared = played.outcome.declared
    signed = np.isin(declared, kinds)
    other = (declared < len(deal_kinds(played.scenario))) & ~signed
    fate = np.select([stage.goal.reached(played), signed, ~exists, other], [0, 1, 2, 3], default=4)
    return fate, fate == 2


def _blockers(stage: Stage, played: PlayedBlock, none: Bools) -> Counter[tuple[str, str]]:
    worlds = played.worlds
    wanted = np.isin(worlds.space.kind, stage.goal.kinds(played.scenario))
    deal = nearest_deal(worlds, wanted)
    found = find_blocker(worlds, np.where(none, deal, NO_DEAL))
    terms = blocking_names(worlds.scenario)
    stopped = none & (found.actor >= 0)
    return Counter(
        (worlds.actors[actor], terms[term])
        for actor, term in zip(found.actor[stopped], found.term[stopped], strict=True)
    )
