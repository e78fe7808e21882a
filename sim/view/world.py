"""One world opened: its story, and why each party said no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.engine import simulate
from sim.experiments.records import joined, records
from sim.experiments.representative import add_representative
from sim.foundations import NO_DEAL
from sim.report import transcript
from sim.report.words import ENDING_CLAUSES, KIND_WORDS
from sim.scenario import draw
from sim.store import label, meanings
from sim.table import DealSpace, Worlds
from sim.view.asked import Reasons, ask
from sim.view.opened import Opened
from sim.view.sliders import Stop


@dataclass(frozen=True)
class World:
    """One world in full.

    number:  of the draw
    results: a run of this draw alone
    ending:  how it ends, in words
    story:   lines of the transcript
    reasons: why the deals asked about are taken or not: the one named, then the nearest of each kind
    """

    number: int
    results: xr.Dataset
    ending: str
    story: tuple[str, ...]
    reasons: tuple[Reasons, ...]


def open_world(opened: Opened, fixed: Mapping[str, Stop], number: int, deal: int | None = None) -> World:
    """Replay one world with these numbers fixed, and ask everybody about the deals that come closest.

    Args:
        deal: one more deal to ask about
    """
    space = DealSpace.of(opened.scenario)
    own = {path: stop.place for path, stop in fixed.items()}
    block = simulate(space, draw(opened.scenario, np.array([number]), fixed=own), keep_states=True)
    fitting = opened.fitting(number + 1)[number:]
    results = label(opened.scenario, space, joined([records(block, fitting)]), np.array([number]))
    add_representative(results, opened.scenario, space, central=False, fixed=own)
    ending = ENDING_CLAUSES[meanings(results, "ending")[int(results["ending"].values[0])]]
    story = tuple(transcript(results, opened.scenario))
    own_deal = () if deal is None else (ask(block.worlds, deal, "deal that was clicked"),)
    return World(number, results, ending, story, (*own_deal, *_nearest(results, block.worlds)))


def _nearest(results: xr.Dataset, worlds: Worlds) -> Iterator[Reasons]:
    for n, target in enumerate(str(name) for name in results["target"].values):
        deal = int(results["target_deal"].values[0, n])
        if deal != NO_DEAL:
            yield ask(worlds, deal, f"nearest {KIND_WORDS[target].removeprefix('a ')}")
