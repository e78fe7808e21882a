"""Reading a case: scenario, overlay and evidence, with everything that is wrong at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sim.evidence import Article, Place, TomlFile, article_from, shown, validate
from sim.foundations import InputError, Problem, nearest
from sim.scenario.locate import Locator
from sim.scenario.mending import mend, touches
from sim.scenario.overlay import Merged, chain
from sim.scenario.rules import Rule, evidence_problems, rule_problems
from sim.scenario.scenario import Scenario

SCENARIO_FILE: Final = "scenario.toml"
OVERLAY_FOLDER: Final = "overlays"
CASES_FOLDER: Final = "scenarios"


@dataclass(frozen=True)
class Case:
    """A scenario as it was read.

    name:     name of the case: of its folder, or of the file if it is no ``scenario.toml``
    folder:   the folder it stands in
    scenario: the scenario, overlay included
    overlay:  name of the overlay that was laid over it, if any
    overlays: names of the overlays that the case has
    article:  the evidence, if the scenario names an evidence file
    files:    every TOML file read, the base first, the evidence last
    raw:      the merged content of the files
    origin:   for each key path of ``raw`` the file it came from
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

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file read, by its path."""
        return {str(file.path): file.sha256 for file in self.files}

    def locate(self, problem: Problem) -> Problem:
        """Add file, line and column to a problem that names keys of ``raw``."""
        merged = Merged(dict(self.raw), dict(self.origin), list(self.files))
        return merged.locate(problem)


def read_scenario(path: str | Path, *, overlay: str | Path | None = None) -> Scenario:
    """Read a scenario; see ``read_case``.

    Raises:  InputError listing every problem with file, line and column
    """
    return read_case(path, overlay=overlay).scenario


def read_case(path: str | Path, *, overlay: str | Path | None = None, extra_rules: Sequence[Rule] = ()) -> Case:
    """Read a case from its folder, its file, one of its overlays, or its name under ``scenarios/``.

    Args:
        overlay: name of a file in ``overlays/``, or the path of a file that extends the scenario
        extra_rules: rules of higher layers, e.g. that protocols exist
    Raises:
        InputError listing every problem with file, line and column
    """
    top = _overlay_file(_base_file(Path(path)), overlay)
    merged = Merged()
    for file in chain(top):
        merged.add(file)
    base = merged.files[0].path
    if overlay is not None and not any(_same(file.path, _base_file(Path(path))) for file in merged.files[:-1]):
        raise InputError(
            Problem(
                f"{top} does not extend {_base_file(Path(path))}",
                allowed=f'extends = "../{SCENARIO_FILE}"',
                file=str(top),
            )
        )
    scenario, article_file, article, problems = _validated(merged, extra_rules)
    if problems or scenario is None:
        raise InputError(sorted(problems, key=lambda p: (p.file or "", p.line, p.column)))
    return Case(
        name=base.resolve().parent.name if base.name == SCENARIO_FILE else base.stem,
        folder=base.parent,
        scenario=scenario,
        overlay=merged.files[-1].path.stem if len(merged.files) > 1 else None,
        overlays=overlays_of(base),
        article=article,
        files=(*merged.files, *([article_file] if article_file else [])),
        raw=merged.raw,
        origin=merged.origin,
    )


def overlays_of(base: Path) -> tuple[str, ...]:
    """Names of the overlays beside a scenario file, sorted."""
    return tuple(sorted(file.stem for file in (base.parent / OVERLAY_FOLDER).glob("*.toml")))


def find_cases(folder: Path) -> tuple[Path, ...]:
    """Case folders below a folder: those that hold a ``scenario.toml``, sorted."""
    return tuple(sorted(file.parent for file in folder.glob(f"*/{SCENARIO_FILE}")))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _base_file(path: Path) -> Path:
    """The file that a user means by a folder, a file or a bare name.

    Raises:  InputError with the nearest right name
    """
    named = Path(CASES_FOLDER) / path
    for candidate in (
        path,
        path.with_name(f"{path.name}.toml"),
        named,
        named.with_name(f"{named.name}.toml"),
    ):
        if candidate.is_file():
            return shown(candidate)
        if (candidate / SCENARIO_FILE).is_file():
            return shown(candidate / SCENARIO_FILE)
    empty = f'the folder "{path}" has no {SCENARIO_FILE}'
    message = empty if path.is_dir() else f'there is no scenario "{path}"'
    near = nearest(path.name, names := [case.name for case in find_cases(Path(CASES_FOLDER))])
    known = f"a folder with a {SCENARIO_FILE}, a .toml file" + (f", or one of {', '.join(names)}" if names else "")
    raise InputError(Problem(message, allowed=known, nearest=f"{CASES_FOLDER}/{near}" if near else None))


def _overlay_file(base: Path, overlay: str | Path | None) -> Path:
    if overlay is None:
        return base
    for candidate in (base.parent / OVERLAY_FOLDER / f"{overlay}.toml", Path(overlay)):
        if candidate.is_file():
            return shown(candidate)
    known = overlays_of(base)
    raise InputError(
        Problem(
            f'{base.parent} has no overlay "{overlay}"',
            allowed=", ".join(known) or f"none: {base.parent / OVERLAY_FOLDER} holds no .toml file",
            nearest=nearest(str(overlay), known),
        )
    )


def _validated(
    merged: Merged, extra_rules: Sequence[Rule]
) -> tuple[Scenario | None, TomlFile | None, Article | None, list[Problem]]:
    """Check fields, rules and evidence; one wrong field does not hide what the rules would find."""
    scenario, problems = validate(Scenario, merged.raw)
    located = [merged.locate(problem) for problem in problems]
    article_file, article, evidence = _evidence(merged)
    located += evidence
    mended: set[Place] = set()
    checked = scenario
    if checked is None:
        checked, mended = mend(merged.raw, problems)
    if checked is not None:
        unread = article is None and "evidence" in merged.raw
        found = rule_problems(checked, extra_rules=extra_rules)
        found += evidence_problems(checked, article, unread=unread)
        located += [merged.locate(problem) for problem in found if not touches(problem, mended)]
    return scenario, article_file, article, located


def _evidence(merged: Merged) -> tuple[TomlFile | None, Article | None, list[Problem]]:
    named = merged.raw.get("evidence")
    if not isinstance(named, str):
        return None, None, []
    path = merged.origin["evidence",].parent / named
    if not path.is_file():
        problem = Problem(f'there is no evidence file "{named}", seen from this file', ("evidence",))
        return None, None, [merged.locate(problem)]
    try:
        file = TomlFile.read(path)
    except InputError as error:
        return None, None, list(error.problems)
    try:
        return file, article_from(file), []
    except InputError as error:
        locator = Locator(file.text)
        return file, None, [locator.locate(problem, str(file.path)) for problem in error.problems]
