"""`sim analyse`: what moves the outcome, where it happens, and what the answer rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.ask_options import AskOptions, ask_options
from sim.cli.options import ARGV, FiniteRange, Remembering, json_option, print_json
from sim.cli.progress import progress
from sim.jobs.questions import QUESTIONS, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    import xarray as xr

    from sim.jobs.analyse_case import Matter

_INDICES = tuple(one.name for one in QUESTIONS.values() if one.indices)
#: Questions that are flags of their own; discover takes a condition.
_FLAGS = tuple(one for one in QUESTIONS.values() if not one.indices and one.name != "discover")


def _word(one: Question) -> str:
    """Name of a question's flag as an argument."""
    return one.name.replace("-", "_")


def _flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add a flag for each question that is one."""
    for one in reversed(_FLAGS):
        command = click.option(f"--{one.name}", _word(one), is_flag=True, help=one.asks)(command)
    return command


@click.command(cls=Remembering, epilog='Example: sim analyse scenarios/ceasefire --discover "ending == settlement"')
@click.argument("target", metavar="CASE|DIR")
@click.option("--sensitivity", type=click.Choice(_INDICES), help="Which numbers move the outcome.")
@click.option(
    "--by",
    type=click.Choice(["number", "actor", "claim", "evidence"]),
    default="number",
    show_default=True,
    help="What Sobol indices are grouped by; by claim asks which sentence decides, by evidence which kind does.",
)
@click.option("--of", "wanted", multiple=True, metavar="CONDITION", help='Of what: "ending == stalemate", terms.PRICE.')
@click.option("--second", is_flag=True, help="Second-order Sobol indices too, at nearly twice the cost.")
@click.option("--discover", metavar="CONDITION", help=QUESTIONS["discover"].asks)
@_flags
@click.option("--consistent", is_flag=True, help="delta, pawn, discover: only draws that agree with the observations.")
@ask_options(leave_out=("draws", "central"))
@click.option("--draws", type=click.IntRange(min=2), help="Worlds; base points for Sobol; trajectories for Morris.")
@click.option(
    "--precision",
    type=FiniteRange(min=0, min_open=True),
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
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Keep arrays and figures in this folder.")
@json_option
@click.pass_context
def analyse(
    ctx: click.Context,
    /,
    target: str,
    sensitivity: str | None,
    by: str,
    wanted: tuple[str, ...],
    discover: str | None,
    draws: int | None,
    precision: float,
    stories: int,
    workers: int | None,
    out: Path | None,
    *,
    given: AskOptions,
    second: bool,
    no_screen: bool,
    consistent: bool,
    as_json: bool,
    **flags: bool,
) -> None:
    """Ask what moves the outcome, where it happens, and what the answer rests on.

    CASE is played as each question needs it; of a results folder DIR (of `sim run` or `sim sweep`), the draws or
    points that are there are analysed: --sensitivity delta or pawn, --discover, --posterior.

    Conditions: signed, ending == stalemate, held < 12, terms.ISSUE == LEVEL, terms.PRICE > 3.3e6, signers == "a + b",
    time < 2, payoff.ACTOR > 0.5, efficiency < 0.9, state@1y == truce, declared in [truce, partial], and, or, not.
    A quantity alone, as terms.PRICE, asks where it is above its median; a name alone, as signers, for each of its
    values (--discover and flip: for the most frequent one). Without --of it is of the endings; where none of them
    varies, of the first outcome of the headline that does, and says so.
    """
    from sim.cli.removed_files import told_if_removed
    from sim.foundations import InputError
    from sim.jobs.analyse_case import run_analyses

    sobol = {"by": by, "second": second, "screened": not no_screen, "precision": precision, "stories": stories}
    settings: dict[str, dict[str, Any]] = {
        "sobol": {**sobol, "workers": workers},
        "discover": {"condition": discover, "consistent": consistent},
        **{name: {"consistent": consistent} for name in ("delta", "pawn")},
    }
    chosen = {sensitivity, "discover" if discover else None, *(one.name for one in _FLAGS if flags[_word(one)])}
    asked = {name: settings.get(name, {}) for name in QUESTIONS if name in chosen}
    if not asked:
        raise InputError("nothing is asked: give --sensitivity METHOD, --discover CONDITION, --posterior, --spread, …")
    matter = _matter(target, given)
    with progress() as told, told_if_removed(out):
        done = run_analyses(matter, asked, of=wanted, draws=draws, out=out, argv=ctx.meta[ARGV], steps=told)
    if as_json:
        print_json({"analyses": [_as_dict(one) for one in done.found], "files": [str(file) for file in done.files]})
        return
    from sim.report.analysis_story import AnalysisReport, analysis_story
    from sim.report.terminal_renderer import render_terminal

    found = {str(one.attrs["method"]): one for one in done.found}
    files = [str(file) for file in done.files]
    report = AnalysisReport(found, matter.scenario, matter.article, widened=matter.widened or 1.0, files=files)
    render_terminal(analysis_story(report))


def _matter(target: str, given: AskOptions) -> Matter:
    """What is asked about: a case, or the folder of results."""
    from sim.foundations import InputError
    from sim.jobs.analyse_case import Matter

    if (Path(target) / "results.nc").is_file() or (Path(target) / "manifest.json").is_file():
        if given.given:
            raise InputError(f"stored results are what was asked then; name the case, or leave out {given.given[0]}")
        return Matter.of_folder(Path(target))
    return Matter.of_case(given.ask(target))


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
