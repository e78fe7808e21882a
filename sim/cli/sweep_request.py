"""What `sim sweep` and `sim plan` are asked for: a case, what to vary, and over which design."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from sim.cli.options import widen_option
from sim.cli.reading import read
from sim.experiments.sweep.asked import Asked, kept_by_default
from sim.experiments.sweep.axes import OVERLAY
from sim.experiments.sweep.axis_text import parse_axis
from sim.experiments.sweep.points import make_points
from sim.experiments.sweep.studies import Study, axes_of, read_study
from sim.foundations import InputError, Problem
from sim.scenario import Case, Scenario, asked_scenario, read_case
from sim.scenario.widening import AS_STATED

#: Worlds at each point where neither the command line nor a study says.
DRAWS: Final = 200

Command = Callable[..., Any]


def asked_options(command: Command) -> Command:
    """Add the options that say what to vary."""
    for option in reversed(
        [
            click.option(
                "--over",
                multiple=True,
                metavar="PATH=…",
                help="Vary this: PATH=LOW:HIGH:N (11 points where N is left out), PATH=a,b,c, "
                "issues.NAME.available=a|b,a..d, or overlay=a,b; may be repeated.",
            ),
            click.option("--study", metavar="NAME", help="Run a study of the case's studies.toml."),
            click.option("--design", metavar="NAME", help="grid (default), lhs, sobol, random or one-at-a-time."),
            click.option("--points", type=click.IntRange(min=1), help="Points of lhs, sobol and random."),
            click.option("--draws", type=click.IntRange(min=1), help=f"Worlds at each point; default {DRAWS}."),
            click.option("--overlay", metavar="NAME", help="Lay this overlay over the scenario first."),
            click.option("--seed", metavar="TEXT", help="Root of all random numbers; default: the scenario's."),
            widen_option,
            click.option("--independent", is_flag=True, help="Other worlds at each point instead of the same ones."),
            click.option(
                "--keep",
                type=click.Choice(["auto", "draws", "summaries"]),
                help="Keep single draws too; auto: up to 200,000 negotiations.",
            ),
        ]
    ):
        command = option(command)
    return command


def ask(
    case: str,
    *,
    over: Sequence[str],
    study: str | None,
    design: str | None,
    points: int | None,
    draws: int | None,
    overlay: str | None,
    seed: str | None,
    independent: bool,
    keep: str | None,
    widen: float | None = None,
) -> Asked:
    """Read the case, make the axes, lay out the design.

    Raises:  InputError with what is wrong in the files or on the command line
    """
    if study is not None and over:
        raise click.UsageError("--study names what to vary already: leave out --over, or leave out --study.")
    plan = None if study is None else read_study(read_case(case).folder, study, known_figures)
    overlay = overlay or (plan.overlay if plan is not None else None)
    changes: dict[str, Any] = {} if seed is None else {"seed": seed}
    factor = widen if widen is not None else plan.widen if plan is not None else AS_STATED
    own = read(case, overlay)
    scenario = asked_scenario(own.scenario, changes, factor)
    cases: list[Case] = [own]
    judge: Scenario | None = None
    if overlay is not None:
        cases.append(read_case(case))
        judge = asked_scenario(cases[-1].scenario, changes, factor)
    scenarios: dict[str, Scenario] = {}

    def read_overlay(name: str) -> Scenario:
        if name not in scenarios:
            found = read(case, name)
            cases.append(found)
            scenarios[name] = asked_scenario(found.scenario, changes, factor)
        return scenarios[name]

    if plan is not None:
        axes = axes_of(plan, str(study), own.folder, scenario, read_overlay)
        design, points, draws = design or plan.design, points or plan.points, draws or plan.draws
    else:
        axes = [parse_axis(text, scenario, read_overlay) for text in over]
    if overlay is not None and any(axis.name == OVERLAY for axis in axes):
        raise InputError(Problem("--overlay lays one overlay over everything; the axis lays others over it: give one"))
    laid = make_points(axes, design or "grid", points, scenario.seed)
    asked = Asked(
        scenario=scenario,
        points=laid,
        draws=draws or DRAWS,
        judge=judge,
        scenarios={axis.overlay: scenarios[axis.overlay] for axis in laid.structures if axis.overlay is not None},
        common=not independent and (plan is None or plan.common),
        study=study or "",
        cases=tuple(cases),
        changes=changes,
        widen=factor,
        **_shown(plan),
    )
    how = keep or (plan.keep if plan is not None else "auto")
    kept = kept_by_default(len(laid), asked.draws) if how == "auto" else how == "draws"
    return replace(asked, keep=kept)


def known_figures() -> Sequence[str]:
    """Names of all figures, for those who read studies."""
    from sim.plots import PLOTS

    return PLOTS.names


def _shown(study: Study | None) -> dict[str, Any]:
    if study is None:
        return {}
    return {"title": study.title, "measures": study.measures, "figures": study.figures}


def place_of(case: str | None, folder: Path) -> str | None:
    """Where the case of a stored sweep is now: as said, or where it was, if it is still there."""
    from sim.store import load_manifest

    if case is not None:
        return case
    told = str(load_manifest(folder).sweep.get("case", ""))
    return told if told and Path(told).exists() else None
