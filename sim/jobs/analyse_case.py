"""Analyses from end to end: questions answered and kept in a folder; `sim analyse` and Python alike."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import xarray as xr

from sim.ensemble import Progress
from sim.ensemble.ask import Ask, ask
from sim.ensemble.measures import kept_besides
from sim.evidence import Article
from sim.foundations import InputError, ResultsError, SimError
from sim.jobs.questions import Question, find_question
from sim.jobs.steps import Steps, silent
from sim.plots import fitting, plot_all, stems_of
from sim.report.analysis_keep import keep, with_words
from sim.runs import run
from sim.scenario import Case, Scenario
from sim.store import FIGURES_FOLDER, Manifest, ask_again, begin_run, digest, load_manifest, load_results
from sim.store.folder import (
    ARRAYS_FILE,
    INPUTS_FOLDER,
    MANIFEST_FILE,
    cannot_write,
    clear_told,
    prepare_folder,
    write_atomically,
)
from sim.store.manifest import now
from sim.store.provenance import without_folders
from sim.store.save import close_manifest
from sim.words import claim_title

#: Status of a finished analysis: no run that another could be compared with.
ANALYSIS_STATUS: Final = "analysis finished"


@dataclass(frozen=True)
class Matter:
    """What questions are asked of: a case, or results that are there.

    asked:    the case; ``None`` where a folder of results is looked at
    folder:   that folder
    scenario: the scenario, for what is played and for its words; ``None`` where the folder lacks it
    results:  what is looked at; of a case they are played when they are first needed
    widened:  factor by which ranges were made wider; ``None``: they are as stated
    """

    asked: Ask | None
    folder: Path | None
    scenario: Scenario | None
    results: xr.Dataset | None
    widened: float | None

    @classmethod
    def of_case(cls, asked: Ask) -> Matter:
        """A case that is played as each question needs it."""
        return cls(asked, None, asked.scenario, None, None if asked.widen == 1 else asked.widen)

    @classmethod
    def of_folder(cls, folder: Path) -> Matter:
        """Results of a run or a sweep, which are looked at."""
        results = load_results(folder, ("run", "sweep"))
        try:
            scenario = ask_again(folder).scenario
        except SimError:  # the arrays alone can be looked at
            scenario = None
        return cls(None, folder, scenario, results, results.attrs.get("widened"))

    @property
    def base(self) -> Scenario | None:
        """Under an overlay, the case without it: what was observed was observed there."""
        return None if self.asked is None else self.asked.base

    @property
    def article(self) -> Article | None:
        """The evidence of the case."""
        return None if self.asked is None else self.asked.case.article


@dataclass(frozen=True)
class CaseAnalyses:
    """What came of some questions.

    found: an answer to each, in the order of the questions
    files: files of arrays and figures, where they are kept
    """

    found: tuple[xr.Dataset, ...]
    files: tuple[Path, ...]


def run_analyses(
    matter: Matter,
    questions: Mapping[str, Mapping[str, Any]],
    *,
    of: Sequence[str] = (),
    draws: int | None = None,
    out: Path | None = None,
    argv: Sequence[str] = (),
    figures: bool = True,
    steps: Steps = silent,
) -> CaseAnalyses:
    """Answer questions, and keep the answers in a folder that is made first.

    Args:
        questions: name of each -> its settings
        of:        outcomes asked about; by default each ending that can occur
        draws:     how much is played for each; by default what is usual for it
        out:       keep arrays and figures in this folder
        argv:      the command line, if it was asked there
        figures:   draw every figure that fits
        steps:     told how far each step is
    Raises:  UnknownNameError for another question; InputError where what it needs is missing; ResultsError if the
             folder cannot be used, or holds results of something else
    """
    begun = time.perf_counter()
    known = [find_question(name) for name in questions]
    if matter.folder is not None and (playing := [one for one in known if one.play is not None]):
        raise _needs_the_case(playing[0])
    manifest = None if out is None else _begin(matter, draws, argv, out)
    found: list[xr.Dataset] = []
    results = matter.results
    for one in known:
        if one.look is not None and results is None:
            assert matter.scenario is not None
            asked = [*of, *(str(more["condition"]) for more in questions.values() if more.get("condition"))]
            results = run(
                matter.scenario, draws, judge=matter.base, progress=steps("playing"), also=kept_besides(asked)
            )
        answered = one.answer(
            matter.scenario,
            results,
            draws=draws,
            of=of,
            judge=matter.base,
            progress=steps(one.name),
            settings=questions[one.name],
        )
        found.append(_named(answered, matter))
    files: list[Path] = []
    if out is not None and manifest is not None:
        files = _keep(found, matter.scenario, out, figures=figures)
        _finish(found, manifest, out, seconds=time.perf_counter() - begun)
    return CaseAnalyses(tuple(found), tuple(files))


def analyse_case(
    of_what: Case | str | Path,
    questions: Mapping[str, Mapping[str, Any]] | Iterable[str],
    *,
    out: str | Path,
    of: Sequence[str] = (),
    draws: int | None = None,
    changes: Mapping[str, Any] | None = None,
    seed: str | None = None,
    protocol: str | None = None,
    widen: float | None = None,
    figures: bool = False,
    progress: Progress | None = None,
) -> tuple[xr.Dataset, ...]:
    """Answer questions about a case, overlay and all, or about results, and keep the folder of `sim analyse --out`.

    Args:
        of_what:   a case that was read, or the folder of a run or a sweep
        questions: their names; or name -> settings, as ``analyse`` takes them
        out:       folder, which `sim report`, `sim plot`, `sim view` then open
        of:        outcomes, e.g. ``["ending == stalemate"]``; by default each ending that can occur
        draws:     how much is played for each; by default what is usual for it
        changes:   dotted path -> new value, as ``sim analyse --set``; for base and overlay alike
        seed:      root of all random numbers
        protocol:  rules of the talks
        widen:     half-widths of stated ranges times this
        figures:   every figure that fits too; `sim analyse --out` draws them
        progress:  told of what is played (done, in all)

    Returns:
        an answer to each question
    Raises:  UnknownNameError for another question; InputError where what it needs is missing; ResultsError if the
             folder cannot be used
    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from sim import analyse_case, read_case
        >>> with TemporaryDirectory() as top:
        ...     found = analyse_case(read_case("scenarios/labour"), ["tornado"], draws=4, of=["held < 20"], out=top)
        >>> found[0].attrs["method"]
        'tornado'
    """
    if isinstance(of_what, Case):
        matter = Matter.of_case(ask(of_what, changes=changes, seed=seed, protocol=protocol, widen=widen))
    elif changes or any(one is not None for one in (seed, protocol, widen)):
        raise InputError("stored results are what was asked then; name the case to change, reseed or widen it")
    else:
        matter = Matter.of_folder(Path(of_what))
    given = questions if isinstance(questions, Mapping) else {name: {} for name in questions}
    steps: Steps = silent if progress is None else lambda _name: progress
    return run_analyses(matter, given, of=of, draws=draws, out=Path(out), figures=figures, steps=steps).found


def analyse(
    question: str,
    scenario: Scenario | None = None,
    results: xr.Dataset | None = None,
    *,
    of: Sequence[str] = (),
    draws: int | None = None,
    progress: Progress | None = None,
    **settings: Any,
) -> xr.Dataset:
    """Answer one question about what moves the outcome, where it happens, and what the answer rests on.

    Args:
        question: sobol, morris, tornado, flip, spread, null-coding, leave-one-out play the scenario; delta,
                    pawn, discover, posterior look at results, which are played if there are none
        scenario:   for what has to be played, and for the words of figures
        results:    of ``run`` or ``sweep``
        of:         outcomes, e.g. ``["ending == stalemate"]``; by default each ending that can occur
        draws:      how much is played; base points for sobol, rounded up to a power of two
        progress:   told of what is played (done, in all)
        settings:   what the question takes besides: ``condition="ending == settlement"`` for discover,
                    ``consistent=True`` for delta, pawn and discover: only worlds that agree with the observations;
                    ``by="claim"`` for sobol
    Returns:
        labelled indices, shares or boxes, with titles; the figures of ``sim.figures`` fit it
    Raises:  UnknownNameError for another question; InputError where what it needs is missing
    Example:
        >>> from sim import analyse, figures, read_scenario
        >>> found = analyse("tornado", read_scenario("scenarios/labour"), draws=4, of=["held < 20"])
        >>> found.attrs["method"], found["change"].dims
        ('tornado', ('group', 'input', 'end', 'measure'))
    """
    one = find_question(question)
    if one.look is not None and results is None and scenario is not None:
        asked = [*of, *([settings["condition"]] if settings.get("condition") else [])]
        results = run(scenario, draws, progress=progress, also=kept_besides(asked))
    found = one.answer(scenario, results, draws=draws, of=of, progress=progress, settings=settings)
    return with_words(found, scenario)


def _needs_the_case(one: Question) -> InputError:
    return InputError(
        f"{one.name} plays a design of its own, so it needs the case, not its results; "
        "of results: delta, pawn, discover, posterior"
    )


def _named(found: xr.Dataset, matter: Matter) -> xr.Dataset:
    """Say how wide ranges are, and what people call the claims that were left out."""
    if matter.widened:
        found.attrs["widened"] = matter.widened
    if found.attrs["method"] == "leave-one-out" and matter.asked is not None:
        claims = [str(name) for name in found["setting"].values[1:]]
        found.attrs["claim_titles"] = [claim_title(matter.article, name) for name in claims]
    return found


def _begin(matter: Matter, draws: int | None, argv: Sequence[str], out: Path) -> Manifest:
    """Make the folder and write what is asked, before anything is played."""
    source = matter.folder
    if (out / ARRAYS_FILE).exists() or (source is not None and out.resolve() == source.resolve()):
        raise ResultsError(f"{out} holds results of its own; choose another folder for the analysis with --out")
    if matter.asked is not None:
        _, manifest = begin_run(matter.asked, argv=argv, out=out, draws=draws or 0, kind="analysis")
        return manifest
    assert source is not None
    known = load_manifest(source)
    prepare_folder(out, known.case, draws=1, numbers=1, kind="analysis")
    manifest = replace(
        known,
        status="started",
        argv=tuple(without_folders(argv)),
        started=now().isoformat(),
        finished=None,
        seconds=None,
        files={},
    )
    try:
        if (source / INPUTS_FOLDER).is_dir():
            shutil.copytree(source / INPUTS_FOLDER, out / INPUTS_FOLDER, dirs_exist_ok=True)
    except OSError as error:
        raise cannot_write(out, error) from None
    write_atomically(out / MANIFEST_FILE, manifest.to_json())
    return manifest


def _keep(found: Sequence[xr.Dataset], scenario: Scenario | None, out: Path, *, figures: bool) -> list[Path]:
    """Write each analysis as a netCDF file, and the figures that fit it; returns the files."""
    clear_told(out)
    files: list[Path] = []
    kept = [keep(one, scenario, out) for one in found]
    for (stored, file), stems in zip(kept, stems_of([stored for stored, _ in kept]), strict=True):
        files.append(file)
        if figures and (names := fitting(stored)):
            files += plot_all(stored, out / FIGURES_FOLDER, only=names, stems=stems)
    return files


def _finish(found: Sequence[xr.Dataset], manifest: Manifest, out: Path, *, seconds: float) -> None:
    methods = [str(one.attrs["method"]) for one in found]
    close_manifest(
        out,
        manifest,
        ANALYSIS_STATUS,
        seconds=seconds,
        digest=hashlib.sha256("".join(digest(one) for one in found).encode()).hexdigest(),
        counts={method: _size(one) for method, one in zip(methods, found, strict=True)},
        failures={method: int(one.attrs.get("failed", 0)) for method, one in zip(methods, found, strict=True)},
    )


def _size(found: xr.Dataset) -> int:
    """Stories, points or draws that an analysis rests on."""
    for name in ("evaluations", "points", "draws"):
        if name in found.attrs:
            return int(found.attrs[name])
    return 0
