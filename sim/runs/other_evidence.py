"""Other evidence about the same dispute: what moves in the answer, and by which claim."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from sim.ensemble import Design, counting, meanings, play
from sim.evidence import Place
from sim.foundations import Bools, InputError, Ints
from sim.foundations.plain_data import Real
from sim.runs.difference import Difference, Shares, distance, regrouped
from sim.runs.indicators import Indicator, indicators
from sim.runs.outcome_changes import OutcomeChange, outcome_changes
from sim.runs.outcome_summary import OutcomeSummary, compared_needs, compared_outcomes, headline_needs, summaries
from sim.runs.run_scenario import run
from sim.scenario import Case, Scenario
from sim.scenario.changed_places import ChangedPlace, changed_places, partly


@dataclass(frozen=True)
class Standing:
    """Where things stand given some evidence.

    draws, fitting: how many worlds were drawn, and how many of them fit what was observed
    states:   at the horizon, among those that fit; among all where none does
    outcomes: of the headline, among the same
    """

    draws: int
    fitting: int
    states: Shares
    outcomes: tuple[OutcomeSummary, ...]


@dataclass(frozen=True)
class ClaimEffect:
    """What hangs on one claim, or on several that are cited together; or on a change that cites none.

    claims:   names; empty where it is assumed
    changes:  what they change
    alone:    states with nothing else changed, less those before; ``None`` where it makes no sense by itself
    left_out: states with all that is changed, less those with all but this; ``None`` where the rest makes no sense
    moved_alone, moved_last: half the sum of the absolute changes of shares, 0..1; nan where there is none
    outcomes: of the headline and terms, with nothing else changed; empty where it makes no sense by itself
    """

    claims: tuple[str, ...]
    changes: tuple[ChangedPlace, ...]
    alone: Difference | None
    left_out: Difference | None
    moved_alone: Real
    moved_last: Real
    outcomes: tuple[OutcomeChange, ...] = ()


@dataclass(frozen=True)
class Update:
    """What other evidence does to an answer.

    before, after: where things stand without it and with it
    change:   states after less before, on common draws
    moved:    half the sum of the absolute changes of shares, 0..1
    effects:  claim by claim, the one that moves most first
    watch:    what to watch, given the new evidence; the one that would move most first
    outcomes: of the headline and terms, after beside before, on common draws
    """

    before: Standing
    after: Standing
    change: Difference
    moved: Real
    effects: tuple[ClaimEffect, ...]
    watch: tuple[Indicator, ...]
    outcomes: tuple[OutcomeChange, ...] = ()


@dataclass(frozen=True)
class _Played:
    """States at the horizon of all draws, and which of them count."""

    states: Ints
    names: tuple[str, ...]
    counts: Bools


def update(
    base: Case,
    later: Case,
    draws: int,
    *,
    changed: Callable[[Scenario], Scenario] = lambda scenario: scenario,
    progress: Callable[[int, int], None] | None = None,
) -> Update:
    """Play a case with the evidence that it had and with what came to it, and take the difference apart.

    Unlike an overlay that changes the world, new evidence is judged where it stands: its observations select the
    worlds. What rests on the same claims is changed together, once alone and once left out of all the rest.

    Args:
        changed:   what else is changed in all that is played
        progress:  told after each play
    Raises:  InputError if the later case changes nothing
    Source: leave-one-out influence (Cook & Weisberg 1982, Residuals and Influence in Regression, ch. 3)
    """
    groups = _grouped(changed_places(base, later))
    if not groups:
        raise InputError(f"{later.overlay or later.name} changes nothing that is played")
    steps = 3 + 2 * len(groups) * (len(groups) > 1)
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, steps)

    first, second = changed(base.scenario), changed(later.scenario)

    names = compared_outcomes(first)
    needs = {"final_state", "consistent", *headline_needs(first), *compared_needs(first)}

    def tried(taken: set[Place]) -> xr.Dataset | None:
        """The case with some of the changes; ``None`` where they make no sense without the others."""
        try:
            scenario = changed(partly(base, later, taken))
            return play(Design.of_draws(scenario, draws), columns=needs)
        except InputError:
            return None

    old = play(Design.of_draws(first, draws), columns=needs)
    step()
    new = run(second, draws)
    step()
    one, two = _played(old), _played(new)
    whole = _moved(one, two)
    effects = []
    for claims, changes in groups.items():
        mine = {change.place for change in changes}
        rest = {change.place for other, found in groups.items() if other != claims for change in found}
        alone = last = whole if len(groups) == 1 else None
        only: xr.Dataset | None = new
        if len(groups) > 1:
            only = tried(mine)
            alone = None if only is None else _moved(one, _played(only))
            step()
            less = tried(rest)
            last = None if less is None else _moved(_played(less), two)
            step()
        so = () if only is None else _outcomes(names, old, only)
        effects.append(ClaimEffect(_cited(changes), tuple(changes), alone, last, _size(alone), _size(last), so))
    effects.sort(key=lambda found: -max(np.nan_to_num(found.moved_last), np.nan_to_num(found.moved_alone)))
    watch = indicators(second, new, draws)
    step()
    standing = _standing(old, first), _standing(new, second)
    return Update(*standing, whole, distance(whole), tuple(effects), watch, _outcomes(names, old, new))


def _grouped(changes: Sequence[ChangedPlace]) -> dict[tuple[str, ...], list[ChangedPlace]]:
    """Changes that rest on the same claims together; each that rests on none by itself."""
    found: dict[tuple[str, ...], list[ChangedPlace]] = {}
    for change in changes:
        found.setdefault(change.claims or ("", change.path), []).append(change)
    return found


def _cited(changes: Sequence[ChangedPlace]) -> tuple[str, ...]:
    return changes[0].claims


def _played(found: xr.Dataset) -> _Played:
    return _Played(
        found["final_state"].values.astype(np.int64),
        meanings(found, "final_state"),
        counting(found["consistent"].values),
    )


def _outcomes(names: tuple[str, ...], old: xr.Dataset, new: xr.Dataset) -> tuple[OutcomeChange, ...]:
    counts = [counting(found["consistent"].values) for found in (old, new)]
    return outcome_changes(names, old, new, *counts)


def _moved(one: _Played, two: _Played) -> Difference:
    codes = tuple(dict.fromkeys((*one.names, *two.names)))
    first, second = (
        np.array([codes.index(name) for name in found.names], np.int64)[found.states] for found in (one, two)
    )
    return regrouped(first, second, codes, one.counts, two.counts)


def _size(change: Difference | None) -> float:
    return float("nan") if change is None else distance(change)


def _standing(found: xr.Dataset, scenario: Scenario) -> Standing:
    played = _played(found)
    return Standing(
        len(played.states),
        int(np.count_nonzero(found["consistent"].values)),
        Shares.of(played.states, played.names, played.counts),
        summaries(found, scenario, played.counts),
    )
