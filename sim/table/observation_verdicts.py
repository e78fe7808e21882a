"""Whether a draw agrees with what was observed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.foundations import TOLERANCE, Bools, Ints
from sim.scenario import Observation
from sim.table.build_worlds import build
from sim.table.events_ahead import SoFar, after
from sim.table.worlds import Worlds


@dataclass(frozen=True)
class ObservationVerdicts:
    """What the observations say of a block of draws.

    names: (N,) names of the observations
    holds: (B, N) whether each holds in the draw
    kept:  (B, N) whether the draw survives it: it holds, or its speaker was bluffing
    """

    names: tuple[str, ...]
    holds: Bools
    kept: Bools

    @property
    def consistent(self) -> Bools:
        """(B,) draws that survive every observation."""
        return np.asarray(self.kept.all(axis=1))


def observe(worlds: Worlds) -> ObservationVerdicts:
    """Evaluate every observation in the world as it is played; a draw that violates one survives as a bluff.

    Where the observation says so, outside pressure is left out. One that was made later is judged in the world as it
    is by then, if nothing has been signed.

    Source: rejection sampling (Rubin 1984, Ann Stat 12:1151-1172) on reported behaviour with a chance of misreport
    """
    observations = worlds.scenario.observations
    holds = np.ones((len(worlds.draws), len(observations)), bool)
    kept = holds.copy()
    until = [worlds.scenario.talks.rounds_until(one.on) for one in observations.values()]
    for at in sorted(set(until)):
        for where, then in [(np.arange(len(holds)), worlds)] if not at else _after(worlds, at):
            for n, observation in enumerate(observations.values()):
                if until[n] == at:
                    holds[where, n] = _holds(then, observation)
    for n, (name, _) in enumerate(observations.items()):
        bluffing = worlds.draws.dice.uniform("bluff", name) < worlds.draws[f"observations.{name}.bluff"]
        kept[:, n] = holds[:, n] | bluffing
    return ObservationVerdicts(tuple(observations), holds, kept)


def _after(worlds: Worlds, at: int) -> Iterator[tuple[Ints, Worlds]]:
    """The worlds of some draws after so many rounds without a deal, by how things stand then."""
    size, draws = len(worlds.draws), worlds.draws
    rounds, news = np.full(size, at), worlds.due <= at
    so_far = SoFar(rounds, news, rounds)
    if not worlds.scenario.events:
        yield np.arange(size), build(worlds.space, draws, so_far)
        return
    for where, space, then in after(worlds.space, draws, news):
        yield where, build(space, then, so_far.select(where))


def _holds(worlds: Worlds, observation: Observation) -> Bools:
    actor = worlds.actors.index(observation.actor)
    deals = worlds.space.select(observation.deals.kinds, observation.deals.levels)
    worth = (worlds.signed if observation.pressure == "none" else worlds.payoff)[:, actor]
    if observation.over is not None:
        others = worlds.space.select(observation.over.kinds, observation.over.levels)
        return np.asarray(worth[:, deals].max(axis=1) > worth[:, others].max(axis=1) + TOLERANCE)
    gain = worth[:, deals] - worlds.alternative[:, actor, None]
    would_sign = (gain >= -TOLERANCE) & worlds.permitted[:, actor][:, deals]
    acceptable = would_sign.all(axis=1) if observation.says == "asks" else would_sign.any(axis=1)
    return np.asarray(~acceptable if observation.says == "rejects" else acceptable)
