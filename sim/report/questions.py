"""The questions of `sim analyse`, asked from Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import xarray as xr

from sim.ensemble import Progress
from sim.experiments import run
from sim.experiments.discovery.discover import discover
from sim.experiments.discovery.points import points_of
from sim.experiments.measures import measured, measures
from sim.experiments.robustness import leave_one_claim_out, null_coding, posterior, split_spread
from sim.experiments.sensitivity import flip_distances, given_data, morris, sobol, tornado
from sim.foundations import InputError, UnknownNameError
from sim.report.analysis_keep import with_words
from sim.scenario import Scenario

#: Questions that play designs of their own -> what answers them, and how many draws they take if nobody says.
_PLAYED: Final[Mapping[str, tuple[Callable[..., xr.Dataset], int | None]]] = {
    "sobol": (sobol, None),
    "morris": (morris, 50),
    "tornado": (tornado, 200),
    "flip": (flip_distances, 100),
    "spread": (split_spread, 100),
    "null-coding": (null_coding, 500),
    "leave-one-out": (leave_one_claim_out, 300),
}
#: Questions that are answered from worlds or points that are there.
_LOOKED: Final = ("delta", "pawn", "discover", "posterior")
QUESTIONS: Final = (*_PLAYED, *_LOOKED)


def analyse(
    question: str,
    scenario: Scenario | None = None,
    results: xr.Dataset | None = None,
    *,
    of: Sequence[str] = (),
    condition: str | None = None,
    consistent: bool = False,
    draws: int | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> xr.Dataset:
    """Answer one question about what moves the outcome, where it happens, and what the answer rests on.

    Args:
        question:   sobol, morris, tornado, flip, spread, null-coding, leave-one-out play the scenario; delta, pawn,
                    discover, posterior look at results, which are played if there are none
        scenario:   for what has to be played, and for the words of figures
        results:    of ``run`` or ``sweep``
        of:         outcomes, e.g. ``["ending == stalemate"]``; by default each ending that can occur
        condition:  for discover, e.g. ``"ending == settlement"``
        consistent: for what looks at results: only worlds that agree with the observations
        draws:      how much is played; a power of two base points for sobol
        progress:   told of what is played (done, in all)
        settings:   further arguments of the method, e.g. ``by="claim"`` for sobol
    Returns:
        labelled indices, shares or boxes, with titles; the figures of ``sim.figures`` fit it
    Raises:  UnknownNameError for another question; InputError where what it needs is missing
    Example:
        >>> from sim import analyse, figures, read_scenario
        >>> found = analyse("tornado", read_scenario("scenarios/labour"), draws=4, of=["held < 20"])
        >>> found.attrs["method"], found["change"].dims
        ('tornado', ('group', 'input', 'end', 'measure'))
    """
    if question not in QUESTIONS:
        raise UnknownNameError("question", question, QUESTIONS)
    if question in _PLAYED:
        if scenario is None:
            raise InputError(f"{question} plays a design of its own, so it needs the scenario")
        return with_words(play_question(question, scenario, draws, of, progress=progress, **settings), scenario)
    if question == "discover" and condition is None:
        raise InputError('discover needs a condition, e.g. condition="ending == settlement"')
    if results is None:
        if scenario is None:
            raise InputError(f"{question} needs results, or a scenario to play")
        results = run(scenario, draws, progress=progress)
    found = look_at(question, results, scenario, of, condition=condition, consistent=consistent, **settings)
    return with_words(found, scenario)


def play_question(
    question: str,
    scenario: Scenario,
    draws: int | None = None,
    of: Sequence[str] = (),
    *,
    progress: Progress | None = None,
    **settings: Any,
) -> xr.Dataset:
    """Play the design that a question needs, with as many draws as are usual for it if nobody says."""
    method, usual = _PLAYED[question]
    return method(scenario, draws or usual, of=tuple(of), progress=progress, **settings)


def look_at(
    question: str,
    results: xr.Dataset,
    scenario: Scenario | None = None,
    of: Sequence[str] = (),
    *,
    condition: str | None = None,
    consistent: bool = False,
    **settings: Any,
) -> xr.Dataset:
    """Answer a question from draws or points that are there."""
    if question == "posterior":
        return posterior(results)
    seed = str(results.attrs.get("seed", "0"))
    points = points_of(results, "consistent" if consistent else "all")
    if consistent:
        points = points.select(points.kept)
    if question == "discover":
        found = discover(points, str(condition), scenario, seed=seed, **settings)
    else:
        parsed = measures(tuple(of) or tuple(f"ending == {name}" for name in points.columns["ending"].names))
        values = measured(points.columns, parsed)
        found = given_data(question, points.inputs, values, points.names, [one.text for one in parsed], seed=seed)
    found.attrs["title"] = str(results.attrs.get("title", ""))
    found.attrs["noun"] = "points" if "axes" in results.attrs else "worlds"
    found.attrs["consistent_only"] = int(consistent)
    found.attrs["fitting"] = int(points.kept.sum())
    return found
