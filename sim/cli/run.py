"""`sim run`: play a scenario and say what happens, how sure that is, and why."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import json_option, print_json
from sim.cli.progress import progress

if TYPE_CHECKING:
    import xarray as xr

    from sim.experiments import OverlayRow, Variant
    from sim.foundations import Bools
    from sim.scenario import Case, Scenario


@dataclass(frozen=True)
class Request:
    """What the command line asks for, checked.

    case:     the case as read, overlay included
    scenario: what is played: the case with the changes of the command line
    base:     with an overlay, the scenario without it but with the same changes: what was observed was
              observed there
    """

    case: Case
    scenario: Scenario
    base: Scenario | None
    overlays: tuple[str, ...]
    changes: dict[str, Any]
    draws: int
    central: bool
    conventions: bool


class _Remembering(click.Command):
    """A command that remembers the words it was called with, for the manifest."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["sim.argv"] = ("sim", "run", *args)
        return super().parse_args(ctx, args)


@click.command(cls=_Remembering, epilog="Example: sim run scenarios/ceasefire --draws 500 --seed 7")
@click.argument("case")
@click.option("--overlay", metavar="NAME", help="Lay this overlay over the scenario.")
@click.option("--overlays", metavar="all|A,B", help="Compare overlays with the base: all, or these.")
@click.option("--draws", type=click.IntRange(min=1), help="How many worlds to draw; default: the scenario's.")
@click.option("--seed", metavar="TEXT", help="Root of all random numbers; default: the scenario's.")
@click.option("--protocol", metavar="NAME", help="Rules of the talks (`sim models` lists them).")
@click.option(
    "--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change the scenario; may be repeated."
)
@click.option("--central", is_flag=True, help="Every number at its central value; with --draws 1, one story.")
@click.option("--conventions", is_flag=True, help="Replay under the usual alternative conventions.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The results folder itself; default: a new one in results/.",
)
@click.option("--no-figures", is_flag=True, help="Draw no figures.")
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    case: str,
    overlay: str | None,
    overlays: str | None,
    draws: int | None,
    seed: str | None,
    protocol: str | None,
    settings: tuple[str, ...],
    out: Path | None,
    *,
    central: bool,
    conventions: bool,
    no_figures: bool,
    as_json: bool,
) -> None:
    """Play a scenario: draw plausible worlds, let the actors bargain, tell what comes of it.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Writes arrays (netCDF), a table (CSV), figures, inputs and a manifest to the results folder. A stalemate is
    an answer: the exit code is 0.
    """
    begun = time.perf_counter()
    if overlay is not None and overlays is not None:
        raise click.UsageError("--overlay plays one overlay, --overlays compares several: give one of them.")
    asked = _request(
        case, overlay, overlays, draws, _changes(seed, protocol, settings), central=central, conventions=conventions
    )
    _play(asked, out, tuple(ctx.meta["sim.argv"]), begun, figures=not no_figures, as_json=as_json)


def _play(
    asked: Request, out: Path | None, argv: tuple[str, ...], begun: float, *, figures: bool, as_json: bool
) -> None:
    """Play, keep, tell. The folder is made first, so that no work is lost for want of a place."""
    from sim.experiments import add_importance, flips
    from sim.experiments import run as play
    from sim.foundations import ResultsError
    from sim.report import answer, print_answer, read_earlier, seed_changes_nothing, since, transcript
    from sim.store import begin_run, digest, latest_run, save_run

    case, scenario = asked.case, asked.scenario
    places = () if out is None else (out, out.parent)
    earlier = None if asked.central else read_earlier(latest_run(case.name, case.overlay, places=places))
    folder, manifest = begin_run(
        case,
        scenario,
        asked.draws,
        central=asked.central,
        base=asked.base,
        changes=asked.changes,
        argv=argv,
        out=out,
    )
    with progress() as told:
        mask = _seen_in_base(asked)
        results = play(
            scenario, asked.draws, central=asked.central, consistent=mask, progress=told("playing")
        )
        bits = digest(results)
        add_importance(results)
        deterministic = seed_changes_nothing(results, scenario, central=asked.central)
        variants = _variants(asked, told("conventions"))
        rows = _rows(asked, told("overlays"))
        quiet = asked.central or deterministic or bool(rows)
        turned = () if quiet else flips(scenario, results, conventions=variants, progress=told("what would flip it"))
        found = answer(
            results,
            scenario,
            case.name,
            folder,
            overlay=case.overlay,
            deterministic=deterministic,
            central=asked.central,
            flips=turned,
            since=None if earlier is None else since(earlier, manifest, results, scenario),
            conventions=variants if asked.conventions else (),
            overlays=rows,
            digest=bits,
        )
        failure: ResultsError | None = None
        try:
            save_run(folder, manifest, results, found.to_json(), seconds=time.perf_counter() - begun)
            if figures:
                found = replace(found, figures=_draw(results, folder, told("figures")))
        except ResultsError as error:  # the answer is told even if it cannot be kept
            failure = error
    if not as_json:
        story = transcript(results, scenario) if asked.draws == 1 else ()
        print_answer(found, story)
    if failure is not None:
        raise failure
    if as_json:
        print_json(found.to_json())
