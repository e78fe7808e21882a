"""`sim analyse`: what moves the outcome, where it happens, and what the answer rests on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import json_option, print_json, widen_option
from sim.cli.reading import tell_note
from sim.cli.remembering import ARGV, Remembering

if TYPE_CHECKING:
    import xarray as xr

    from sim.scenario import Case, Scenario

_METHODS = ("sobol", "morris", "delta", "pawn", "tornado", "flip")


@click.command(cls=Remembering, epilog='Example: sim analyse scenarios/ceasefire --discover "ending == settlement"')
@click.argument("target", metavar="CASE|DIR")
@click.option("--sensitivity", type=click.Choice(_METHODS), help="Which numbers move the outcome.")
@click.option(
    "--by",
    type=click.Choice(["number", "actor", "claim"]),
    default="number",
    show_default=True,
    help="What Sobol indices are grouped by; by claim asks which sentence decides.",
)
@click.option("--of", "wanted", multiple=True, metavar="CONDITION", help='Of what, e.g. "ending == stalemate".')
@click.option("--second", is_flag=True, help="Second-order Sobol indices too, at nearly twice the cost.")
@click.option("--discover", metavar="CONDITION", help="In which box of numbers the condition holds.")
@click.option("--spread", is_flag=True, help="Split the spread into evidence, model and luck.")
@click.option("--posterior", is_flag=True, help="What the observations taught about every number.")
@click.option("--null-coding", is_flag=True, help="Everybody in the middle, equal weights.")
@click.option("--leave-one-out", is_flag=True, help="Without each claim of the article in turn.")
@click.option("--consistent", is_flag=True, help="delta, pawn, discover: only draws that agree with the observations.")
@widen_option
@click.option("--draws", type=click.IntRange(min=2), help="Worlds; base points for Sobol; trajectories for Morris.")
@click.option(
    "--precision",
    type=click.FloatRange(min=0, min_open=True),
    default=0.05,
    show_default=True,
    help="Sobol: double the points until leading indices are known to ± this.",
)
@click.option(
    "--stories",
    type=click.IntRange(min=1),
    default=100_000,
    show_default=True,
    help="Sobol: tell so many at most, whatever the precision.",
)
@click.option("--no-screen", is_flag=True, help="Sobol: an index for every number, without screening them first.")
@click.option("--workers", type=click.IntRange(min=0), help="Sobol: processes; default: one per core; 0: this process.")
@click.option("--overlay", metavar="NAME", help="Lay this overlay over the scenario.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep arrays and figures in this folder.")
@json_option
@click.pass_context
def analyse(  # noqa: C901, PLR0912 - one branch for each question
    ctx: click.Context,
    target: str,
    sensitivity: str | None,
    by: str,
    wanted: tuple[str, ...],
    discover: str | None,
    widen: float | None,
    draws: int | None,
    precision: float,
    stories: int,
    workers: int | None,
    overlay: str | None,
    out: Path | None,
    *,
    second: bool,
    no_screen: bool,
    spread: bool,
    posterior: bool,
    null_coding: bool,
    leave_one_out: bool,
    consistent: bool,
    as_json: bool,
) -> None:
    """Ask what moves the outcome, where it happens, and what the answer rests on.

    CASE is played as each question needs it; of a results folder DIR (of `sim run` or `sim sweep`), the draws or
    points that are there are analysed: --sensitivity delta or pawn, --discover, --posterior.

    Conditions: ending == stalemate, held < 12, declared in [truce, partial], acceptable_deals == 0, and, or, not.
    """
    begun = time.perf_counter()
    from sim.cli.analyse_questions import Indices, name_claims, play_design, play_worlds
    from sim.foundations import InputError
    from sim.report.questions import look_at

    asked = {
        "sensitivity": sensitivity,
        "discover": discover,
        "spread": spread,
        "posterior": posterior,
        "null-coding": null_coding,
        "leave-one-out": leave_one_out,
    }
    if not any(asked.values()):
        raise InputError("nothing is asked: give --sensitivity METHOD, --discover CONDITION, --posterior, --spread, …")
    source, scenario, stored, widened = _read(target, overlay, widen)
    manifest = None
    if out is not None:
        from sim.cli.analyse_kept import begin_analysis, keep_analyses

        manifest = begin_analysis(source, scenario, draws, widen=widened or 1.0, argv=ctx.meta[ARGV], out=out)
    results = stored
    found: list[xr.Dataset] = []
    indices = Indices(by, draws, precision, stories, workers, second=second, screened=not no_screen)
    for asked_for in (name for name, value in asked.items() if value):
        question = str(sensitivity) if asked_for == "sensitivity" else asked_for
        if question in {"delta", "pawn", "discover", "posterior"}:
            results = results if results is not None else play_worlds(scenario, draws)
            found.append(look_at(question, results, scenario, wanted, condition=discover, consistent=consistent))
            continue
        option = f"--sensitivity {question}" if asked_for == "sensitivity" else f"--{question}"
        found.append(play_design(_needed(scenario, stored, option), question, wanted, draws, indices))
        if not isinstance(source, Path):
            name_claims(found[-1], source)
    for one in found:
        if widened:
            one.attrs["widened"] = widened
    files: list[Path] = []
    if out is not None and manifest is not None:
        files = keep_analyses(found, scenario, manifest, out, seconds=time.perf_counter() - begun)
    if as_json:
        print_json({"analyses": [_as_dict(one) for one in found], "files": [str(file) for file in files]})
        return
    from rich.console import Console

    from sim.report.analysis import print_analysis

    console = Console(highlight=False, markup=False)
    if widened:
        console.print(f"Ranges are widened: half-widths × {widened:g}.\n")
    for n, one in enumerate(found):
        if n:
            console.print()
        print_analysis(one, scenario, console)
    if files:
        console.print(f"\nKept: {', '.join(str(file) for file in files)}")


def _read(
    target: str, overlay: str | None, widen: float | None
) -> tuple[Case | Path, Scenario | None, xr.Dataset | None, float | None]:
    """Where it comes from, and the scenario, the stored results, or both where the folder keeps its inputs."""
    from sim.foundations import InputError
    from sim.scenario import read_case

    if (Path(target) / "results.nc").is_file() or (Path(target) / "manifest.json").is_file():
        from sim.store import load_results

        if widen is not None:
            raise InputError("stored results cannot be widened; name the case instead of its results")
        found = load_results(target)
        return Path(target), _kept_scenario(Path(target)), found, found.attrs.get("widened")
    case = read_case(target, overlay=overlay)
    tell_note(case)
    scenario = case.scenario
    if widen is not None:
        from sim.experiments.robustness import widened

        scenario = widened(scenario, widen)
    return case, scenario, None, None if widen == 1 else widen


def _kept_scenario(folder: Path) -> Scenario | None:
    """The scenario a run was played from, for its words; ``None`` where it cannot be read again."""
    from sim.foundations import SimError
    from sim.scenario import read_scenario

    for file in sorted((folder / "inputs").rglob("scenario.toml")):
        try:
            return read_scenario(file)
        except SimError:
            continue
    return None


def _needed(scenario: Scenario | None, results: xr.Dataset | None, what: str) -> Scenario:
    from sim.foundations import InputError

    if results is not None or scenario is None:
        raise InputError(
            f"{what} plays a design of its own, so it needs the case, not its results; "
            "of results: --sensitivity delta or pawn, --discover, --posterior"
        )
    return scenario


def _as_dict(found: xr.Dataset) -> dict[str, Any]:
    """Attributes, and every variable as nested lists with its dimensions; gaps as null."""
    return {
        **{str(key): value for key, value in found.attrs.items()},
        "coords": {str(name): variable.values.tolist() for name, variable in found.coords.items()},
        "values": {
            str(name): {"dims": list(variable.dims), "data": _finite(variable.values.tolist())}
            for name, variable in found.data_vars.items()
        },
    }


def _finite(value: Any) -> Any:
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124 - nan
