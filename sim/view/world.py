"""One world opened: its story, and why each party said no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.engine import ENDINGS, simulate
from sim.experiments.records import joined, records
from sim.experiments.representative import add_representative
from sim.foundations import NO_DEAL, TOLERANCE
from sim.report import transcript
from sim.report.words import ENDING_CLAUSES, KIND_WORDS, actor_title, issue_title, term_words
from sim.scenario import draw
from sim.store import label
from sim.table import DealSpace, Worlds
from sim.view.opened import Opened
from sim.view.sliders import Stop

_NOTHING = 5e-4
_KINDS = {"truce": "nearest truce", "settlement": "nearest settlement"}


@dataclass(frozen=True)
class Reasons:
    """What everybody whose yes is needed says to one deal.

    deal:   what it is called
    levels: the issues that it settles otherwise than they stand now, with their levels
    says:   a sentence for each
    """

    deal: str
    levels: tuple[str, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class World:
    """One world in full.

    number:  of the draw
    results: a run of this draw alone
    ending:  how it ends, in words
    story:   lines of the transcript
    reasons: why the nearest truce and the nearest settlement are taken or not
    """

    number: int
    results: xr.Dataset
    ending: str
    story: tuple[str, ...]
    reasons: tuple[Reasons, ...]


def open_world(opened: Opened, fixed: Mapping[str, Stop], number: int) -> World:
    """Replay one world with these numbers fixed, and ask everybody about the deals that come closest."""
    space = DealSpace.of(opened.scenario)
    own = {path: stop.place for path, stop in fixed.items()}
    block = simulate(space, draw(opened.scenario, np.array([number]), fixed=own), keep_states=True)
    fitting = opened.fitting(number + 1)[number:]
    results = label(opened.scenario, space, joined([records(block, fitting)]), np.array([number]))
    add_representative(results, opened.scenario, space, central=False, fixed=own)
    ending = ENDING_CLAUSES[ENDINGS[int(results["ending"].values[0])]]
    story = tuple(transcript(results, opened.scenario))
    return World(number, results, ending, story, tuple(_reasons(results, block.worlds)))


def _reasons(results: xr.Dataset, worlds: Worlds) -> Iterator[Reasons]:
    scenario = worlds.scenario
    quo = [str(name) for name in results["status_quo"].values]
    for n, target in enumerate(str(name) for name in results["target"].values):
        deal = int(results["target_deal"].values[0, n])
        if deal == NO_DEAL:
            continue
        levels = tuple(
            f"{issue_title(scenario, str(issue))}: {results['deal_level'].values[i, deal]}"
            for i, issue in enumerate(results["issue"].values)
            if str(results["deal_level"].values[i, deal]) != quo[i]
        )
        needed = np.flatnonzero(worlds.space.consent[:, deal] | worlds.rule.signers)
        yield Reasons(_KINDS[target], levels, tuple(_says(results, worlds, n, deal, int(actor)) for actor in needed))


def _says(results: xr.Dataset, worlds: Worlds, target: int, deal: int, actor: int) -> str:
    """A yes or a no with its reason."""
    scenario = worlds.scenario
    who = actor_title(scenario, worlds.actors[actor])
    total = float(results["surplus"].values[0, target, actor])
    lines = [
        drawn.path for drawn in worlds.red_lines if drawn.actor == actor and drawn.hard[0] and drawn.crossed[0, deal]
    ]
    gain = f"{total:+.3f}".replace("-", "−")
    if lines:
        barred = " and ".join(term_words(scenario, line) for line in lines)
        rest = "worth it otherwise" if total >= -TOLERANCE else "not worth it otherwise either"
        return f"{who} says no: {barred} ({rest}, {gain})."
    if total >= -TOLERANCE:
        return f"{who} would say yes ({gain} against refusing)."
    parts = results["surplus_part"].values[0, target, actor]
    terms = [str(term) for term in results["term"].values]
    worst = [n for n in np.argsort(parts) if parts[n] < -_NOTHING][:2]
    named = "; then ".join(f"{term_words(scenario, terms[n])} ({parts[n]:+.3f})".replace("-", "−") for n in worst)
    return f"{who} says no ({gain} against refusing): {named or 'nothing speaks for it'}."


def deal_words(results: xr.Dataset, opened: Opened, deal: int) -> str:
    """A deal of the payoff plane in a sentence: its kind, its levels, what it is worth to each party."""
    kinds = str(results["deal_kind"].attrs["flag_meanings"]).split("|")
    kind = KIND_WORDS[kinds[int(results["deal_kind"].values[deal])]]
    levels = "; ".join(
        f"{issue_title(opened.scenario, str(issue))}: {results['deal_level'].values[i, deal]}"
        for i, issue in enumerate(results["issue"].values)
    )
    worth = []
    for i, name in enumerate(str(actor) for actor in results["actor"].values):
        if name in opened.scenario.parties:
            gain = float(results["cloud_payoff"].values[i, deal] - results["cloud_war"].values[i])
            barred = "" if results["cloud_permitted"].values[i, deal] else ", barred by a red line"
            worth.append(f"{actor_title(opened.scenario, name)} {gain:+.3f}{barred}".replace("-", "−"))
    return f"{kind[:1].upper()}{kind[1:]}. {levels}. Against no deal: {'; '.join(worth)}."
