"""A run from end to end: play what is asked, look closer, keep it in a folder; `sim run` and Python alike."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.ask import Ask, ask
from sim.ensemble.dataset_labels import deals_in_all
from sim.ensemble.room import Work, require_work
from sim.ensemble.told_deals import tells_of_all
from sim.ensemble.workers import cores, hired
from sim.foundations import InputError, ResultsError
from sim.jobs.closer_look import CloserLook, looking_closer
from sim.jobs.drawing import Drawing, Figures
from sim.jobs.own_forecasts import said_of
from sim.jobs.steps import Steps, only, silent
from sim.report.answer import Answer, replays
from sim.report.collected_answer import answer
from sim.report.since import Earlier, read_earlier, since
from sim.report.spread_parts import Spread
from sim.runs import run
from sim.runs.benchmarks import BENCHMARK_COLUMNS, BENCHMARK_WORLDS, Benchmarks
from sim.runs.conventions import Variant, replay_conventions
from sim.runs.explained_share import add_importance
from sim.runs.first_worlds import first_worlds
from sim.runs.flips import TRIED, Flip, OutcomeMove, flips_and_moves
from sim.runs.forecast_arrays import add_forecasts
from sim.runs.openings import Openings
from sim.runs.overlays import OverlayRow, compare_overlays
from sim.runs.packages import add_packages
from sim.runs.proven_flips import proven_flips
from sim.runs.readings import ReadingsPlayed, play_readings
from sim.runs.run_scenario import seed_changes_nothing
from sim.runs.theory_beside import TheoryBeside
from sim.runs.ways_to_play import WayToPlay, ways_to_play
from sim.scenario import Case
from sim.scoring.calibration import PublicForecast
from sim.store import Manifest, begin_run, digest, finish_run, latest_run, save_results, with_replays
from sim.words import claim_titles

#: Worlds in which each alternative convention is played by itself, at most.
_ALTERNATIVES_TRIED: Final = 1000
#: Estimated seconds of play from which on a process for each core is worth its start.
_LONG: Final = 15.0


@dataclass(frozen=True)
class CaseRun:
    """What came of a run.

    asked:   what was asked
    results: labelled arrays, what was replayed beside them included
    answer:  what there is to say
    failure: what went wrong when it was to be kept; ``None`` if it is kept, or was not to be
    """

    asked: Ask
    results: xr.Dataset
    answer: Answer
    failure: ResultsError | None


@dataclass(frozen=True)
class Closer:
    """What was looked at beside the run itself.

    fixed:       whether another seed would give the same
    conventions: replays under other conventions that are told
    overlays:    overlays beside the base
    flips:       what would flip the headline
    spread:      what the spread comes from
    moves:       what moves the outcomes of the headline most
    ways:        outcomes of the headline under other protocols
    readings:    the answer over combinations of conventions
    theory:      what theory predicts beside the talks
    openings:    what would open a deal where none suits all
    benchmarks:  talks that miss nothing, beside those that are played
    """

    fixed: bool
    conventions: tuple[Variant, ...]
    overlays: tuple[OverlayRow, ...]
    flips: tuple[Flip, ...]
    spread: Spread | None
    ways: tuple[WayToPlay, ...] = ()
    moves: tuple[OutcomeMove, ...] = ()
    readings: ReadingsPlayed | None = None
    theory: TheoryBeside | None = None
    openings: Openings | None = None
    benchmarks: Benchmarks | None = None

    @property
    def replays(self) -> dict[str, Any]:
        """What was replayed, as plain data."""
        return replays(self.conventions, self.overlays, self.ways)


def run_case(
    asked: Ask,
    out: Path | None = None,
    *,
    keep: bool = True,
    argv: Sequence[str] = (),
    conventions: bool = False,
    flip: bool = False,
    split: bool = False,
    figures: Figures = "none",
    steps: Steps = silent,
) -> CaseRun:
    """Play what is asked, look closer, keep it. The folder is made first, so that no work is lost for want of a place.

    What was observed was observed in the world without the overlay: under an overlay the consistent draws are
    those of the base.

    Args:
        out:         the results folder itself; by default a new one in ``results/``
        keep:        keep it in a folder at all
        argv:        the command line, if it was asked there
        conventions: replay under the usual alternative conventions, one by one and in combination
        flip:        look what would flip the headline
        split:       look where the spread comes from
        figures:     draw those that carry news, or all that fit
        steps:       told how far each step is
    Raises:  ResultsError if the folder cannot be used; what fails later is returned, as what was played is worth it
    """
    begun = time.perf_counter()
    said = said_of(asked)
    places = () if out is None else (out, out.parent)
    earlier = None
    if keep and not asked.central:
        earlier = read_earlier(latest_run(asked.case.name, asked.overlay, places=places), asked if places else None)
    work = Work.of(asked.scenario, asked.draws)
    require_work(work)
    home = begin_run(asked, argv=argv, out=out) if keep else None
    with hired(None if argv and cores() > 1 else 0, small=work.seconds < _LONG) as executor:
        results = run(
            asked.scenario,
            asked.draws,
            central=asked.central,
            judge=asked.base,
            progress=steps("playing"),
            executor=executor,
        )
    bits = digest(results)
    add_importance(results)
    add_packages(results, asked.scenario, asked.overlays.values())
    add_forecasts(results, asked.scenario)
    results.attrs |= _words(asked)
    failure: ResultsError | None = None
    drawing: Drawing | None = None
    manifest: Manifest | None = None
    if home is not None:
        try:
            manifest = save_results(*home, results, digest=bits)
            drawing = Drawing(home[0], figures) if figures != "none" else None
        except ResultsError as error:  # what was played is told even if it cannot be kept
            failure = error
    closer = _closer(asked, results, drawing, steps, conventions=conventions, flip=flip, split=split, beside=bool(argv))
    found = _answer(asked, results, closer, home, earlier, bits, said)
    if earlier is not None and home is not None and earlier.manifest.digest == bits and earlier.folder != home[0]:
        found = replace(found, record=replace(found.record, same_as=earlier.folder.as_posix()))
    try:
        if drawing is not None:
            steps("figures")(0, 1)
            found = found.with_figures(drawing.wait())
        if home is not None and manifest is not None:
            finish_run(home[0], manifest, found.to_json(), seconds=time.perf_counter() - begun)
    except ResultsError as error:
        failure = error
    return CaseRun(asked, with_replays(results, closer.replays), found, failure)


def play_case(
    case: Case,
    draws: int | None = None,
    *,
    overlays: str | Sequence[str] = (),
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    widen: float | None = None,
    central: bool = False,
    out: str | Path | None = None,
    conventions: bool = False,
    flips: bool = False,
    spread: bool = False,
    figures: Figures = "none",
    progress: Progress | None = None,
) -> xr.Dataset:
    """Play a case, overlay and all, as `sim run` does; with ``out`` the folder is the one that `sim run` would write.

    What was observed was observed in the world without the overlay: under an overlay the consistent draws are
    those of the base, as for ``sim run CASE --overlay NAME``; ``run(case.scenario)`` would judge them anew.

    Args:
        draws:       how many worlds; the scenario's own number by default
        overlays:    compared with the base: their names, or ``all``
        changes:     dotted path -> new value, as ``sim run --set``; for base and overlays alike
        seed:        root of all random numbers
        protocol:    rules of the talks
        widen:       half-widths of stated ranges times this
        central:     every number at its central value
        out:         results folder, which `sim report`, `sim compare`, `sim plot`, `sim view` then open
        conventions: replay under the usual alternative conventions, as ``sim run --conventions``
        flips:       keep in the folder too what would flip the headline; `sim run` does so by default
        spread:      and where the spread comes from; `sim run` does so by default
        figures:     and figures: those that carry ``news``, as `sim run` does by default, or ``all`` that fit
        progress:    told after each block of draws
    Returns:
        the results, with ``importance`` of every number; with conventions or overlays also ``replay_share`` and the
        like, as ``figures.ending_triangle`` draws them
    Raises:  InputError for a change that does not do, or for what is kept in a folder where none is named;
             ResultsError if the folder cannot be used
    Example:
        >>> from sim import figures, play_case, read_case
        >>> results = play_case(read_case("scenarios/pie"), 20)
        >>> figures.endings(results).get_label()
        'endings'
    """
    if out is None and (flips or spread or figures != "none"):
        raise InputError("flips, spread and figures are kept with the answer, so name a folder with out=")
    asked = ask(
        case,
        overlays=overlays,
        changes=changes,
        seed=seed,
        protocol=protocol,
        widen=widen,
        draws=draws,
        central=central,
    )
    done = run_case(
        asked,
        None if out is None else Path(out),
        keep=out is not None,
        conventions=conventions,
        flip=flips,
        split=spread,
        figures=figures,
        steps=only("playing", progress),
    )
    if done.failure is not None:
        raise done.failure
    return done.results


def _words(asked: Ask) -> dict[str, Any]:
    """What figures say of a run besides its arrays: how wide its ranges are, what its claims are called."""
    claims = claim_titles(asked.scenario, asked.case.article)
    named: dict[str, Any] = {"claims": list(claims), "claim_titles": list(claims.values())} if claims else {}
    return named if asked.widen == 1 else {**named, "widened": asked.widen}


def _closer(
    asked: Ask,
    results: xr.Dataset,
    drawing: Drawing | None,
    steps: Steps,
    *,
    conventions: bool,
    flip: bool,
    split: bool,
    beside: bool,
) -> Closer:
    """Look closer at what was played; figures are told of replays as soon as these are known.

    Args:
        beside: whether some of it may be done in another process
    """
    scenario, draws = asked.scenario, asked.draws
    replayed = tells_of_all(deals_in_all(results))  # of very many deals every replay takes as long as the run itself
    flip, split = flip and replayed, split and replayed
    asks = replayed and not asked.central
    ways = _ways(asked, results, closer=flip or conventions) if asks else ()
    if drawing is not None and not (asked.overlays or conventions):
        drawing.tell(replays((), (), ways))
    fixed = seed_changes_nothing(results, scenario, central=asked.central)
    varied = not (asked.central or fixed)
    reasons = flip and not asked.central
    played = first_worlds(results, min(draws, BENCHMARK_WORLDS), BENCHMARK_COLUMNS) if reasons else None
    played = None if played is None else played[list(BENCHMARK_COLUMNS)]  # the rest is not sent to another process
    wanted = CloserLook(scenario, draws, asked.base, spread=split and varied, reasons=reasons, played=played)
    with looking_closer(wanted, steps, beside=beside) as look:
        laid = tuple(asked.overlays.items())
        rows = compare_overlays(scenario, laid, draws, progress=steps("overlays")) if laid else ()
        tried = min(draws, TRIED)
        looked = conventions or (flip and varied and not rows)
        variants: tuple[Variant, ...] = ()
        if looked:
            sample = min(draws, _ALTERNATIVES_TRIED) if conventions else tried
            variants = tuple(replay_conventions(scenario, sample, judge=asked.base, progress=steps("conventions")))
        read = conventions and not asked.central
        readings = play_readings(scenario, draws, judge=asked.base, progress=steps("readings")) if read else None
        turned: Sequence[Flip] = ()
        moves: tuple[OutcomeMove, ...] = ()
        found = Closer(fixed, variants if conventions else (), tuple(rows), (), None, ways)
        if drawing is not None and (asked.overlays or conventions) and found.replays:
            drawing.tell(found.replays)
        if looked and flip and not fixed:
            step = steps("what flips it")
            turned, moves = flips_and_moves(
                scenario, results, draws=tried, conventions=variants, judge=asked.base, progress=step
            )
            sure = steps("what flips it, for sure")
            turned = proven_flips(scenario, turned, first=tried, worlds=draws, judge=asked.base, progress=sure)
        closer = look()
    found = replace(found, flips=tuple(turned), spread=closer.spread, moves=moves, readings=readings)
    return replace(found, theory=closer.theory, openings=closer.openings, benchmarks=closer.benchmarks)


def _ways(asked: Ask, results: xr.Dataset, *, closer: bool) -> tuple[WayToPlay, ...]:
    """Outcomes under other protocols; what was played itself is not played again."""
    return ways_to_play(asked.scenario, asked.draws, closer=closer, judge=asked.base, own=results)


def _answer(
    asked: Ask,
    results: xr.Dataset,
    closer: Closer,
    home: tuple[Path, Manifest] | None,
    earlier: Earlier | None,
    bits: str,
    said: Sequence[PublicForecast],
) -> Answer:
    return answer(
        results,
        asked.scenario,
        asked.case.name,
        "" if home is None else home[0],
        overlay=asked.overlay,
        seen_in_base=asked.base is not None,
        deterministic=closer.fixed,
        central=asked.central,
        flips=closer.flips,
        spread=closer.spread,
        since=None if earlier is None or home is None else since(earlier, home[1], results, asked.scenario),
        conventions=closer.conventions,
        overlays=closer.overlays,
        ways=closer.ways,
        moves=closer.moves,
        readings=closer.readings,
        theory=closer.theory,
        openings=closer.openings,
        benchmarks=closer.benchmarks,
        digest=bits,
        said=said,
    )
