"""`sim run`: play a scenario and say what happens, how sure that is, and why."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sim.cli.options import json_option, print_json, widen_option
from sim.cli.progress import progress
from sim.cli.remembering import ARGV, Remembering

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import xarray as xr

    from sim.cli.request import Request
    from sim.experiments.conventions import Variant
    from sim.experiments.flips import Flip
    from sim.foundations import ResultsError
    from sim.report import Answer, Spread
    from sim.scenario import Scenario

    Steps = Callable[[str], Callable[[int, int], None]]


@click.command(cls=Remembering, epilog="Example: sim run scenarios/ceasefire --draws 500 --seed 7")
@click.argument("case")
@click.option("--overlay", metavar="NAME", help="Lay this overlay over the scenario.")
@click.option("--overlays", metavar="all|A,B", help="Compare overlays with the base: all, or these.")
@click.option("--draws", type=click.IntRange(min=1), help="How many worlds to draw; default: the scenario's.")
@click.option("--seed", metavar="TEXT", help="Root of all random numbers; default: the scenario's.")
@click.option("--protocol", metavar="NAME", help="Rules of the talks (`sim models` lists them).")
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change the scenario; may be repeated.")
@widen_option
@click.option("--central", is_flag=True, help="Every number at its central value; with --draws 1, one story.")
@click.option("--conventions", is_flag=True, help="Replay under the usual alternative conventions.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The results folder itself; default: a new one in results/.",
)
@click.option("--no-figures", is_flag=True, help="Draw no figures.")
@click.option(
    "--no-flips", is_flag=True, help="Leave out what would flip the headline and where the spread comes from; quicker."
)
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
    widen: float | None,
    out: Path | None,
    *,
    central: bool,
    conventions: bool,
    no_figures: bool,
    no_flips: bool,
    as_json: bool,
) -> None:
    """Play a scenario: draw plausible worlds, let the actors bargain, tell what comes of it.

    CASE is a folder with a scenario.toml, a .toml file, or the name of a folder in scenarios/.

    Writes arrays (netCDF), a table (CSV), figures, inputs and a manifest to the results folder. That there is
    no deal is an answer: the exit code is 0.
    """
    begun = time.perf_counter()
    if overlay is not None and overlays is not None:
        raise click.UsageError("--overlay plays one overlay, --overlays compares several: give one of them.")
    from sim.cli.request import read_request

    asked = read_request(
        case,
        overlay=overlay,
        overlays=overlays,
        draws=draws,
        seed=seed,
        protocol=protocol,
        settings=settings,
        widen=widen,
    )
    found, lines, failure = _play(
        asked,
        out,
        tuple(ctx.meta[ARGV]),
        begun,
        central=central,
        conventions=conventions,
        figures=not no_figures,
        flip=not no_flips,
    )
    from sim.report import print_answer

    if failure is None and as_json:
        print_json(found.to_json())
    elif not as_json:  # told even if it could not be kept
        print_answer(found, lines)
    if failure is not None:
        raise failure


def _play(
    asked: Request,
    out: Path | None,
    argv: tuple[str, ...],
    begun: float,
    *,
    central: bool,
    conventions: bool,
    figures: bool,
    flip: bool,
) -> tuple[Answer, Sequence[str], ResultsError | None]:
    """Play, look closer, keep. The folder is made first, so that no work is lost for want of a place.

    Returns:
        the answer, the story where one draw was played, and what went wrong when it was to be kept
    """
    from sim.cli.figures import Drawing
    from sim.experiments import run as play
    from sim.experiments.conventions import replay_conventions
    from sim.experiments.flips import TRIED
    from sim.experiments.importance import add_importance
    from sim.experiments.overlays import compare_overlays
    from sim.foundations import ResultsError
    from sim.report import answer, read_earlier, seed_changes_nothing, since, transcript
    from sim.report.answer import replays
    from sim.store import begin_run, digest, finish_run, latest_run, save_results

    case, scenario, draws = asked.case, asked.scenario, asked.draws
    places = () if out is None else (out, out.parent)
    earlier = None if central else read_earlier(latest_run(case.name, case.overlay, places=places))
    folder, manifest = begin_run(
        case,
        scenario,
        draws,
        central=central,
        base=asked.base,
        changes=asked.changes,
        widen=asked.widen,
        argv=argv,
        out=out,
    )
    failure: ResultsError | None = None
    drawing: Drawing | None = None
    with progress() as told:
        results = play(scenario, draws, central=central, judge=asked.base, progress=told("playing"))
        bits = digest(results)
        add_importance(results)
        results.attrs |= _words(asked)
        try:
            manifest = save_results(folder, manifest, results, digest=bits)
            if figures:
                drawing = Drawing(folder)
                if not (asked.overlays or conventions):
                    drawing.tell({})
        except ResultsError as error:  # what was played is told even if it cannot be kept
            failure = error
        fixed = seed_changes_nothing(results, scenario, central=central)
        rows = compare_overlays(scenario, asked.overlays, draws, progress=told("overlays")) if asked.overlays else ()
        looked = conventions or (flip and not (central or fixed or rows))
        tried = draws if conventions else min(draws, TRIED)
        variants = replay_conventions(scenario, tried, progress=told("conventions")) if looked else ()
        shown = variants if conventions else ()
        if drawing is not None and (shown or rows):
            drawing.tell(replays(shown, rows))
        turned = _flips(asked, results, variants, told) if looked and flip and not fixed else ()
        split = _split(scenario, told) if flip and not (central or fixed) else None
        found = answer(
            results,
            scenario,
            case.name,
            folder,
            overlay=case.overlay,
            seen_in_base=asked.base is not None,
            deterministic=fixed,
            central=central,
            flips=turned,
            spread=split,
            since=None if earlier is None else since(earlier, manifest, results, scenario),
            conventions=shown,
            overlays=rows,
            digest=bits,
        )
        try:
            if drawing is not None:
                told("figures")(0, 1)
                found = replace(found, figures=drawing.wait())
            if failure is None:
                finish_run(folder, manifest, found.to_json(), seconds=time.perf_counter() - begun)
        except ResultsError as error:
            failure = error
    return found, transcript(results, scenario) if draws == 1 else (), failure


def _words(asked: Request) -> dict[str, Any]:
    """What figures say of a run besides its arrays: how wide its ranges are, what its claims are called."""
    from sim.words import claim_titles

    claims = claim_titles(asked.scenario, asked.case.article)
    named = {"claims": list(claims), "claim_titles": list(claims.values())} if claims else {}
    return named if asked.widen == 1 else {**named, "widened": asked.widen}


def _flips(asked: Request, results: xr.Dataset, variants: Sequence[Variant], told: Steps) -> tuple[Flip, ...]:
    from sim.experiments.flips import TRIED, flips

    tried = min(asked.draws, TRIED)
    return flips(asked.scenario, results, draws=tried, conventions=variants, progress=told("what flips it"))


def _split(scenario: Scenario, told: Steps) -> Spread | None:
    """What the spread comes from; ``None`` where nothing varies."""
    from sim.experiments.robustness import split_spread
    from sim.report import Spread
    from sim.report.splitting import REPEATS, WORLDS

    return Spread.of(split_spread(scenario, WORLDS, REPEATS, progress=told("spread")))

