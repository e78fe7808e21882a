"""Whether what was observed holds in the worlds that are played."""

import numpy as np

from sim.engine import simulate
from sim.ensemble.played_block import PlayedBlock
from sim.foundations import NO_DEAL
from sim.scenario import draw, read_case
from sim.table import DealSpace
from tests.audit.finding import Finding
from tests.engine.staged import with_numbers


def played(draws, pressure="as played"):
    """The ceasefire case in so many worlds, its observations judged so."""
    scenario = read_case("scenarios/ceasefire").scenario
    seen = {f"observations.{name}.pressure": pressure for name in scenario.observations}
    scenario = with_numbers(scenario, seen)
    return PlayedBlock(simulate(DealSpace.of(scenario), draw(scenario, np.arange(draws))))


def contradicted(block):
    """(B, N) worlds in which the talks played contradict what was observed, by values and red lines alone.

    Russia would sign one of the deals it was seen to refuse, V + l over no deal and no hard line of its own crossed, or
    has signed one; Washington has a settlement that is worth more to it than any truce that opens talks.
    """
    worlds, space = block.worlds, block.worlds.space
    first, rows = block.outcome.deal, block.rows
    value = worlds.signed if worlds.under_pressure is None else worlds.under_pressure
    gain = value + worlds.pressure - worlds.alternative[:, :, None]
    found = []
    for seen in worlds.scenario.observations.values():
        actor = worlds.actors.index(seen.actor)
        deals = space.select(seen.deals.kinds, seen.deals.levels)
        if seen.says == "prefers":
            over = space.select(seen.over.kinds, seen.over.levels)
            found.append(gain[:, actor, deals].max(axis=1) <= gain[:, actor, over].max(axis=1))
            continue
        crossed = np.zeros((len(rows), len(space)), bool)
        for line in worlds.red_lines:
            if line.actor == actor:
                crossed |= line.hard[:, None] & line.crossed
        would = ((gain[:, actor] >= -1e-9) & ~crossed)[:, deals].any(axis=1)
        has = (first != NO_DEAL) & deals[np.maximum(first, 0)] & block.outcome.signed_by[:, actor]
        found.append(would | has & (block.outcome.changed == 0))
    return np.stack(found, axis=1)


def shares(block):
    """Name -> share of the kept worlds, bluffs aside, that contradict each observation."""
    kept = block.consistent[:, None] & block.observed.holds
    against = contradicted(block) & kept
    names = block.worlds.scenario.observations
    return dict(zip(names, against.sum(axis=0) / np.maximum(kept.sum(axis=0), 1), strict=True))


def findings(draws=600):
    """As played, and as it was judged before."""
    now, before = (shares(played(draws, pressure)) for pressure in ("as played", "none"))
    for name, share in now.items():
        yield Finding(
            f"kept worlds, bluffs aside, whose talks contradict {name}", f"{share:.1%}", "0", bool(share == 0)
        )
        yield Finding("  … were it judged without Washington's pressure", f"{before[name]:.1%}")
