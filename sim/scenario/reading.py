"""Reading a case: scenario, overlay and evidence, with everything that is wrong at once."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from sim.evidence import (
    Article,
    Borders,
    Place,
    TomlFile,
    article_from,
    article_names,
    is_file,
    joined_articles,
    qualified,
    validate,
)
from sim.foundations import InputError, Problem, brief
from sim.scenario.actors_table import ActorsTable, read_actors_table
from sim.scenario.case_files import OVERLAY_FOLDER, SCENARIO_FILE, base_file, overlay_file, overlays_of
from sim.scenario.deal_count import too_fine
from sim.scenario.filled_in import filled_in
from sim.scenario.from_rates import informed, rate_problems
from sim.scenario.locate import located
from sim.scenario.mending import mend, touches
from sim.scenario.older_forms import renewed_case
from sim.scenario.overlay import Merged, at_extends, chain
from sim.scenario.respelt import misspelt, respelt
from sim.scenario.rules import Rule, evidence_problems, problems_told, rule_problems
from sim.scenario.scenario import Scenario


@dataclass(frozen=True)
class Case:
    """A scenario as it was read.

    name:     name of the case: of its folder, or of the file if it is no ``scenario.toml``
    folder:   the folder it stands in
    scenario: the scenario, overlay included
    overlay:  name of the overlay that was laid over it, if any
    overlays: names of the overlays that the case has
    article:  the evidence, if the scenario names evidence files: all of them as one
    files:    every TOML file read, the base first, the evidence last
    raw:      the merged content of the files
    origin:   for each key path of ``raw`` the file it came from
    table:    the table of actors that the scenario names, if it names one
    moved:    for each key path that [defaults.actor] gives, where it stands there
    left_out: places of numbers that no file gives, so that they are what they are by default
    note:     what whoever named the files should know about how they were taken, in a sentence; mostly empty
    """

    name: str
    folder: Path
    scenario: Scenario
    overlay: str | None
    overlays: tuple[str, ...]
    article: Article | None
    files: tuple[TomlFile, ...]
    raw: Mapping[str, Any]
    origin: Mapping[Place, Path] = field(repr=False)
    table: ActorsTable | None = field(default=None, repr=False)
    moved: Mapping[Place, Place] = field(default_factory=dict, repr=False)
    note: str = ""
    left_out: tuple[Place, ...] = ()

    def _repr_html_(self) -> str:
        """The scenario at a glance, in a notebook."""
        return self.scenario._repr_html_()

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file read, by its path."""
        return {str(file.path): file.sha256 for file in self.files}

    def locate(self, problem: Problem) -> Problem:
        """Add file, line and column to a problem that names keys of ``raw``."""
        merged = Merged(dict(self.raw), dict(self.origin), list(self.files), table=self.table, moved=dict(self.moved))
        return merged.locate(problem)


def read_scenario(path: str | Path, *, overlay: str | Path | None = None) -> Scenario:
    """Read a scenario; see ``read_case``.

    Raises:  InputError listing every problem with file, line and column
    """
    return read_case(path, overlay=overlay).scenario


def read_case(path: str | Path, *, overlay: str | Path | None = None, extra_rules: Sequence[Rule] = ()) -> Case:
    """Read a case from its folder, its file, one of its overlays, or its name under ``scenarios/``.

    Args:
        overlay: name of a file in ``overlays/`` or ``news/``, or the path of a file that extends the scenario
        extra_rules: rules of higher layers, e.g. that protocols exist
    Raises:
        InputError listing every problem with file, line and column
    """
    named = base_file(path)
    top = overlay_file(named, overlay)
    typed = [] if top.parent == named.parent / OVERLAY_FOLDER else [top]  # by its path, not by its name
    merged = Merged(within=Borders.around(named, *typed))
    for file in chain(top, merged.within, None if overlay is None else named):
        merged.add(file)
    base = merged.files[0].path
    if overlay is not None and not any(_same(file.path, named) for file in merged.files[:-1]):
        wanted = f'extends = "../{named.name}", in a file of {named.parent / OVERLAY_FOLDER}'
        raise InputError(at_extends(merged.files[-1], f"this file does not extend {named}", wanted))
    lacking = _lay_table(merged)
    merged.lay_defaults()
    scenario, article_files, article, problems = _validated(merged, extra_rules)
    problems = _less_silence([*lacking, *problems], lacking)
    problems = list({(one.where, one.message): one for one in problems}.values())  # a default is wrong once
    if problems or scenario is None:
        problems = _with_renewals(problems, merged.files)
        raise InputError(sorted(problems, key=lambda p: (p.file or "", p.line, p.column)))
    return Case(
        name=base.resolve().parent.name if base.name == SCENARIO_FILE else base.stem,
        folder=base.parent,
        scenario=scenario,
        overlay=merged.files[-1].path.stem if len(merged.files) > 1 else None,
        overlays=overlays_of(base),
        article=article,
        files=(
            *merged.files,
            *([merged.table.file] if merged.table else []),
            *article_files,
        ),
        raw=merged.raw,
        origin=merged.origin,
        table=merged.table,
        moved=merged.moved,
        note=_note(merged.files),
        left_out=tuple(dict.fromkeys(merged.left_out)),
    )


def own_overlay(case: Case, name: str) -> str:
    """An overlay's name that stands in a file, not on a command line: it may lead to one of the project only.

    Raises:  InputError if it leads elsewhere
    """
    base = case.files[0].path
    beside = base.parent / OVERLAY_FOLDER / f"{name}.toml"
    path = beside if is_file(beside) else Path(name)
    if is_file(path) and (out := Borders.around(base).problem(path, f'the overlay "{brief(name)}"')) is not None:
        raise InputError(out)
    return name


def _with_renewals(problems: Sequence[Problem], files: Sequence[TomlFile]) -> list[Problem]:
    """The problems; those of a form that earlier versions read say which command writes it anew."""
    base = files[0]
    found = renewed_case(files)
    places = {(str(one.path), renewal.place) for one in found for renewal in one.renewals}
    places |= {(file, place[:2]) for file, place in places if place[0] == "issues"}
    told = f"`sim check {base.path.parent if base.path.name == SCENARIO_FILE else base.path} --migrate` writes it anew"
    return [
        replace(one, allowed=f"{one.allowed}; {told}" if one.allowed else told)
        if (one.file, one.path) in places
        else one
        for one in problems
    ]


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _note(files: Sequence[TomlFile]) -> str:
    """Say so where a file was laid over another one than it names, since that is not there."""
    for below, file in itertools.pairwise(files):
        if not _same(file.path.parent / str(file.raw["extends"]), below.path):
            return f'{file.path} is laid over {below.path}; the "{file.raw["extends"]}" that it names is not there.'
    return ""


def _validated(
    merged: Merged, extra_rules: Sequence[Rule]
) -> tuple[Scenario | None, list[TomlFile], Article | None, list[Problem]]:
    """Check fields, rules and evidence; a name that the overlay misspells is told instead of all that follows."""
    scenario, files, article, problems = _checked(merged, extra_rules)
    if problems and len(merged.files) > 1:
        problems = _names_first(merged, problems, extra_rules)
    return scenario, files, article, problems


def _names_first(merged: Merged, problems: Sequence[Problem], extra_rules: Sequence[Rule]) -> list[Problem]:
    """The names that the last file misspells, and what is wrong besides if it meant those of the base."""
    meant, top = Merged(within=merged.within), merged.files[-1]
    for file in merged.files[:-1]:
        meant.add(file)
    _lay_table(meant)
    renamed: list[tuple[Place, Place]] = []
    first: list[Problem] = []
    for problem, place in list(misspelt(meant.raw, top.raw)):
        own = [other for other in problems if other.path[: len(problem.path)] == problem.path]
        if not own:  # a new thing with a similar name that is whole is none of our business
            continue
        lacks = [other.message for other in own if other.path == problem.path or other.message.endswith("is missing")]
        told = f"a name of the base; if a new one is meant: {lacks[0]}" if lacks else ""
        first.append(merged.locate(replace(problem, allowed=told)))
        renamed.append((problem.path, place))
    if not first:
        return list(problems)
    meant.add(replace(top, raw=respelt(top.raw, renamed)))
    meant.lay_defaults()
    locator = located(top.text)
    for other in _checked(meant, extra_rules)[3]:
        back = next((old for old, new in renamed if other.path[: len(new)] == new), None)
        if back is not None and other.file == str(top.path):
            as_written = replace(other, path=(*back, *other.path[len(back) :]))
            first.append(locator.locate(as_written, str(top.path)))
        else:
            first.append(other)
    return first


def _checked(
    merged: Merged, extra_rules: Sequence[Rule]
) -> tuple[Scenario | None, list[TomlFile], Article | None, list[Problem]]:
    """Check fields, rules and evidence; one wrong field does not hide what the rules would find."""
    article_files, article, evidence = _evidence(merged)
    filled = filled_in(merged.raw)
    merged.left_out += filled.left_out
    merged.raw = filled.raw if article is None else qualified(filled.raw, article)
    scenario, problems = validate(Scenario, merged.raw)
    located = [*(merged.locate(problem) for problem in [*filled.problems, *problems]), *evidence]
    mended: set[Place] = set()
    checked = scenario
    if checked is None:
        checked, mended = mend(merged.raw, problems)
    if checked is not None and (fine := list(too_fine(checked))):  # nothing may walk through so many levels
        located += [merged.locate(problem) for problem in fine if not touches(problem, mended)]
        scenario = None
        checked, mended = mend(merged.raw, [*problems, *fine])
    if checked is not None:
        unread = article is None and "evidence" in merged.raw
        known = article_names(article_files) if unread else article
        rates = partial(rate_problems, article=known, unread=unread)
        located += [merged.locate(problem) for problem in problems_told([rates], checked, broken=bool(located))]
        if article is not None:
            checked, found = informed(checked, article)
            located += [merged.locate(problem) for problem in found]
            scenario = None if scenario is None else checked
        deals_known = not any(place[:1] == ("issues",) for place in mended)
        found = rule_problems(checked, extra_rules=extra_rules, deals_known=deals_known, broken=bool(located))
        behind = partial(evidence_problems, article=known, unread=unread)
        found += problems_told([behind], checked, broken=bool(located or found))
        located += [merged.locate(problem) for problem in found if not touches(problem, mended)]
    return scenario, article_files, article, located


def _lay_table(merged: Merged) -> list[Problem]:
    """Lay the table of actors that the files name under them; returns what is wrong with it."""
    named = merged.raw.get("actors_table")
    if not isinstance(named, str):
        return []
    path = merged.origin["actors_table",].parent / named
    out = merged.within.problem(path, f'"{brief(named)}"')
    if out is None and not is_file(path):
        out = Problem(f'there is no table "{brief(named)}", seen from this file', allowed="a .csv or .xlsx file")
    if out is not None:
        return [merged.locate(replace(out, path=("actors_table",)))]
    issues = merged.raw.get("issues")
    try:
        table = read_actors_table(path, issues if isinstance(issues, dict) else {})
    except InputError as error:
        return list(error.problems)
    merged.lay_under(table)
    return table.problems


def _less_silence(problems: list[Problem], lacking: list[Problem]) -> list[Problem]:
    """Problems without those that only say that actors are missing, where the table that has them is what is wrong."""
    if not lacking:
        return problems
    return [one for one in problems if one in lacking or one.path[:1] != ("actors",) or one.path[1:]]


def _evidence(merged: Merged) -> tuple[list[TomlFile], Article | None, list[Problem]]:
    """Every evidence file that the files name, and what they hold together; ``None`` if one of them is not sound."""
    files: dict[str, TomlFile] = {}
    found: dict[str, Article] = {}
    problems: list[Problem] = []
    for named, file, place in merged.evidence:
        path = file.path.parent / named
        out = merged.within.problem(path, f'"{brief(named)}"')
        if out is None and not is_file(path):
            out = Problem(f'there is no evidence file "{brief(named)}", seen from this file')
        name = path.stem
        if out is None and name in files:
            if _same(files[name].path, path):
                continue
            out = Problem(f'two evidence files are called "{brief(name)}", which their claims are named by')
        if out is not None:
            problems.append(located(file.text).locate(replace(out, path=place), str(file.path)))
            continue
        try:
            files[name] = TomlFile.read(path)
            found[name] = article_from(files[name])
        except InputError as error:
            problems += _in_evidence(files.get(name), error)
    read = list(files.values())
    if problems or not found:
        return read, None, problems
    article, wrong = joined_articles(found)
    problems = [located(files[name].text).locate(one, str(files[name].path)) for name, one in wrong]
    return read, article, problems


def _in_evidence(file: TomlFile | None, error: InputError) -> list[Problem]:
    """What is wrong with an evidence file, at its lines; a file that cannot be read has none."""
    if file is None:
        return list(error.problems)
    return [located(file.text).locate(problem, str(file.path)) for problem in error.problems]
