"""The bridge: the smallest use of the levers that makes the wanted ending as likely as asked, or that none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from sim.bridges.chance import Chance, Prices
from sim.bridges.frontier import Point, frontier
from sim.bridges.goal import Goal
from sim.bridges.levers_played import Stage
from sim.bridges.movers import Change, Mover, movers
from sim.bridges.reasons import Reasons, reasons
from sim.bridges.refine import exchange, push, refine
from sim.bridges.robust import RobustUses, robust_choice
from sim.bridges.search import search
from sim.bridges.verify import GoalCheck, on_fresh_draws, under_conventions
from sim.ensemble import fitting_worlds
from sim.foundations import Floats, InputError, Problem, nearest
from sim.foundations.plain_data import plain_data
from sim.scenario import Scenario

#: Draws that the search is done on; the answer is worked out on all.
SEARCHED: Final = 200
#: Uses of the levers that are tried in the search, about.
EVALUATIONS: Final = 110
#: How many of the cheapest uses found are refined on all draws, out of how many played there of each sort.
_REFINED: Final = 2
_TRIED_AGAIN: Final = 6
#: Uses tried when levers are exchanged for each other, about.
_EXCHANGED: Final = 50

#: Names a step and gives what to call with (done, in all).
_Steps = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True)
class Bridge:
    """What it takes, or that it cannot be done.

    goal:        what was wanted
    levers:      (L,) levers that could be used
    draws:       how many draws agree with the observations (all, where none does), of ``drawn``
    drawn:       how many were drawn
    conditioned: whether any draw agrees with the observations
    tried:       how many uses of the levers were tried
    without:     nothing done
    found:       the smallest use found that reaches what is asked; ``None`` if no combination does
    best:        the most likely use found, whatever it costs
    frontier:    uses that nothing as cheap beats, by cost
    movers:      levers in use at ``found`` (else ``best``), with what they do to those who must agree
    together:    what they do to each actor together
    reasons:     what still stands in the way there
    robust:      candidates of the frontier compared over half-worlds; ``candidates`` are their points
    fresh:       the use on fresh draws
    conventions: and under other conventions
    """

    goal: Goal
    levers: tuple[str, ...]
    draws: int
    drawn: int
    conditioned: bool
    tried: int
    without: Point
    found: Point | None
    best: Point
    frontier: tuple[Point, ...]
    movers: tuple[Mover, ...]
    together: tuple[Change, ...]
    reasons: Reasons
    robust: RobustUses
    candidates: tuple[Point, ...]
    fresh: GoalCheck
    conventions: tuple[GoalCheck, ...]

    @property
    def point(self) -> Point:
        """What the rest is about: what was found, else the best that can be done."""
        return self.found or self.best

    @property
    def stands(self) -> bool:
        """Whether something was found and fresh draws agree."""
        return self.found is not None and self.fresh.holds

    @property
    def broken_by(self) -> tuple[GoalCheck, ...]:
        """Conventions under which it does not reach what was asked."""
        return tuple(one for one in self.conventions if not one.holds)

    def to_json(self) -> dict[str, Any]:
        """Everything as plain tables and lists."""
        found: dict[str, Any] = plain_data(self)
        found["stands"] = self.stands
        found["binding_reason"] = self.reasons.binding
        found["broken_by"] = plain_data(self.broken_by)
        return found


def bridge(
    scenario: Scenario,
    goal: Goal,
    *,
    levers: Sequence[str] | None = None,
    draws: int | None = None,
    seen_in: Scenario | None = None,
    searched: int = SEARCHED,
    evaluations: int = EVALUATIONS,
    tolerance: float = 1 / 64,
    checked: int = 300,
    steps: _Steps | None = None,
    executor: Executor | None = None,
) -> Bridge:
    """Find the cheapest use of levers that makes something as likely as asked, and say who and what is in its way.

    The observations select draws in the world as it is; levers are then played in those draws. "As likely as
    asked" means that the share less its standard error reaches it, so that fresh draws mostly agree.

    Args:
        levers:      names of levers that may be used; all by default
        draws:       how many worlds to draw; the scenario's own number by default
        seen_in:     scenario whose observations select the draws, if it is another one (the base of an overlay)
        searched:    draws that the search is done on
        evaluations: uses tried in the search, about
        tolerance:   how finely the use of each lever is told, 0..1
        checked:     draws under each other convention; 0 leaves them out
        steps:       told about progress
        executor:    plays uses of the levers side by side; the bits are the same without one
    Raises:
        InputError if the scenario has no levers, or none of that name, or cannot bring what is wanted
    """
    told = steps or (lambda _name: lambda _done, _all: None)
    goal.require(scenario)
    names = lever_names(scenario, levers)
    count = draws or scenario.draws
    selected = seen_in or scenario
    numbers, conditioned = fitting_worlds(selected, count)
    stage = Stage(scenario, names, goal, numbers, executor)
    prices = Prices.of(stage)
    small = Chance(stage.on(numbers[:searched]), _counted(told("searching"), evaluations))
    search(small, prices.central, goal.at_least, evaluations=evaluations)
    whole = small if len(numbers) <= searched else Chance(stage, _counted(told("all draws"), 60))
    frontier(small, whole, prices)
    use = _cheapest(small, whole, prices, goal.at_least, tolerance)
    if use is None:
        push(whole, whole.tried[whole.shares.argmax()])
        use = _cheapest(small, whole, prices, goal.at_least, tolerance)  # in case that reaches it
    points = frontier(small, whole, prices)
    best = max(points, key=lambda point: (point.chance, -point.cost))
    found = None if use is None else Point.of(whole, prices, use)
    at = _array(names, best.use) if use is None else use
    looking = told("looking closer")
    moving, together = movers(stage, prices, at)
    looking(1, 4)
    candidates = _joined(_thinned(points), found)
    robust = robust_choice(
        stage,
        [_array(names, point.use) for point in candidates],
        np.array([point.cost for point in candidates]),
        budget=(found or best).cost,
    )
    looking(2, 4)
    why = reasons(stage, at)
    looking(3, 4)
    fresh = on_fresh_draws(stage, selected, at, count=count, first=count)
    looking(4, 4)
    others = (
        under_conventions(stage, selected, at, count=min(checked, count), told=told("conventions")) if checked else ()
    )
    return Bridge(
        goal=goal,
        levers=names,
        draws=len(numbers),
        drawn=count,
        conditioned=conditioned,
        tried=len(small.known) + (len(whole.known) if whole is not small else 0),
        without=Point.of(whole, prices, np.zeros(len(names))),
        found=found,
        best=best,
        frontier=points,
        movers=moving,
        together=together,
        reasons=why,
        robust=robust,
        candidates=candidates,
        fresh=fresh,
        conventions=others,
    )


def _cheapest(small: Chance, whole: Chance, prices: Prices, at_least: float, tolerance: float) -> Floats | None:
    """Play the cheapest promising uses on all draws and refine those that reach what is asked."""
    slack = 2 * small.error(min(max(at_least, 0.0), 1.0))
    candidates: list[Floats] = []
    known = [use for use in small.tried if small.safe(use) >= at_least - 1e-12]
    if known:
        first = min(known, key=lambda use: float(use @ prices.central))
        coarse = max(tolerance, 1 / 16)
        least = exchange(small, prices.central, at_least, first, tolerance=coarse, evaluations=_EXCHANGED)
        # what is just enough in the search may fall short of it on all draws
        candidates += [np.clip(least * more, 0, 1) for more in (1.0, 1.15, 1.35)]
    tried, shares = small.tried, small.shares
    order = np.lexsort((-shares, tried @ prices.central))
    promising = [tried[n] for n in order if shares[n] >= at_least - (0 if small is whole else slack)]
    likeliest = [tried[n] for n in np.argsort(-shares, kind="stable")[:_TRIED_AGAIN]]
    candidates += [*promising[:_TRIED_AGAIN], *likeliest]
    candidates += [use for use in whole.tried if whole.safe(use) >= at_least - 1e-12]
    found: list[Floats] = []
    if not known:  # where nothing is likely to reach it, all of them are played
        whole.expect(candidates)
    for use in sorted(candidates, key=lambda use: float(use @ prices.central)):
        if len(found) < _REFINED and whole.safe(use) >= at_least - 1e-12:
            found.append(use)
    refined = [refine(whole, prices.central, at_least, use, tolerance=tolerance) for use in found]
    return min(refined, key=lambda use: float(use @ prices.central)) if refined else None


def lever_names(scenario: Scenario, levers: Sequence[str] | None) -> tuple[str, ...]:
    """Names of the levers that may be used: those asked for, or all.

    Raises:  InputError if there are none, or none of that name
    """
    if not scenario.levers:
        raise InputError(
            Problem(
                "the scenario has no levers: it does not say what anybody could do", allowed="[levers.NAME] in the file"
            )
        )
    unknown = [name for name in levers or () if name not in scenario.levers]
    if unknown:
        known = ", ".join(scenario.levers)
        raise InputError(
            [Problem(f'there is no lever "{name}"', (), known, nearest(name, scenario.levers)) for name in unknown]
        )
    return tuple(dict.fromkeys(levers)) if levers else tuple(scenario.levers)


def _array(names: Sequence[str], use: dict[str, float]) -> Floats:
    return np.array([use.get(name, 0.0) for name in names])


def _thinned(points: Sequence[Point], most: int = 8) -> tuple[Point, ...]:
    places = np.unique(np.linspace(0, len(points) - 1, min(most, len(points))).round().astype(int))
    return tuple(points[n] for n in places)


def _joined(points: Sequence[Point], found: Point | None) -> tuple[Point, ...]:
    if found is None or found in points:
        return tuple(points)
    return tuple(sorted([*points, found], key=lambda point: point.cost))


def _counted(told: Callable[[int, int], None], total: int) -> Callable[[], None]:
    done = 0

    def one() -> None:
        nonlocal done
        done += 1
        told(min(done, total), total)

    return one
