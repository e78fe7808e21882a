"""Named studies of a case: what to vary, over what design, and what to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from sim.ensemble.totals import MEASURES
from sim.evidence import Borders, TomlFile, is_file, validate
from sim.foundations import InputError, Problem, nearest
from sim.scenario import Scenario
from sim.scenario.case_files import SCENARIO_FILE
from sim.scenario.locate import Locator
from sim.sweeps.axes import OVERLAY, Axis, choice_axis, range_axis
from sim.sweeps.axis_text import ReadOverlay, axis_of_choices, levels_meant, overlays_named
from sim.sweeps.designs import DESIGNS

STUDIES_FILE: Final = "studies.toml"

#: Names every figure there is; figures are drawn elsewhere, so who reads studies is told.
KnownFigures = Callable[[], Iterable[str]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AxisTable(_Strict):
    """An axis in a study: a range (low, high, count), a list of values, or named settings of several things."""

    title: str = Field("", description="what figures call it")
    paths: tuple[str, ...] = Field((), description="paths moved together; the axis' name if left out")
    low: float | None = None
    high: float | None = None
    count: int | None = Field(None, ge=1, description="values of a range on a grid")
    values: tuple[Any, ...] = Field((), description="values in turn")
    settings: dict[str, dict[str, Any]] = Field(
        default_factory=dict, description="name of a choice -> path -> value; `overlay` is a path too"
    )


class Study(_Strict):
    """A sweep that was thought of beforehand."""

    title: str = Field("", description="the question in a line")
    design: str = "grid"
    points: Annotated[int, Field(ge=1)] | None = None
    draws: Annotated[int, Field(ge=1)] | None = Field(
        None, description="worlds at each point; the scenario's if left out"
    )
    overlay: str | None = Field(None, description="overlay laid over the whole study")
    common: bool = Field(True, description="the same worlds at every point")
    keep: Literal["auto", "draws", "summaries"] = "auto"
    widen: Annotated[float, Field(ge=1)] = Field(
        1.0, description="half-widths of stated ranges times this, 1.29 for overconfident ones"
    )
    axes: dict[str, AxisTable | tuple[Any, ...]] = Field(min_length=1)
    measures: tuple[str, ...] = ("ending",)
    figures: tuple[str, ...] | None = Field(None, description="figures to draw; all that fit if left out")

    @field_validator("design")
    @classmethod
    def _known_design(cls, name: str, _info: ValidationInfo) -> str:
        if name not in DESIGNS:
            raise ValueError(_unknown("design", name, DESIGNS.names))
        return name

    @field_validator("measures")
    @classmethod
    def _known_measures(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for name in names:
            if name not in MEASURES:
                raise ValueError(_unknown("measure", name, tuple(MEASURES)))
        return names


class _File(_Strict):
    studies: dict[str, Study] = Field(default_factory=dict)


def read_studies(case_folder: Path, known_figures: KnownFigures | None = None) -> dict[str, Study]:
    """Read the studies of a case; none if it has no file of studies.

    Args:
        known_figures: names every figure there is; called only if a study names some
    Raises:  InputError listing every problem with file, line and column
    """
    path = case_folder / STUDIES_FILE
    if not is_file(path):
        return {}
    if (out := Borders.around(case_folder / SCENARIO_FILE).problem(path, str(path))) is not None:
        raise InputError(out)
    file = TomlFile.read(path)
    found, problems = validate(_File, file.raw)
    if found is None:
        locator = Locator(file.text)
        raise InputError([locator.locate(problem, str(file.path)) for problem in problems])
    problems = [] if known_figures is None else _unknown_figures(found.studies, known_figures)
    if problems:
        locator = Locator(file.text)
        raise InputError([locator.locate(problem, str(file.path)) for problem in problems])
    return dict(found.studies)


def _unknown_figures(studies: Mapping[str, Study], known_figures: KnownFigures) -> list[Problem]:
    """Names of figures that do not exist, each with its place."""
    named = [
        (("studies", name, "figures", n), figure)
        for name, study in studies.items()
        for n, figure in enumerate(study.figures or ())
    ]
    known = sorted(known_figures()) if named else []
    return [
        Problem(f'there is no figure "{figure}"', place, ", ".join(known), nearest(figure, known))
        for place, figure in named
        if figure not in known
    ]


def read_study(case_folder: Path, name: str, known_figures: KnownFigures | None = None) -> Study:
    """Read one study.

    Raises:  InputError with the nearest right name
    """
    found = read_studies(case_folder, known_figures)
    if name not in found:
        known = ", ".join(found) or f"none: there is no {case_folder / STUDIES_FILE}"
        raise InputError(Problem(f'there is no study "{name}"', allowed=known, nearest=nearest(name, found)))
    return found[name]


def axes_of(study: Study, name: str, case_folder: Path, scenario: Scenario, read_overlay: ReadOverlay) -> list[Axis]:
    """Make the axes of a study.

    Raises:  InputError with file and line of every axis that does not fit the scenario
    """
    axes: list[Axis] = []
    problems: list[Problem] = []
    for key, table in study.axes.items():
        try:
            axes.append(_axis(key, table, scenario, read_overlay))
        except InputError as error:
            file = TomlFile.read(case_folder / STUDIES_FILE)
            place = ("studies", name, "axes", key)
            problems += [
                Locator(file.text).locate(Problem(p.message, place, p.allowed, p.nearest), str(file.path))
                for p in error.problems
            ]
    if problems:
        raise InputError(problems)
    return axes


def _axis(key: str, found: AxisTable | tuple[Any, ...], scenario: Scenario, read_overlay: ReadOverlay) -> Axis:
    table = found if isinstance(found, AxisTable) else AxisTable(values=found)
    paths = table.paths or tuple(path.strip() for path in key.split("+"))
    ways = [table.low is not None or table.high is not None, bool(table.values), bool(table.settings)]
    if sum(ways) != 1:
        raise InputError(Problem(f'axis "{key}" needs one of: low and high, values, settings'))
    if table.settings:
        names = [str(changes[OVERLAY]) for changes in table.settings.values() if OVERLAY in changes]
        choices = [(name, _levels(scenario, changes)) for name, changes in table.settings.items()]
        return choice_axis(scenario, key, list(choices), table.title, overlays_named(names, read_overlay))
    if table.values:
        return axis_of_choices(scenario, key, paths, list(table.values), read_overlay, table.title)
    if table.low is None or table.high is None:
        raise InputError(Problem(f'axis "{key}" needs both low and high'))
    return range_axis(scenario, key, paths, table.low, table.high, table.count, table.title)


def _levels(scenario: Scenario, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Levels on offer may be written as ``first..last`` or ``a|b``."""
    found = dict(changes)
    for path, value in changes.items():
        keys = path.split(".")
        issue = ".".join(keys[1:-1])
        if keys[0] == "issues" and keys[-1] == "available" and isinstance(value, str) and issue in scenario.issues:
            found[path] = levels_meant(scenario, issue, value)
    return found


def _unknown(kind: str, name: str, known: tuple[str, ...]) -> str:
    near = nearest(name, known)
    return f'there is no {kind} "{name}"' + (f"; did you mean {near}?" if near else f"; there are {', '.join(known)}")
