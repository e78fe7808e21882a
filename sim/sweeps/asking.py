"""What a sweep of a case is asked for: its files read, its axes made, its design laid out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sim.ensemble.ask import ask, ask_beside
from sim.ensemble.forecasts_beside import forecast_names
from sim.ensemble.room import Work, require_work
from sim.foundations import InputError, Problem
from sim.scenario import Case, Scenario
from sim.scenario.reading import own_overlay
from sim.scenario.widening import AS_STATED
from sim.sweeps.axes import OVERLAY, Axis
from sim.sweeps.axis_text import ReadOverlay, axes_over, parse_axis
from sim.sweeps.design_points import DesignPoints, make_points
from sim.sweeps.studies import KnownFigures, Study, axes_of, read_study
from sim.sweeps.sweep_ask import SweepAsk, kept_by_default

#: Changes to these may change how much there is to play.
_SIZES: Final = ("talks.round", "talks.horizon", "issues.", "forbid", "sums")
#: Worlds at each point where neither who asks nor a study says.
DRAWS: Final = 200

#: Reads the case with one of its overlays, or as it was named.
ReadCase = Callable[[str | None], Case]


def ask_sweep(
    read: ReadCase,
    *,
    over: Sequence[str] | Mapping[str, str | Sequence[Any]] = (),
    study: str | None = None,
    design: str | None = None,
    points: int | None = None,
    draws: int | None = None,
    overlay: str | None = None,
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    independent: bool = False,
    keep: str | None = None,
    widen: float | None = None,
    known_figures: KnownFigures | None = None,
    forecasts: bool = False,
) -> SweepAsk:
    """Read the case, make the axes, lay out the design; what is asked wins over what a study says.

    Args:
        over:    lines ``PATH=…`` as on the command line, or path -> values
        study:   name of a study of the case, which says what to vary
        overlay: laid over everything
        changes: path -> new value, for base and overlays alike; ``seed`` and ``protocol`` besides
        keep:    auto, draws or summaries
        forecasts: ask models of collective choice at every point; a study whose measures name ``forecast`` does
    Raises:  InputError with what is wrong in the files or in what is asked
    Example:
        >>> from sim.scenario import read_case
        >>> def read(overlay):
        ...     return read_case("scenarios/pie", overlay=overlay)
        >>> asked = ask_sweep(read, over=["first.patience=0.8,0.9"])
        >>> len(asked.points), asked.draws
        (2, 200)
    """
    if study is not None and over:
        raise InputError("a study names what to vary already: leave out what to vary, or leave out the study")
    plan = None if study is None else read_study(read(None).folder, study, known_figures)
    factor = widen if widen is not None else plan.widen if plan is not None else AS_STATED
    if plan is not None and overlay is None and plan.overlay is not None:
        overlay = own_overlay(read(None), plan.overlay)
    own = read(overlay)
    if plan is not None:
        design, points, draws = design or plan.design, points or plan.points, draws or plan.draws
    asked = ask(own, changes=changes, seed=seed, protocol=protocol, widen=factor, draws=draws or DRAWS)
    scenario, laid = asked.scenario, asked

    def read_overlay(name: str) -> Scenario:
        nonlocal laid
        laid = ask_beside(laid, read(name if plan is None else own_overlay(own, name)))
        return laid.overlays[name]

    forecasts = forecasts or (plan is not None and "forecast" in plan.measures)
    if forecasts and not forecast_names(scenario):
        raise InputError(
            Problem(
                "forecasts ask where parties stand on ordered issues, and here no two parties stand on one",
                allowed="positions or values of two parties on an issue that is ordered or numeric",
            )
        )
    axes = (
        _axes(over, scenario, read_overlay)
        if plan is None
        else axes_of(plan, str(study), own.folder, scenario, read_overlay)
    )
    if own.overlay is not None and any(axis.name == OVERLAY for axis in axes):
        raise InputError(Problem("--overlay lays one overlay over everything; the axis lays others over it: give one"))
    where = make_points(axes, design or "grid", points, scenario.seed)
    how = keep or (plan.keep if plan is not None else "auto")
    kept = kept_by_default(len(where), asked.draws) if how == "auto" else how == "draws"
    named = {structure.overlay for structure in where.structures}
    overlays = {name: laid.overlays[name] for name in laid.overlays if name in named}
    for work in works(where, scenario, overlays, asked.draws):
        require_work(work)
    return SweepAsk(
        replace(laid, overlays=overlays),
        where,
        common=not independent and (plan is None or plan.common),
        keep=kept,
        study=study or "",
        forecasts=forecasts,
        **_shown(plan),
    )


def works(
    points: DesignPoints, scenario: Scenario, overlays: Mapping[str, Scenario], draws: int, *, workers: int = 1
) -> Iterator[Work]:
    """The work of a sweep: all of it as the scenario stands, then that of points which change its sizes."""
    yield Work.of(scenario, draws, points=len(points.played), workers=workers, states=False)
    for index, structure in enumerate(points.structures):
        if structure.overlay is not None or any(path.startswith(_SIZES) for path, _ in structure.changes):
            count = int((points.structure == index).sum())
            changed = structure.scenario(scenario, overlays)
            yield Work.of(changed, draws, points=count, workers=workers, states=False)


def _axes(
    over: Sequence[str] | Mapping[str, str | Sequence[Any]], scenario: Scenario, read_overlay: ReadOverlay
) -> list[Axis]:
    if isinstance(over, Mapping):
        return axes_over(over, scenario, read_overlay)
    return [parse_axis(text, scenario, read_overlay) for text in over]


def _shown(study: Study | None) -> dict[str, Any]:
    if study is None:
        return {}
    return {"title": study.title, "measures": study.measures, "figures": study.figures}
