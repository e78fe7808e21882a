"""What everybody whose yes is needed says to a deal in one world, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble import meanings
from sim.foundations import TOLERANCE
from sim.scenario import draw
from sim.table import DealSpace, Worlds, build, settled_parts, surplus
from sim.view.sliders import Stop
from sim.view.viewed_case import ViewedCase
from sim.words import Vocabulary, actor_title, capital, issue_title, level_title, signed_value, term_words

_NOTHING = 5e-4


@dataclass(frozen=True)
class Voice:
    """What one of them says to a deal.

    who: in words
    yes: whether he would sign
    why: in words, with what the deal is worth to him against refusing
    """

    who: str
    yes: bool
    why: str

    def __str__(self) -> str:
        # A name may be that of one or of many, so there is no verb that would have to agree with it.
        return f"{self.who}: {'yes' if self.yes else 'no'}, {self.why}."


@dataclass(frozen=True)
class DealReasons:
    """What everybody whose yes is needed says to one deal.

    deal:   what it is called
    levels: the issues that it settles otherwise than they stand now, with their levels
    voices: what each of them says
    """

    deal: str
    levels: tuple[str, ...]
    voices: tuple[Voice, ...]

    @property
    def refused(self) -> bool:
        """Whether somebody says no."""
        return not all(voice.yes for voice in self.voices)


def world_of(opened: ViewedCase, fixed: Mapping[str, Stop], number: int) -> Worlds:
    """Build one world with these numbers fixed; no talks are held."""
    own = {path: stop.place for path, stop in fixed.items()}
    (part,) = settled_parts(DealSpace.of(opened.scenario), draw(opened.scenario, np.array([number]), fixed=own))
    return build(part.space, part.draws)


def reasons_on(worlds: Worlds, deal: int, name: str = "") -> DealReasons:
    """Ask everybody about one deal in a world.

    Args:
        worlds: one world
        name:   what the deal is called
    """
    space, issues = worlds.space, worlds.scenario.issues
    levels = []
    for i, (key, issue) in enumerate(issues.items()):
        level = int(space.deals[deal, i])
        if level != issue.status_quo_index:
            levels.append(f"{issue_title(worlds.scenario, key)}: {issue.names[level]}")
    needed = np.flatnonzero(space.consent[:, deal] | worlds.rule.signers)
    taken = surplus(worlds, np.array([deal]))
    parts = [dict(zip(taken.terms, values.tolist(), strict=True)) for values in taken.parts[0]]
    voices = tuple(_voice(worlds, deal, actor, float(taken.total[0, actor]), parts[actor]) for actor in needed.tolist())
    return DealReasons(name, tuple(levels), voices)


def _voice(worlds: Worlds, deal: int, actor: int, total: float, parts: Mapping[str, float]) -> Voice:
    scenario = worlds.scenario
    who = actor_title(scenario, worlds.actors[actor])
    lines = [
        drawn.path for drawn in worlds.red_lines if drawn.actor == actor and drawn.hard[0] and drawn.crossed[0, deal]
    ]
    gain = signed_value(total)
    if lines:
        barred = " and ".join(term_words(scenario, line) for line in lines)
        rest = "worth it otherwise" if total >= -TOLERANCE else "not worth it otherwise either"
        return Voice(who, yes=False, why=f"{barred} ({rest}, {gain})")
    if total >= -TOLERANCE:
        return Voice(who, yes=True, why=f"{gain} against refusing")
    worst = [term for term in sorted(parts, key=lambda term: parts[term]) if parts[term] < -_NOTHING][:2]
    named = "; then ".join(f"{term_words(scenario, term)} ({signed_value(parts[term])})" for term in worst)
    return Voice(who, yes=False, why=f"{gain} against refusing: {named or 'nothing speaks for it'}")


def deal_words(results: xr.Dataset, opened: ViewedCase, deal: int) -> str:
    """A deal of the payoff plane in a sentence: its kind, its levels, what it is worth to each party."""
    code = meanings(results, "deal_kind")[int(results["deal_kind"].values[deal])]
    kind = Vocabulary.of(opened.scenario).declared[code].noun
    levels = "; ".join(
        f"{issue_title(opened.scenario, str(issue))}: "
        f"{level_title(opened.scenario, str(issue), str(results['deal_level'].values[i, deal]))}"
        for i, issue in enumerate(results["issue"].values)
    )
    worth = []
    for i, name in enumerate(str(actor) for actor in results["actor"].values):
        if name in opened.scenario.parties:
            gain = float(results["cloud_payoff"].values[i, deal] - results["cloud_war"].values[i])
            barred = "" if results["cloud_permitted"].values[i, deal] else ", barred by a red line"
            worth.append(f"{actor_title(opened.scenario, name)} {signed_value(gain)}{barred}")
    return f"{capital(kind)}. {levels}. Against no deal: {'; '.join(worth)}."
