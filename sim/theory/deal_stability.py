"""Whether a deal that is signed would be kept: who gains by a first breach, who can answer, and what holds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.foundations import NO_DEAL, Bools, Floats, Ints
from sim.games import graph_model
from sim.table import Worlds
from sim.table.durability import shifted

#: What holds a deal. preference: nobody gains by a first breach; structure: who would is answered by others who gain by
#: the answer, and is no better off then; threat: only by answers that cost those who give them; unstable: some breach
#: pays whatever the others do; none: nothing is signed, or too many sign to look at all that they can do.
HOLDS: Final = ("preference", "structure", "threat", "unstable", "none")
#: What a first breach is.
BREACHES: Final = ("none", "takes back", "ends")
#: Signers up to whom all that they can do is looked at.
_MOST_SIGNERS: Final = 5
#: Differences of value below this are none.
_DECIMALS: Final = 9


@dataclass(frozen=True)
class DealStability:
    """Certificates of the deals signed in a block of draws; A actors.

    holds:    (B,) index into ``HOLDS``
    breach:   (B, A) index into ``BREACHES``: the first breach that would gain each actor most, if others stood still
    gain:     (B, A) what it would gain him, in own value; 0 where no breach gains
    answers:  (B, A, A) whether the second can answer the first one's best breach at once, gaining by the answer, so
        that the first is no better off than before
    """

    holds: Ints
    breach: Ints
    gain: Floats
    answers: Bools


def deal_stability(worlds: Worlds, deal: Ints, signed_by: Bools) -> DealStability:
    """Certify the deals that were signed.

    After the signature each who signed can keep his word, take back what he conceded while the others keep theirs, or
    end the deal. He conceded an issue if its level is worse for him than the status quo; where the case calls some
    issues promises, only these can be taken back. A deal partly taken back is worth what that deal is worth in force;
    one that ends is worth what a collapse in its first round leaves. The graph model is asked about the state in which
    all keep their word.

    Args:
        deal:      (B,) deals, NO_DEAL where none was signed
        signed_by: (B, A) who signed
    Source:  stability in the graph model of Fang, Hipel & Kilgour 1993, ch. 3; ours: the moves after a signature. What
             holds a deal: by preference where it is Nash stable for all, by structure where sequentially stable, by
             threat where only general metarational
    """
    draws, actors = worlds.delta.shape
    found = DealStability(
        np.full(draws, HOLDS.index("none")),
        np.zeros((draws, actors), np.int64),
        np.zeros((draws, actors)),
        np.zeros((draws, actors, actors), bool),
    )
    there = (deal != NO_DEAL) & (signed_by.sum(axis=1) <= _MOST_SIGNERS) & signed_by.any(axis=1)
    codes = signed_by @ (1 << np.arange(actors, dtype=np.int64))
    for code in np.unique(codes[there]):
        rows = np.flatnonzero(there & (codes == code))
        who = np.flatnonzero(signed_by[rows[0]])
        _certify(worlds, rows, deal[rows], who, found)
    return found


def _certify(worlds: Worlds, rows: Ints, deal: Ints, who: Ints, found: DealStability) -> None:
    """Fill in the certificates of draws in which the same ones signed."""
    worth = np.round(_worths(worlds, rows, deal, who), _DECIMALS)  # (R, N, S), all keep first, ended last
    moves = _moves(len(who))
    stable = graph_model(moves, worth)
    start = 0
    kept = {name: getattr(stable, name)[:, :, start].all(axis=1) for name in ("nash", "sequential", "general")}
    found.holds[rows] = np.select([kept["nash"], kept["sequential"], kept["general"]], [0, 1, 2], default=3)
    states, ended = worth.shape[2], worth.shape[2] - 1
    for place, actor in enumerate(who):
        own = worth[:, place]
        alone = 1 << place
        gains = np.stack([own[:, alone] - own[:, start], own[:, ended] - own[:, start]], axis=1)
        best = np.maximum(gains.max(axis=1), 0.0)
        which = np.where(best > 0, 1 + gains.argmax(axis=1), 0)
        found.breach[rows, actor], found.gain[rows, actor] = which, best
        for other_place, other in enumerate(who):
            if other == actor:
                continue
            then = [1 << place | 1 << other_place, ended]  # answers to taking back; nothing answers an end
            answered = np.zeros(len(rows), bool)
            for state in then:
                if state < states:
                    willing = worth[:, other_place, state] > worth[:, other_place, alone]
                    answered |= willing & (own[:, state] <= own[:, start])
            found.answers[rows, actor, other] = answered & (which == 1)


def _moves(signers: int) -> Bools:
    """(N, S, S) each may take back what he conceded, and return to his word, or end the deal; then all is over."""
    states = (1 << signers) + 1
    moves = np.zeros((signers, states, states), bool)
    for place in range(signers):
        for state in range(states - 1):
            moves[place, state, state ^ (1 << place)] = True
            moves[place, state, states - 1] = True
    return moves


def _worths(worlds: Worlds, rows: Ints, deal: Ints, who: Ints) -> Floats:
    """(R, N, S) what each state is worth to each who signed: bit n of a state says whether the n-th has taken back."""
    space = worlds.space
    rest = np.array([issue.status_quo_index for issue in space.scenario.issues.values()])
    levels = space.deals[deal]
    conceded = _conceded(worlds, rows, deal, who, rest)  # (R, N, I)
    states = (1 << len(who)) + 1
    found = np.empty((len(rows), len(who), states))
    speed = np.broadcast_to(worlds.documents.speed, (len(worlds.draws),))[rows]
    share = shifted(speed, np.ones(len(rows), np.int64))[:, None]
    ended = worlds.fallback[rows] - worlds.damage[rows] + worlds.shift[rows] * share
    found[:, :, -1] = ended[:, who]
    for state in range(states - 1):
        taken = np.zeros(levels.shape, bool)
        for place in range(len(who)):
            if state >> place & 1:
                taken |= conceded[:, place]
        there = space.places_of(np.where(taken, rest, levels))
        value = worlds.value[rows[:, None], who, np.maximum(there, 0)[:, None]]
        found[:, :, state] = np.where((there == NO_DEAL)[:, None], found[:, :, -1], value)
    return found


def _conceded(worlds: Worlds, rows: Ints, deal: Ints, who: Ints, rest: Ints) -> Bools:
    """(R, N, I) issues on which each would rather have the status quo back, of those that can be taken back."""
    space = worlds.space
    issues = list(space.scenario.issues.values())
    promises = np.array([issue.promise for issue in issues])
    revocable = promises if promises.any() else np.ones(len(issues), bool)
    levels = space.deals[deal]
    found = np.zeros((len(rows), len(who), len(issues)), bool)
    for i in np.flatnonzero(revocable):
        back = levels.copy()
        back[:, i] = rest[i]
        there = space.places_of(back)
        known = (there != NO_DEAL) & (levels[:, i] != rest[i])
        better = (
            worlds.flow[rows[:, None], who, np.maximum(there, 0)[:, None]]
            > worlds.flow[rows[:, None], who, deal[:, None]]
        )
        found[:, :, i] = better & known[:, None]
    return found
