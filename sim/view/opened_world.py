"""One world opened: its story, and why each party said no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble import meanings
from sim.ensemble.representative import replay_draw
from sim.foundations import NO_DEAL
from sim.report import transcript_lines
from sim.scenario import draw
from sim.table import DealSpace, Worlds, build, settled_parts
from sim.view.deal_reasons import DealReasons, reasons_on
from sim.view.sliders import Stop
from sim.view.viewed_case import ViewedCase
from sim.words import Vocabulary, without_article


@dataclass(frozen=True)
class OpenedWorld:
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
    reasons: tuple[DealReasons, ...]


def open_world(opened: ViewedCase, fixed: Mapping[str, Stop], number: int, deal: int | None = None) -> OpenedWorld:
    """Replay one world with these numbers fixed, and ask everybody about the deals that come closest.

    Args:
        deal: one more deal to ask about
    """
    own = {path: stop.place for path, stop in fixed.items()}
    results = replay_draw(opened.scenario, number, fixed=own, judge=opened.judge)
    (part,) = settled_parts(DealSpace.of(opened.scenario), draw(opened.scenario, np.array([number]), fixed=own))
    worlds = build(part.space, part.draws)
    code = meanings(results, "ending")[int(results["ending"].values[0])]
    ending = Vocabulary.from_attrs(results.attrs).endings[code].clause
    story = tuple(transcript_lines(results, opened.scenario))
    own_deal = () if deal is None else (reasons_on(worlds, deal, "deal that was clicked"),)
    return OpenedWorld(number, results, ending, story, (*own_deal, *_nearest(results, worlds)))


def _nearest(results: xr.Dataset, worlds: Worlds) -> Iterator[DealReasons]:
    words = Vocabulary.from_attrs(results.attrs).endings
    for n, target in enumerate(str(name) for name in results["target"].values):
        deal = int(results["target_deal"].values[0, n])
        if deal != NO_DEAL:
            yield reasons_on(
                worlds, int(results["deal_index"].values[deal]), f"nearest {without_article(words[target].noun)}"
            )
